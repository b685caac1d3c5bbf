from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iomcore.domain.money import Money, parse_amount
from iomcore.errors import MoneyError, UnknownNameError
from iomcore.testing import strategies


class TestAmounts:
    """Money is a whole number of minor units: exact, or refused."""

    @pytest.mark.parametrize(
        ("text", "currency", "minor"),
        [
            ("2000.00", "EUR", 200_000),
            ("2000", "EUR", 200_000),
            ("0.5", "EUR", 50),
            ("-1.05", "EUR", -105),
            ("1000", "XOF", 1000),
            ("1.234", "TND", 1234),
            ("1.2345", "CLF", 12345),
        ],
    )
    def test_an_amount_has_the_decimals_of_its_currency(
        self, text: str, currency: str, minor: int
    ) -> None:
        assert Money.of(text, currency).minor == minor

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " 1",
            "1 ",
            "1.",
            ".5",
            "1,00",
            "1_000",
            "1e3",
            "1E+999999",
            "NaN",
            "Infinity",
            "٣",
            "+1",
        ]
        + ["9" * 16, "1.00000"],
    )
    def test_another_form_is_refused(self, text: str) -> None:
        with pytest.raises(MoneyError):
            parse_amount(text, "EUR")

    def test_a_cent_too_fine_is_refused_and_never_rounded(self) -> None:
        assert Money.of("1999.99", "EUR").minor == 199_999
        with pytest.raises(MoneyError, match="EUR has 2 decimals, found 3"):
            Money.of("1999.999", "EUR")
        with pytest.raises(MoneyError, match="XOF has 0 decimals"):
            Money.of("1.5", "XOF")

    @pytest.mark.parametrize("value", [1.0, True, None, b"1"])
    def test_only_text_decimal_and_int_are_amounts(self, value: object) -> None:
        with pytest.raises(MoneyError, match="expected Decimal, int or text"):
            Money.of(value, "EUR")  # type: ignore[arg-type]

    def test_decimals_come_in_exactly(self) -> None:
        assert Money.of(Decimal("12.30"), "EUR") == Money.of("12.3", "EUR") == Money(1230, "EUR")
        assert Money.of(7, "EUR").minor == 700

    @pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("1E+999999")])
    def test_a_decimal_that_is_no_amount_is_refused(self, value: Decimal) -> None:
        with pytest.raises(MoneyError, match="finite"):
            Money.of(value, "EUR")

    def test_minor_units_are_whole(self) -> None:
        with pytest.raises(MoneyError, match="whole minor units, found float"):
            Money(1.5, "EUR")  # type: ignore[arg-type]

    def test_a_currency_is_one_of_iso_4217(self) -> None:
        with pytest.raises(UnknownNameError, match="EUU.*did you mean.*EUR"):
            Money(1, "EUU")

    def test_text_with_its_currency_reads_back(self) -> None:
        assert Money.parse("2000.00 EUR") == Money.of("2000", "EUR")
        with pytest.raises(MoneyError, match="with its currency"):
            Money.parse("2000.00")

    @given(strategies.money(-(10**12), 10**12))
    def test_every_amount_reads_back_from_its_text(self, amount: Money) -> None:
        assert Money.parse(str(amount)) == amount
        assert eval(repr(amount).replace("Money", "Money.of")) == amount


class TestArithmetic:
    """Like goes with like; nothing is converted in silence."""

    def test_currencies_do_not_mix(self) -> None:
        for mix in (
            lambda a, b: a + b,
            lambda a, b: a - b,
            lambda a, b: a < b,
            lambda a, b: a <= b,
            lambda a, b: a > b,
            lambda a, b: a >= b,
        ):
            with pytest.raises(MoneyError, match="convert first"):
                mix(Money(1, "EUR"), Money(1, "USD"))
        assert Money(1, "EUR") != Money(1, "USD")

    def test_a_number_is_not_money(self) -> None:
        with pytest.raises(MoneyError, match="money meets int"):
            Money(1, "EUR") + 1  # type: ignore[operator]

    def test_amounts_are_ordered(self) -> None:
        low, high = Money.of("1999.99", "EUR"), Money.of("2000.00", "EUR")
        assert low < high and low <= high and high > low and high >= low
        assert (high - low) + low == high


class TestSplit:
    """A split into instalments gives back its total to the cent."""

    @given(strategies.money(), st.lists(st.integers(1, 50), min_size=1, max_size=12))
    def test_the_parts_add_up(self, amount: Money, shares: list[int]) -> None:
        parts = amount.split(shares)
        assert sum(part.minor for part in parts) == amount.minor
        assert all(part.minor >= 0 and part.currency == "EUR" for part in parts)

    def test_the_last_part_takes_what_is_left(self) -> None:
        assert [p.minor for p in Money(200_000, "EUR").split([1, 1, 1])] == [66_666, 66_666, 66_668]
        assert [p.minor for p in Money(1, "EUR").split([1, 1])] == [0, 1]

    @pytest.mark.parametrize(("minor", "shares"), [(-1, [1]), (1, []), (1, [1, 0]), (1, [1, -1])])
    def test_what_cannot_be_split_is_refused(self, minor: int, shares: list[int]) -> None:
        with pytest.raises(MoneyError, match="a split needs"):
            Money(minor, "EUR").split(shares)
