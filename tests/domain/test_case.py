from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given

from iomcore.domain.case import Case, cases_from, facts_of
from iomcore.domain.events import (
    Approved,
    Arrived,
    Event,
    PlanApproved,
    Registered,
    Screened,
    Withdrawn,
)
from iomcore.errors import DataError, UnknownNameError
from iomcore.testing import events, facts, strategies

LAST = date(2019, 12, 31)


def one(log: list[Event]) -> Case:
    (case,) = cases_from(log)
    return case


def faults(log: list[Event]) -> list[str]:
    with pytest.raises(DataError) as caught:
        cases_from(log)
    return [problem.code for problem in caught.value.problems]


def at(day: date, seq: int, person: str = "P-0001") -> dict[str, Any]:
    return {"case": "C-0001", "seq": seq, "person": person, "happened_on": day, "recorded_on": day}


class TestFolds:
    """Any past day answers as it did then."""

    @pytest.mark.parametrize(
        ("day", "travelled", "arrived", "lines"),
        [
            (date(2019, 6, 30), False, None, 0),
            (date(2019, 7, 1), False, None, 1),
            (date(2019, 8, 29), False, None, 1),
            (date(2019, 8, 30), True, None, 1),
            (date(2019, 8, 31), True, date(2019, 8, 31), 1),
        ],
    )
    def test_on_each_day(
        self, day: date, travelled: bool, arrived: date | None, lines: int
    ) -> None:
        found = facts_of(one(events()), "P-0001", day)
        assert (found["travelled"], found.get("arrived_on")) == (travelled, arrived)
        assert len(found["plan_lines"]) == lines

    def test_what_was_written_down_later_was_not_known(self) -> None:
        log = [
            attrs.evolve(e, recorded_on=date(2019, 10, 1)) if e.kind == "travelled" else e
            for e in events()
        ]
        case = one(log)
        assert facts_of(case, "P-0001", date(2019, 8, 30))["travelled"] is True
        known = facts_of(case, "P-0001", date(2019, 8, 30), known_on=date(2019, 9, 30))
        assert known["travelled"] is False

    def test_the_fold_gives_the_facts_that_were_recorded(self) -> None:
        found = facts_of(one(events()), "P-0001", LAST)
        for name in ("edition", "registered_on", "returns_freely", "departed_on", "arrived_on"):
            assert found[name] == facts()[name]
        assert found["nationalities"] == ("BR",)
        assert found["household"][0]["vulnerable"]["value"] is True
        assert found["plan_approved_on"] == date(2019, 7, 1)
        assert "approved" not in found

    def test_nothing_is_known_before_the_registration(self) -> None:
        found = facts_of(one(events()), "P-0001", date(2019, 1, 1))
        assert "registered_on" not in found and found["household"] == [{}]

    def test_an_arrival_without_a_departure_still_means_that_the_journey_was_made(self) -> None:
        log = [event for event in events() if event.kind != "travelled"]
        found = facts_of(one(log), "P-0001", LAST)
        assert found["travelled"] is True and "departed_on" not in found

    def test_a_withdrawal_takes_back_the_consent(self) -> None:
        log = [*events()[:3], Withdrawn(**at(date(2019, 6, 10), 4))]
        found = facts_of(one(log), "P-0001", LAST)
        assert found["withdrew"] is True and found["household"][0]["consents"] is False

    def test_a_later_screening_replaces_what_it_names(self) -> None:
        again = Screened(**at(date(2019, 6, 1), 3), facts={"assisted_before": True})
        found = facts_of(one([*events()[:2], again]), "P-0001", LAST)
        assert found["assisted_before"] is True and found["unaccompanied"] is False

    def test_an_unknown_person_is_an_error(self) -> None:
        with pytest.raises(UnknownNameError, match="C-0001 has no person 'P-9'"):
            facts_of(one(events()), "P-9", LAST)

    @given(strategies.logs())
    def test_the_order_of_the_rows_does_not_matter(self, log: list[Event]) -> None:
        straight = sorted(log, key=lambda event: event.seq)
        assert one(log) == one(straight)
        assert facts_of(one(log), "P-0001", LAST) == facts_of(one(straight), "P-0001", LAST)

    @given(strategies.cases())
    def test_an_event_of_tomorrow_changes_nothing_today(self, case: Case) -> None:
        for event in case.events[1:]:
            before = Case(
                case.id, tuple(e for e in case.events if e.happened_on <= event.happened_on)
            )
            day = event.happened_on
            assert facts_of(case, "P-0001", day) == facts_of(before, "P-0001", day)


class TestHousehold:
    """The applicant comes first, whoever is asked about stands first in the facts."""

    def log(self) -> list[Event]:
        child = Registered(
            **at(date(2019, 5, 2), 1, "P-0009"), role="family", born_on=date(2018, 7, 1)
        )
        return [child, *(attrs.evolve(event, seq=event.seq + 1) for event in events())]

    def test_the_applicant_first(self) -> None:
        assert one(self.log()).persons() == ("P-0001", "P-0009")
        assert one(self.log()).persons(date(2019, 5, 1)) == ()

    def test_each_member_first_in_their_own_facts(self) -> None:
        case = one(self.log())
        assert facts_of(case, "P-0009", LAST)["household"][0] == {"born_on": date(2018, 7, 1)}
        assert facts_of(case, "P-0001", LAST)["household"][1] == {"born_on": date(2018, 7, 1)}

    def test_a_member_who_withdrew_no_longer_returns_and_holds_nobody_back(self) -> None:
        log = [*self.log(), Withdrawn(**at(date(2019, 6, 10), 20, "P-0009"))]
        assert len(facts_of(one(log), "P-0001", LAST)["household"]) == 1
        assert len(facts_of(one(log), "P-0001", date(2019, 6, 9))["household"]) == 2
        assert facts_of(one(log), "P-0009", LAST)["withdrew"] is True

    def test_what_one_member_told_is_not_in_the_facts_of_another(self) -> None:
        child = facts_of(one(self.log()), "P-0009", LAST)
        assert "returns_freely" not in child and "nationalities" not in child


class TestWhatCannotStand:
    """A log is refused whole, with every event that cannot stand."""

    def test_before_any_registration(self) -> None:
        early = Approved(**at(date(2019, 5, 1), 9))
        assert faults([*events(), early]) == ["before-registration", "before-registration"]

    def test_a_plan_before_the_registration(self) -> None:
        plan = PlanApproved(
            case="C-0001", seq=9, happened_on=date(2019, 5, 1), recorded_on=LAST, lines=()
        )
        assert faults([*events(), plan]) == ["before-registration"]

    def test_no_registration_at_all(self) -> None:
        assert faults(events()[2:3]) == ["before-registration", "not-registered"]

    def test_a_person_who_was_never_registered(self) -> None:
        assert faults([*events(), Approved(**at(LAST, 9, "P-7"))]) == ["not-registered"]

    def test_one_journey_a_person(self) -> None:
        assert faults([*events(), Arrived(**at(LAST, 9), country="BR")]) == ["happened-twice"]

    def test_one_registration_a_person(self) -> None:
        again = Registered(**at(LAST, 9), role="applicant")
        assert "happened-twice" in faults([*events(), again])

    def test_a_number_used_twice(self) -> None:
        assert faults([*events(), Approved(**at(LAST, 7))]) == ["number-used-twice"] * 2

    def test_gaps_are_allowed(self) -> None:
        log = [event for event in events() if event.seq not in (2, 5)]
        assert len(one(log).events) == len(log)
