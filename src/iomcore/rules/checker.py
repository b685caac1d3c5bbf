"""What every entry of a pack is checked for: expressions, evidence, sentences, editions."""

from collections.abc import Iterable, Mapping
from datetime import date
from string import Formatter
from typing import Any

from iomcore.domain.citations import Evidence, Status
from iomcore.domain.dates import FIRST_DAY, LAST_DAY, to_date
from iomcore.domain.facttypes import FactType, parse_type
from iomcore.domain.vocabulary import CASE, Vocabulary, shared_vocabulary
from iomcore.errors import DateError, ExpressionError, suggestion
from iomcore.records.faults import Faults
from iomcore.rules.evaluate import Compiler
from iomcore.rules.nodes import BOOL, Constant, Name, Node, children
from iomcore.rules.pack import FIGURES
from iomcore.rules.packfile import PackFile, Statement
from iomcore.rules.parse import parse
from iomcore.rules.scope import Scope
from iomcore.rules.trace import names_used

__all__ = ["Checker"]


class Checker(Faults):
    """Collects every fault of a pack file; `where` names the file.

    Attributes:
        ids: the editions of the file.
        scope: the names in reach so far.
    """

    def __init__(self, file: PackFile, where: str) -> None:
        super().__init__(where, file.sources)
        self.file = file
        self.compiler = Compiler()
        self.ids = [edition.id for edition in file.edition]
        self.vocabulary = shared_vocabulary()
        self.scope = Scope(self.vocabulary.codes)

    def type(self, where: str, text: str) -> FactType:
        try:
            return parse_type(text, self.file.pack.currency)
        except ValueError as error:
            self.wrong(where, "no-type", str(error))
            return BOOL

    def known_type(self, where: str, type_: FactType, vocabulary: Vocabulary) -> bool:
        """Whether the list or the record that a type names exists."""
        names = vocabulary.levels if type_.kind == "list" else vocabulary.codes
        if type_.kind not in ("code", "codes", "list") or type_.of in names:
            return True
        self.wrong(where, "no-list", f"no list of codes or record {type_.of!r}")
        return False

    def expression(self, entry: str, text: str, expected: FactType | None) -> Node:
        """The tree of an expression; a fault is noted and the constant False stands in."""
        try:
            return parse(text, self.scope, expected)
        except ExpressionError as error:
            self.wrong(f"{entry}: column {error.column}", "not-the-language", str(error))
            return Constant(expected or BOOL, False)

    def optional(self, entry: str, text: str | None, expected: FactType) -> Node | None:
        return None if text is None else self.expression(entry, text, expected)

    def bound(self, where: str, value: Any, open_end: date) -> tuple[date, date]:
        """The earliest and latest day that the bound may be."""
        if value == "open":
            return open_end, open_end
        if value == "unknown":
            return FIRST_DAY, LAST_DAY
        days = value if isinstance(value, list) else [value, value]
        try:
            first, last = (to_date(day) for day in days)
        except (DateError, ValueError):
            message = 'expected a day, two days, "open" or "unknown"'
            self.wrong(where, "not-a-bound", message)
            return FIRST_DAY, LAST_DAY
        if first > last:
            self.wrong(where, "not-a-bound", "expected the earlier day first")
        return first, last

    def evidence(self, where: str, entry: Statement, *, required: bool = True) -> Evidence:
        cites = tuple(self.cite(f"{where}: cites", text) for text in entry.cites)
        status = self.status(where, entry.status)
        if required and status is None:
            self.wrong(f"{where}: status", "no-status", "a statement needs a status")
        if required and not cites and status not in (None, Status.ASSUMED):
            message = "a statement that is not assumed needs a citation"
            self.wrong(f"{where}: cites", "no-citation", message)
        return Evidence(cites=cites, status=status, note=entry.note)

    def sentence(self, where: str, says: Mapping[str, str], node: Node | None) -> Mapping[str, str]:
        """A sentence whose figures stand in it by name, and none by hand."""
        texts = self.texts(where, says)
        needed = set() if node is None else self.figures_of(node)
        for lang, text in texts.items():
            try:
                parts = list(Formatter().parse(text))
            except ValueError:
                self.wrong(f"{where}: says.{lang}", "bad-template", "a brace is left open")
                continue
            named = {name for _, name, _, _ in parts if name is not None}
            if any(letter.isdigit() for literal, *_ in parts for letter in literal):
                message = "a figure stands in the sentence by hand: name its parameter"
                self.wrong(f"{where}: says.{lang}", "figure-by-hand", message)
            for name in sorted(named - self.known_figures()):
                self.wrong(f"{where}: says.{lang}", "no-figure", f"no figure {name!r}")
            for name in sorted(needed - named):
                message = f"the sentence does not name {{{name}}}, which its test uses"
                self.wrong(f"{where}: says.{lang}", "figure-not-named", message)
        return texts

    def known_figures(self) -> set[str]:
        return {
            n for n, (kind, _) in self.scope.names.items() if kind in ("parameter", "definition")
        }

    def figures_of(self, node: Node) -> set[str]:
        """The parameters that a test itself names, and that are numbers, amounts or days."""
        here = {node.name} if isinstance(node, Name) and node.kind == "parameter" else set()
        own = {name for name in here if node.type.kind in FIGURES}
        return own.union(*(self.figures_of(below) for below in children(node)))

    def editions_of(self, where: str, ids: Iterable[str] | None) -> frozenset[str]:
        chosen = frozenset(self.ids if ids is None else ids)
        for name in sorted(chosen - set(self.ids)):
            self.wrong(
                f"{where}: editions",
                "no-edition",
                f"no edition {name!r}{suggestion(name, self.ids)}",
            )
        return chosen

    def by_officer(self, test: Node) -> bool:
        """Whether every fact of a test is an officer's finding, or the list that it is in."""
        kinds = set()
        for name in names_used(test, self.compiler, "fact"):
            level, _, field = name.rpartition(".")
            kinds.add(self.vocabulary.fact(field, level or CASE).type.kind)
        return "finding" in kinds and kinds <= {"finding", "list"}
