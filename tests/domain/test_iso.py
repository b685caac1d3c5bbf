from datetime import date

import pytest

from iomcore.domain.iso import STATELESS, countries, currency_digits, group, groups
from iomcore.errors import UnknownNameError


class TestMembersOfTheEuropeanUnion:
    """Membership is a matter of the day."""

    @pytest.mark.parametrize(
        ("country", "day", "member"),
        [
            ("GB", date(2020, 1, 31), True),
            ("GB", date(2020, 2, 1), False),
            ("HR", date(2013, 6, 30), False),
            ("HR", date(2013, 7, 1), True),
            ("RO", date(2006, 12, 31), False),
            ("RO", date(2007, 1, 1), True),
            ("PT", date(1986, 1, 1), True),
            ("NO", date(2020, 1, 1), False),
            (STATELESS, date(2020, 1, 1), False),
        ],
    )
    def test_on_the_day(self, country: str, day: date, member: bool) -> None:
        assert (country in group("eu_states").on(day)) is member

    @pytest.mark.parametrize(
        ("day", "number"),
        [
            (date(2004, 5, 1), 25),
            (date(2007, 1, 1), 27),
            (date(2013, 7, 1), 28),
            (date(2020, 2, 1), 27),
        ],
    )
    def test_how_many_there_are(self, day: date, number: int) -> None:
        assert len(group("eu_states").on(day)) == number

    def test_every_member_is_a_country(self) -> None:
        for one in groups().values():
            assert {country for country, _, _ in one.members} <= countries()


def test_there_are_249_countries_and_the_stateless() -> None:
    assert len(countries()) == 250
    assert STATELESS in countries()
    assert "XK" not in countries()


def test_an_unknown_group_names_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="eu_states"):
        group("nato")


def test_an_unknown_currency_suggests_the_nearest() -> None:
    assert currency_digits("EUR") == 2
    with pytest.raises(UnknownNameError, match="did you mean"):
        currency_digits("EURO")
    with pytest.raises(UnknownNameError):
        currency_digits([])  # type: ignore[arg-type]
