"""Hypothesis strategies for facts, money, dates and cases. Needs the extra ``testing``."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from iomcore.domain.dates import FIRST_DAY, LAST_DAY
from iomcore.domain.facttypes import FactType
from iomcore.domain.money import Money
from iomcore.domain.vocabulary import CASE, Vocabulary, shared_vocabulary
from iomcore.testing.builders import events

__all__ = ["cases", "days", "fact", "facts", "less_known", "logs", "money", "month_ends"]


def money(low: int = 0, high: int = 10_000_00, currency: str = "EUR") -> st.SearchStrategy[Money]:
    """Amounts from `low` to `high` minor units, both inside."""
    return st.integers(low, high).map(lambda minor: Money(minor, currency))


def days(first: date = FIRST_DAY, last: date = LAST_DAY) -> st.SearchStrategy[date]:
    """Days, month ends and their neighbours more often than others; both ends inside."""
    near = month_ends(first, last).flatmap(
        lambda end: st.integers(-1, 1).map(lambda shift: end + timedelta(days=shift))
    )
    return st.one_of(st.dates(first, last), near.filter(lambda day: first <= day <= last))


def month_ends(first: date = FIRST_DAY, last: date = LAST_DAY) -> st.SearchStrategy[date]:
    """Last days of months."""
    inside = st.dates(first.replace(day=1), last.replace(day=1))
    ends = inside.map(lambda day: _next_month(day) - timedelta(days=1))
    return ends.filter(lambda day: first <= day <= last)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def fact(
    type_: FactType, vocabulary: Vocabulary | None = None, currency: str = "EUR"
) -> st.SearchStrategy[Any]:
    """Values that a fact of that type may take, never unknown at the top."""
    words = vocabulary or shared_vocabulary()
    low, high = type_.low or 0, type_.high or 0
    if type_.kind == "bool":
        return st.booleans()
    if type_.kind == "finding":
        return _findings()
    if type_.kind == "int":
        return st.integers(low, high)
    if type_.kind == "money":
        return money(low, min(high, low + 5_000_00), type_.of or currency)
    if type_.kind == "date":
        return days(date(2006, 1, 1), date(2026, 12, 31))
    return _lists(type_, words, currency)


def _findings() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "value": st.booleans(),
            "reason": st.just("invented"),
            "on": days(date(2006, 1, 1), date(2026, 12, 31)),
        }
    )


def _lists(type_: FactType, words: Vocabulary, currency: str) -> st.SearchStrategy[Any]:
    if type_.kind == "list":
        items = _records(type_.of or "", words, currency)
        return st.lists(items, min_size=type_.low or 0, max_size=min(type_.high or 0, 4))
    codes = st.sampled_from(sorted(words.codes[type_.of or ""]))
    if type_.kind == "code":
        return codes
    return st.lists(st.one_of(codes, st.none()), min_size=1, max_size=3)


def _records(level: str, words: Vocabulary, currency: str) -> st.SearchStrategy[dict[str, Any]]:
    return _some(words, level, words.levels[level], currency).filter(_born_in_order)


def _born_in_order(record: Mapping[str, Any]) -> bool:
    earliest, latest = record.get("born_earliest"), record.get("born_latest")
    return earliest is None or latest is None or earliest <= latest


def _some(
    words: Vocabulary, level: str, names: Iterable[str], currency: str
) -> st.SearchStrategy[dict[str, Any]]:
    types = {name: words.levels[level][name].type for name in names}
    usable = {n: t for n, t in types.items() if t.kind != "code" or words.codes[t.of or ""]}
    values = {name: fact(type_, words, currency) for name, type_ in usable.items()}
    return st.fixed_dictionaries({}, optional=values)


def facts(
    vocabulary: Vocabulary | None = None, names: Sequence[str] | None = None, currency: str = "EUR"
) -> st.SearchStrategy[dict[str, Any]]:
    """Facts of a case, any of them unknown, lists and records too.

    Args:
        vocabulary: whose facts; None: the shared one.
        names: which facts may be known; None: all.

    >>> from iomcore.testing import strategies
    >>> strategies.facts(names=["travelled"]).is_empty
    False
    """
    words = vocabulary or shared_vocabulary()
    return _some(words, CASE, names if names is not None else words.levels[CASE], currency)


@st.composite
def less_known(draw: st.DrawFn, known: Mapping[str, Any]) -> dict[str, Any]:
    """The same facts, some of them made unknown, inside lists and records too."""
    kept: dict[str, Any] = {}
    for name, value in known.items():
        if draw(st.booleans()):
            kept[name] = value
        elif draw(st.booleans()) and _records_in(value):
            kept[name] = [draw(less_known(item)) for item in value]
    return kept


def _records_in(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


@st.composite
def logs(draw: st.DrawFn, case: str = "C-0001") -> list[Any]:
    """The log of one case: a registration, and any part of what may follow, in any order."""
    first, *rest = events(case, sex=draw(st.sampled_from(["female", "male", None])))
    kept = [event for event in rest if draw(st.booleans())]
    return draw(st.permutations([first, *kept]))


def cases() -> st.SearchStrategy[Any]:
    """Cases with one person."""
    from iomcore.domain.case import Case

    return logs().map(lambda log: Case("C-0001", log))
