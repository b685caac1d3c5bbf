"""Calendar days: from 1900-01-01 to 2200-12-31, never a timestamp, months by a named rounding.

The only module that knows dateutil.
"""

import re
from datetime import date, datetime
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from iomcore.errors import DateError

__all__ = ["FIRST_DAY", "LAST_DAY", "ROUNDINGS", "add_months", "age_on", "to_date"]

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2200, 12, 31)
ROUNDINGS = ("down", "up", "error")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def to_date(value: object) -> date:
    """The day that `value` is: a `datetime.date`, or text of the form ``2019-08-31``.

    Raises:
        DateError: a timestamp, another form, a day that does not exist or lies outside the window.

    >>> to_date("2019-08-31")
    datetime.date(2019, 8, 31)
    >>> to_date("2019-02-31")
    Traceback (most recent call last):
    iomcore.errors.DateError: expected a day of the calendar
    """
    if isinstance(value, datetime):
        raise DateError("expected a day, found a timestamp")
    if isinstance(value, str):
        value = _from_text(value)
    if not isinstance(value, date):
        raise DateError(f"expected a day like 2019-08-31, found {type(value).__name__}")
    if not FIRST_DAY <= value <= LAST_DAY:
        raise DateError(f"expected a day from {FIRST_DAY} to {LAST_DAY}")
    return value


def _from_text(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise DateError("expected a day like 2019-08-31, found other text")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DateError("expected a day of the calendar") from None


@lru_cache(maxsize=65_536)
def add_months(day: date, months: int, rounding: str) -> date:
    """The same day of the month, `months` later (or earlier, when negative).

    Where that month has no such day, ``"down"`` gives its last day, ``"up"`` the first day of the
    month after it, and ``"error"`` refuses.

    Raises:
        DateError: the month has no such day and the rounding is ``"error"``.

    >>> add_months(date(2019, 8, 31), 6, "down"), add_months(date(2019, 8, 31), 6, "up")
    (datetime.date(2020, 2, 29), datetime.date(2020, 3, 1))
    """
    moved = day + relativedelta(months=months)
    if moved.day == day.day or rounding == "down":
        return moved
    if rounding == "up":
        return moved + relativedelta(days=1)
    raise DateError(f"{day} has no counterpart {months} months on, and the rounding is 'error'")


def age_on(born: date, day: date, rounding: str) -> int:
    """Completed years on `day`; negative for a child not yet born then.

    Whoever is born on 29 February comes of age on 1 March with ``"up"``, on 28 February with
    ``"down"``.

    >>> age_on(date(2000, 2, 29), date(2018, 2, 28), "up")
    17
    >>> age_on(date(2000, 2, 29), date(2018, 2, 28), "down")
    18
    """
    years = day.year - born.year
    return years if add_months(born, 12 * years, rounding) <= day else years - 1
