"""What a pack adds to the shared vocabulary, and the names that its expressions may use."""

from collections.abc import Mapping
from typing import Any

from iomcore.domain.vocabulary import (
    CASE,
    SENSITIVITIES,
    Fact,
    Vocabulary,
    shared_vocabulary,
)
from iomcore.errors import PackError
from iomcore.rules.checker import Checker
from iomcore.rules.scope import Scope, value_type

__all__ = ["VocabularyLoader", "scope_of"]


class VocabularyLoader:
    """Reads ``[codes]``, ``[facts]`` and ``[records]`` for a loader."""

    def __init__(self, loader: Checker) -> None:
        self.loader = loader
        self.file = loader.file

    def load(self) -> Vocabulary:
        levels: dict[str, dict[str, Fact]] = {CASE: self.facts("facts", CASE, self.file.facts)}
        for record, fields in self.file.records.items():
            levels[record] = self.facts(f"records.{record}", record, fields)
        codes = {name: self.code_list(name, members) for name, members in self.file.codes.items()}
        codes["edition"] = frozenset(self.loader.ids)
        vocabulary = shared_vocabulary().extended(levels, codes)
        for facts in vocabulary.levels.values():
            for fact in facts.values():
                self.loader.known_type(f"facts: {fact.name}", fact.type, vocabulary)
        if self.loader.problems:
            raise PackError(self.loader.problems)
        return vocabulary

    def code_list(self, name: str, members: Any) -> frozenset[str]:
        """The codes of a list: a list of codes, or a table of codes with their labels."""
        codes = [code for code in members if isinstance(code, str)]
        if len(codes) != len(members) or any(not c.isascii() or c == "unknown" for c in codes):
            self.loader.wrong(
                f"codes: {name}", "not-a-code", 'codes are ASCII text, and never "unknown"'
            )
        return frozenset(codes)

    def code_says(self) -> dict[str, dict[str, Mapping[str, str]]]:
        return {
            name: {
                code: self.loader.texts(f"codes: {name}: {code}", says)
                for code, says in members.items()
            }
            for name, members in self.file.codes.items()
            if isinstance(members, dict)
        }

    def facts(self, table: str, level: str, entries: Mapping[str, Any]) -> dict[str, Fact]:
        shared = shared_vocabulary().levels.get(level, {})
        facts: dict[str, Fact] = {}
        for name, entry in entries.items():
            where = f"{table}: {name}"
            if name in shared:
                self.loader.wrong(where, "fact-taken", "the shared vocabulary has this fact")
            if entry.sensitivity not in SENSITIVITIES:
                self.loader.wrong(
                    where, "no-sensitivity", f"expected one of {', '.join(SENSITIVITIES)}"
                )
            type_ = self.loader.type(where, entry.type)
            facts[name] = Fact(
                name=name,
                level=level,
                type=type_,
                sensitivity=entry.sensitivity,
                says=self.loader.texts(where, entry.says),
            )
        return facts


def scope_of(vocabulary: Vocabulary, currency: str) -> Scope:
    """Every fact is in reach by its name, every field by its record."""
    scope = Scope(vocabulary.codes)
    for level, facts in vocabulary.levels.items():
        types = {name: value_type(fact.type, currency) for name, fact in facts.items()}
        if level == CASE:
            scope.names.update({name: ("fact", type_) for name, type_ in types.items()})
        else:
            scope.records[level] = types
    return scope
