"""Facts as a caller gives them become the values that rules work on, or a list of problems.

Inside a rule: bool, int, minor units of money (int), `date`, code (`str`), `frozenset` of codes in
which None stands for a member that is not known, tuple of dicts; None is unknown.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from iomcore.domain.dates import to_date
from iomcore.domain.facttypes import FactType
from iomcore.domain.findings import OfficerFinding
from iomcore.domain.money import Money
from iomcore.domain.vocabulary import CASE, Vocabulary
from iomcore.errors import DataError, DateError, MoneyError, Problem, UnknownNameError

__all__ = ["FactReader"]

Read = Callable[[Any, str, list[Problem]], Any]
_FINDING_KEYS = {"value", "reason", "on"}


def _wrong(problems: list[Problem], path: str, code: str, message: str) -> None:
    problems.append(Problem(path, code, message))


class FactReader:
    """Reads facts for one vocabulary and one currency; build it once and keep it.

    >>> from iomcore.domain.vocabulary import shared_vocabulary
    >>> FactReader(shared_vocabulary(), "EUR").read({"travelled": True, "nationalities": ["BR"]})
    {'travelled': True, 'nationalities': frozenset({'BR'})}
    """

    def __init__(self, vocabulary: Vocabulary, currency: str) -> None:
        self.vocabulary = vocabulary
        self.currency = currency
        self._readers: dict[str, dict[str, Read]] = {}
        for level, facts in vocabulary.levels.items():
            self._readers[level] = {name: self._reader(fact.type) for name, fact in facts.items()}

    def read(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The values inside a rule; absent facts stay absent.

        Raises:
            DataError: with every problem: unknown names, wrong types, values out of range.
        """
        problems: list[Problem] = []
        if not isinstance(facts, Mapping):
            raise DataError([Problem("$", "not-facts", f"expected facts by name, {_found(facts)}")])
        values = self._record(CASE, facts, "$", problems)
        if problems:
            raise DataError(problems)
        return values

    def problems(
        self, facts: Mapping[str, Any], level: str = CASE, path: str = "$"
    ) -> list[Problem]:
        """Everything that is wrong with facts of a level; nothing when they can be read."""
        problems: list[Problem] = []
        self._record(level, facts, path, problems)
        return problems

    def value(self, type_: FactType, value: Any, path: str, problems: list[Problem]) -> Any:
        """One value of a type; what is wrong with it is added to `problems`."""
        return self._reader(type_)(value, path, problems)

    def _record(
        self, level: str, facts: Mapping[str, Any], path: str, problems: list[Problem]
    ) -> dict[str, Any]:
        readers = self._readers[level]
        values: dict[str, Any] = {}
        for name, value in facts.items():
            reader = readers.get(name)
            if reader is None:
                hint = self.vocabulary.suggest(str(name), level)
                _wrong(
                    problems, f"{path}.{name}", "unknown-fact", f"no such fact of a {level}{hint}"
                )
            elif value is not None:
                values[name] = reader(value, f"{path}.{name}", problems)
        return values

    def _reader(self, type_: FactType) -> Read:
        return _READERS[type_.kind](self, type_)

    def _bool(self, type_: FactType) -> Read:
        def read(value: Any, path: str, problems: list[Problem]) -> Any:
            if value is True or value is False:
                return value
            return _wrong(problems, path, "not-a-bool", f"expected true or false, {_found(value)}")

        return read

    def _finding(self, type_: FactType) -> Read:
        def read(value: Any, path: str, problems: list[Problem]) -> Any:
            if isinstance(value, OfficerFinding):
                value = attrs.asdict(value)
            if not isinstance(value, Mapping) or value.keys() != _FINDING_KEYS:
                return _wrong(
                    problems,
                    path,
                    "not-a-finding",
                    f"an officer's finding needs value, reason and on, {_found(value)}",
                )
            return _finding_value(value, path, problems)

        return read

    def _int(self, type_: FactType) -> Read:
        limits = f"{type_.low} to {type_.high}"

        def read(value: Any, path: str, problems: list[Problem]) -> Any:
            if type(value) is not int:
                return _wrong(problems, path, "not-an-int", f"expected a number, {_found(value)}")
            return _within(value, type_, path, problems, limits)

        return read

    def _money(self, type_: FactType) -> Read:
        currency = type_.of or self.currency
        limits = " to ".join(str(Money(end or 0, currency)) for end in (type_.low, type_.high))

        def read(value: Any, path: str, problems: list[Problem]) -> Any:
            try:
                money = _to_money(value, currency)
            except (MoneyError, UnknownNameError) as error:
                return _wrong(problems, path, "not-money", str(error))
            if money.currency != currency:
                message = f"expected {currency}, found {money.currency}: convert at a dated rate"
                return _wrong(problems, path, "other-currency", message)
            return _within(money.minor, type_, path, problems, limits)

        return read

    def _date(self, type_: FactType) -> Read:
        def read(value: Any, path: str, problems: list[Problem]) -> Any:
            try:
                return to_date(value)
            except DateError as error:
                return _wrong(problems, path, "not-a-date", str(error))

        return read

    def _code(self, type_: FactType) -> Read:
        known = self.vocabulary.codes[type_.of or ""]

        def read(value: Any, path: str, problems: list[Problem]) -> Any:
            if isinstance(value, str) and value in known:
                return value
            return _wrong(problems, path, "not-a-code", _expected_code(type_, known))

        return read

    def _codes(self, type_: FactType) -> Read:
        one = self._code(type_)

        def read(value: Any, path: str, problems: list[Problem]) -> Any:
            if isinstance(value, str) or not isinstance(value, Sequence | set | frozenset):
                message = f"expected a list of codes, {_found(value)}"
                return _wrong(problems, path, "not-a-list", message)
            _count(value, type_, path, problems)
            rows = enumerate(sorted(value, key=str) if not isinstance(value, Sequence) else value)
            return frozenset(
                None if code is None else one(code, f"{path}[{i}]", problems) for i, code in rows
            )

        return read

    def _list(self, type_: FactType) -> Read:
        level = type_.of or ""
        derived = [
            (fact.name, fact.same_as)
            for fact in self.vocabulary.levels.get(level, {}).values()
            if fact.same_as
        ]

        def read(value: Any, path: str, problems: list[Problem]) -> Any:
            if isinstance(value, str | Mapping) or not isinstance(value, Sequence):
                return _wrong(problems, path, "not-a-list", f"expected a list, {_found(value)}")
            _count(value, type_, path, problems)
            return tuple(
                self._item(level, derived, row, i, path, problems) for i, row in enumerate(value)
            )

        return read

    def _item(
        self,
        level: str,
        derived: list[tuple[str, str]],
        row: Any,
        index: int,
        path: str,
        problems: list[Problem],
    ) -> dict[str, Any]:
        if not isinstance(row, Mapping):
            _wrong(
                problems, f"{path}[{index}]", "not-a-record", f"expected a {level}, {_found(row)}"
            )
            return {}
        item = self._record(level, row, f"{path}[{index}]", problems)
        for name, source in derived:
            if name not in item and source in item:
                item[name] = item[source]
        return item


def _found(value: object) -> str:
    return f"found {type(value).__name__}"


def _expected_code(type_: FactType, known: frozenset[str]) -> str:
    if len(known) > 20:
        return f"expected a code of the list {type_.of!r}"
    return f"expected one of {', '.join(sorted(known))}"


def _within(value: int, type_: FactType, path: str, problems: list[Problem], limits: str) -> Any:
    if type_.low is not None and type_.high is not None and not type_.low <= value <= type_.high:
        return _wrong(problems, path, "out-of-range", f"expected {limits}")
    return value


def _count(value: Any, type_: FactType, path: str, problems: list[Problem]) -> None:
    if (
        type_.low is not None
        and type_.high is not None
        and not type_.low <= len(value) <= type_.high
    ):
        message = f"expected {type_.low} to {type_.high} entries, found {len(value)}"
        _wrong(problems, path, "wrong-count", message)


def _to_money(value: Any, currency: str) -> Money:
    if isinstance(value, Money):
        return value
    if isinstance(value, str) and " " in value:
        return Money.parse(value)
    if isinstance(value, str | Decimal):
        return Money.of(value, currency)
    raise MoneyError(f"expected Money, Decimal or text like 12.50, {_found(value)}")


def _finding_value(value: Mapping[str, Any], path: str, problems: list[Problem]) -> bool | None:
    if not isinstance(value["reason"], str) or not value["reason"].strip():
        _wrong(problems, f"{path}.reason", "no-reason", "expected the officer's reason as text")
    try:
        to_date(value["on"])
    except DateError as error:
        _wrong(problems, f"{path}.on", "not-a-date", str(error))
    if value["value"] is True or value["value"] is False:
        return bool(value["value"])
    message = f"expected true or false, {_found(value['value'])}"
    _wrong(problems, f"{path}.value", "not-a-bool", message)
    return None


_READERS: Mapping[str, Callable[[FactReader, FactType], Read]] = {
    "bool": FactReader._bool,
    "finding": FactReader._finding,
    "int": FactReader._int,
    "money": FactReader._money,
    "date": FactReader._date,
    "code": FactReader._code,
    "codes": FactReader._codes,
    "list": FactReader._list,
}
