"""The parts of a decision: outcome, findings, amounts and deadlines, as plain frozen values."""

from collections.abc import Mapping
from datetime import date
from enum import Enum

import attrs

from iomcore.domain.citations import Evidence
from iomcore.domain.money import Money
from iomcore.rules.pack import Role

__all__ = [
    "Amount",
    "AmountStatus",
    "Answer",
    "DeadlineStatus",
    "Due",
    "Figure",
    "Finding",
    "Outcome",
    "Part",
    "Verdict",
]


class Outcome(Enum):
    """The answer to a question, in the words of the programme's text."""

    ELIGIBLE = "eligible"
    """The text allows it. Of another question than eligibility: yes."""
    EXCLUDED = "excluded"
    """The text excludes it, on evidence that bears a no."""
    OFFICER_REVIEW = "officer-review"
    """Something speaks against it, but not on evidence that bears a no: an officer has to look."""
    SUSPENDED = "suspended"
    """Not now, and it may change: an advisory against return."""
    WAITING = "waiting"
    """All places are taken."""
    UNDETERMINED = "undetermined"
    """Something is not known yet; `missing` says what."""

    def __str__(self) -> str:
        return self.value


class Verdict(Enum):
    """How one criterion stands."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"
    WARNS = "warns"

    def __str__(self) -> str:
        return self.value


class AmountStatus(Enum):
    """How an amount stands: settled, open, not applicable, or stopped by an outcome."""

    SETTLED = "settled"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not-applicable"
    EXCLUDED = "excluded"
    OFFICER_REVIEW = "officer-review"
    SUSPENDED = "suspended"
    WAITING = "waiting"

    def __str__(self) -> str:
        return self.value


class DeadlineStatus(Enum):
    """How a deadline stands."""

    SETTLED = "settled"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not-applicable"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class Finding:
    """One criterion, applied.

    Attributes:
        text: what the programme's text asks, by language.
        facts: names of the facts that it rests on; values are never kept here.
        missing: of those, what keeps it open.
    """

    criterion: str
    role: Role
    verdict: Verdict
    text: Mapping[str, str]
    evidence: Evidence
    bears_a_no: bool
    undefined_term: Mapping[str, str] | None
    facts: tuple[str, ...]
    missing: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Answer:
    """The answer to one question."""

    question: str
    outcome: Outcome
    findings: tuple[Finding, ...]


@attrs.frozen(kw_only=True)
class Figure:
    """A figure of the programme that an amount or a day rests on, with its own source.

    Attributes:
        text: its value as people write it, by language.
    """

    name: str
    text: Mapping[str, str]
    evidence: Evidence


@attrs.frozen(kw_only=True)
class Part:
    """An instalment: a share of the amount and the day from which it can be paid, if known."""

    amount: Money
    opens: date | None


@attrs.frozen(kw_only=True)
class Amount:
    """One entitlement, worked out.

    Attributes:
        kind: ``exactly``, or ``up-to``: the limit of an officer's decision, never a debt.
        value: the amount when it is settled, else None.
        at_least, at_most: what is certain all the same; None where nothing is.
        figures: the programme's figures that it rests on, each with its source.
        lines: the arithmetic, as ``(name, label by language, amount or None)``.
        readings: what each reading of a disputed term would give, as ``(parameter, reading)``.
        instalments: of a settled amount; they add up to it.
    """

    id: str
    kind: str
    status: AmountStatus
    text: Mapping[str, str]
    value: Money | None = None
    at_least: Money | None = None
    at_most: Money | None = None
    figures: tuple[Figure, ...] = ()
    lines: tuple[tuple[str, Mapping[str, str], Money | None], ...] = ()
    readings: Mapping[tuple[str, str], Money] = attrs.field(factory=dict)
    instalments: tuple[Part, ...] = ()
    evidence: Evidence = Evidence()
    missing: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Due:
    """One deadline, worked out; both days are inside.

    The end of a window closes nothing and forfeits nothing by itself. `figures` are the programme's
    figures that it rests on.
    """

    id: str
    status: DeadlineStatus
    text: Mapping[str, str]
    first_day: date | None = None
    last_day: date | None = None
    figures: tuple[Figure, ...] = ()
    evidence: Evidence = Evidence()
    missing: tuple[str, ...] = ()
