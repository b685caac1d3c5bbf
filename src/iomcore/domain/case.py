"""A case is an append-only log of events; every state of it is a fold over that log."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from iomcore.domain.events import (
    Arrived,
    Event,
    PersonEvent,
    PlanApproved,
    Registered,
    Screened,
    Travelled,
    Withdrawn,
)
from iomcore.domain.vocabulary import shared_vocabulary
from iomcore.errors import DataError, Problem, UnknownNameError

__all__ = ["Case", "cases_from", "facts_of", "registrations"]

_ONCE = (Registered, Travelled, Arrived)


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: event.seq))


@attrs.frozen
class Case:
    """One household's dossier.

    Attributes:
        id: its pseudonym.
        events: in the order of their sequence numbers, whatever order they came in.
    """

    id: str
    events: tuple[Event, ...] = attrs.field(converter=_in_order, repr=False)

    def known(self, as_of: date, known_on: date | None = None) -> Iterator[Event]:
        """Events that had happened by `as_of` and were written down by `known_on`, both inside."""
        for event in self.events:
            if event.happened_on <= as_of and (known_on is None or event.recorded_on <= known_on):
                yield event

    def persons(self, as_of: date | None = None) -> tuple[str, ...]:
        """Pseudonyms of those registered by `as_of` (None: at any time), the applicant first."""
        events = self.events if as_of is None else self.known(as_of)
        seen = [event for event in events if isinstance(event, Registered)]
        return tuple(e.person for e in sorted(seen, key=lambda e: e.role != "applicant"))


def registrations(case: Case) -> Mapping[str, Registered]:
    """The registration of each person."""
    return {event.person: event for event in case.events if isinstance(event, Registered)}


def cases_from(events: Iterable[Event]) -> tuple[Case, ...]:
    """The cases that the events belong to, by id.

    Raises:
        DataError: with every event that cannot stand: before any registration, of a person who was
            not registered, a second registration, departure or arrival of one person, a sequence
            number used twice.
    """
    logs: dict[str, list[Event]] = {}
    for event in events:
        logs.setdefault(event.case, []).append(event)
    cases = tuple(Case(case, logs[case]) for case in sorted(logs))
    problems = [problem for case in cases for problem in _faults(case)]
    if problems:
        raise DataError(problems)
    return cases


def _faults(case: Case) -> Iterator[Problem]:
    registered = registrations(case)
    first = min((event.happened_on for event in registered.values()), default=None)
    numbers = Counter(event.seq for event in case.events)
    happened: set[tuple[type[Event], str]] = set()
    for event in case.events:
        path = f"case {case.id}, event {event.seq}"
        if numbers[event.seq] > 1:
            yield Problem(path, "number-used-twice", "this sequence number is used twice")
        if first is None or event.happened_on < first:
            yield Problem(path, "before-registration", f"{event.kind} before the registration")
        if isinstance(event, PersonEvent):
            yield from _person_faults(event, registered, happened, path)


def _person_faults(
    event: PersonEvent,
    registered: Mapping[str, Registered],
    happened: set[tuple[type[Event], str]],
    path: str,
) -> Iterator[Problem]:
    if event.person not in registered:
        yield Problem(path, "not-registered", f"{event.kind} of a person who was never registered")
    elif event.happened_on < registered[event.person].happened_on:
        yield Problem(path, "before-registration", f"{event.kind} before the person's registration")
    if isinstance(event, _ONCE):
        if (type(event), event.person) in happened:
            yield Problem(path, "happened-twice", f"{event.kind} a second time for one person")
        happened.add((type(event), event.person))


def facts_of(case: Case, person: str, as_of: date, known_on: date | None = None) -> dict[str, Any]:
    """What the log says of one person of the case on a day, as facts that a policy can decide on.

    Absent means not known. What only the office does (travel, withdrawal, a plan) is known to be
    absent while the log does not hold it: `travelled` and `withdrew` are never unknown. A later
    plan of the dossier revises the earlier one, so nothing is granted in other plans.

    Raises:
        UnknownNameError: the case has no such person.
    """
    people = registrations(case)
    if person not in people:
        raise UnknownNameError(f"case {case.id} has no person {person!r}")
    events = list(case.known(as_of, known_on))
    own = [e for e in events if isinstance(e, PersonEvent) and e.person == person]
    members = [person, *_returning(case, events, person)]
    facts: dict[str, Any] = {
        "travelled": False,
        "withdrew": False,
        "granted_in_other_plans": "0.00",
    }
    for event in own:
        facts.update(_of_person(event))
    facts["household"] = [_member(events, member) for member in members]
    facts.update(_of_plan(events))
    return facts


def _returning(case: Case, events: Iterable[Event], person: str) -> Iterator[str]:
    """The other members, less those who withdrew: their decision is theirs alone."""
    gone = {event.person for event in events if isinstance(event, Withdrawn)}
    return (other for other in case.persons() if other != person and other not in gone)


def _of_person(event: PersonEvent) -> dict[str, Any]:
    match event:
        case Registered():
            own = {"nationalities": event.nationalities, "edition": event.edition}
            return {"registered_on": event.happened_on, **_known(own)}
        case Screened():
            return {k: v for k, v in event.facts.items() if k not in _member_facts()}
        case Travelled():
            return {"travelled": True, "departed_on": event.happened_on}
        case Arrived():
            return {"travelled": True, "arrived_on": event.happened_on}
        case Withdrawn():
            return {"withdrew": True}
        case _:
            return {}


def _member_facts() -> Iterable[str]:
    return shared_vocabulary().levels["person"]


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _member(events: Iterable[Event], person: str) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for event in events:
        if isinstance(event, PersonEvent) and event.person == person:
            facts.update(_of_member(event))
    return facts


def _of_member(event: PersonEvent) -> dict[str, Any]:
    match event:
        case Registered():
            names = ("born_on", "born_earliest", "born_latest")
            return _known({name: getattr(event, name) for name in names})
        case Screened():
            return {k: v for k, v in event.facts.items() if k in _member_facts()}
        case Withdrawn():
            return {"consents": False}
        case _:
            return {}


def _of_plan(events: Iterable[Event]) -> dict[str, Any]:
    plans = [event for event in events if isinstance(event, PlanApproved)]
    if not plans:
        return {"plan_lines": []}
    lines = [attrs.asdict(line, recurse=False) for line in plans[-1].lines]
    return {
        "plan_lines": lines,
        "plan_approved_on": plans[-1].happened_on,
    }
