"""From facts to a decision: the editions that may cover the case, and the case under each."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from iomcore.domain.dates import to_date
from iomcore.errors import DataError, Problem
from iomcore.rules.decision import Decision
from iomcore.rules.evaluate import Env
from iomcore.rules.pack import Edition, Pack
from iomcore.rules.trace import missing, trace
from iomcore.rules.view import view

__all__ = ["decide"]


def decide(
    pack: Pack,
    facts: Mapping[str, Any],
    *,
    as_of: date,
    subject: str | None = None,
    dossier: str | None = None,
) -> Decision:
    """What the programme's text says of a case, on what is known of it.

    Args:
        facts: by the names of the vocabulary; absent and None are unknown.
        as_of: the day of knowledge; it never picks the edition.
        subject, dossier: pseudonyms of the person and of the household's case, to carry along.

    Raises:
        DataError: facts that are misspelt, of another type or out of range: all of them.
        DateError: `as_of` is not a day.
    """
    values: Env = {**pack.reader.read(facts), "as_of": to_date(as_of)}
    _not_born_later(values)
    day = pack.compiler(pack.governing)(values)
    recorded = values.get("edition")
    editions = [pack.edition(recorded)] if recorded else None
    uncovered = False
    if editions is None:
        editions, uncovered = _candidates(pack, day)
    unsure = uncovered or len(editions) > 1
    return Decision(
        pack=pack,
        subject=subject,
        dossier=dossier,
        as_of=values["as_of"],
        views=tuple(view(pack, edition, values, day) for edition in editions),
        uncovered=uncovered,
        edition_missing=_edition_missing(pack, values) if unsure else (),
        governing_day=day,
    )


def _not_born_later(values: Env) -> None:
    """Nobody is known before birth: a birth after the day of knowledge is a slip of the pen."""
    problems = [
        Problem(f"$.household[{i}].{name}", "born-later", "a birth after the day of the decision")
        for i, person in enumerate(values.get("household") or ())
        for name in ("born_on", "born_earliest")
        if name in person and person[name] > values["as_of"]
    ]
    if problems:
        raise DataError(problems)


def _candidates(pack: Pack, day: date | None) -> tuple[list[Edition], bool]:
    """The editions that may cover the day, and whether perhaps none does.

    The later edition of the file wins where it surely covers the day.
    """
    found: list[Edition] = []
    for edition in reversed(pack.editions):
        covers = None if day is None else edition.covers(day)
        if covers is not False:
            found.insert(0, edition)
        if covers:
            return found, False
    return found, True


def _edition_missing(pack: Pack, values: Env) -> tuple[str, ...]:
    names = dict.fromkeys(missing(trace(pack.governing, pack.compiler, values)))
    return ("edition", *names)
