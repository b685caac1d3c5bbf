"""Money is a whole number of minor units of one ISO 4217 currency: exact, or refused."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Self

import attrs

from iomcore.domain.iso import currency_digits
from iomcore.errors import MoneyError

__all__ = ["Money", "parse_amount"]

_AMOUNT = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,4}))?", re.ASCII)


def parse_amount(text: str, currency: str) -> int:
    """Minor units of an amount written like ``2000.00``: no exponent, no thousands mark, no NaN.

    Raises:
        MoneyError: another form, or more decimals than the currency has.
        UnknownNameError: no such currency.
    """
    digits = currency_digits(currency)
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise MoneyError("expected an amount like 12.50")
    sign, whole, decimals = match[1], match[2], match[3] or ""
    if len(decimals) > digits:
        raise MoneyError(f"{currency} has {digits} decimals, found {len(decimals)}")
    minor = int(whole + decimals.ljust(digits, "0"))
    return -minor if sign else minor


@attrs.frozen(order=False)
class Money:
    """An exact amount.

    Attributes:
        minor: minor units, such as cents; may be negative.
        currency: an ISO 4217 code.

    >>> Money.of("2000.00", "EUR")
    Money('2000.00', 'EUR')
    >>> Money.of(0.1, "EUR")
    Traceback (most recent call last):
    iomcore.errors.MoneyError: expected Decimal, int or text, found float
    """

    minor: int
    currency: str

    def __attrs_post_init__(self) -> None:
        if type(self.minor) is not int:
            raise MoneyError(f"expected whole minor units, found {type(self.minor).__name__}")
        currency_digits(self.currency)

    @classmethod
    def of(cls, amount: str | Decimal | int, currency: str) -> Self:
        """The amount in major units: text or Decimal like ``2000.00``, or a whole number.

        Raises:
            MoneyError: a float, a bool, NaN, an exponent, or too many decimals.
        """
        if isinstance(amount, bool) or not isinstance(amount, str | Decimal | int):
            raise MoneyError(f"expected Decimal, int or text, found {type(amount).__name__}")
        if isinstance(amount, Decimal):
            if not amount.is_finite() or amount.adjusted() > 15:
                raise MoneyError("expected a finite amount below 10 to the 15th")
            amount = f"{amount:f}"
        return cls(parse_amount(str(amount), currency), currency)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The amount written with its currency.

        >>> Money.parse("2000.00 EUR").minor
        200000
        """
        amount, space, currency = text.partition(" ")
        if not space:
            raise MoneyError("expected an amount with its currency, like 12.50 EUR")
        return cls(parse_amount(amount, currency), currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, with exactly the decimals of its currency."""
        return Decimal(self.minor).scaleb(-currency_digits(self.currency))

    def __str__(self) -> str:
        return f"{self.decimal:f} {self.currency}"

    def __repr__(self) -> str:
        return f"Money('{self.decimal:f}', {self.currency!r})"

    def _same(self, other: object) -> int:
        if not isinstance(other, Money):
            raise MoneyError(f"money meets {type(other).__name__}")
        if other.currency != self.currency:
            raise MoneyError(f"{self.currency} meets {other.currency}: convert first")
        return other.minor

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._same(other)

    def split(self, shares: Sequence[int]) -> "tuple[Money, ...]":
        """Parts in proportion to whole-number shares, rounded down; the last takes what is left.

        No minor unit is lost: the parts add up to the whole.

        Raises:
            MoneyError: a negative amount, no shares, or a share that is not positive.

        >>> [str(part) for part in Money.of("100.00", "EUR").split([1, 1, 1])]
        ['33.33 EUR', '33.33 EUR', '33.34 EUR']
        """
        if self.minor < 0 or not shares or min(shares) <= 0:
            raise MoneyError("a split needs an amount of 0 or more, and positive shares")
        whole = sum(shares)
        parts = [self.minor * share // whole for share in shares[:-1]]
        return tuple(Money(part, self.currency) for part in [*parts, self.minor - sum(parts)])
