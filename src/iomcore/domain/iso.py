"""The codes of the world: ISO 3166-1 countries, ISO 4217 currencies, and dated groups of states."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import attrs

from iomcore.errors import UnknownNameError, suggestion

__all__ = ["STATELESS", "Group", "countries", "currency_digits", "group", "groups"]

STATELESS = "XXA"
"""The code for a person who is a national of no state (ICAO 9303)."""


@attrs.frozen(cache_hash=True)
class Group:
    """A named set of states whose members change over time, such as ``eu_states``.

    Attributes:
        members: ``(country, first day, last day or None)``; both ends are inside.
    """

    id: str
    title: str
    source: str
    members: tuple[tuple[str, date, date | None], ...]

    def on(self, day: date) -> frozenset[str]:
        """The members on that day.

        >>> from datetime import date
        >>> "HR" in group("eu_states").on(date(2013, 7, 1))
        True
        >>> "GB" in group("eu_states").on(date(2020, 2, 1))
        False
        """
        return _members(self, day)


@lru_cache(maxsize=16_384)
def _members(group: Group, day: date) -> frozenset[str]:
    return frozenset(
        country
        for country, first, last in group.members
        if first <= day and (last is None or day <= last)
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


@cache
def countries() -> frozenset[str]:
    """ISO 3166-1 alpha-2 codes, and ``XXA`` for a stateless person."""
    return frozenset(_toml("iso.toml")["countries"].split()) | {STATELESS}


@cache
def _digits() -> Mapping[str, int]:
    by_digits = _toml("iso.toml")["currencies"]
    return {code: int(digits) for digits, codes in by_digits.items() for code in codes.split()}


def currency_digits(currency: str) -> int:
    """How many decimals ISO 4217 gives the currency.

    Raises:
        UnknownNameError: the code is not an ISO 4217 code.

    >>> currency_digits("EUR"), currency_digits("XOF"), currency_digits("TND")
    (2, 0, 3)
    """
    try:
        return _digits()[currency]
    except (KeyError, TypeError):
        hint = suggestion(str(currency), _digits())
        raise UnknownNameError(f"no ISO 4217 currency {currency!r}{hint}") from None


@cache
def groups() -> Mapping[str, Group]:
    """The dated groups by id."""
    return {
        name: Group(
            id=name,
            title=entry["title"],
            source=entry["source"],
            members=tuple(
                (country, row["from"], row.get("to"))
                for row in entry["members"]
                for country in row["states"]
            ),
        )
        for name, entry in _toml("groups.toml").items()
    }


def group(name: str) -> Group:
    """The group of that id.

    Raises:
        UnknownNameError: there is no such group.
    """
    try:
        return groups()[name]
    except KeyError:
        raise UnknownNameError(
            f"no group of states {name!r}; there are: {', '.join(groups())}"
        ) from None
