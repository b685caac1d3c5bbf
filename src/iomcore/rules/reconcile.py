"""Counted against published, and published against itself: holds, fails by n, or undetermined."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from itertools import combinations
from typing import Any, Literal

import attrs

from iomcore.domain.published import Published, Relation, Statement
from iomcore.rules.indicators import Indicator, IndicatorSet
from iomcore.rules.pack import Says

__all__ = ["Agreement", "Reconciliation", "reconcile"]


class Agreement(Enum):
    """Whether a figure is what was published."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDETERMINED = "undetermined"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class Reconciliation:
    """One comparison.

    Attributes:
        kind: ``count`` (of records), or the kind of a relation between published figures.
        value: what was counted or worked out; None while it is open.
        at_least, at_most: its limits; None where there is none.
        published: the published figure; None if nobody published one.
        difference: value less published; of an open value that cannot fit any more, the least it is
            off by; None when undetermined.
        source: title of the source of `published`.
    """

    id: str
    kind: Literal["count", "sum", "same", "share", "subset"]
    period: str
    unit: str
    verdict: Agreement
    says: Says
    value: int | None
    at_least: int | None
    at_most: int | None
    published: int | None
    difference: int | None
    source: str
    status: str | None = None
    note: str | None = None

    @property
    def words(self) -> str:
        """The verdict in words: ``holds``, ``fails by 1``, ``undetermined``."""
        if self.verdict is Agreement.FAILS and self.difference is not None:
            at_least = "" if self.value is not None else "at least "
            return f"fails by {at_least}{abs(self.difference)}"
        return self.verdict.value

    def to_dict(self) -> dict[str, object]:
        """The comparison as JSON has it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "period": self.period,
            "value": self.value,
            "at_least": self.at_least,
            "at_most": self.at_most,
            "published": self.published,
            "unit": self.unit,
            "verdict": self.verdict.value,
            "difference": self.difference,
            "source": self.source,
            "status": self.status,
            "note": self.note,
            "says": dict(self.says),
        }


def reconcile(indicators: IndicatorSet | None, published: Published) -> tuple[Reconciliation, ...]:
    """Each counted figure against its leading statement, then each relation of the statements.

    Args:
        indicators: what was counted; None: only the relations.

    >>> from iomcore.domain.citations import Citation, Source, Status
    >>> statements = {
    ...     key: Statement(
    ...         key=key, figure="registered", period="2019", value=value, unit="registration",
    ...         cite=Citation(key), status=Status.SECONDARY,
    ...     )
    ...     for key, value in (("report", 710), ("press", 715))
    ... }
    >>> agree = Relation(
    ...     id="sources", kind="same", total="report", parts=("press",), unit="person", says={}
    ... )
    >>> sources = {key: Source(key, f"The {key}") for key in statements}
    >>> published = Published(sources=sources, statements=statements, relations=(agree,))
    >>> [found.words for found in reconcile(None, published)]
    ['fails by 5']
    """
    counted = () if indicators is None else tuple(_count(i, published) for i in indicators)
    return (*counted, *(_relation(relation, published) for relation in published.relations))


def _count(indicator: Indicator, published: Published) -> Reconciliation:
    statement = next(iter(published.of(indicator.id, indicator.period)), None)
    return Reconciliation(
        id=indicator.id,
        kind="count",
        period=indicator.period,
        unit=indicator.unit,
        says=indicator.says,
        value=indicator.value,
        at_least=indicator.at_least,
        at_most=indicator.at_most,
        **_against(statement, published),
        **_verdict(indicator.at_least, indicator.at_most, statement),
    )


def _against(statement: Statement | None, published: Published) -> dict[str, Any]:
    if statement is None:
        return {"published": None, "source": "", "status": None, "note": None}
    return {
        "published": statement.value,
        "source": published.source(statement),
        "status": statement.status.value,
        "note": statement.note,
    }


def _verdict(low: int | None, high: int | None, statement: Statement | None) -> dict[str, Any]:
    """The verdict on a value between two limits, and how far it is off."""
    target = None if statement is None else statement.value
    if target is None or (low is None and high is None):
        return {"verdict": Agreement.UNDETERMINED, "difference": None}
    if low is not None and low > target:
        return {"verdict": Agreement.FAILS, "difference": low - target}
    if high is not None and high < target:
        return {"verdict": Agreement.FAILS, "difference": high - target}
    if low == high:
        return {"verdict": Agreement.HOLDS, "difference": 0}
    return {"verdict": Agreement.UNDETERMINED, "difference": None}


Limits = tuple[int | None, int | None]


def _relation(relation: Relation, published: Published) -> Reconciliation:
    total = published.statements[relation.total]
    parts = [published.statements[key].value for key in relation.parts]
    low, high = _WAYS[relation.kind](relation, parts, total.value)
    return Reconciliation(
        id=relation.id,
        kind=relation.kind,
        period=total.period,
        unit=relation.unit,
        says=relation.says,
        value=low if low == high else None,
        at_least=low,
        at_most=high,
        **_against(total, published),
        **_verdict(low, high, total),
    )


def _sum(relation: Relation, parts: Iterable[int | None], total: int | None) -> Limits:
    """Counts are never negative: parts that are not known can only add."""
    known = [part for part in parts if part is not None]
    return sum(known), sum(known) if len(known) == len(relation.parts) else None


def _same(relation: Relation, parts: list[int | None], total: int | None) -> Limits:
    return parts[0], parts[0]


def _share(relation: Relation, parts: list[int | None], total: int | None) -> Limits:
    part, whole = parts
    if part is None or not whole:
        return None, None
    doubled = 200 * part + (whole if relation.rounding == "half_up" else 0)
    percent = doubled // (2 * whole)
    return percent, percent


def _subset(relation: Relation, parts: Iterable[int | None], total: int | None) -> Limits:
    """The sum of some of the parts that comes nearest to the total."""
    known = [part for part in parts if part is not None]
    if total is None or len(known) != len(relation.parts):
        return None, None
    nearest = min(_sums(known), key=lambda value: (abs(value - total), value))
    return nearest, nearest


def _sums(parts: list[int]) -> Iterator[int]:
    for size in range(1, len(parts) + 1):
        yield from (sum(chosen) for chosen in combinations(parts, size))


_WAYS: Mapping[str, Callable[[Relation, list[int | None], int | None], Limits]] = {
    "sum": _sum,
    "same": _same,
    "share": _share,
    "subset": _subset,
}
