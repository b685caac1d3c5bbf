"""The named tables of a set of cases: registrations, movements, arrivals, plans and so on."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from iomcore.domain.case import Case, registrations
from iomcore.domain.events import (
    Arrived,
    Paid,
    PlanApproved,
    Registered,
    Travelled,
    Withdrawn,
)
from iomcore.domain.facttypes import FactType
from iomcore.domain.money import Money
from iomcore.domain.tables import Field, Table

__all__ = ["TABLES", "tables_of"]

Row = tuple[Any, ...]
_TEXT, _DATE, _INT = FactType("text"), FactType("date"), FactType("int")
_MONEY, _SEX = FactType("money"), FactType("code", "sex")
_COUNTRY, _ROLE = FactType("code", "country"), FactType("code", "role")

_CASE = Field("case", _TEXT)
_PERSON = Field("person", _TEXT)
_PERSON_SEX = Field("sex", _SEX, "personal")

TABLES: Mapping[str, tuple[Field, ...]] = {
    "registrations": (
        _CASE,
        _PERSON,
        Field("role", _ROLE),
        _PERSON_SEX,
        Field("edition", _TEXT),
        Field("via", _TEXT),
        Field("registered_on", _DATE),
    ),
    "movements": (
        _CASE,
        _PERSON,
        _PERSON_SEX,
        Field("country", _COUNTRY, "personal"),
        Field("departed_on", _DATE, "personal"),
        Field("arrived_on", _DATE, "personal"),
    ),
    "arrivals": (
        _CASE,
        _PERSON,
        Field("country", _COUNTRY, "personal"),
        Field("arrived_on", _DATE, "personal"),
    ),
    "withdrawals": (_CASE, _PERSON, _PERSON_SEX, Field("withdrew_on", _DATE, "personal")),
    "plans": (
        _CASE,
        Field("approved_on", _DATE, "personal"),
        Field("asked", _MONEY, "personal"),
        Field("approved", _MONEY, "personal"),
    ),
    "payments": (
        _CASE,
        Field("seq", _INT),
        Field("instalment", _INT, "personal"),
        Field("paid_on", _DATE, "personal"),
        Field("amount", _MONEY, "personal"),
    ),
}
"""The fields of each table: the names that counting rules and exporters rely on."""


def tables_of(cases: Iterable[Case], as_of: date) -> Mapping[str, Table]:
    """Each table as the logs stood on `as_of`, that day inside; rows in order of case and event."""
    kept = tuple(sorted(cases, key=lambda case: case.id))

    def table(name: str) -> Table:
        rows = _ROWS[name]
        return Table(
            name, TABLES[name], lambda: (row for case in kept for row in rows(case, as_of))
        )

    return {name: table(name) for name in TABLES}


def _registrations(case: Case, as_of: date) -> Iterator[Row]:
    for e in case.known(as_of):
        if isinstance(e, Registered):
            yield (case.id, e.person, e.role, e.sex, e.edition, e.via, e.happened_on)


def _movements(case: Case, as_of: date) -> Iterator[Row]:
    """One row a recorded departure; an arrival alone is in ``arrivals`` only."""
    arrived = {e.person: e.happened_on for e in case.known(as_of) if isinstance(e, Arrived)}
    people = registrations(case)
    for e in case.known(as_of):
        if isinstance(e, Travelled):
            sex = people[e.person].sex
            yield (case.id, e.person, sex, e.country, e.happened_on, arrived.get(e.person))


def _arrivals(case: Case, as_of: date) -> Iterator[Row]:
    for e in case.known(as_of):
        if isinstance(e, Arrived):
            yield (case.id, e.person, e.country, e.happened_on)


def _withdrawals(case: Case, as_of: date) -> Iterator[Row]:
    people = registrations(case)
    for e in case.known(as_of):
        if isinstance(e, Withdrawn):
            yield (case.id, e.person, people[e.person].sex, e.happened_on)


def _plans(case: Case, as_of: date) -> Iterator[Row]:
    for e in case.known(as_of):
        if isinstance(e, PlanApproved) and e.lines:
            asked = [line.amount for line in e.lines]
            approved = [line.approved for line in e.lines if line.decision == "approved"]
            yield (case.id, e.happened_on, _sum(asked, asked[0]), _sum(approved, asked[0]))


def _sum(amounts: Iterable[Money | None], like: Money) -> Money | None:
    total = Money(0, like.currency)
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def _payments(case: Case, as_of: date) -> Iterator[Row]:
    for e in case.known(as_of):
        if isinstance(e, Paid):
            yield (case.id, e.seq, e.instalment, e.happened_on, e.amount)


_ROWS: Mapping[str, Callable[[Case, date], Iterator[Row]]] = {
    "registrations": _registrations,
    "movements": _movements,
    "arrivals": _arrivals,
    "withdrawals": _withdrawals,
    "plans": _plans,
    "payments": _payments,
}
