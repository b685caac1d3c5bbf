"""One entitlement, worked out: settled, or what is certain of it all the same."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import lcm
from typing import Any

import attrs

from iomcore.domain.money import Money
from iomcore.domain.vocabulary import CASE, Vocabulary
from iomcore.rules.intervals import WIDEST, Range, limits
from iomcore.rules.pack import ELIGIBILITY, Entitlement, Pack
from iomcore.rules.results import Amount, AmountStatus, Outcome, Part
from iomcore.rules.trace import names_used
from iomcore.rules.view import EditionView

__all__ = ["work_out"]

_STOPPED = {
    Outcome.EXCLUDED: AmountStatus.EXCLUDED,
    Outcome.SUSPENDED: AmountStatus.SUSPENDED,
    Outcome.WAITING: AmountStatus.WAITING,
}


def work_out(view: EditionView, entitlement: Entitlement) -> Amount:
    """The entitlement in the case: whether it applies, who may have it, how much."""
    return _Work(view, entitlement, view.pack).amount()


@attrs.frozen
class _Work:
    view: EditionView
    entitlement: Entitlement
    pack: Pack

    def amount(self) -> Amount:
        outcome = self.view.entitled(self.entitlement)
        when = self.entitlement.when
        applies = True if when is None else self.view.value(when)
        if applies is False:
            return self.result(AmountStatus.NOT_APPLICABLE)
        if outcome in _STOPPED:
            return self.result(_STOPPED[outcome])
        value = self.view.value(self.entitlement.amount)
        if outcome is Outcome.ELIGIBLE and applies and value is not None:
            return self.settled(self.money(value))
        return self.open(outcome, certain=bool(applies) and outcome is Outcome.ELIGIBLE)

    def result(self, status: AmountStatus, **values: Any) -> Amount:
        entitlement = self.entitlement
        return Amount(
            id=entitlement.id,
            kind=entitlement.kind,
            status=status,
            text=self.view.text(entitlement.says),
            evidence=entitlement.evidence,
            **values,
        )

    def settled(self, value: Money) -> Amount:
        return self.result(
            AmountStatus.SETTLED,
            value=value,
            at_least=value,
            at_most=value,
            figures=self.view.figures(self.entitlement.amount),
            lines=self.lines(),
            instalments=self.instalments(value),
        )

    def open(self, outcome: Outcome, *, certain: bool) -> Amount:
        """Not settled: for an officer, or something is not known. Unless the entitlement itself is
        certain, nothing is certain at the lower end."""
        low, high = self.limits()
        review = outcome is Outcome.OFFICER_REVIEW
        return self.result(
            AmountStatus.OFFICER_REVIEW if review else AmountStatus.UNDETERMINED,
            at_least=low if certain else self.money(0),
            at_most=high,
            figures=self.view.figures(self.entitlement.amount),
            lines=self.lines(),
            readings=self.readings(),
            missing=tuple(dict.fromkeys(self.missing())),
        )

    def missing(self) -> Iterator[str]:
        yield from self.view.missing_for(ELIGIBILITY)
        yield from self.view.missing_for(self.entitlement.id)
        for node in (self.entitlement.when, self.entitlement.amount):
            yield from () if node is None else self.view.missing(node)

    def money(self, minor: int) -> Money:
        return Money(minor, self.pack.currency)

    def limits(self) -> tuple[Money | None, Money | None]:
        known = {**_least(self.pack.vocabulary), **dict(self.between())}
        found = limits(self.entitlement.amount, self.pack.compiler, self.view.env, known)
        assert isinstance(found, Range)  # an amount is money
        low, high = (
            None if abs(end) >= WIDEST else self.money(end) for end in (found.low, found.high)
        )
        return low, high

    def between(self) -> Iterator[tuple[str, Range]]:
        """The unknown parameters whose limits are known."""
        for name in self.pack.parameters:
            row = self.view.row(name)
            if row is not None and row.between is not None:
                yield name, row.between

    def lines(self) -> tuple[tuple[str, Mapping[str, str], Money | None], ...]:
        """The labelled amounts that the entitlement is made from."""
        used = set(names_used(self.entitlement.amount, self.pack.compiler, "definition"))
        return tuple(
            (name, self.view.text(definition.says), None if value is None else self.money(value))
            for name, definition in self.pack.definitions.items()
            if name in used and definition.says and definition.node.type.kind == "money"
            for value in [self.view.value(definition.node)]
        )

    def readings(self) -> Mapping[tuple[str, str], Money]:
        """What each reading of a disputed parameter would give, where that is known."""
        readings: dict[tuple[str, str], Money] = {}
        evaluate = self.pack.compiler(self.entitlement.amount)
        for name in names_used(self.entitlement.amount, self.pack.compiler, "parameter"):
            row = self.view.row(name)
            for reading in row.readings if row else ():
                value = evaluate({**self.view.given, name: reading})
                if value is not None:
                    readings[name, str(reading)] = self.money(value)
        return readings

    def instalments(self, value: Money) -> tuple[Part, ...]:
        entries = self.entitlement.instalments
        if not entries:
            return ()
        whole = lcm(*(entry.share[1] for entry in entries))
        parts = value.split([entry.share[0] * whole // entry.share[1] for entry in entries])
        days = [None if entry.opens is None else self.view.value(entry.opens) for entry in entries]
        return tuple(Part(amount=part, opens=day) for part, day in zip(parts, days, strict=True))


@lru_cache(maxsize=64)
def _least(vocabulary: Vocabulary) -> Mapping[str, Range]:
    """What is certain of facts nobody knows: they are no less than their type allows.

    The upper ends of the types catch slips of the pen; nothing is known from them.
    """
    return {
        name if level == CASE else f"{level}.{name}": Range(fact.type.low, WIDEST)
        for level, facts in vocabulary.levels.items()
        for name, fact in facts.items()
        if fact.type.low is not None
    }
