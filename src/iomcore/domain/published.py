"""Figures that somebody published: statements with their source, and how they ought to relate."""

from collections.abc import Mapping
from typing import Literal

import attrs

from iomcore.domain.citations import Citation, Source, Status

__all__ = ["Published", "Relation", "RelationKind", "Statement"]

RelationKind = Literal["sum", "same", "share", "subset"]


@attrs.frozen(kw_only=True)
class Statement:
    """One published figure. Two sources may state the same figure differently.

    Attributes:
        key: its own name in the file.
        figure: what is counted, such as ``returned``.
        period: such as ``2019``, ``2019-H1`` or the name of an edition.
        value: None when the source names the thing without a number.
        provisional: whether the source itself calls it so.
    """

    key: str
    figure: str
    period: str
    value: int | None
    unit: str
    cite: Citation
    status: Status
    provisional: bool = False
    note: str | None = None


@attrs.frozen(kw_only=True)
class Relation:
    """How published figures ought to relate.

    Attributes:
        kind: ``sum`` (the parts add up to the total), ``same`` (two statements of one figure
            agree), ``share`` (the total is the part as a percentage of the whole), ``subset`` (some
            of the parts add up to the total).
        total, parts: keys of statements.
        rounding: of a share: ``half_up`` or ``down``.
    """

    id: str
    kind: RelationKind
    total: str
    parts: tuple[str, ...]
    unit: str
    says: Mapping[str, str]
    rounding: str = "half_up"


@attrs.frozen(kw_only=True)
class Published:
    """Statements and relations of one file."""

    sources: Mapping[str, Source]
    statements: Mapping[str, Statement]
    relations: tuple[Relation, ...] = ()

    def of(self, figure: str, period: str) -> tuple[Statement, ...]:
        """The statements of one figure for one period, the leading one first."""
        return tuple(
            s for s in self.statements.values() if s.figure == figure and s.period == period
        )

    def source(self, statement: Statement) -> str:
        """The title of a statement's source, for people."""
        return self.sources[statement.cite.source].title
