from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iomcore.domain.dates import FIRST_DAY, LAST_DAY, add_months, age_on, to_date
from iomcore.errors import DateError
from iomcore.testing import strategies

SAFE = strategies.days(date(1905, 1, 1), date(2195, 12, 31))


class TestDays:
    """A day is a calendar day from 1900 to 2200, never a timestamp."""

    def test_the_window_is_closed(self) -> None:
        assert to_date(FIRST_DAY) == FIRST_DAY and to_date("2200-12-31") == LAST_DAY
        for outside in (FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1), "1899-12-31"):
            with pytest.raises(DateError, match="from 1900-01-01 to 2200-12-31"):
                to_date(outside)

    @pytest.mark.parametrize(
        "text",
        ["20190831", "2019-W35-6", "2019-8-31", "31.08.2019", "2019-08-31T00:00:00", " 2019-08-31"]
        + ["٢٠١٩-٠٨-٣١", "", "2019-08-31\n"],
    )
    def test_one_form_of_text_only(self, text: str) -> None:
        with pytest.raises(DateError, match="like 2019-08-31, found other text"):
            to_date(text)

    @pytest.mark.parametrize("text", ["2019-02-31", "2019-02-29", "2019-13-01", "2019-00-10"])
    def test_the_day_exists(self, text: str) -> None:
        with pytest.raises(DateError, match="a day of the calendar"):
            to_date(text)

    def test_a_timestamp_is_no_day(self) -> None:
        with pytest.raises(DateError, match="found a timestamp"):
            to_date(datetime(2019, 8, 31))  # noqa: DTZ001

    def test_a_number_is_no_day(self) -> None:
        with pytest.raises(DateError, match="found int"):
            to_date(20190831)


class TestMonths:
    """Months are counted once from the anchor, by a rounding that is named."""

    @pytest.mark.parametrize(
        ("day", "down", "up"),
        [
            (date(2019, 8, 28), date(2020, 2, 28), date(2020, 2, 28)),
            (date(2019, 8, 29), date(2020, 2, 29), date(2020, 2, 29)),
            (date(2019, 8, 30), date(2020, 2, 29), date(2020, 3, 1)),
            (date(2019, 8, 31), date(2020, 2, 29), date(2020, 3, 1)),
            (date(2020, 2, 29), date(2020, 8, 29), date(2020, 8, 29)),
            (date(2019, 12, 31), date(2020, 6, 30), date(2020, 7, 1)),
        ],
    )
    def test_six_months(self, day: date, down: date, up: date) -> None:
        assert add_months(day, 6, "down") == down
        assert add_months(day, 6, "up") == up

    def test_error_refuses_what_has_no_counterpart(self) -> None:
        assert add_months(date(2019, 8, 28), 6, "error") == date(2020, 2, 28)
        with pytest.raises(DateError, match="no counterpart"):
            add_months(date(2019, 8, 31), 6, "error")

    @given(SAFE, SAFE, st.integers(-48, 48), st.sampled_from(["down", "up"]))
    def test_a_later_day_never_ends_earlier(
        self, a: date, b: date, months: int, rounding: str
    ) -> None:
        first, second = sorted([a, b])
        assert add_months(first, months, rounding) <= add_months(second, months, rounding)

    @given(SAFE, st.integers(-48, 48))
    def test_down_stays_in_the_month_and_up_is_at_most_a_day_later(
        self, day: date, months: int
    ) -> None:
        down, up = add_months(day, months, "down"), add_months(day, months, "up")
        assert (down.year * 12 + down.month) - (day.year * 12 + day.month) == months
        assert up - down in (timedelta(0), timedelta(days=1))


class TestAge:
    """Completed years; whoever is born on 29 February has a birthday each year."""

    def test_the_day_before_and_the_day_of_the_birthday(self) -> None:
        assert age_on(date(2001, 5, 2), date(2019, 5, 1), "up") == 17
        assert age_on(date(2001, 5, 2), date(2019, 5, 2), "up") == 18

    def test_born_on_29_february(self) -> None:
        assert age_on(date(2000, 2, 29), date(2018, 2, 28), "up") == 17
        assert age_on(date(2000, 2, 29), date(2018, 3, 1), "up") == 18
        assert age_on(date(2000, 2, 29), date(2018, 2, 28), "down") == 18
        assert age_on(date(2000, 2, 29), date(2018, 2, 27), "down") == 17

    def test_a_child_not_yet_born_is_under_every_age(self) -> None:
        assert age_on(date(2019, 6, 1), date(2019, 5, 31), "up") == -1

    @given(SAFE, SAFE, SAFE)
    def test_nobody_grows_younger(self, born: date, a: date, b: date) -> None:
        first, second = sorted([a, b])
        assert age_on(born, first, "up") <= age_on(born, second, "up")
