"""Counting rules: which rows of which table, by which day, in which unit, once per what."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import attrs

from iomcore.domain.citations import Citation, Source, Status
from iomcore.domain.facttypes import FactType
from iomcore.domain.folds import TABLES
from iomcore.domain.tables import Field, Table
from iomcore.domain.vocabulary import shared_vocabulary
from iomcore.errors import (
    DataError,
    ExpressionError,
    PackError,
    suggestion,
)
from iomcore.records.faults import Faults, SourceEntry
from iomcore.records.structure import structure
from iomcore.records.text import read_bytes, read_toml
from iomcore.rules.evaluate import Compiler, Evaluate
from iomcore.rules.nodes import BOOL
from iomcore.rules.pack import Says
from iomcore.rules.parse import parse
from iomcore.rules.scope import Scope

__all__ = ["CountingRule", "Figures", "Indicator", "IndicatorSet", "count", "load_figures"]

FIGURES_FORMAT = 1


@attrs.frozen(kw_only=True)
class CountingRule:
    """How one figure is counted.

    Attributes:
        table: the table whose rows are counted.
        where: which rows; None: all.
        date: the field with the governing day; rows of the period count, both ends inside.
        key: the fields that make two rows one, such as ``person``.
        unit: what one is: person, registration, ...
    """

    id: str
    table: str
    where: Evaluate | None
    date: str
    key: tuple[str, ...]
    unit: str
    says: Says
    cites: tuple[Citation, ...]
    status: Status


@attrs.frozen(kw_only=True)
class Figures:
    """A set of counting rules."""

    id: str
    title: Says
    sources: Mapping[str, Source]
    rules: tuple[CountingRule, ...]


@attrs.frozen(kw_only=True)
class Indicator:
    """One figure, counted.

    Attributes:
        value: the count; None while an unknown could change it.
        at_least, at_most: what is certain; equal to `value` when that is known.
    """

    id: str
    period: str
    unit: str
    value: int | None
    at_least: int
    at_most: int
    says: Says


@attrs.frozen(kw_only=True)
class IndicatorSet:
    """The figures of one set of counting rules for one period.

    Attributes:
        indicators: by id.
        first, last: the period; both ends inside.
    """

    rules: str
    period: str
    first: date
    last: date
    indicators: Mapping[str, Indicator]

    def __getitem__(self, id: str) -> Indicator:
        return self.indicators[id]

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators.values())

    def table(self) -> Table:
        """The figures as a table, one row each."""
        text, number = FactType("text"), FactType("int")
        fields = [
            Field("id", text),
            Field("period", text),
            Field("unit", text),
            *(Field(name, number) for name in ("value", "at_least", "at_most")),
        ]
        rows = [(i.id, i.period, i.unit, i.value, i.at_least, i.at_most) for i in self]
        return Table.of("indicators", fields, rows)


def count(
    figures: Figures, tables: Mapping[str, Table], *, period: str, first: date, last: date
) -> IndicatorSet:
    """The figures of a period; both ends are inside.

    A row whose day or whose condition is not known may count or not: the figure is then open, with
    its limits. Rows with the same key count once.
    """
    indicators = {
        rule.id: _counted(rule, tables[rule.table], period, first, last) for rule in figures.rules
    }
    return IndicatorSet(
        rules=figures.id, period=period, first=first, last=last, indicators=indicators
    )


def _counted(rule: CountingRule, table: Table, period: str, first: date, last: date) -> Indicator:
    certain: set[tuple[Any, ...]] = set()
    possible: set[tuple[Any, ...]] = set()
    for row in table.dicts():
        counts = _counts(rule, row, first, last)
        if counts is not False:
            (possible if counts is None else certain).add(tuple(row[field] for field in rule.key))
    low, high = len(certain), len(certain | possible)
    return Indicator(
        id=rule.id,
        period=period,
        unit=rule.unit,
        value=low if low == high else None,
        at_least=low,
        at_most=high,
        says=rule.says,
    )


def _counts(rule: CountingRule, row: Mapping[str, Any], first: date, last: date) -> bool | None:
    day = row[rule.date]
    within = None if day is None else first <= day <= last
    chosen = True if rule.where is None else rule.where(dict(row))
    if within is False or chosen is False:
        return False
    return True if within and chosen else None


@attrs.frozen(kw_only=True)
class _Head:
    format: int
    id: str
    title: Mapping[str, str]


@attrs.frozen(kw_only=True)
class _RuleEntry:
    id: str
    table: str
    date: str
    key: tuple[str, ...]
    unit: str
    says: Mapping[str, str]
    status: str
    cites: tuple[str, ...] = ()
    where: str | None = None


@attrs.frozen(kw_only=True)
class _File:
    figures: _Head
    sources: Mapping[str, SourceEntry]
    figure: tuple[_RuleEntry, ...]


def load_figures(path: Path) -> Figures:
    """The counting rules of a file.

    Raises:
        PackError: every fault of the file.
    """
    try:
        file = structure(read_toml(read_bytes(path), path.name), _File, path.name)
    except DataError as error:
        raise PackError(error.problems) from None
    loader = _Loader(file, path.name)
    rules = tuple(loader.rule(entry) for entry in file.figure)
    loader.check()
    return Figures(
        id=file.figures.id, title=dict(file.figures.title), sources=loader.sources, rules=rules
    )


class _Loader(Faults):
    def __init__(self, file: _File, where: str) -> None:
        super().__init__(where, file.sources)
        self.file = file

    def check(self) -> None:
        if self.file.figures.format != FIGURES_FORMAT:
            self.wrong("figures: format", "other-format", f"expected {FIGURES_FORMAT}")
        self.once("figure", [entry.id for entry in self.file.figure])
        if self.problems:
            raise PackError(self.problems)

    def rule(self, entry: _RuleEntry) -> CountingRule:
        where = f'figure "{entry.id}"'
        fields = {field.name: field for field in TABLES.get(entry.table, ())}
        if not fields:
            hint = suggestion(entry.table, TABLES)
            self.wrong(f"{where}: table", "no-table", f"no table {entry.table!r}{hint}")
        for name in (entry.date, *entry.key) if fields else ():
            if name not in fields:
                self.wrong(where, "no-field", f"no field {name!r}{suggestion(name, fields)}")
        if entry.date in fields and fields[entry.date].type.kind != "date":
            self.wrong(f"{where}: date", "not-a-date", f"{entry.date!r} is no date")
        if not entry.cites and entry.status != "assumed":
            self.wrong(
                f"{where}: cites", "no-citation", "a rule that is not assumed cites a source"
            )
        return CountingRule(
            id=entry.id,
            table=entry.table,
            where=self.condition(where, entry.where, fields),
            date=entry.date,
            key=entry.key,
            unit=entry.unit,
            says=self.texts(where, entry.says),
            cites=tuple(self.cite(f"{where}: cites", text) for text in entry.cites),
            status=self.status(where, entry.status) or Status.ASSUMED,
        )

    def condition(
        self, where: str, text: str | None, fields: Mapping[str, Field]
    ) -> Evaluate | None:
        usable = {n: ("fact", f.type) for n, f in fields.items() if f.type.kind != "money"}
        scope = Scope(shared_vocabulary().codes, dict(usable))  # type: ignore[arg-type]  # ("fact", type)
        try:
            return None if text is None else Compiler()(parse(text, scope, BOOL))
        except ExpressionError as error:
            self.wrong(f"{where}: where: column {error.column}", "not-the-language", str(error))
            return None
