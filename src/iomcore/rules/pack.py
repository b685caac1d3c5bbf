"""What a pack says once it is loaded: editions, dated parameters, criteria, amounts, deadlines."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import attrs

from iomcore.domain.citations import Evidence, Source
from iomcore.domain.facttypes import FactType
from iomcore.domain.iso import group
from iomcore.domain.reading import FactReader
from iomcore.domain.vocabulary import Vocabulary
from iomcore.errors import UnknownNameError, suggestion
from iomcore.rules.evaluate import Compiler
from iomcore.rules.intervals import Range
from iomcore.rules.nodes import Node

__all__ = [
    "ELIGIBILITY",
    "FIGURES",
    "ROLES",
    "Criterion",
    "Deadline",
    "Definition",
    "Edition",
    "Entitlement",
    "Instalment",
    "Pack",
    "Parameter",
    "Role",
    "Says",
    "Value",
]

ELIGIBILITY = "eligibility"
FIGURES = ("int", "money", "date")
"""The kinds of parameters that are figures: what a sentence names and a decision shows."""
Role = Literal["requires", "excludes", "suspends", "waits", "warns"]
ROLES: tuple[Role, ...] = ("requires", "excludes", "suspends", "waits", "warns")
Says = Mapping[str, str]
"""A sentence by language, ``en`` and ``pt``; figures stand in it by name: ``{grant_ceiling}``."""


@attrs.frozen(kw_only=True)
class Edition:
    """One contract of the programme.

    Attributes:
        starts, ends: the earliest and the latest day on which it may have started or ended; equal
            when the day is known. Both ends are inside the edition.
        operational_from: when work began, if that is known to differ; shown and never tested.
    """

    id: str
    starts: tuple[date, date]
    ends: tuple[date, date]
    evidence: Evidence
    operational_from: tuple[date, date] | None = None

    def covers(self, day: date) -> bool | None:
        """Whether a day lies in the edition; None where its bounds are not known well enough."""
        if day < self.starts[0] or day > self.ends[1]:
            return False
        return True if self.starts[1] <= day <= self.ends[0] else None


@attrs.frozen(kw_only=True)
class Value:
    """One value of a parameter.

    Attributes:
        value: as inside a rule; None when nobody found it.
        readings: what disagreeing sources give, when they do; the value is then None.
        between: limits of an unknown value, where those are known.
        editions: ids that it is for; None for all.
        first, last: the days that it is for, both inside; None is open.
        group: the dated group of states that gives the value instead.
    """

    value: Any = None
    readings: tuple[Any, ...] = ()
    between: Range | None = None
    editions: frozenset[str] | None = None
    first: date | None = None
    last: date | None = None
    group: str | None = None
    evidence: Evidence = Evidence()

    def applies(self, edition: str, day: date | None) -> bool:
        """Whether this is the value for an edition on a day (None: the day is not known)."""
        if self.editions is not None:
            return edition in self.editions
        if self.first is None and self.last is None:
            return True
        after = day is not None and (self.first is None or self.first <= day)
        return after and (self.last is None or (day is not None and day <= self.last))

    def on(self, day: date | None) -> Any:
        """The value; of a group, its members on the day."""
        if self.group is None:
            return self.value
        return None if day is None else group(self.group).on(day)


@attrs.frozen(kw_only=True)
class Parameter:
    """A figure of the programme, by edition or by date.

    Attributes:
        by: the day that picks the row; None: the governing date.
    """

    id: str
    type: FactType
    values: tuple[Value, ...]
    by: Node | None = None

    @property
    def dated(self) -> bool:
        """Whether a day is needed to know the value."""
        return any(v.first or v.last or v.group for v in self.values)

    def row(self, edition: str, day: date | None) -> Value | None:
        """The row for an edition on a day, or None: outside every row the value is unknown."""
        return next((value for value in self.values if value.applies(edition, day)), None)


@attrs.frozen(kw_only=True)
class Definition:
    """A shared value; `says` labels it as a line of an amount's arithmetic."""

    name: str
    node: Node
    says: Says | None = None


@attrs.frozen(kw_only=True)
class Criterion:
    """One condition of the programme's text.

    Attributes:
        role: ``requires`` (must be true), ``excludes``, ``suspends``, ``waits`` (must be false),
            ``warns`` (shown when true, decides nothing).
        gates: the questions and entitlements that it gates.
        judgement: whether only an officer's finding may answer.
        undefined_term: a word that the text leaves open, by language.
        evidence_by_edition: where it differs from `evidence`.
    """

    id: str
    role: Role
    test: Node
    gates: tuple[str, ...]
    says: Says
    evidence: Evidence
    editions: frozenset[str]
    judgement: bool = False
    undefined_term: Says | None = None
    evidence_by_edition: Mapping[str, Evidence] = attrs.field(factory=dict, hash=False)

    def evidence_in(self, edition: str) -> Evidence:
        """What it rests on in an edition."""
        return self.evidence_by_edition.get(edition, self.evidence)

    def bears_a_no(self, edition: str) -> bool:
        """Whether failing it may exclude; otherwise an officer has to look."""
        status = self.evidence_in(edition).status
        return status is not None and status.bears_a_no and self.undefined_term is None


@attrs.frozen(kw_only=True)
class Instalment:
    """A share of an entitlement, and the day from which it can be paid."""

    share: tuple[int, int]
    opens: Node | None = None


@attrs.frozen(kw_only=True)
class Entitlement:
    """An amount that the programme's text provides.

    Attributes:
        kind: ``exactly``, or ``up-to``: the limit of an officer's decision, never a debt.
    """

    id: str
    kind: Literal["exactly", "up-to"]
    amount: Node
    says: Says
    evidence: Evidence
    editions: frozenset[str]
    when: Node | None = None
    instalments: tuple[Instalment, ...] = ()
    modality: str | None = None
    paid: str | None = None


@attrs.frozen(kw_only=True)
class Deadline:
    """A window or a due date; both days are inside."""

    id: str
    closes: Node
    says: Says
    evidence: Evidence
    editions: frozenset[str]
    opens: Node | None = None
    when: Node | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Pack:
    """The rules of one programme in one host state, in one currency.

    Attributes:
        id: such as ``pt-arvore``.
        version: the day of the pack.
        digest: SHA-256 of the pack's text, in hexadecimal.
        questions: ``eligibility`` and what else the pack answers.
        question_says: what each further question asks.
        code_says: labels of codes, by list and code, where the pack has some.
        governing: the day that picks the edition where the office recorded none.
        compiler, reader: what evaluates its trees, and reads its facts.
    """

    id: str
    version: date
    digest: str
    title: Says
    host: str
    currency: str
    questions: tuple[str, ...]
    question_says: Mapping[str, Says]
    governing: Node
    governing_evidence: Evidence
    sources: Mapping[str, Source]
    vocabulary: Vocabulary
    code_says: Mapping[str, Mapping[str, Says]]
    editions: tuple[Edition, ...]
    parameters: Mapping[str, Parameter]
    definitions: Mapping[str, Definition]
    criteria: tuple[Criterion, ...]
    entitlements: tuple[Entitlement, ...]
    deadlines: tuple[Deadline, ...]
    compiler: Compiler
    reader: FactReader

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id} {self.version}, {len(self.editions)} editions>"

    def level_of(self, place: str) -> str:
        """The record that a place such as ``household[0]`` holds."""
        return self.vocabulary.fact(place.partition("[")[0]).type.of or ""

    def reading(self, parameter: str, code: str, lang: str) -> str:
        """One reading of a disputed parameter, in words where the pack has some."""
        says = self.code_says.get(self.parameters[parameter].type.of or "", {}).get(code)
        return code if says is None else says[lang]

    def edition(self, id: str) -> Edition:
        """The edition of that id.

        Raises:
            UnknownNameError: there is none.
        """
        for edition in self.editions:
            if edition.id == id:
                return edition
        names = [edition.id for edition in self.editions]
        raise UnknownNameError(
            f"{self.id} has no edition {id!r}{suggestion(id, names)}; there are: {', '.join(names)}"
        )
