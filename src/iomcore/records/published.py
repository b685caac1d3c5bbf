"""Reads ``published.toml``: published figures and the relations between them."""

from collections.abc import Mapping
from typing import Any, get_args

import attrs

from iomcore.domain.citations import Citation, Source, Status
from iomcore.domain.published import Published, Relation, RelationKind, Statement
from iomcore.errors import DataError, Problem, suggestion
from iomcore.records.structure import structure
from iomcore.records.text import read_toml

__all__ = ["read_published"]


@attrs.frozen(kw_only=True)
class _SourceEntry:
    title: str
    url: str | None = None
    kind: str | None = None


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
    sources: Mapping[str, _SourceEntry]
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


class _Reader:
    def __init__(self, file: _File, where: str) -> None:
        self.file = file
        self.where = where
        self.problems: list[Problem] = []

    def wrong(self, entry: str, code: str, message: str) -> None:
        self.problems.append(Problem(f"{self.where}: {entry}", code, message))

    def read(self) -> Published:
        sources = {
            name: Source(name, entry.title, entry.url, entry.kind)
            for name, entry in self.file.sources.items()
        }
        statements: dict[str, Statement] = {}
        for entry in self.file.statement:
            if entry.key in statements:
                self.wrong(f'statement "{entry.key}"', "key-taken", "two statements have this key")
            statements[entry.key] = self.statement(entry)
        relations = tuple(self.relation(entry, statements) for entry in self.file.relation)
        return Published(sources=sources, statements=statements, relations=relations)

    def statement(self, entry: _StatementEntry) -> Statement:
        where = f'statement "{entry.key}"'
        cite = Citation.parse(entry.source)
        if cite.source not in self.file.sources:
            hint = suggestion(cite.source, self.file.sources)
            self.wrong(f"{where}: source", "no-source", f"no source {cite.source!r}{hint}")
        statuses = {status.value: status for status in Status}
        if entry.status not in statuses:
            self.wrong(f"{where}: status", "no-status", f"expected one of {', '.join(statuses)}")
        if entry.value != "unknown" and type(entry.value) is not int:
            message = 'expected a whole number, or "unknown"'
            self.wrong(f"{where}: value", "not-an-int", message)
        return Statement(
            key=entry.key,
            figure=entry.figure,
            period=entry.period,
            value=entry.value if type(entry.value) is int else None,
            unit=entry.unit,
            cite=cite,
            status=statuses.get(entry.status, Status.ASSUMED),
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
        if set(entry.says) != {"en", "pt"}:
            self.wrong(f"{where}: says", "no-text", "expected a text in en and pt")
        return Relation(
            id=entry.id,
            kind=entry.kind,  # type: ignore[arg-type]  # checked above; a fault is raised by the caller
            total=entry.total,
            parts=entry.parts,
            unit=entry.unit,
            says=dict(entry.says),
            rounding=entry.rounding,
        )
