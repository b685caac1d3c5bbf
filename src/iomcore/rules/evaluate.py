"""The meaning of each node, compiled to closures over a mapping of names to values.

None is unknown. Comparison, arithmetic, membership, min and max give None when any part is None;
and/or/not and any/all are three-valued (Kleene); a sum or a count is None when any element or its
filter is. Nothing here asks whether a value is known, so a new fact never flips a settled answer.
"""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from iomcore.domain.dates import add_months, age_on
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

__all__ = ["Compiler", "Env", "Evaluate"]

Env = dict[str, Any]
"""Names to values; a compiled definition keeps its value here once it is asked for."""
Evaluate = Callable[[Env], Any]

_SIGNS: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


class Compiler:
    """Compiles trees that share definitions; equal subtrees are compiled once.

    Attributes:
        definitions: trees by name. They are filled in order: a tree uses only earlier ones.
        fields: trees of defined fields, by ``(record, field)``; in them the record's own name
            stands for the item.
        names: what `names_used` has found so far, by node and kind.
    """

    def __init__(self) -> None:
        self.definitions: dict[str, Node] = {}
        self.fields: dict[tuple[str, str], Node] = {}
        self.names: dict[tuple[Node, str], tuple[str, ...]] = {}
        self._compiled: dict[Node, Evaluate] = {}

    def __call__(self, node: Node) -> Evaluate:
        """A function from an environment to the node's value."""
        compiled = self._compiled.get(node)
        if compiled is None:
            compiled = self._compiled[node] = _MEANINGS[type(node)](self, node)
        return compiled

    def constant(self, node: Constant) -> Evaluate:
        value = node.value
        return lambda env: value

    def name(self, node: Name) -> Evaluate:
        name = node.name
        if name not in self.definitions:
            return lambda env: env.get(name)
        define = self(self.definitions[name])

        def defined(env: Env) -> Any:
            if name not in env:
                env[name] = define(env)
            return env[name]

        return defined

    def field(self, node: Field) -> Evaluate:
        loop, field, record = node.loop, node.field, node.record
        if not node.defined:
            return lambda env: env[loop].get(field)
        define = self(self.fields[record, field])
        return lambda env: _within(env, record, env[loop], define)

    def not_(self, node: Not) -> Evaluate:
        item = self(node.item)

        def negate(env: Env) -> bool | None:
            value = item(env)
            return None if value is None else not value

        return negate

    def logic(self, node: Logic) -> Evaluate:
        items = [self(item) for item in node.items]
        settling: bool = node.word == "or"

        def kleene(env: Env) -> bool | None:
            result: bool | None = not settling
            for item in items:
                value: bool | None = item(env)
                if value is settling:
                    return value
                if value is None:
                    result = None
            return result

        return kleene

    def binary(self, node: Compare | Arithmetic) -> Evaluate:
        left, right, apply = self(node.left), self(node.right), _SIGNS[node.sign]

        def both(env: Env) -> Any:
            a, b = left(env), right(env)
            return None if a is None or b is None else apply(a, b)

        return both

    def member(self, node: Member) -> Evaluate:
        item, codes, negated = self(node.item), self(node.codes), node.negated

        def within(env: Env) -> bool | None:
            code, members = item(env), codes(env)
            if code is None or members is None:
                return None
            if code in members:
                return not negated
            return None if None in members else negated

        return within

    def if_(self, node: If) -> Evaluate:
        test, then, other = self(node.test), self(node.then), self(node.other)

        def choose(env: Env) -> Any:
            settled = test(env)
            if settled is not None:
                return then(env) if settled else other(env)
            value = then(env)
            return value if value == other(env) else None

        return choose

    def bulk(self, node: Bulk) -> Evaluate:
        items, element, loop = self(node.items), self(node.element), node.loop
        where = self(node.where) if node.where is not None else _always
        fold = _FOLDS[node.word]

        def over(env: Env) -> Any:
            rows = items(env)
            if rows is None:
                return None
            pairs = [
                (_within(env, loop, row, where), _within(env, loop, row, element)) for row in rows
            ]
            return fold(pairs)

        return over

    def extreme(self, node: Extreme) -> Evaluate:
        items = [self(item) for item in node.items]
        pick = min if node.word == "min" else max

        def extreme(env: Env) -> Any:
            values = [item(env) for item in items]
            return None if None in values else pick(values)

        return extreme

    def overlaps(self, node: Overlaps) -> Evaluate:
        left, right = self(node.left), self(node.right)

        def overlap(env: Env) -> bool | None:
            a, b = left(env), right(env)
            if a is None or b is None:
                return None
            if (a & b) - {None}:
                return True
            return None if (None in a and b) or (None in b and a) else False

        return overlap

    def add_months(self, node: AddMonths) -> Evaluate:
        day, months, rounding = self(node.day), self(node.months), node.rounding

        def add(env: Env) -> Any:
            a, n = day(env), months(env)
            return None if a is None or n is None else add_months(a, n, rounding)

        return add

    def age(self, node: Age) -> Evaluate:
        born, day, rounding = self(node.born), self(node.day), node.rounding

        def age(env: Env) -> int | None:
            a, b = born(env), day(env)
            return None if a is None or b is None else age_on(a, b, rounding)

        return age


def _always(env: Env) -> bool:
    return True


def _within(env: Env, loop: str, row: Any, evaluate: Evaluate) -> Any:
    """The value while the loop's name stands for the row; the environment is left as it was."""
    before = env.get(loop)
    env[loop] = row
    try:
        return evaluate(env)
    finally:
        env[loop] = before


Pairs = list[tuple[bool | None, Any]]


def _sum(pairs: Pairs) -> Any:
    total = 0
    for counts, value in pairs:
        if counts is None or (counts and value is None):
            return None
        total += value if counts else 0
    return total


def _any(pairs: Pairs) -> bool | None:
    result: bool | None = False
    for counts, value in pairs:
        if counts and value:
            return True
        if counts is not False and value is not False:
            result = None
    return result


def _all(pairs: Pairs) -> bool | None:
    answer = _any([(counts, None if value is None else not value) for counts, value in pairs])
    return None if answer is None else not answer


_FOLDS: Mapping[str, Callable[[Pairs], Any]] = {
    "sum": _sum,
    "count": _sum,
    "any": _any,
    "all": _all,
}
_MEANINGS: Mapping[type[Node], Callable[[Compiler, Any], Evaluate]] = {
    Constant: Compiler.constant,
    Name: Compiler.name,
    Field: Compiler.field,
    Not: Compiler.not_,
    Logic: Compiler.logic,
    Compare: Compiler.binary,
    Arithmetic: Compiler.binary,
    Member: Compiler.member,
    If: Compiler.if_,
    Bulk: Compiler.bulk,
    Extreme: Compiler.extreme,
    Overlaps: Compiler.overlaps,
    AddMonths: Compiler.add_months,
    Age: Compiler.age,
}
