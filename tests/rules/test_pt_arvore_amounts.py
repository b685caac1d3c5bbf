from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iomcore
from iomcore.domain.money import Money
from iomcore.rules.results import AmountStatus, DeadlineStatus
from iomcore.testing import facts, finding, line, person

AS_OF = date(2026, 11, 24)
ARVORE = iomcore.policy("pt-arvore")
CHILD = {"born_on": date(2018, 7, 1), "vulnerable": finding(True)}


def eur(text: str) -> Money:
    return Money.of(text, "EUR")


def grant(**changes: Any) -> Any:
    return ARVORE.decide(facts(**changes), as_of=AS_OF).amounts["grant"]


class TestCeiling:
    """Up to 2000 EUR for vulnerable migrants, for four purposes."""

    @pytest.mark.parametrize(
        ("asked", "value"), [("1999.99", "1999.99"), ("2000.00", "2000.00"), ("2000.01", "2000.00")]
    )
    def test_a_cent_below_at_and_above(self, asked: str, value: str) -> None:
        found = grant(plan_lines=[line(amount=asked)])
        assert (found.status, found.value) == (AmountStatus.SETTLED, eur(value))
        assert found.at_least == found.at_most == found.value

    def test_covered_purposes_first_then_the_ceiling_and_nothing_is_dropped_silently(self) -> None:
        lines = [line("health", "800.00"), line("business", "1500.00"), line("housing", "250.00")]
        decision = ARVORE.decide(facts(plan_lines=lines), as_of=AS_OF)
        found = decision.amounts["grant"]
        assert found.value == eur("2000.00")
        assert {name: value for name, _, value in found.lines} == {
            "covered": eur("2300.00"),
            "room": eur("2000.00"),
        }
        warning = decision.finding("other-purposes")
        assert warning.verdict.value == "warns"
        assert warning.text["en"].startswith("250.00 EUR is asked")
        assert "250,00 EUR" in decision.explain("pt")

    def test_a_purpose_that_the_text_does_not_name_alone(self) -> None:
        assert grant(plan_lines=[line("housing", "250.00")]).value == eur("0.00")

    def test_the_order_of_an_unnamed_purpose_does_not_eat_the_ceiling(self) -> None:
        lines = [line("other", "1999.00"), line("business", "1500.00")]
        assert grant(plan_lines=lines).value == eur("1500.00")

    def test_vulnerability_unknown_leaves_it_open_with_its_limit(self) -> None:
        found = grant(household=[person(vulnerable=None)], plan_lines=[line(amount="2500.00")])
        assert found.status is AmountStatus.UNDETERMINED
        assert (found.value, found.at_least, found.at_most) == (None, eur("0.00"), eur("2000.00"))
        assert found.missing == ("household[0].vulnerable",)

    def test_not_vulnerable(self) -> None:
        found = grant(household=[person(vulnerable=finding(False))])
        assert (found.status, found.value) == (AmountStatus.EXCLUDED, None)

    def test_what_was_granted_before_counts(self) -> None:
        asked = [line(amount="1500.00")]
        assert grant(plan_lines=asked, granted_in_other_plans="500.00").value == eur("1500.00")
        assert grant(plan_lines=asked, granted_in_other_plans="500.01").value == eur("1499.99")
        assert grant(plan_lines=asked, granted_in_other_plans="2500.00").value == eur("0.00")

    def test_an_open_plan_still_has_a_limit(self) -> None:
        found = grant(plan_lines=[line(amount="100.00"), {"purpose": "health"}])
        assert (found.at_least, found.at_most) == (eur("100.00"), eur("2000.00"))
        assert found.missing == ("plan_lines[1].amount",)

    def test_a_plan_nobody_knows_has_the_ceiling_as_its_limit(self) -> None:
        assert grant(plan_lines=None).at_most == eur("2000.00")
        assert grant(plan_lines=None, household=None).at_most is None

    def test_eligibility_goes_before_the_amount(self) -> None:
        assert grant(nationalities=["FR"]).status is AmountStatus.EXCLUDED
        assert grant(return_risk=finding(True)).status is AmountStatus.SUSPENDED
        review = grant(assisted_before=True)
        assert (review.status, review.at_most) == (AmountStatus.OFFICER_REVIEW, eur("1000.00"))


class TestTwoReadings:
    """No source says whether mother and child have one ceiling or two."""

    def test_2000_00_is_an_answer_and_2000_01_is_a_question(self) -> None:
        both = [person(), CHILD]
        assert grant(household=both, plan_lines=[line(amount="2000.00")]).value == eur("2000.00")
        found = grant(household=both, plan_lines=[line(amount="2000.01")])
        assert found.missing == ("parameter ceiling_per of ARVoRe VII",)
        assert found.readings == {
            ("ceiling_per", "person"): eur("2000.01"),
            ("ceiling_per", "plan"): eur("2000.00"),
        }
        assert (found.at_least, found.at_most) == (eur("2000.00"), eur("2000.01"))

    def test_one_vulnerable_member_has_one_ceiling(self) -> None:
        child = {**CHILD, "vulnerable": finding(False)}
        found = grant(household=[person(), child], plan_lines=[line(amount="2500.00")])
        assert found.value == eur("2000.00")

    def test_pocket_money_by_each_reading(self, decide: Any) -> None:
        found = decide(household=[person(), CHILD]).amounts["travel_pocket_money"]
        assert found.status is AmountStatus.UNDETERMINED
        assert {reading: str(value) for (_, reading), value in found.readings.items()} == {
            "person": "100.00 EUR",
            "adult": "50.00 EUR",
            "case": "50.00 EUR",
        }
        assert (found.at_least, found.at_most) == (eur("50.00"), eur("100.00"))
        assert found.missing == ("parameter pocket_money_per of ARVoRe VII",)

    def test_pocket_money_of_one_adult_is_settled(self, decide: Any) -> None:
        assert decide().amounts["travel_pocket_money"].value == eur("50.00")

    def test_pocket_money_of_an_edition_whose_amount_nobody_found(self, decide: Any) -> None:
        found = decide(edition="ARVoRe IX", in_host_since=date(2018, 1, 1))
        assert found.amounts["travel_pocket_money"].missing == (
            "parameter pocket_money of ARVoRe IX",
        )

    def test_pocket_money_before_an_edition_had_any_is_not_offered(self, decide: Any) -> None:
        assert "travel_pocket_money" not in decide(edition="ARVoRe VI").amounts


class TestEditions:
    """A ceiling belongs to its edition; one that nobody found is unknown, not another's."""

    def test_1500_in_edition_v_for_purposes_that_nobody_found(self, decide: Any) -> None:
        places = {"edition": "ARVoRe V", "reintegration_places_taken": 0}
        found = decide(**places, plan_lines=[line(amount="1600.00")]).amounts["grant"]
        assert found.at_most == eur("1500.00")
        assert "parameter covered_purposes of ARVoRe V" in found.missing

    def test_an_edition_without_a_known_ceiling(self, decide: Any) -> None:
        found = decide(edition="ARVoRe VI", in_host_since=date(2018, 1, 1)).amounts["grant"]
        assert found.status.value != "settled" and found.value is None
        assert "parameter grant_ceiling of ARVoRe VI" in found.missing
        assert found.at_most == eur("1000.00")

    @pytest.mark.parametrize(
        ("taken", "status"), [(59, "undetermined"), (60, "waiting"), (61, "waiting")]
    )
    def test_when_all_places_are_taken_one_waits(
        self, decide: Any, taken: int, status: str
    ) -> None:
        known = {"edition": "ARVoRe V", "reintegration_places_taken": taken}
        assert decide(**known).amounts["grant"].status.value in (status, "officer-review")
        if taken >= 60:
            assert decide(**known).outcome_of("grant").value == "waiting"

    def test_over_several_editions_the_limit_is_the_widest(self, decide: Any) -> None:
        decision = decide(
            edition=None, registered_on=date(2014, 1, 1), reintegration_places_taken=0
        )
        found = decision.amounts["grant"]
        assert (found.status, found.at_most) == (AmountStatus.UNDETERMINED, eur("1000.00"))
        assert found.missing[0] == "edition"
        unknown = decide(
            edition=None, registered_on=date(2014, 1, 1), plan_lines=None, household=None
        )
        assert unknown.amounts["grant"].at_most is None


class TestApprovedPlan:
    """What was approved is paid in two halves, the first after arrival."""

    def approved(self, *amounts: str, **changes: Any) -> Any:
        lines = [line(amount=a, decision="approved", approved=a) for a in amounts]
        decided = facts(plan_lines=lines, **changes)
        return ARVORE.decide(decided, as_of=AS_OF).amounts["approved_grant"]

    def test_the_halves_add_up(self) -> None:
        found = self.approved("999.99")
        assert [(str(p.amount), p.opens) for p in found.instalments] == [
            ("499.99 EUR", date(2019, 8, 31)),
            ("500.00 EUR", None),
        ]

    def test_nothing_approved_is_nothing_to_pay(self, decide: Any) -> None:
        assert decide().amounts["approved_grant"].status is AmountStatus.NOT_APPLICABLE
        assert decide(plan_lines=[]).amounts["approved_grant"].status is AmountStatus.NOT_APPLICABLE

    def test_a_decision_not_known_leaves_it_open(self, decide: Any) -> None:
        found = decide(plan_lines=[line(decision=None)]).amounts["approved_grant"]
        assert found.status is AmountStatus.UNDETERMINED
        assert found.at_least == eur("0.00")

    def test_never_above_the_ceiling(self) -> None:
        assert self.approved("1500.00", "600.00").value == eur("2000.00")

    def test_approval_after_the_journey_is_a_warning_and_no_more(self, decide: Any) -> None:
        day = date(2019, 8, 30)
        late = decide(departed_on=day, plan_approved_on=date(2019, 8, 31))
        assert late.finding("approved-before-travel").verdict.value == "warns"
        assert late.amounts["grant"].value == eur("1000.00")
        on_the_day = decide(departed_on=day, plan_approved_on=day)
        assert on_the_day.finding("approved-before-travel").verdict.value == "holds"


class TestMonitoring:
    """Six months after arrival; both days inside."""

    @pytest.mark.parametrize(
        ("arrived", "last"),
        [
            (date(2019, 8, 28), date(2020, 2, 28)),
            (date(2019, 8, 29), date(2020, 2, 29)),
            (date(2019, 8, 30), date(2020, 2, 29)),
            (date(2019, 8, 31), date(2020, 2, 29)),
            (date(2020, 2, 29), date(2020, 8, 29)),
            (date(2019, 12, 31), date(2020, 6, 30)),
        ],
    )
    def test_month_ends(self, decide: Any, arrived: date, last: date) -> None:
        due = decide(arrived_on=arrived).deadlines["monitoring"]
        assert (due.status, due.first_day, due.last_day) == (DeadlineStatus.SETTLED, arrived, last)

    def test_nobody_is_monitored_before_the_journey(self, decide: Any) -> None:
        due = decide(travelled=False, arrived_on=None).deadlines["monitoring"]
        assert (due.status, due.last_day) == (DeadlineStatus.NOT_APPLICABLE, None)

    def test_what_is_missing_is_named(self, decide: Any) -> None:
        assert decide(arrived_on=None).deadlines["monitoring"].missing == ("arrived_on",)
        open_ = decide(travelled=None).deadlines["monitoring"]
        assert (open_.missing, open_.first_day) == (("travelled",), None)
        unknown = decide(edition="ARVoRe VIII").deadlines["monitoring"]
        assert unknown.missing == ("parameter monitoring_months of ARVoRe VIII",)
        assert unknown.first_day == date(2019, 8, 31)


class TestAmountLaws:
    """What holds of every plan."""

    @given(
        st.lists(
            st.tuples(st.sampled_from(["health", "business", "housing"]), st.integers(0, 250_000)),
            max_size=4,
        ),
        st.integers(0, 3),
        st.integers(0, 100_000),
    )
    def test_asking_for_more_never_lowers_the_amount(
        self, plan: Any, place: int, more: int
    ) -> None:
        def given_for(cents: list[tuple[str, int]]) -> Any:
            lines = [line(p, f"{c // 100}.{c % 100:02d}") for p, c in cents]
            return grant(plan_lines=lines).value

        higher = [(p, c + (more if i == place else 0)) for i, (p, c) in enumerate(plan)]
        assert given_for(higher) >= given_for(plan)

    @given(
        st.permutations(
            [
                ("health", "800.00"),
                ("business", "1500.00"),
                ("housing", "250.00"),
                ("other", "1.00"),
            ]
        )
    )
    def test_the_order_of_the_lines_does_not_matter(self, plan: Any) -> None:
        assert grant(plan_lines=[line(p, a) for p, a in plan]).value == eur("2000.00")

    @given(
        st.permutations(
            [
                person(),
                CHILD,
                {"born_on": date(1990, 1, 1), "consents": True, "vulnerable": finding(False)},
            ]
        )
    )
    def test_the_order_of_the_household_does_not_matter(self, household: Any) -> None:
        decision = ARVORE.decide(facts(household=household), as_of=AS_OF)
        assert decision.amounts["grant"].value == eur("1000.00")
        assert decision.amounts["travel_pocket_money"].at_most == eur("150.00")
