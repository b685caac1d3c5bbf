"""Flat tables: the shape in which cases and results leave, and which counting rules read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from iomcore.domain.facttypes import FactType

__all__ = ["Field", "Table"]


@attrs.frozen
class Field:
    """One column.

    Attributes:
        type: what a cell may hold: ``text``, bool, int, money (a `Money`), date, or a code as text.
            None in a cell means unknown.
        sensitivity: ``administrative``, ``personal`` or ``special``.
    """

    name: str
    type: FactType
    sensitivity: str = "administrative"


@attrs.frozen
class Table:
    """A named table whose rows can be read again and again.

    Attributes:
        name: such as ``movements``.
        fields: the columns.
        source: called for each reading; yields rows as tuples, one cell a field.

    >>> t = Table.of("t", [Field("n", FactType("int"))], [(1,), (2,)])
    >>> list(t.rows()), list(t.dicts())
    ([(1,), (2,)], [{'n': 1}, {'n': 2}])
    """

    name: str
    fields: tuple[Field, ...]
    source: Callable[[], Iterable[tuple[Any, ...]]] = attrs.field(repr=False)

    @classmethod
    def of(cls, name: str, fields: Iterable[Field], rows: Iterable[tuple[Any, ...]]) -> "Table":
        """A table of rows that are kept in memory."""
        kept = tuple(rows)
        return cls(name, tuple(fields), lambda: kept)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows, from the first."""
        return iter(self.source())

    def dicts(self) -> Iterator[Mapping[str, Any]]:
        """The rows as mappings from field name to cell."""
        names = [field.name for field in self.fields]
        for row in self.rows():
            yield dict(zip(names, row, strict=True))
