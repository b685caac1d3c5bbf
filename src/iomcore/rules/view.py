"""One case under one edition: the value of every criterion, amount and deadline, on demand."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import attrs

from iomcore.rules.evaluate import Env, Evaluate
from iomcore.rules.nodes import Node
from iomcore.rules.pack import (
    ELIGIBILITY,
    FIGURES,
    Criterion,
    Deadline,
    Edition,
    Entitlement,
    Pack,
    Value,
)
from iomcore.rules.results import (
    DeadlineStatus,
    Due,
    Figure,
    Finding,
    Outcome,
    Verdict,
)
from iomcore.rules.trace import Trace, missing, names_used, trace
from iomcore.rules.words import LANGUAGES, figure

__all__ = ["EditionView", "view"]

_OPEN = Outcome.UNDETERMINED
_ORDER = (
    Outcome.EXCLUDED,
    Outcome.SUSPENDED,
    Outcome.WAITING,
    Outcome.OFFICER_REVIEW,
    Outcome.UNDETERMINED,
)
"""The outcomes of criteria that do not hold, the one that prevails first."""
_BY_ROLE = {"suspends": Outcome.SUSPENDED, "waits": Outcome.WAITING}


@attrs.frozen(eq=False)
class _Bound:
    """What of a pack concerns one edition; worked out once."""

    gates: Mapping[str, tuple[tuple[Criterion, Evaluate, bool], ...]]
    fixed: Mapping[str, Any]
    dated: tuple[str, ...]


@lru_cache(maxsize=256)
def _bind(pack: Pack, edition: str) -> _Bound:
    gates: dict[str, list[tuple[Criterion, Evaluate, bool]]] = {}
    for criterion in pack.criteria:
        for gate in criterion.gates if edition in criterion.editions else ():
            holds = criterion.role == "requires"
            gates.setdefault(gate, []).append((criterion, pack.compiler(criterion.test), holds))
    fixed = {}
    for parameter in pack.parameters.values():
        row = None if parameter.dated else parameter.row(edition, None)
        if row is not None:
            fixed[parameter.id] = row.value
    return _Bound(
        gates={gate: tuple(criteria) for gate, criteria in gates.items()},
        fixed=fixed,
        dated=tuple(p.id for p in pack.parameters.values() if p.dated),
    )


def view(pack: Pack, edition: Edition, facts: Env, day: date | None) -> "EditionView":
    """The case under the edition; `day` is the governing date, if known."""
    bound = _bind(pack, edition.id)
    given = {**facts, **bound.fixed}
    for name in bound.dated:
        parameter = pack.parameters[name]
        on = day if parameter.by is None else pack.compiler(parameter.by)(given)
        row = parameter.row(edition.id, on)
        given[name] = None if row is None else row.on(on)
    return EditionView(pack, edition, given, day, bound, dict(given))


@attrs.frozen(eq=False, repr=False)
class EditionView:
    """One case under one edition.

    Attributes:
        given: facts and parameters.
        day: the governing date, if known.
        env: the same, and each definition once it was asked for.
    """

    pack: Pack
    edition: Edition
    given: Env
    day: date | None
    bound: _Bound
    env: Env
    _found: dict[str, Finding] = attrs.field(factory=dict, init=False)

    def value(self, node: Node) -> Any:
        """The value of a node; None is unknown."""
        return self.pack.compiler(node)(self.env)

    def verdict(self, criterion: Criterion) -> Verdict:
        """How a criterion stands."""
        value = self.value(criterion.test)
        if value is None:
            return Verdict.UNKNOWN
        if criterion.role == "warns":
            return Verdict.WARNS if value else Verdict.HOLDS
        return Verdict.HOLDS if value == (criterion.role == "requires") else Verdict.FAILS

    def outcome(self, gate: str) -> Outcome:
        """The answer to a question, or whether the criteria let an entitlement through."""
        found: list[Outcome] = []
        for criterion, test, holds in self.bound.gates.get(gate, ()):
            value = test(self.env)
            if value is not holds and criterion.role != "warns":
                found.append(self._failing(criterion) if value is not None else _OPEN)
        return next((outcome for outcome in _ORDER if outcome in found), Outcome.ELIGIBLE)

    def _failing(self, criterion: Criterion) -> Outcome:
        if criterion.role in _BY_ROLE:
            return _BY_ROLE[criterion.role]
        floor = criterion.bears_a_no(self.edition.id)
        return Outcome.EXCLUDED if floor else Outcome.OFFICER_REVIEW

    def entitled(self, entitlement: Entitlement) -> Outcome:
        """Eligibility and the entitlement's own criteria, whichever prevails."""
        both = (self.outcome(ELIGIBILITY), self.outcome(entitlement.id))
        return next((outcome for outcome in _ORDER if outcome in both), Outcome.ELIGIBLE)

    def trace(self, node: Node) -> Trace:
        """Why a node has its value."""
        return trace(node, self.pack.compiler, self.env)

    def missing(self, node: Node) -> tuple[str, ...]:
        """What would settle the node: facts by name, parameters with their edition."""
        if self.value(node) is not None:
            return ()
        names: dict[str, None] = {}
        for name in missing(self.trace(node)):
            names.update(dict.fromkeys(self._to_ask(name)))
        return tuple(names)

    def _to_ask(self, name: str) -> tuple[str, ...]:
        """The name; for a parameter whose day is not known, what would settle the day."""
        if not name.startswith("parameter "):
            return (name,)
        parameter = self.pack.parameters[name.removeprefix("parameter ")]
        day = self.pack.governing if parameter.by is None else parameter.by
        if parameter.dated and self.value(day) is None:
            return self.missing(day)
        return (f"{name} of {self.edition.id}",)

    def missing_for(self, gate: str) -> Iterator[str]:
        """What would settle the criteria of a question or an entitlement."""
        for criterion, _, _ in self.bound.gates.get(gate, ()):
            if criterion.role != "warns":
                yield from self.missing(criterion.test)

    def finding(self, criterion: Criterion) -> Finding:
        """One criterion, with its sentence and what it rests on."""
        found = self._found.get(criterion.id)
        if found is None:
            found = self._found[criterion.id] = self._finding(criterion)
        return found

    def _finding(self, criterion: Criterion) -> Finding:
        return Finding(
            criterion=criterion.id,
            role=criterion.role,
            verdict=self.verdict(criterion),
            text=self.text(criterion.says),
            evidence=criterion.evidence_in(self.edition.id),
            bears_a_no=criterion.bears_a_no(self.edition.id),
            undefined_term=criterion.undefined_term,
            facts=names_used(criterion.test, self.pack.compiler, "fact"),
            missing=self.missing(criterion.test),
        )

    def text(self, says: Mapping[str, str]) -> Mapping[str, str]:
        """A sentence with its figures, by language."""
        return {lang: says[lang].format_map(_Figures(self, lang)) for lang in LANGUAGES}

    def figure(self, name: str, lang: str) -> str:
        """A parameter or a definition as people write it."""
        if name in self.pack.definitions:
            node = self.pack.definitions[name].node
            return figure(self.value(node), node.type, lang)
        return figure(self.env.get(name), self.pack.parameters[name].type, lang)

    def figures(self, node: Node) -> tuple[Figure, ...]:
        """The numbers, amounts and days of the programme that a node rests on."""
        rows = {name: self.row(name) for name in names_used(node, self.pack.compiler, "parameter")}
        return tuple(
            Figure(
                name=name,
                text={lang: self.figure(name, lang) for lang in LANGUAGES},
                evidence=row.evidence,
            )
            for name, row in rows.items()
            if row is not None and self.pack.parameters[name].type.kind in FIGURES
        )

    def due(self, deadline: Deadline) -> Due:
        """One deadline, worked out."""
        says = self.text(deadline.says)
        applies = True if deadline.when is None else self.value(deadline.when)
        if applies is False:
            status = DeadlineStatus.NOT_APPLICABLE
            return Due(id=deadline.id, status=status, text=says, evidence=deadline.evidence)
        nodes = [n for n in (deadline.when, deadline.opens, deadline.closes) if n is not None]
        lacking = dict.fromkeys(name for node in nodes for name in self.missing(node))
        return Due(
            id=deadline.id,
            status=DeadlineStatus.UNDETERMINED if lacking else DeadlineStatus.SETTLED,
            text=says,
            first_day=self.value(deadline.opens) if applies and deadline.opens else None,
            last_day=self.value(deadline.closes) if applies else None,
            figures=self.figures(deadline.closes),
            evidence=deadline.evidence,
            missing=tuple(lacking),
        )

    def row(self, name: str) -> Value | None:
        """The row of a parameter that is for this edition and day."""
        parameter = self.pack.parameters[name]
        day = self.day if parameter.by is None else self.value(parameter.by)
        return parameter.row(self.edition.id, day)


class _Figures(dict[str, str]):
    """Fills the names of a sentence; each is worked out when it is met."""

    def __init__(self, case: EditionView, lang: str) -> None:
        self.case, self.lang = case, lang
        super().__init__()

    def __missing__(self, name: str) -> str:
        return self.case.figure(name, self.lang)
