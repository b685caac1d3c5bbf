from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from iomcore.domain.facttypes import FactType
from iomcore.domain.findings import OfficerFinding
from iomcore.domain.money import Money
from iomcore.domain.reading import FactReader
from iomcore.domain.vocabulary import Vocabulary, shared_vocabulary
from iomcore.errors import DataError
from iomcore.testing import strategies

READER = FactReader(shared_vocabulary(), "EUR")
ON = date(2019, 5, 2)


def refused(facts: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(DataError) as caught:
        READER.read(facts)
    return {problem.path: problem.code for problem in caught.value.problems}


class TestWhatIsRead:
    """From Python, facts are plain values; inside a rule they have one form."""

    @pytest.mark.parametrize(
        ("facts", "values"),
        [
            ({"travelled": True}, {"travelled": True}),
            ({"travelled": None}, {}),
            ({"registered_on": "2019-05-02"}, {"registered_on": ON}),
            ({"registered_on": ON}, {"registered_on": ON}),
            ({"reintegration_places_taken": 60}, {"reintegration_places_taken": 60}),
            ({"granted_in_other_plans": "10.00"}, {"granted_in_other_plans": 1000}),
            ({"granted_in_other_plans": "10.00 EUR"}, {"granted_in_other_plans": 1000}),
            ({"granted_in_other_plans": Decimal("10")}, {"granted_in_other_plans": 1000}),
            ({"granted_in_other_plans": Money(1000, "EUR")}, {"granted_in_other_plans": 1000}),
            ({"nationalities": ["BR", "PT"]}, {"nationalities": frozenset({"BR", "PT"})}),
            ({"nationalities": {"BR", None}}, {"nationalities": frozenset({"BR", None})}),
            ({"plan_lines": []}, {"plan_lines": ()}),
            ({"plan_lines": [{"purpose": "health"}]}, {"plan_lines": ({"purpose": "health"},)}),
            (
                {"lacks_means": {"value": False, "reason": "has savings", "on": "2019-05-02"}},
                {"lacks_means": False},
            ),
            ({"lacks_means": OfficerFinding(True, "no income", ON)}, {"lacks_means": True}),
        ],
    )
    def test_each_type(self, facts: dict[str, Any], values: dict[str, Any]) -> None:
        assert READER.read(facts) == values

    def test_a_known_birth_date_is_also_the_earliest_and_the_latest(self) -> None:
        person = READER.read({"household": [{"born_on": ON}]})["household"][0]
        assert person == {"born_on": ON, "born_earliest": ON, "born_latest": ON}

    def test_a_year_of_birth_leaves_the_day_unknown(self) -> None:
        given = {"born_earliest": date(2001, 1, 1), "born_latest": date(2001, 12, 31)}
        assert READER.read({"household": [given]})["household"] == (given,)

    @given(strategies.facts())
    def test_the_strategies_give_what_can_be_read(self, facts: dict[str, Any]) -> None:
        assert READER.problems(facts) == []


class TestWhatIsRefused:
    """Bad input gets one error that lists every problem with its path."""

    @pytest.mark.parametrize(
        ("facts", "problems"),
        [
            ({"vunerable": True}, {"$.vunerable": "unknown-fact"}),
            ({"travelled": "no"}, {"$.travelled": "not-a-bool"}),
            ({"travelled": 1}, {"$.travelled": "not-a-bool"}),
            ({"registered_on": datetime(2019, 5, 2)}, {"$.registered_on": "not-a-date"}),  # noqa: DTZ001
            ({"registered_on": "2019-02-31"}, {"$.registered_on": "not-a-date"}),
            ({"reintegration_places_taken": 1.0}, {"$.reintegration_places_taken": "not-an-int"}),
            ({"reintegration_places_taken": True}, {"$.reintegration_places_taken": "not-an-int"}),
            ({"reintegration_places_taken": -1}, {"$.reintegration_places_taken": "out-of-range"}),
            ({"granted_in_other_plans": 10.0}, {"$.granted_in_other_plans": "not-money"}),
            ({"granted_in_other_plans": 10}, {"$.granted_in_other_plans": "not-money"}),
            ({"granted_in_other_plans": "NaN"}, {"$.granted_in_other_plans": "not-money"}),
            ({"granted_in_other_plans": "1.00 EUU"}, {"$.granted_in_other_plans": "not-money"}),
            (
                {"granted_in_other_plans": "1.00 USD"},
                {"$.granted_in_other_plans": "other-currency"},
            ),
            ({"granted_in_other_plans": "-0.01"}, {"$.granted_in_other_plans": "out-of-range"}),
            (
                {"granted_in_other_plans": "1000000.01"},
                {"$.granted_in_other_plans": "out-of-range"},
            ),
            ({"edition": "ARVoRe VII"}, {"$.edition": "not-a-code"}),
            ({"nationalities": "BR"}, {"$.nationalities": "not-a-list"}),
            ({"nationalities": []}, {"$.nationalities": "wrong-count"}),
            (
                {"nationalities": ["BR", "Brazil", 5]},
                {"$.nationalities[1]": "not-a-code", "$.nationalities[2]": "not-a-code"},
            ),
            ({"household": {}}, {"$.household": "not-a-list"}),
            ({"household": "P-1"}, {"$.household": "not-a-list"}),
            ({"household": []}, {"$.household": "wrong-count"}),
            ({"household": [1]}, {"$.household[0]": "not-a-record"}),
            ({"household": [{"vulnerable": True}]}, {"$.household[0].vulnerable": "not-a-finding"}),
            ({"plan_lines": [{"purpose": "fun"}]}, {"$.plan_lines[0].purpose": "not-a-code"}),
            ({"lacks_means": {"value": True}}, {"$.lacks_means": "not-a-finding"}),
            (
                {"lacks_means": {"value": "yes", "reason": " ", "on": "today"}},
                {
                    "$.lacks_means.reason": "no-reason",
                    "$.lacks_means.on": "not-a-date",
                    "$.lacks_means.value": "not-a-bool",
                },
            ),
        ],
    )
    def test_with_its_path_and_code(self, facts: dict[str, Any], problems: dict[str, str]) -> None:
        assert refused(facts) == problems

    def test_all_at_once(self) -> None:
        facts = {
            "travelled": "no",
            "vunerable": 1,
            "plan_lines": [{"amount": 1.5}, {"amount": "x"}],
        }
        assert set(refused(facts)) == {
            "$.travelled",
            "$.vunerable",
            "$.plan_lines[0].amount",
            "$.plan_lines[1].amount",
        }

    def test_facts_have_names(self) -> None:
        with pytest.raises(DataError, match="expected facts by name, found list"):
            READER.read([])  # type: ignore[arg-type]
        assert refused({5: True}) == {"$.5": "unknown-fact"}

    def test_no_personal_value_is_repeated(self) -> None:
        secret = "hepatitis"
        facts = {
            "lacks_means": {"value": secret, "reason": secret, "on": secret},
            "nationalities": [secret],
            "registered_on": secret,
            "granted_in_other_plans": secret,
            "plan_lines": [{"purpose": secret}],
            "travelled": secret,
        }
        with pytest.raises(DataError) as caught:
            READER.read(facts)
        assert secret not in str(caught.value)
        assert len(caught.value.problems) == 7

    def test_a_list_without_limits_may_be_of_any_length(self) -> None:
        free = Vocabulary(
            shared_vocabulary().levels, {**shared_vocabulary().codes, "edition": frozenset({"a"})}
        )
        problems: list[Any] = []
        value = FactReader(free, "EUR").value(
            FactType("codes", "edition"), ["a"] * 50, "$", problems
        )
        assert (value, problems) == (frozenset({"a"}), [])


def test_a_finding_shows_its_day_and_nothing_else() -> None:
    assert (
        repr(OfficerFinding(True, "hepatitis", ON))
        == "OfficerFinding(on=datetime.date(2019, 5, 2))"
    )
