"""DATA of the command line: a data folder, an events file, or a flat table of facts."""

from datetime import date
from pathlib import Path

import attrs

from iomcore.api import decide_dataset, policy, read_cases, read_dataset
from iomcore.domain.case import cases_from, facts_of
from iomcore.errors import DataError, Problem
from iomcore.records.events import read_events
from iomcore.records.text import read_bytes
from iomcore.rules.decision import Decision

__all__ = ["Choice", "decide_data"]


@attrs.frozen
class Choice:
    """What a file does not say of itself, and a data folder does."""

    policy: str | None = None
    as_of: date | None = None


def decide_data(path: Path, choice: Choice) -> list[Decision]:
    """The decisions on all cases of DATA.

    Raises:
        DataError: every problem of the data, or a policy or day that was not named.
    """
    if path.is_dir():
        return decide_dataset(read_dataset(path), choice.as_of)
    name, day = _named(path, choice)
    if _is_log(path):
        return _from_log(path, name, day)
    chosen = policy(name)
    rows = read_cases(path, name)
    return [chosen.decide(row.facts, as_of=day, subject=row.subject) for row in rows]


def _named(path: Path, choice: Choice) -> tuple[str, date]:
    problems = [
        Problem(path.name, "not-said", f"a file does not say its {what}: name it with {option}")
        for what, option, given in (
            ("policy", "--policy", choice.policy),
            ("day of knowledge", "--as-of", choice.as_of),
        )
        if given is None
    ]
    if choice.policy is None or choice.as_of is None:
        raise DataError(problems)
    return choice.policy, choice.as_of


def _is_log(path: Path) -> bool:
    """Whether a file of JSON Lines holds events: its first line says what kind."""
    return path.suffix == ".jsonl" and b'"kind"' in read_bytes(path).partition(b"\n")[0]


def _from_log(path: Path, name: str, day: date) -> list[Decision]:
    chosen = policy(name)
    cases = cases_from(read_events(read_bytes(path), path.name, chosen.reader))
    return [
        chosen.decide(facts_of(case, person, day), as_of=day, subject=person, dossier=case.id)
        for case in cases
        for person in case.persons(day)
    ]
