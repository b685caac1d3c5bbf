"""Reads ``published.toml``: published figures and the relations between them."""

from collections.abc import Mapping
from typing import Any, get_args

import attrs

from iomcore.domain.citations import Status
from iomcore.domain.published import Published, Relation, RelationKind, Statement
from iomcore.errors import DataError, suggestion
from iomcore.records.faults import Faults, SourceEntry
from iomcore.records.structure import structure
from iomcore.records.text import read_toml

__all__ = ["read_published"]


@attrs.frozen(kw_only=True)
class _StatementEntry:
    key: str
    figure: str
    period: str
    value: Any
    unit: str
    source: str
    status: str
    provisional: bool = False
    note: str | None = None


@attrs.frozen(kw_only=True)
class _RelationEntry:
    id: str
    kind: str
    total: str
    parts: tuple[str, ...]
    unit: str
    says: Mapping[str, str]
    rounding: str = "half_up"


@attrs.frozen(kw_only=True)
class _File:
    sources: Mapping[str, SourceEntry]
    statement: tuple[_StatementEntry, ...]
    relation: tuple[_RelationEntry, ...] = ()


def read_published(data: bytes, where: str) -> Published:
    """The statements and relations of a file.

    Raises:
        DataError: every fault: unknown sources, keys used twice, relations of nothing.
    """
    file = structure(read_toml(data, where), _File, where)
    reader = _Reader(file, where)
    published = reader.read()
    if reader.problems:
        raise DataError(reader.problems)
    return published


class _Reader(Faults):
    def __init__(self, file: _File, where: str) -> None:
        super().__init__(where, file.sources)
        self.file = file

    def read(self) -> Published:
        self.once("statement", [entry.key for entry in self.file.statement])
        statements = {entry.key: self.statement(entry) for entry in self.file.statement}
        relations = tuple(self.relation(entry, statements) for entry in self.file.relation)
        return Published(sources=self.sources, statements=statements, relations=relations)

    def statement(self, entry: _StatementEntry) -> Statement:
        where = f'statement "{entry.key}"'
        if entry.value != "unknown" and type(entry.value) is not int:
            message = 'expected a whole number, or "unknown"'
            self.wrong(f"{where}: value", "not-an-int", message)
        return Statement(
            key=entry.key,
            figure=entry.figure,
            period=entry.period,
            value=entry.value if type(entry.value) is int else None,
            unit=entry.unit,
            cite=self.cite(f"{where}: source", entry.source),
            status=self.status(where, entry.status) or Status.ASSUMED,
            provisional=entry.provisional,
            note=entry.note,
        )

    def relation(self, entry: _RelationEntry, statements: Mapping[str, Statement]) -> Relation:
        where = f'relation "{entry.id}"'
        if entry.kind not in get_args(RelationKind):
            expected = ", ".join(get_args(RelationKind))
            self.wrong(f"{where}: kind", "no-kind", f"expected one of {expected}")
        for key in (entry.total, *entry.parts):
            if key not in statements:
                hint = suggestion(key, statements)
                self.wrong(f"{where}: {key}", "no-statement", f"no statement {key!r}{hint}")
        count = {"share": 2, "same": 1}.get(entry.kind)
        if count is not None and len(entry.parts) != count:
            self.wrong(f"{where}: parts", "wrong-count", f"expected {count} of them")
        if entry.rounding not in ("half_up", "down"):
            self.wrong(f"{where}: rounding", "no-rounding", "expected half_up or down")
        return Relation(
            id=entry.id,
            kind=entry.kind,  # type: ignore[arg-type]  # checked above; a fault is raised by the caller
            total=entry.total,
            parts=entry.parts,
            unit=entry.unit,
            says=self.texts(where, entry.says),
            rounding=entry.rounding,
        )
