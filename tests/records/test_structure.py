from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs
import pytest

from iomcore.domain.events import PlanApproved
from iomcore.domain.money import Money
from iomcore.errors import DataError
from iomcore.records.structure import structure


@attrs.frozen(kw_only=True)
class Inner:
    count: int


@attrs.frozen(kw_only=True)
class Outer:
    name: str
    from_: date
    flag: bool = False
    amount: Money | None = None
    parts: tuple[Inner, ...] = ()
    free: Any = None
    by_name: Mapping[str, Inner] = attrs.field(factory=dict)


GOOD = {"name": "a", "from": "2019-05-02"}


def codes(value: Any, cls: type = Outer) -> dict[str, str]:
    with pytest.raises(DataError) as caught:
        structure(value, cls)
    return {problem.path: problem.code for problem in caught.value.problems}


def test_what_fits_is_taken_as_it_is() -> None:
    found = structure({**GOOD, "amount": "1.00 EUR", "parts": [{"count": 1}], "free": [1.5]}, Outer)
    assert (found.from_, found.amount) == (date(2019, 5, 2), Money.of("1.00", "EUR"))
    assert found.parts == (Inner(count=1),)
    assert found.free == [1.5]


@pytest.mark.parametrize(
    ("value", "problems"),
    [
        ({**GOOD, "name": 1}, {"$.name": "not-str"}),
        ({**GOOD, "flag": "no"}, {"$.flag": "not-bool"}),
        ({**GOOD, "flag": 1}, {"$.flag": "not-bool"}),
        ({**GOOD, "parts": [{"count": 2.9}]}, {"$.parts[0].count": "not-int"}),
        ({**GOOD, "parts": [{"count": True}]}, {"$.parts[0].count": "not-int"}),
        (
            {**GOOD, "parts": [{"count": "1"}, {}]},
            {"$.parts[0].count": "not-int", "$.parts[1].count": "missing-key"},
        ),
        ({**GOOD, "parts": {"count": 1}}, {"$.parts": "not-a-list"}),
        ({**GOOD, "parts": "x"}, {"$.parts": "not-a-list"}),
        ({**GOOD, "parts": [1]}, {"$.parts[0]": "not-a-table"}),
        ({**GOOD, "from": "2019-02-31"}, {"$.from": "not-a-date"}),
        ({**GOOD, "from": None}, {"$.from": "not-a-date"}),
        ({**GOOD, "amount": 1}, {"$.amount": "not-money"}),
        ({**GOOD, "amount": "1.00"}, {"$.amount": "not-money"}),
        ({**GOOD, "nme": "b"}, {"$.nme": "unknown-key"}),
        ({"nme": "b"}, {"$.nme": "unknown-key", "$.name": "missing-key", "$.from": "missing-key"}),
        ([], {"$": "not-a-table"}),
        (None, {"$": "not-a-table"}),
    ],
)
def test_nothing_is_coerced_and_every_problem_has_its_path(
    value: Any, problems: dict[str, str]
) -> None:
    assert codes(value) == problems


def test_a_misspelt_key_has_a_suggestion() -> None:
    with pytest.raises(DataError, match=r"\$.nme: no such key; did you mean name"):
        structure({**GOOD, "nme": "b"}, Outer)


def test_a_problem_that_the_class_itself_finds_keeps_its_words() -> None:
    event = {
        "case": "C-1",
        "seq": 1,
        "happened_on": "2019-05-02",
        "recorded_on": "2019-05-02",
        "lines": [{"purpose": "health", "amount": a} for a in ("1.00 EUR", "1.00 USD")],
    }
    assert codes(event, PlanApproved) == {"$.lines": "several-currencies"}
    assert codes({**event, "seq": 0}, PlanApproved) == {"$.seq": "out-of-range"}
