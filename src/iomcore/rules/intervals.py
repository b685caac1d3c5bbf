"""What is certain of an open value: limits that it cannot leave, whatever the unknown turns out.

A settled part is exactly its value. An unknown fact or parameter may be anything, save for the
limits that the caller knows of.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import product
from typing import Any

import attrs

from iomcore.domain.dates import FIRST_DAY, LAST_DAY, add_months, age_on
from iomcore.domain.facttypes import FactType
from iomcore.rules.evaluate import Compiler, Env
from iomcore.rules.nodes import (
    AddMonths,
    Age,
    Arithmetic,
    Bulk,
    Compare,
    Extreme,
    Field,
    If,
    Logic,
    Name,
    Node,
    Not,
)

__all__ = ["Limits", "Range", "limits"]

WIDEST = 10**15
"""Stands for "no limit is known" of a number or an amount in minor units."""


@attrs.frozen
class Range:
    """Numbers, amounts in minor units or days, from `low` to `high`, both inside."""

    low: Any
    high: Any


Truths = frozenset[bool]
Limits = Range | Truths | None
"""A range, the truth values that are possible, or None where the type has neither."""
_EITHER: Truths = frozenset({True, False})


def limits(node: Node, compiler: Compiler, env: Env, known: Mapping[str, Range]) -> Limits:
    """The limits of the node's value.

    Args:
        known: limits of facts, fields (``line.amount``) and parameters by name; of a list, how many
            items it holds.
    """
    return _Bounds(compiler, env, known).of(node)


@attrs.frozen
class _Bounds:
    compiler: Compiler
    env: Env
    known: Mapping[str, Range]

    def of(self, node: Node) -> Limits:
        value = self.compiler(node)(self.env)
        if value is not None:
            return _exactly(value)
        rule = _RULES.get(type(node))
        return rule(self, node) if rule else _anything(node.type)

    def range(self, node: Node) -> Range:
        found = self.of(node)
        assert isinstance(found, Range)  # the types were checked when the rule was read
        return found

    def truths(self, node: Node) -> Truths:
        found = self.of(node)
        assert isinstance(found, frozenset)  # the types were checked when the rule was read
        return found

    def name(self, node: Name) -> Limits:
        if node.name in self.compiler.definitions:
            return self.of(self.compiler.definitions[node.name])
        return self.known.get(node.name, _anything(node.type))

    def field(self, node: Field) -> Limits:
        if not node.defined:
            return self.known.get(f"{node.record}.{node.field}", _anything(node.type))
        return self.at(node.record, self.env[node.loop]).of(
            self.compiler.fields[node.record, node.field]
        )

    def not_(self, node: Not) -> Limits:
        return frozenset(not value for value in self.truths(node.item))

    def logic(self, node: Logic) -> Limits:
        settling = node.word == "or"
        items = [self.truths(item) for item in node.items]
        possible = {settling} if any(settling in item for item in items) else set()
        if all((not settling) in item for item in items):
            possible.add(not settling)
        return frozenset(possible)

    def compare(self, node: Compare) -> Limits:
        if node.left.type.kind not in ("int", "money", "date"):
            return _EITHER
        return _TESTS[node.sign](self.range(node.left), self.range(node.right))

    def arithmetic(self, node: Arithmetic) -> Limits:
        a, b = self.range(node.left), self.range(node.right)
        if node.sign == "+":
            return Range(a.low + b.low, a.high + b.high)
        if node.sign == "-":
            return Range(a.low - b.high, a.high - b.low)
        return _hull(x * y for x, y in product((a.low, a.high), (b.low, b.high)))

    def if_(self, node: If) -> Limits:
        branches = {True: node.then, False: node.other}
        found = [self.of(branches[truth]) for truth in self.truths(node.test)]
        if node.type.kind == "bool":
            return frozenset(truth for truths in found for truth in _as_truths(truths))
        if any(not isinstance(one, Range) for one in found):
            return None
        return _hull(x for one in found if isinstance(one, Range) for x in (one.low, one.high))

    def bulk(self, node: Bulk) -> Limits:
        if node.word in ("any", "all"):
            return _EITHER
        rows = self.compiler(node.items)(self.env)
        if rows is None:
            return self.unknown_list(node)
        parts = [self.item(node, row) for row in rows]
        return Range(sum(part.low for part in parts), sum(part.high for part in parts))

    def item(self, node: Bulk, row: Any) -> Range:
        inside = self.at(node.loop, row)
        counts = _EITHER if node.where is None else inside.truths(node.where)
        if node.where is None or counts == {True}:
            return inside.range(node.element)
        if counts == {False}:
            return Range(0, 0)
        element = inside.range(node.element)
        return Range(min(0, element.low), max(0, element.high))

    def unknown_list(self, node: Bulk) -> Range:
        name = node.items.name if isinstance(node.items, Name) else ""
        counts = self.known.get(name, Range(0, WIDEST))
        one = self.item(node, {})
        return _hull(x * n for x, n in product((one.low, one.high), (counts.low, counts.high)))

    def extreme(self, node: Extreme) -> Limits:
        pick = min if node.word == "min" else max
        items = [self.range(item) for item in node.items]
        return Range(pick(item.low for item in items), pick(item.high for item in items))

    def add_months(self, node: AddMonths) -> Limits:
        day, months = self.range(node.day), self.range(node.months)
        ends = ((day.low, months.low), (day.high, months.high))
        low, high = (add_months(d, max(min(n, 1200), -1200), node.rounding) for d, n in ends)
        return Range(low, high)

    def age(self, node: Age) -> Limits:
        born, day = self.range(node.born), self.range(node.day)
        youngest = age_on(born.high, day.low, node.rounding)
        return Range(youngest, age_on(born.low, day.high, node.rounding))

    def at(self, loop: str, row: Any) -> "_Bounds":
        return _Bounds(self.compiler, {**self.env, loop: row}, self.known)


def _exactly(value: Any) -> Limits:
    if isinstance(value, bool):
        return frozenset({value})
    return Range(value, value) if isinstance(value, int | date) else None


def _anything(type_: FactType) -> Limits:
    if type_.kind == "bool":
        return _EITHER
    if type_.kind == "date":
        return Range(FIRST_DAY, LAST_DAY)
    return Range(-WIDEST, WIDEST) if type_.kind in ("int", "money") else None


def _as_truths(found: Limits) -> Iterable[bool]:
    return found if isinstance(found, frozenset) else ()


def _hull(values: Iterable[Any]) -> Range:
    kept = list(values)
    return Range(min(kept), max(kept))


def _below(a: Range, b: Range) -> Truths:
    """Whether ``a < b``: surely, never, or perhaps."""
    if a.high < b.low:
        return frozenset({True})
    return frozenset({False}) if a.low >= b.high else _EITHER


def _equal(a: Range, b: Range) -> Truths:
    return frozenset({False}) if a.high < b.low or b.high < a.low else _EITHER


def _opposite(truths: Truths) -> Truths:
    return frozenset(not truth for truth in truths)


_TESTS: Mapping[str, Callable[[Range, Range], Truths]] = {
    "<": _below,
    ">": lambda a, b: _below(b, a),
    "<=": lambda a, b: _opposite(_below(b, a)),
    ">=": lambda a, b: _opposite(_below(a, b)),
    "==": _equal,
    "!=": lambda a, b: _opposite(_equal(a, b)),
}
_RULES: Mapping[type[Node], Callable[[_Bounds, Any], Limits]] = {
    Name: _Bounds.name,
    Field: _Bounds.field,
    Not: _Bounds.not_,
    Logic: _Bounds.logic,
    Compare: _Bounds.compare,
    Arithmetic: _Bounds.arithmetic,
    If: _Bounds.if_,
    Bulk: _Bounds.bulk,
    Extreme: _Bounds.extreme,
    AddMonths: _Bounds.add_months,
    Age: _Bounds.age,
}
