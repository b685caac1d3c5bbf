"""From the text of an expression to a typed tree. The text is read with `ast` and never run."""

import ast
from collections.abc import Callable, Mapping
from typing import Any

from iomcore.domain.dates import ROUNDINGS
from iomcore.domain.facttypes import FactType
from iomcore.errors import ExpressionError, suggestion
from iomcore.rules.nodes import (
    BOOL,
    DATE,
    INT,
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
    Node,
    Not,
    Overlaps,
)
from iomcore.rules.scope import Scope

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "parse"]

MAX_LENGTH = 2_000
MAX_DEPTH = 50
_SIGNS = {"Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">="}
_ARITHMETIC = {"Add": "+", "Sub": "-", "Mult": "*"}
_ORDERED = ("int", "money", "date")


def parse(text: str, scope: Scope, expected: FactType | None = None) -> Node:
    """The tree that `text` writes, checked in every part.

    Raises:
        ExpressionError: it is not part of the language, uses a name out of reach, or does not fit.

    >>> scope = Scope({}, {"travelled": ("fact", BOOL)})
    >>> parse("not travelled", scope).item.name
    'travelled'
    """
    node = _Parser(scope, {}).node(_read(text))
    return node if expected is None else _fit(node, expected, 1)


def _read(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"expected at most {MAX_LENGTH} characters, found {len(text)}")
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise ExpressionError("expected an expression", error.offset or 1) from None
    except (ValueError, RecursionError, MemoryError):
        raise ExpressionError("expected an expression that can be read") from None
    if _depth(tree) > MAX_DEPTH:
        raise ExpressionError(f"expected at most {MAX_DEPTH} levels")
    return tree


def _depth(tree: ast.AST) -> int:
    level, depth = [tree], 0
    while level:
        depth += 1
        level = [below for node in level for below in ast.iter_child_nodes(node)]
    return depth


def _fit(node: Node, expected: FactType, column: int) -> Node:
    """The node as the expected type; 0 and 1 as money only when it is 0."""
    if _same(node.type, expected):
        return node
    if (
        isinstance(node, Constant)
        and node.type == INT
        and node.value == 0
        and expected.kind == "money"
    ):
        return Constant(expected, 0)
    raise ExpressionError(f"expected {expected}, found {node.type}", column)


def _same(found: FactType, expected: FactType) -> bool:
    return found.kind == expected.kind and found.of == expected.of


class _Parser:
    def __init__(self, scope: Scope, loops: Mapping[str, str]) -> None:
        self.scope = scope
        self.loops = loops

    def node(self, tree: ast.expr) -> Node:
        handler = _NODES.get(type(tree))
        if handler is None:
            raise self.error(tree, f"{type(tree).__name__} is not part of the language")
        return handler(self, tree)

    def error(self, tree: ast.expr, message: str) -> ExpressionError:
        return ExpressionError(message, tree.col_offset + 1)

    def fitted(self, tree: ast.expr, expected: FactType) -> Node:
        return self.code(tree, expected) or _fit(self.node(tree), expected, tree.col_offset + 1)

    def code(self, tree: ast.expr, expected: FactType) -> Node | None:
        """A quoted code, checked against the list that it meets."""
        if not (isinstance(tree, ast.Constant) and isinstance(tree.value, str)):
            return None
        if expected.kind != "code":
            raise self.error(tree, f"expected {expected}, found the text {tree.value!r}")
        known = self.scope.codes.get(expected.of or "", frozenset())
        if tree.value not in known:
            hint = suggestion(tree.value, known)
            raise self.error(tree, f"no code {tree.value!r} in the list {expected.of!r}{hint}")
        return Constant(expected, tree.value)

    def constant(self, tree: ast.Constant) -> Node:
        if tree.value is True or tree.value is False:
            return Constant(BOOL, tree.value)
        if type(tree.value) is int and tree.value in (0, 1):
            return Constant(INT, tree.value)
        if isinstance(tree.value, str):
            raise self.error(tree, f"the code {tree.value!r} meets nothing that takes a code")
        if tree.value is None:
            raise self.error(tree, "None is not part of the language: no rule asks what is known")
        raise self.error(tree, f"a figure needs a source: make {tree.value!r} a parameter")

    def name(self, tree: ast.Name) -> Node:
        if tree.id in self.loops:
            raise self.error(tree, f"{tree.id!r} is a record: use one of its fields")
        found = self.scope.name(tree.id)
        if found is None:
            raise self.error(
                tree, f"no name {tree.id!r} is in reach here{self.scope.hint(tree.id)}"
            )
        return found

    def attribute(self, tree: ast.Attribute) -> Node:
        if not isinstance(tree.value, ast.Name) or tree.value.id not in self.loops:
            raise self.error(tree, "a field belongs to the name of a loop, one step")
        record = self.loops[tree.value.id]
        fields = self.scope.records.get(record, {})
        if tree.attr not in fields:
            raise self.error(
                tree, f"a {record} has no field {tree.attr!r}{suggestion(tree.attr, fields)}"
            )
        defined = (record, tree.attr) in self.scope.defined
        return Field(fields[tree.attr], tree.value.id, tree.attr, record, defined)

    def logic(self, tree: ast.BoolOp) -> Node:
        items = tuple(self.fitted(value, BOOL) for value in tree.values)
        return Logic(BOOL, "and" if isinstance(tree.op, ast.And) else "or", items)

    def unary(self, tree: ast.UnaryOp) -> Node:
        if not isinstance(tree.op, ast.Not):
            raise self.error(tree, f"{type(tree.op).__name__} is not part of the language")
        return Not(BOOL, self.fitted(tree.operand, BOOL))

    def compare(self, tree: ast.Compare) -> Node:
        sides = [tree.left, *tree.comparators]
        pairs = [
            self.pair(left, op, right)
            for left, op, right in zip(sides, tree.ops, sides[1:], strict=False)
        ]
        return pairs[0] if len(pairs) == 1 else Logic(BOOL, "and", tuple(pairs))

    def pair(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Node:
        if isinstance(op, ast.In | ast.NotIn):
            return self.member(left, right, isinstance(op, ast.NotIn))
        sign = _SIGNS.get(type(op).__name__)
        if sign is None:
            raise self.error(left, f"{type(op).__name__} is not part of the language")
        a, b = self.alike(left, right)
        if a.type.kind in ("codes", "list", "text") or (
            sign not in ("==", "!=") and a.type.kind not in _ORDERED
        ):
            raise self.error(left, f"{sign} does not compare {a.type}")
        return Compare(BOOL, sign, a, b)

    def member(self, left: ast.expr, right: ast.expr, negated: bool) -> Node:
        codes = self.node(right)
        if codes.type.kind != "codes":
            raise self.error(right, f"expected a set of codes, found {codes.type}")
        item = self.fitted(left, FactType("code", codes.type.of))
        return Member(BOOL, item, codes, negated)

    def alike(self, left: ast.expr, right: ast.expr) -> tuple[Node, Node]:
        """Both sides, of one type; a quoted code or a zero takes the type of the other side."""
        if isinstance(left, ast.Constant) and not isinstance(right, ast.Constant):
            b = self.node(right)
            return self.fitted(left, b.type), b
        a = self.node(left)
        return a, self.fitted(right, a.type)

    def arithmetic(self, tree: ast.BinOp) -> Node:
        sign = _ARITHMETIC.get(type(tree.op).__name__)
        if sign is None:
            raise self.error(tree, f"{type(tree.op).__name__} is not part of the language")
        if sign == "*":
            return self.product(tree)
        a, b = self.alike(tree.left, tree.right)
        if a.type.kind not in ("int", "money"):
            raise self.error(tree, f"{sign} does not take {a.type}")
        return Arithmetic(a.type, sign, a, b)

    def product(self, tree: ast.BinOp) -> Node:
        a, b = self.node(tree.left), self.node(tree.right)
        kinds = {a.type.kind, b.type.kind}
        if not kinds <= {"int", "money"} or kinds == {"money"}:
            raise self.error(tree, f"* does not take {a.type} and {b.type}")
        return Arithmetic(a.type if a.type.kind == "money" else b.type, "*", a, b)

    def if_(self, tree: ast.IfExp) -> Node:
        then, other = self.alike(tree.body, tree.orelse)
        return If(then.type, self.fitted(tree.test, BOOL), then, other)

    def call(self, tree: ast.Call) -> Node:
        name = tree.func.id if isinstance(tree.func, ast.Name) else ""
        handler = _CALLS.get(name)
        if handler is None or tree.keywords:
            what = f"{name!r} with these arguments" if handler else repr(name or "this call")
            hint = suggestion(name, _CALLS)
            raise self.error(tree, f"{what} is not part of the language{hint}")
        return handler(self, tree)

    def bulk(self, tree: ast.Call) -> Node:
        word = tree.func.id  # type: ignore[attr-defined]  # `call` has seen a name
        loop = tree.args[0] if len(tree.args) == 1 else None
        if not isinstance(loop, ast.GeneratorExp) or len(loop.generators) != 1:
            raise self.error(tree, f"{word} takes one loop: {word}(x for p in items)")
        clause = loop.generators[0]
        if not isinstance(clause.target, ast.Name) or len(clause.ifs) > 1 or self.loops:
            raise self.error(tree, "a loop has one name, at most one if, and no loop inside it")
        items = self.node(clause.iter)
        if items.type.kind != "list" or clause.target.id in self.scope.names:
            message = f"expected a list and a new name, found {items.type}"
            raise self.error(clause.iter, message)
        inner = _Parser(self.scope, {clause.target.id: items.type.of or ""})
        where = inner.fitted(clause.ifs[0], BOOL) if clause.ifs else None
        element = inner.element(word, loop.elt)
        type_ = {"any": BOOL, "all": BOOL, "count": INT}.get(word, element.type)
        return Bulk(type_, word, element, clause.target.id, items, where)

    def element(self, word: str, tree: ast.expr) -> Node:
        if word == "count":
            if not isinstance(tree, ast.Name) or tree.id not in self.loops:
                raise self.error(tree, "count takes the name of the loop: count(p for p in items)")
            return Constant(INT, 1)
        if word in ("any", "all"):
            return self.fitted(tree, BOOL)
        node = self.node(tree)
        if node.type.kind not in ("int", "money"):
            raise self.error(tree, f"sum does not add {node.type}")
        return node

    def extreme(self, tree: ast.Call) -> Node:
        word = tree.func.id  # type: ignore[attr-defined]  # `call` has seen a name
        if len(tree.args) < 2:
            raise self.error(tree, f"{word} takes two or more")
        nodes = [self.node(arg) for arg in tree.args]
        type_ = next((n.type for n in nodes if not isinstance(n, Constant)), nodes[0].type)
        if type_.kind not in _ORDERED:
            raise self.error(tree, f"{word} does not take {type_}")
        items = tuple(
            _fit(n, type_, arg.col_offset + 1) for n, arg in zip(nodes, tree.args, strict=True)
        )
        return Extreme(type_, word, items)

    def overlaps(self, tree: ast.Call) -> Node:
        left, right = self.arguments(tree, 2)
        a = self.node(left)
        if a.type.kind != "codes":
            raise self.error(left, f"expected a set of codes, found {a.type}")
        return Overlaps(BOOL, a, self.fitted(right, a.type))

    def add_months(self, tree: ast.Call) -> Node:
        day, months, rounding = self.arguments(tree, 3)
        word = self.rounding(rounding, ROUNDINGS)
        return AddMonths(DATE, self.fitted(day, DATE), self.fitted(months, INT), word)

    def age_on(self, tree: ast.Call) -> Node:
        born, day, rounding = self.arguments(tree, 3)
        word = self.rounding(rounding, ("up", "down"))
        return Age(INT, self.fitted(born, DATE), self.fitted(day, DATE), word)

    def arguments(self, tree: ast.Call, count: int) -> list[ast.expr]:
        if len(tree.args) != count:
            word = tree.func.id  # type: ignore[attr-defined]  # `call` has seen a name
            raise self.error(tree, f"{word} takes {count} arguments, found {len(tree.args)}")
        return tree.args

    def rounding(self, tree: ast.expr, words: tuple[str, ...]) -> str:
        if not isinstance(tree, ast.Constant) or tree.value not in words:
            raise self.error(tree, f"expected a rounding: {', '.join(map(repr, words))}")
        return str(tree.value)


_NODES: Mapping[type[ast.expr], Callable[[_Parser, Any], Node]] = {
    ast.Constant: _Parser.constant,
    ast.Name: _Parser.name,
    ast.Attribute: _Parser.attribute,
    ast.BoolOp: _Parser.logic,
    ast.UnaryOp: _Parser.unary,
    ast.Compare: _Parser.compare,
    ast.BinOp: _Parser.arithmetic,
    ast.IfExp: _Parser.if_,
    ast.Call: _Parser.call,
}
_CALLS: Mapping[str, Callable[[_Parser, ast.Call], Node]] = {
    "sum": _Parser.bulk,
    "count": _Parser.bulk,
    "any": _Parser.bulk,
    "all": _Parser.bulk,
    "min": _Parser.extreme,
    "max": _Parser.extreme,
    "overlaps": _Parser.overlaps,
    "add_months": _Parser.add_months,
    "age_on": _Parser.age_on,
}
