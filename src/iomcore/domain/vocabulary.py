"""The shared vocabulary: what each fact is called, its type, level and sensitivity."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

import attrs

from iomcore.domain.facttypes import FactType, parse_type
from iomcore.domain.iso import countries
from iomcore.errors import UnknownNameError, suggestion

__all__ = ["CASE", "LANGUAGES", "SENSITIVITIES", "Fact", "Vocabulary", "shared_vocabulary"]

CASE = "case"
"""The level of facts about the case itself; other levels are records, such as ``person``."""
LANGUAGES = ("en", "pt")
"""The languages that every text for people is written in: English and European Portuguese."""
SENSITIVITIES = ("administrative", "personal", "special")


@attrs.frozen(kw_only=True)
class Fact:
    """One fact of the vocabulary.

    Attributes:
        level: ``case``, or the record that it is a field of.
        sensitivity: ``administrative``, ``personal`` or ``special``.
        says: what it is, by language: ``en`` and ``pt``.
        same_as: the field of the same record that stands in when this one is absent.
    """

    name: str
    level: str
    type: FactType
    sensitivity: str
    says: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    same_as: str | None = None


@attrs.frozen(eq=False)
class Vocabulary:
    """Facts by level and name, and the code lists that they use.

    >>> shared_vocabulary().fact("nationalities").type.kind
    'codes'
    """

    levels: Mapping[str, Mapping[str, Fact]]
    codes: Mapping[str, frozenset[str]]

    def fact(self, name: str, level: str = CASE) -> Fact:
        """The fact of that name.

        Raises:
            UnknownNameError: there is none; the message suggests the nearest.
        """
        try:
            return self.levels[level][name]
        except KeyError:
            hint = self.suggest(name, level)
            raise UnknownNameError(f"no fact {name!r} of a {level}{hint}") from None

    def suggest(self, name: str, level: str = CASE) -> str:
        """A half sentence that names the nearest facts of the level, else those of other levels.

        >>> shared_vocabulary().suggest("vunerable")
        '; did you mean vulnerable of a person?'
        """
        own = suggestion(name, self.levels.get(level, ()))
        others = {fact: other for other, facts in self.levels.items() for fact in facts}
        near = "" if own else suggestion(name, others)
        return own or near.replace("?", f" of a {others[_first(near)]}?") if own or near else ""

    def extended(
        self,
        levels: Mapping[str, Mapping[str, Fact]],
        codes: Mapping[str, frozenset[str]],
    ) -> "Vocabulary":
        """This vocabulary and what a pack adds to it."""
        names = self.levels.keys() | levels.keys()
        merged = {name: {**self.levels.get(name, {}), **levels.get(name, {})} for name in names}
        return Vocabulary(merged, {**self.codes, **codes})


def _first(hint: str) -> str:
    return hint.removeprefix("; did you mean ").split(" or ")[0].rstrip("?")


@cache
def shared_vocabulary() -> Vocabulary:
    """The vocabulary that every pack starts from: ``facts.toml``."""
    tables = tomllib.loads(resources.files(__package__).joinpath("facts.toml").read_text("utf-8"))
    codes = {name: frozenset(members) for name, members in tables.pop("codes").items()}
    levels = {
        level: {
            name: Fact(name=name, level=level, **{**entry, "type": parse_type(entry["type"])})
            for name, entry in facts.items()
        }
        for level, facts in tables.items()
    }
    return Vocabulary(levels, {**codes, "country": countries()})
