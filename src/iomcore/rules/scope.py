"""The names that an expression may use, and what stands behind each."""

from collections.abc import Iterator, Mapping

import attrs

from iomcore.domain.facttypes import FactType
from iomcore.errors import suggestion
from iomcore.rules.nodes import DATE, Name, NameKind

__all__ = ["Scope", "value_type"]


def value_type(type_: FactType, currency: str) -> FactType:
    """The type of a value inside a rule: no ranges, a finding is a bool, money has a currency."""
    kind = "bool" if type_.kind == "finding" else type_.kind
    of = (type_.of or currency) if kind == "money" else type_.of
    return FactType(kind, of)


@attrs.define
class Scope:
    """What is in reach of an expression.

    Attributes:
        names: by name, what it is and its type.
        records: by record, its fields and their types.
        defined: fields that a pack defines, as ``(record, field)``.
        codes: the code lists.
    """

    codes: Mapping[str, frozenset[str]]
    names: dict[str, tuple[NameKind, FactType]] = attrs.field(factory=dict)
    records: dict[str, dict[str, FactType]] = attrs.field(factory=dict)
    defined: set[tuple[str, str]] = attrs.field(factory=set)

    def __attrs_post_init__(self) -> None:
        self.names.setdefault("as_of", ("as_of", DATE))

    def name(self, name: str) -> Name | None:
        """The node for a name, or None if nothing has it."""
        if name not in self.names:
            return None
        kind, type_ = self.names[name]
        return Name(type_, name, kind)

    def hint(self, name: str) -> str:
        """What was perhaps meant."""
        return suggestion(name, self._all())

    def _all(self) -> Iterator[str]:
        yield from self.names
        for fields in self.records.values():
            yield from fields
