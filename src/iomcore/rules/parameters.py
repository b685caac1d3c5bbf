"""The parameters of a pack: each value beside its citation, or the word unknown."""

from collections.abc import Mapping
from typing import Any

from iomcore.domain.facttypes import FactType
from iomcore.domain.iso import groups
from iomcore.domain.reading import FactReader
from iomcore.errors import Problem
from iomcore.rules.checker import Checker
from iomcore.rules.intervals import Range
from iomcore.rules.nodes import DATE
from iomcore.rules.pack import Parameter, Value
from iomcore.rules.packfile import ParameterEntry, ValueEntry
from iomcore.rules.scope import value_type

__all__ = ["ParameterLoader"]

_WAYS = ("is_", "between", "readings")


class ParameterLoader:
    """Reads ``[[parameter]]`` for a loader, and puts the names in its reach."""

    def __init__(self, loader: Checker, reader: FactReader) -> None:
        self.loader = loader
        self.reader = reader

    def load(self) -> Mapping[str, Parameter]:
        """The parameters by id."""
        parameters: dict[str, Parameter] = {}
        for entry in self.loader.file.parameter:
            where = f'parameter "{entry.id}"'
            if entry.id in self.loader.scope.names:
                self.loader.wrong(where, "name-taken", "this name is taken")
            parameters[entry.id] = self.parameter(where, entry)
            type_ = value_type(parameters[entry.id].type, self.loader.file.pack.currency)
            self.loader.scope.names[entry.id] = ("parameter", type_)
        return parameters

    def parameter(self, where: str, entry: ParameterEntry) -> Parameter:
        """One parameter; its currency is the pack's."""
        declared = self.loader.type(where, entry.type)
        if not self.loader.known_type(where, declared, self.loader.vocabulary):
            return Parameter(id=entry.id, type=declared, values=())
        by = self.loader.optional(f"{where}: by", entry.by, DATE)
        values = self.values(where, entry, declared)
        self.check_kinds(where, values)
        type_ = FactType(declared.kind, declared.of, declared.low, declared.high)
        if declared.kind == "money":
            type_ = FactType(
                "money", declared.of or self.reader.currency, declared.low, declared.high
            )
        return Parameter(id=entry.id, type=type_, values=values, by=by)

    def values(self, where: str, entry: ParameterEntry, type_: FactType) -> tuple[Value, ...]:
        if entry.group is not None:
            return (self.group(where, entry, type_),)
        if entry.values is None:
            return (self.value(where, entry, type_),)
        if any(getattr(entry, way) is not None for way in _WAYS):
            self.loader.wrong(where, "two-ways", "expected either one value or `values`")
        return tuple(
            self.value(f"{where}: values[{i}]", row, type_) for i, row in enumerate(entry.values)
        )

    def group(self, where: str, entry: ParameterEntry, type_: FactType) -> Value:
        if entry.group not in groups() or type_ != FactType("codes", "country"):
            names = ", ".join(groups())
            message = f"expected type codes country, and a group of states: {names}"
            self.loader.wrong(f"{where}: group", "no-group", message)
        return Value(group=entry.group, evidence=self.loader.evidence(where, entry))

    def value(self, where: str, entry: ParameterEntry | ValueEntry, type_: FactType) -> Value:
        ways = [way for way in _WAYS if getattr(entry, way) is not None]
        if len(ways) != 1:
            message = (
                'expected one of is, between, readings; write is = "unknown" if nobody found it'
            )
            self.loader.wrong(where, "no-value", message)
            return Value()
        unknown = entry.is_ == "unknown"
        evidence = self.loader.evidence(where, entry, required=not unknown)
        common: dict[str, Any] = {"evidence": evidence, **self.covers(where, entry)}
        if ways == ["is_"]:
            return Value(value=None if unknown else self.read(where, entry.is_, type_), **common)
        given = getattr(entry, ways[0])
        if not isinstance(given, list) or len(given) < 2:
            self.loader.wrong(where, "no-value", f"expected a list of two or more for {ways[0]}")
            return Value()
        read = [self.read(where, one, type_) for one in given]
        if ways == ["readings"]:
            return Value(readings=tuple(read), **common)
        return Value(between=Range(read[0], read[-1]), **common)

    def covers(self, where: str, entry: ParameterEntry | ValueEntry) -> dict[str, Any]:
        """The editions or the days that a row is for."""
        if isinstance(entry, ParameterEntry):
            return {}
        ids = [entry.edition] if isinstance(entry.edition, str) else entry.edition
        if ids is not None and (entry.from_ or entry.to):
            self.loader.wrong(where, "two-ways", "a row is for editions or for days, not for both")
        editions = None if ids is None else self.loader.editions_of(where, ids)
        return {"editions": editions, "first": entry.from_, "last": entry.to}

    def read(self, where: str, given: Any, type_: FactType) -> Any:
        """A value as a fact of that type is read."""
        problems: list[Problem] = []
        value = self.reader.value(type_, given, where, problems)
        for problem in problems:
            self.loader.wrong(problem.path, problem.code, problem.message)
        return value

    def check_kinds(self, where: str, values: tuple[Value, ...]) -> None:
        """Rows by edition name every edition once; they do not mix with rows by day."""
        by_edition = [value.editions for value in values if value.editions is not None]
        if not by_edition:
            return
        if len(by_edition) != len(values):
            self.loader.wrong(where, "two-ways", "rows by edition and rows by day do not mix")
        named = [name for editions in by_edition for name in editions]
        for name in self.loader.ids:
            if name not in named:
                message = f'no value for edition {name!r}; write is = "unknown" if nobody found it'
                self.loader.wrong(where, "no-value", message)
            if named.count(name) > 1:
                self.loader.wrong(where, "two-values", f"two values for edition {name!r}")
