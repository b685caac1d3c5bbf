"""Why a value is what it is: the tree with the value of every part, and the facts still missing."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from iomcore.rules.evaluate import Compiler, Env
from iomcore.rules.nodes import Bulk, Field, If, Name, Node, children
from iomcore.rules.phrase import phrase

__all__ = ["Trace", "missing", "names_used", "trace"]


@attrs.frozen
class Trace:
    """One part of a rule, its value, and what it came from.

    Attributes:
        text: the part, as it would be written.
        value: as inside a rule; None is unknown. Never shown by `repr`.
        below: the parts that the value came from: of an ``if`` with a known test, only the branch
            that was taken.
        name: the name to ask for when the part is a fact or a parameter, with the place in a list.
        kind: ``fact``, ``parameter``, ``definition``, ``as_of``, or empty.
    """

    text: str
    value: Any = attrs.field(repr=False)
    below: tuple["Trace", ...] = ()
    name: str = ""
    kind: str = ""


def trace(node: Node, compiler: Compiler, env: Env) -> Trace:
    """The trace of a node in an environment."""
    return _Tracer(compiler, env, {}).of(node)


@attrs.frozen
class _Tracer:
    compiler: Compiler
    env: Env
    places: Mapping[str, str]

    def of(self, node: Node) -> Trace:
        value = self.compiler(node)(self.env)
        special = _SPECIAL.get(type(node))
        if special:
            return special(self, node, value)
        return Trace(phrase(node), value, tuple(self.of(below) for below in children(node)))

    def name(self, node: Name, value: Any) -> Trace:
        definition = self.compiler.definitions.get(node.name)
        below = () if definition is None else (self.of(definition),)
        return Trace(node.name, value, below, node.name, node.kind)

    def field(self, node: Field, value: Any) -> Trace:
        place = f"{self.places[node.loop]}.{node.field}"
        if not node.defined:
            return Trace(phrase(node), value, (), place, "fact")
        inside = self.at(node.record, self.env[node.loop], self.places[node.loop])
        definition = self.compiler.fields[node.record, node.field]
        return Trace(phrase(node), value, (inside.of(definition),), place, "definition")

    def if_(self, node: If, value: Any) -> Trace:
        test = self.of(node.test)
        taken = {True: (node.then,), False: (node.other,), None: (node.then, node.other)}
        below = tuple(self.of(branch) for branch in taken[test.value])
        return Trace(phrase(node), value, (test, *below))

    def bulk(self, node: Bulk, value: Any) -> Trace:
        items = self.of(node.items)
        below = [items]
        for index, row in enumerate(items.value or ()):
            inside = self.at(node.loop, row, f"{items.text}[{index}]")
            below += [inside.of(part) for part in (node.where, node.element) if part is not None]
        return Trace(phrase(node), value, tuple(below))

    def at(self, loop: str, row: Any, place: str) -> "_Tracer":
        return _Tracer(self.compiler, {**self.env, loop: row}, {**self.places, loop: place})


def missing(found: Trace) -> Iterator[str]:
    """The facts and parameters that keep a value open, in the order in which the rule meets them.

    A part that is settled can no longer matter, whatever is unknown inside it.
    """
    if found.value is not None and not _partly_known(found.value):
        return
    if found.name and not found.below:
        yield f"parameter {found.name}" if found.kind == "parameter" else found.name
    for below in found.below:
        yield from missing(below)


def _partly_known(value: Any) -> bool:
    """Whether a set of codes holds a member that is not known."""
    return isinstance(value, frozenset) and None in value


def names_used(node: Node, compiler: Compiler, kind: str) -> tuple[str, ...]:
    """The names of that kind that a rule rests on, through definitions, each once.

    They are worked out once for a node: a rule does not change after it was read.
    """
    found = compiler.names.get((node, kind))
    if found is None:
        names = dict.fromkeys(_names(node, compiler, kind))
        found = compiler.names[node, kind] = tuple(names)
    return found


def _names(node: Node, compiler: Compiler, kind: str) -> Iterator[str]:
    if isinstance(node, Name):
        if node.kind == kind:
            yield node.name
        if node.name in compiler.definitions:
            yield from names_used(compiler.definitions[node.name], compiler, kind)
    if isinstance(node, Field):
        if kind == "fact" and not node.defined:
            yield f"{node.record}.{node.field}"
        if node.defined:
            yield from names_used(compiler.fields[node.record, node.field], compiler, kind)
    for below in children(node):
        yield from names_used(below, compiler, kind)


_SPECIAL: Mapping[type[Node], Callable[[_Tracer, Any, Any], Trace]] = {
    Name: _Tracer.name,
    Field: _Tracer.field,
    If: _Tracer.if_,
    Bulk: _Tracer.bulk,
}
