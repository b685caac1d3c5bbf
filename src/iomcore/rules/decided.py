"""What was decided of one case: outcome, findings, amounts, deadlines, and what is missing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import TypeVar

import attrs

from iomcore.domain.money import Money
from iomcore.rules.amounts import work_out
from iomcore.rules.pack import ELIGIBILITY, Criterion, Pack
from iomcore.rules.results import (
    Amount,
    AmountStatus,
    Answer,
    DeadlineStatus,
    Due,
    Finding,
    Outcome,
    Verdict,
)
from iomcore.rules.view import EditionView

__all__ = ["Decided"]

Result = TypeVar("Result", Amount, Due)


@attrs.frozen(kw_only=True, eq=False, slots=False, repr=False)
class Decided:
    """What the programme's text says of one case.

    Only what settles the outcome is worked out at once; everything else when it is asked for.
    `repr` and errors show no fact of the case.

    Attributes:
        pack: the policy that decided.
        subject: the pseudonym of the person that the caller handed in.
        dossier: the pseudonym of the household's case; amounts are the household's and count once
            for it, however many of its members are decided.
        as_of: the day of knowledge.
        views: the case under each edition that may cover it; one when that is known.
        uncovered: whether perhaps no edition covers it.
        edition_missing: what would settle the edition.
        governing_day: the day that picks the edition, if known.
    """

    pack: Pack
    subject: str | None
    dossier: str | None
    as_of: date
    views: tuple[EditionView, ...]
    uncovered: bool
    edition_missing: tuple[str, ...]
    governing_day: date | None

    @property
    def edition(self) -> str | None:
        """The edition that covers the case, or None while it is not known."""
        if self.uncovered or len(self.views) != 1:
            return None
        return self.views[0].edition.id

    @cached_property
    def outcome(self) -> Outcome:
        """The answer to eligibility."""
        return self.outcome_of(ELIGIBILITY)

    def outcome_of(self, question: str) -> Outcome:
        """The answer to a question; settled only when every edition that may cover agrees."""
        found = {view.outcome(question) for view in self.views}
        return found.pop() if len(found) == 1 and not self.uncovered else Outcome.UNDETERMINED

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """The questions of the policy, each with its outcome and findings."""
        return {
            question: Answer(
                question=question,
                outcome=self.outcome_of(question),
                findings=tuple(self.findings_for(question)),
            )
            for question in self.pack.questions
        }

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every criterion that applies, once."""
        return tuple(f for criterion in self.pack.criteria for f in self._finding(criterion))

    def finding(self, criterion: str) -> Finding:
        """The finding on one criterion.

        Raises:
            KeyError: no such criterion applies.
        """
        return {finding.criterion: finding for finding in self.findings}[criterion]

    def findings_for(self, gate: str) -> Iterator[Finding]:
        """The findings that gate a question or an entitlement."""
        for criterion in self.pack.criteria:
            if gate in criterion.gates:
                yield from self._finding(criterion)

    def _finding(self, criterion: Criterion) -> Iterator[Finding]:
        found = [v.finding(criterion) for v in self.views if v.edition.id in criterion.editions]
        if not found:
            return
        agreed = len({finding.verdict for finding in found}) == 1
        if self.edition is None and not (
            agreed and len(found) == len(self.views) and not self.uncovered
        ):
            lacking = dict.fromkeys((*self.edition_missing, *(m for f in found for m in f.missing)))
            yield attrs.evolve(found[0], verdict=Verdict.UNKNOWN, missing=tuple(lacking))
        else:
            yield found[0]

    @cached_property
    def amounts(self) -> Mapping[str, Amount]:
        """The entitlements of the policy by id."""
        return self._merged(
            ((e.id, e.editions, partial(work_out, entitlement=e)) for e in self.pack.entitlements),
            self._open_amount,
        )

    @cached_property
    def deadlines(self) -> Mapping[str, Due]:
        """The deadlines of the policy by id."""
        return self._merged(
            ((d.id, d.editions, partial(EditionView.due, deadline=d)) for d in self.pack.deadlines),
            self._open_due,
        )

    def _merged(
        self,
        entries: Iterable[tuple[str, frozenset[str], Callable[[EditionView], Result]]],
        unsettled: Callable[[list[Result]], Result],
    ) -> dict[str, Result]:
        merged: dict[str, Result] = {}
        for id_, editions, make in entries:
            found = [make(view) for view in self.views if view.edition.id in editions]
            if not found:
                continue
            alike = len(found) == len(self.views) and all(one == found[0] for one in found)
            merged[id_] = found[0] if alike and not self.uncovered else unsettled(found)
        return merged

    def _open_amount(self, found: list[Amount]) -> Amount:
        highs = [one.at_most for one in found if one.status is not AmountStatus.NOT_APPLICABLE]
        known = [high for high in highs if high is not None]
        return Amount(
            id=found[0].id,
            kind=found[0].kind,
            status=AmountStatus.UNDETERMINED,
            text=found[0].text,
            at_least=Money(0, self.pack.currency),
            at_most=max(known) if known and len(known) == len(highs) else None,
            evidence=found[0].evidence,
            missing=self._all_missing(found),
        )

    def _open_due(self, found: list[Due]) -> Due:
        return Due(
            id=found[0].id,
            status=DeadlineStatus.UNDETERMINED,
            text=found[0].text,
            evidence=found[0].evidence,
            missing=self._all_missing(found),
        )

    def _all_missing(self, found: Iterable[Amount | Due]) -> tuple[str, ...]:
        names = (*self.edition_missing, *(name for one in found for name in one.missing))
        return tuple(dict.fromkeys(names))

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """What would settle what is open, in the order to ask: the edition, eligibility, the rest.

        Facts by their names (``household[0].vulnerable``), and figures that nobody has found yet
        (``parameter grant_ceiling of ARVoRe VI``).
        """
        names = dict.fromkeys(self.edition_missing)
        for question in self.pack.questions:
            if self.outcome_of(question) is Outcome.UNDETERMINED:
                for view in self.views:
                    names.update(dict.fromkeys(view.missing_for(question)))
        results: list[Amount | Due] = [*self.amounts.values(), *self.deadlines.values()]
        for one in results:
            if one.status in (AmountStatus.UNDETERMINED, DeadlineStatus.UNDETERMINED):
                names.update(dict.fromkeys(one.missing))
        return tuple(names)
