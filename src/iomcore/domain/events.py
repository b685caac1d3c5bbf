"""What can happen in a case: one frozen class a kind, with the days it happened and was recorded.

Persons appear by pseudonym only; names and document numbers are not modelled at all.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

import attrs

from iomcore.domain.dates import to_date
from iomcore.domain.money import Money
from iomcore.errors import DataError, Problem

__all__ = [
    "EVENT_KINDS",
    "Approved",
    "Arrived",
    "Event",
    "Paid",
    "PlanApproved",
    "PlanLine",
    "Registered",
    "Screened",
    "Travelled",
    "Withdrawn",
]


def _from_one(event: object, field: "attrs.Attribute[Any]", value: int | None) -> None:
    if value is not None and value < 1:
        raise DataError([Problem(f"$.{field.name}", "out-of-range", "expected 1 or more")])


@attrs.frozen(kw_only=True)
class Event:
    """Something that happened in a case.

    Attributes:
        case: pseudonym of the household's dossier.
        seq: place in the dossier, counted from 1; gaps are allowed.
        happened_on: the day it happened.
        recorded_on: the day the office wrote it down; never before `happened_on`.
    """

    kind: ClassVar[str]

    case: str
    seq: int = attrs.field(validator=_from_one)
    happened_on: date = attrs.field(converter=to_date)
    recorded_on: date = attrs.field(converter=to_date)

    def __attrs_post_init__(self) -> None:
        if self.recorded_on < self.happened_on:
            message = "recorded before it happened"
            raise DataError([Problem("$.recorded_on", "recorded-too-early", message)])


@attrs.frozen(kw_only=True)
class PersonEvent(Event):
    """Something that happened to one person of the case."""

    person: str


@attrs.frozen(kw_only=True)
class Registered(PersonEvent):
    """A person asked for counselling and was registered, at the office or through a partner.

    A birth date known only as a year is given as `born_earliest` and `born_latest`.
    """

    kind = "registered"

    role: str
    sex: str | None = attrs.field(default=None, repr=False)
    born_on: date | None = attrs.field(default=None, repr=False)
    born_earliest: date | None = attrs.field(default=None, repr=False)
    born_latest: date | None = attrs.field(default=None, repr=False)
    nationalities: tuple[str | None, ...] | None = attrs.field(default=None, repr=False)
    edition: str | None = None
    via: str | None = None


@attrs.frozen(kw_only=True)
class Screened(PersonEvent):
    """Facts about a person were established; a later screening replaces what it names again."""

    kind = "screened"

    facts: Mapping[str, Any] = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Approved(PersonEvent):
    """The person's return was approved."""

    kind = "approved"


@attrs.frozen(kw_only=True)
class Withdrawn(PersonEvent):
    """The person withdrew; a free decision can be taken back at any time."""

    kind = "withdrawn"

    reason: str | None = attrs.field(default=None, repr=False)


@attrs.frozen(kw_only=True)
class Travelled(PersonEvent):
    """The person left; `happened_on` is the day of departure."""

    kind = "travelled"

    country: str | None = None


@attrs.frozen(kw_only=True)
class Arrived(PersonEvent):
    """The person arrived; `happened_on` is the local day of arrival."""

    kind = "arrived"

    country: str | None = None


@attrs.frozen(kw_only=True)
class PlanLine:
    """One cost that a reintegration plan asks to cover, and what was decided of it."""

    purpose: str = attrs.field(repr=False)
    amount: Money
    decision: str = "pending"
    approved: Money | None = None


@attrs.frozen(kw_only=True)
class PlanApproved(Event):
    """The household's reintegration plan was decided; one currency throughout."""

    kind = "plan_approved"

    lines: tuple[PlanLine, ...]

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        amounts = [
            amount for line in self.lines for amount in (line.amount, line.approved) if amount
        ]
        if len({amount.currency for amount in amounts}) > 1:
            message = "a plan is in one currency; found several"
            raise DataError([Problem("$.lines", "several-currencies", message)])


@attrs.frozen(kw_only=True)
class Paid(Event):
    """An instalment of the reintegration grant was paid."""

    kind = "paid"

    amount: Money
    instalment: int | None = attrs.field(default=None, validator=_from_one)


EVENT_KINDS: Mapping[str, type[Event]] = {
    cls.kind: cls
    for cls in (Registered, Screened, Approved, Withdrawn, Travelled, Arrived, PlanApproved, Paid)
}
"""The event classes by the word that a record names them with."""
