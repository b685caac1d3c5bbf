"""The text of a tree: what `parse` would read as the same tree."""

from collections.abc import Callable, Mapping
from typing import Any

from iomcore.rules.nodes import (
    AddMonths,
    Age,
    Arithmetic,
    Bulk,
    Compare,
    Constant,
    Extreme,
    Field,
    If,
    Logic,
    Member,
    Name,
    Node,
    Not,
    Overlaps,
)

__all__ = ["phrase"]

_SIMPLE = (Constant, Name, Field, Bulk, Extreme, Overlaps, AddMonths, Age)


def phrase(node: Node) -> str:
    """The expression that writes the node.

    >>> from iomcore.rules.nodes import BOOL
    >>> phrase(Not(BOOL, Name(BOOL, "travelled", "fact")))
    'not travelled'
    """
    return _PHRASES[type(node)](node)


def _part(node: Node) -> str:
    text = phrase(node)
    return text if isinstance(node, _SIMPLE) else f"({text})"


def _member(node: Member) -> str:
    return f"{_part(node.item)} {'not in' if node.negated else 'in'} {_part(node.codes)}"


def _bulk(node: Bulk) -> str:
    element = node.loop if node.word == "count" else phrase(node.element)
    where = "" if node.where is None else f" if {_part(node.where)}"
    return f"{node.word}({element} for {node.loop} in {phrase(node.items)}{where})"


def _call(name: str, *arguments: Node, rounding: str = "") -> str:
    texts = [phrase(argument) for argument in arguments] + ([repr(rounding)] if rounding else [])
    return f"{name}({', '.join(texts)})"


_PHRASES: Mapping[type[Node], Callable[[Any], str]] = {
    Constant: lambda n: repr(n.value),
    Name: lambda n: n.name,
    Field: lambda n: f"{n.loop}.{n.field}",
    Not: lambda n: f"not {_part(n.item)}",
    Logic: lambda n: f" {n.word} ".join(_part(item) for item in n.items),
    Compare: lambda n: f"{_part(n.left)} {n.sign} {_part(n.right)}",
    Member: _member,
    Arithmetic: lambda n: f"{_part(n.left)} {n.sign} {_part(n.right)}",
    If: lambda n: f"{_part(n.then)} if {_part(n.test)} else {_part(n.other)}",
    Bulk: _bulk,
    Extreme: lambda n: _call(n.word, *n.items),
    Overlaps: lambda n: _call("overlaps", n.left, n.right),
    AddMonths: lambda n: _call("add_months", n.day, n.months, rounding=n.rounding),
    Age: lambda n: _call("age_on", n.born, n.day, rounding=n.rounding),
}
