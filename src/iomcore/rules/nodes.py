"""The typed tree that IS a rule: frozen nodes, equal when they say the same."""

from typing import Any, Literal

import attrs

from iomcore.domain.facttypes import FactType

__all__ = [
    "BOOL",
    "DATE",
    "INT",
    "AddMonths",
    "Age",
    "Arithmetic",
    "Bulk",
    "Compare",
    "Constant",
    "Extreme",
    "Field",
    "If",
    "Logic",
    "Member",
    "Name",
    "NameKind",
    "Node",
    "Not",
    "Overlaps",
    "children",
]

BOOL, INT, DATE = FactType("bool"), FactType("int"), FactType("date")
NameKind = Literal["fact", "parameter", "definition", "as_of"]


@attrs.frozen(cache_hash=True)
class Node:
    """A part of an expression.

    Attributes:
        type: of its value; ranges play no part in it.
    """

    type: FactType


@attrs.frozen(cache_hash=True)
class Constant(Node):
    """``True``, ``False``, ``0``, ``1`` or a code."""

    value: Any


@attrs.frozen(cache_hash=True)
class Name(Node):
    """A fact, a parameter, a definition, or ``as_of``."""

    name: str
    kind: NameKind


@attrs.frozen(cache_hash=True)
class Field(Node):
    """One field of the record that a loop stands at: ``p.vulnerable``.

    Attributes:
        record: such as ``person``.
        defined: whether a pack defines the field by an expression.
    """

    loop: str
    field: str
    record: str
    defined: bool = False


@attrs.frozen(cache_hash=True)
class Not(Node):
    """``not x``; unknown stays unknown."""

    item: Node


@attrs.frozen(cache_hash=True)
class Logic(Node):
    """``and``, ``or`` by Kleene: one false settles an ``and``, one true an ``or``."""

    word: Literal["and", "or"]
    items: tuple[Node, ...]


@attrs.frozen(cache_hash=True)
class Compare(Node):
    """``==  !=  <  <=  >  >=``; unknown when either side is."""

    sign: str
    left: Node
    right: Node


@attrs.frozen(cache_hash=True)
class Member(Node):
    """``code in codes``: true as soon as a known member matches; unknown while one is not known."""

    item: Node
    codes: Node
    negated: bool = False


@attrs.frozen(cache_hash=True)
class Arithmetic(Node):
    """``+``, ``-`` of like with like; ``*`` of a number with a number or with money."""

    sign: str
    left: Node
    right: Node


@attrs.frozen(cache_hash=True)
class If(Node):
    """``a if test else b``; with an unknown test, what both branches agree on, else unknown."""

    test: Node
    then: Node
    other: Node


@attrs.frozen(cache_hash=True)
class Bulk(Node):
    """``sum``, ``count``, ``any`` or ``all`` of a list.

    Attributes:
        loop: the name that stands for each item.
        element: what is added or tested; the constant 1 for ``count``.
    """

    word: Literal["sum", "count", "any", "all"]
    element: Node
    loop: str
    items: Node
    where: Node | None = None


@attrs.frozen(cache_hash=True)
class Extreme(Node):
    """``min`` or ``max`` of two or more; unknown when any is."""

    word: Literal["min", "max"]
    items: tuple[Node, ...]


@attrs.frozen(cache_hash=True)
class Overlaps(Node):
    """Two sets share a code: true as soon as a known member is shared."""

    left: Node
    right: Node


@attrs.frozen(cache_hash=True)
class AddMonths(Node):
    """``add_months(day, n, 'down')``, once from the anchor, never chained."""

    day: Node
    months: Node
    rounding: str


@attrs.frozen(cache_hash=True)
class Age(Node):
    """``age_on(born, day, 'up')``: completed years."""

    born: Node
    day: Node
    rounding: str


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in the order in which they are written."""
    below: list[Node] = []
    for value in attrs.asdict(node, recurse=False).values():
        if isinstance(value, Node):
            below.append(value)
        elif isinstance(value, tuple):
            below += [item for item in value if isinstance(item, Node)]
    return tuple(below)
