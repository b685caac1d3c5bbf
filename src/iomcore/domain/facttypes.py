"""The types a fact may have, each written as a line: ``money 0..20000.00``, ``codes country``."""

import re
from typing import Literal

import attrs

from iomcore.domain.iso import currency_digits
from iomcore.domain.money import parse_amount
from iomcore.errors import IomcoreError

__all__ = ["KINDS", "FactType", "Kind", "parse_type"]

Kind = Literal["bool", "finding", "int", "money", "date", "code", "codes", "list", "text"]
KINDS: tuple[Kind, ...] = ("bool", "finding", "int", "money", "date", "code", "codes", "list")
_RANGE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\.\.(-?[0-9]+(?:\.[0-9]+)?)", re.ASCII)


@attrs.frozen
class FactType:
    """What values a fact may take.

    Attributes:
        kind: ``text`` appears in tables only; no rule can use it.
        of: the code list of a ``code`` or ``codes``, the record of a ``list``, the currency of
            ``money`` (None: the currency of the pack that reads it).
        low, high: both inside. Whole numbers for ``int``, minor units for ``money``, how many
            members for ``codes`` and ``list``; None where the kind has no range.
    """

    kind: Kind
    of: str | None = None
    low: int | None = None
    high: int | None = None

    def __str__(self) -> str:
        words = [self.kind, self.of or "", "" if self.low is None else f"{self.low}..{self.high}"]
        return " ".join(word for word in words if word)


def parse_type(text: str, currency: str = "EUR") -> FactType:
    """The type that `text` writes. Amounts are in `currency` unless the text names another.

    Raises:
        ValueError: the text is no type; the message says what was expected.

    >>> parse_type("money 0..20000.00")
    FactType(kind='money', of=None, low=0, high=2000000)
    >>> parse_type("list person 1..20")
    FactType(kind='list', of='person', low=1, high=20)
    """
    kind, _, rest = text.partition(" ")
    words = rest.split()
    if kind in ("bool", "finding", "date"):
        return _end(FactType(kind), words)  # type: ignore[arg-type]  # one of the three
    if kind == "int":
        low, high = _limits(words, text)
        return FactType("int", None, int(low), int(high))
    if kind == "money":
        return _money(words, text, currency)
    if kind in ("code", "codes", "list"):
        return _named(kind, words, text)
    raise ValueError(f"no type {kind!r}; there are: {', '.join(KINDS)}")


def _end(type_: FactType, words: list[str]) -> FactType:
    if words:
        raise ValueError(f"{type_.kind} takes nothing after it, found {words[0]!r}")
    return type_


def _limits(words: list[str], text: str) -> tuple[str, str]:
    match = _RANGE.fullmatch(words[0]) if len(words) == 1 else None
    if match is None:
        raise ValueError(f"expected a range like 0..120 in {text!r}")
    return match[1], match[2]


def _money(words: list[str], text: str, currency: str) -> FactType:
    named = words[0] if words and words[0].isalpha() else None
    low, high = _limits(words[1:] if named else words, text)
    try:
        currency_digits(named or currency)
        limits = [parse_amount(limit, named or currency) for limit in (low, high)]
    except IomcoreError as error:
        raise ValueError(str(error)) from None
    return FactType("money", named, *limits)


def _named(kind: str, words: list[str], text: str) -> FactType:
    if not words:
        raise ValueError(f"expected a name after {kind!r}")
    low, high = _limits(words[1:], text) if words[1:] else (None, None)
    if kind == "code":
        return _end(FactType("code", words[0]), words[1:])
    if kind == "list" and low is None:
        raise ValueError(f"expected how many, like 0..20, in {text!r}")
    whole = [None if limit is None else int(limit) for limit in (low, high)]
    return FactType(kind, words[0], *whole)  # type: ignore[arg-type]  # codes or list
