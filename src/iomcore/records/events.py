"""Reads and writes ``events.jsonl``: one event a line, every problem with its line and path."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from iomcore.domain.events import EVENT_KINDS, Event, PlanApproved, Registered, Screened
from iomcore.domain.reading import FactReader
from iomcore.domain.vocabulary import CASE
from iomcore.errors import DataError, Problem, suggestion
from iomcore.records.structure import structure
from iomcore.records.text import read_json_lines, write_json

__all__ = ["read_events", "write_events"]


def read_events(data: bytes, where: str, reader: FactReader) -> list[Event]:
    """The events of a file, in its order.

    Args:
        reader: checks the facts and codes that the events hold.

    Raises:
        DataError: every problem of every line.
    """
    events: list[Event] = []
    problems: list[Problem] = []
    for place, value in read_json_lines(data, where):
        try:
            if isinstance(value, DataError):
                raise value
            event = _event(value, place)
            problems += _code_problems(event, place, reader)
            events.append(event)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return events


def _event(value: Any, place: str) -> Event:
    if not isinstance(value, dict):
        raise DataError([Problem(place, "not-an-event", "expected an object with keys and values")])
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in EVENT_KINDS:
        hint = suggestion(str(kind), EVENT_KINDS)
        message = f"expected one of {', '.join(EVENT_KINDS)}{hint}"
        raise DataError([Problem(f"{place}: $.kind", "no-kind", message)])
    rest = {key: item for key, item in value.items() if key != "kind" and item is not None}
    return structure(rest, EVENT_KINDS[kind], f"{place}: $")


def _code_problems(event: Event, place: str, reader: FactReader) -> Iterator[Problem]:
    """What the codes and facts of an event must be, by the vocabulary."""
    if isinstance(event, Screened):
        yield from _fact_problems(event.facts, place, reader)
    if isinstance(event, Registered):
        own = {"nationalities": event.nationalities, "edition": event.edition}
        yield from reader.problems(own, CASE, f"{place}: $")
        for name, value in (("role", event.role), ("sex", event.sex)):
            if value is not None and value not in reader.vocabulary.codes[name]:
                expected = ", ".join(sorted(reader.vocabulary.codes[name]))
                yield Problem(f"{place}: $.{name}", "not-a-code", f"expected one of {expected}")
    if isinstance(event, PlanApproved):
        for number, line in enumerate(event.lines):
            facts = attrs.asdict(line, recurse=False)
            yield from reader.problems(facts, "line", f"{place}: $.lines[{number}]")


def _fact_problems(facts: Mapping[str, Any], place: str, reader: FactReader) -> Iterator[Problem]:
    person = reader.vocabulary.levels["person"]
    of_person = {name: value for name, value in facts.items() if name in person}
    of_case = {name: value for name, value in facts.items() if name not in person}
    yield from reader.problems(of_person, "person", f"{place}: $.facts")
    yield from reader.problems(of_case, CASE, f"{place}: $.facts")


def write_events(events: Iterable[Event]) -> Iterator[str]:
    """A line an event; what is not known is left out."""
    for event in events:
        fields = attrs.asdict(event, recurse=False)
        known = {name: value for name, value in fields.items() if value is not None}
        yield write_json({"kind": event.kind, **known}) + "\n"
