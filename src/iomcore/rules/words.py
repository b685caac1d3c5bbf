"""Words and figures for people, in English (``en``) and European Portuguese (``pt``)."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from iomcore.domain.facttypes import FactType
from iomcore.domain.money import Money
from iomcore.domain.vocabulary import LANGUAGES
from iomcore.errors import UnknownNameError

__all__ = ["LANGUAGES", "figure", "language", "word"]


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


def language(lang: str) -> str:
    """The language, if there are words for it.

    Raises:
        UnknownNameError: there are none.
    """
    if lang not in LANGUAGES:
        raise UnknownNameError(f"no words in {lang!r}; there are: {', '.join(LANGUAGES)}")
    return lang


def word(key: str, lang: str, **figures: str) -> str:
    """The word or sentence of that key, with its figures filled in.

    >>> word("up-to", "pt", value="2000,00 EUR")
    'até 2000,00 EUR, por decisão do técnico'
    """
    return _words()[language(lang)][key].format(**figures)


def figure(value: Any, type_: FactType, lang: str) -> str:
    """A value of a rule as people write it; None is the word for unknown.

    >>> figure(200000, FactType("money", "EUR"), "pt")
    '2000,00 EUR'
    """
    if value is None:
        return word("unknown", lang)
    if type_.kind == "money" and not isinstance(value, Money):
        value = Money(value, type_.of or "")
    if isinstance(value, Money):
        return str(value).replace(".", ",") if lang == "pt" else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(str, value)))
    return str(value)
