from datetime import date
from typing import Any

import pytest

from iomcore.rules.policy import Policy
from iomcore.rules.results import Outcome, Verdict
from iomcore.testing import facts, finding, person

AS_OF = date(2026, 11, 24)
JANUARY, MARCH = date(2020, 1, 15), date(2020, 3, 15)


class TestNationality:
    """EU nationals are outside the programme; who is one is a matter of the day."""

    @pytest.mark.parametrize(
        ("nationalities", "day", "verdict", "outcome"),
        [
            (["GB"], JANUARY, "fails", "excluded"),
            (["GB"], date(2020, 1, 31), "fails", "excluded"),
            (["GB"], date(2020, 2, 1), "holds", "eligible"),
            (["GB"], MARCH, "holds", "eligible"),
            (["NO"], JANUARY, "holds", "eligible"),
            (["BR", "PT"], JANUARY, "fails", "excluded"),
            (["BR", "AO"], JANUARY, "holds", "eligible"),
            (["XXA"], JANUARY, "holds", "eligible"),
            (["BR", None], JANUARY, "unknown", "undetermined"),
            (["FR", None], JANUARY, "fails", "excluded"),
            (None, JANUARY, "unknown", "undetermined"),
        ],
    )
    def test_on_the_day_of_registration(
        self, decide: Any, nationalities: Any, day: date, verdict: str, outcome: str
    ) -> None:
        decision = decide(nationalities=nationalities, registered_on=day)
        assert decision.finding("third-country-national").verdict.value == verdict
        assert decision.outcome.value == outcome

    def test_a_second_nationality_not_known_is_asked_for(self, decide: Any) -> None:
        assert decide(nationalities=["BR", None]).missing == ("nationalities",)

    def test_croatia_in_2012_and_in_2014(self, decide: Any) -> None:
        old = {"edition": None, "offence_open_to_prosecution": False}
        before = decide(nationalities=["HR"], registered_on=date(2012, 5, 2), **old)
        assert before.edition == "ARVoRe I-IV"
        assert before.finding("third-country-national").verdict is Verdict.HOLDS
        after = decide(nationalities=["HR"], registered_on=date(2016, 5, 2), **old)
        assert after.outcome is Outcome.EXCLUDED

    def test_without_a_day_the_day_is_asked_for(self, decide: Any) -> None:
        decision = decide(nationalities=["GB"], registered_on=None)
        assert "registered_on" in decision.finding("third-country-national").missing


class TestFloorForNegativeAnswers:
    """A no needs a source that was read; anything less asks for an officer."""

    @pytest.mark.parametrize(
        ("fact", "value", "edition", "outcome"),
        [
            ("assisted_before", True, "ARVoRe VII", Outcome.OFFICER_REVIEW),
            ("assisted_before", True, "ARVoRe IX", Outcome.EXCLUDED),
            ("judicial_impediment", True, "ARVoRe VII", Outcome.OFFICER_REVIEW),
            ("judicial_impediment", True, "ARVoRe IX", Outcome.EXCLUDED),
            ("false_statements", finding(True), "ARVoRe VIII", Outcome.OFFICER_REVIEW),
            ("false_statements", finding(True), "ARVoRe IX", Outcome.EXCLUDED),
            ("family_of_eu_citizen", True, "ARVoRe VII", Outcome.OFFICER_REVIEW),
            ("family_of_eu_citizen", True, "ARVoRe IX", Outcome.OFFICER_REVIEW),
            ("returns_freely", finding(False), "ARVoRe VII", Outcome.EXCLUDED),
            ("lacks_means", finding(False), "ARVoRe VII", Outcome.ELIGIBLE),
            ("lacks_means", finding(False), "ARVoRe IX", Outcome.EXCLUDED),
        ],
    )
    def test_by_edition(
        self, decide: Any, fact: str, value: Any, edition: str, outcome: Outcome
    ) -> None:
        stay = {"in_host_since": date(2018, 1, 1)}
        assert decide(edition=edition, **stay, **{fact: value}).outcome is outcome

    def test_a_term_that_the_text_leaves_open_is_named(self, decide: Any) -> None:
        found = decide(family_of_eu_citizen=True, edition="ARVoRe IX").finding(
            "family-of-eu-citizen"
        )
        assert found.verdict is Verdict.FAILS
        assert found.bears_a_no is False
        assert found.undefined_term == {"en": "direct family", "pt": "familiar direto"}

    def test_one_known_exclusion_settles_whatever_else_is_unknown(self, arvore: Policy) -> None:
        known = {"edition": "ARVoRe VII", "returns_freely": finding(False)}
        assert arvore.decide(known, as_of=AS_OF).outcome is Outcome.EXCLUDED
        by_day = {"registered_on": JANUARY, "nationalities": ["FR"]}
        assert arvore.decide(by_day, as_of=AS_OF).outcome is Outcome.EXCLUDED

    def test_what_prevails(self, decide: Any) -> None:
        risk, before = {"return_risk": finding(True)}, {"assisted_before": True}
        assert decide(**risk, **before).outcome is Outcome.SUSPENDED
        assert decide(**risk, **before, nationalities=["FR"]).outcome is Outcome.EXCLUDED
        assert decide(**before, nationalities=None).outcome is Outcome.OFFICER_REVIEW


class TestConsent:
    """Free, prior consent of each adult; whoever takes it back is not excluded but waits."""

    def test_of_each_adult(self, decide: Any) -> None:
        assert decide(household=[person(consents=False)]).outcome is Outcome.SUSPENDED
        assert decide(household=[person(), person(consents=False)]).outcome is Outcome.SUSPENDED
        assert decide(household=[person(consents=None)]).outcome is Outcome.UNDETERMINED

    def test_a_child_is_not_asked(self, decide: Any) -> None:
        child = {"born_on": date(2018, 7, 1)}
        assert decide(household=[person(), child]).outcome is Outcome.ELIGIBLE

    @pytest.mark.parametrize(
        ("birth", "missing"),
        [
            ({"born_on": date(2001, 5, 3)}, []),
            ({"born_on": date(2001, 5, 2)}, ["household[1].consents"]),
            ({"born_earliest": date(2004, 1, 1), "born_latest": date(2004, 12, 31)}, []),
            (
                {"born_earliest": date(2001, 1, 1), "born_latest": date(2001, 12, 31)},
                ["household[1].born_on", "household[1].consents"],
            ),
            (
                {"born_earliest": date(1990, 1, 1), "born_latest": date(1990, 12, 31)},
                ["household[1].consents"],
            ),
        ],
    )
    def test_from_the_day_of_the_eighteenth_birthday(
        self, decide: Any, birth: dict[str, date], missing: list[str]
    ) -> None:
        decision = decide(household=[person(), birth], plan_lines=[])
        found = decision.finding("consent")
        assert sorted(found.missing) == missing
        assert found.verdict is (Verdict.UNKNOWN if missing else Verdict.HOLDS)

    def test_a_withdrawal_suspends(self, decide: Any) -> None:
        assert decide(withdrew=True).outcome is Outcome.SUSPENDED

    def test_a_risk_that_was_not_checked_leaves_the_question_open(self, decide: Any) -> None:
        decision = decide(return_risk=None)
        assert decision.outcome is Outcome.UNDETERMINED
        assert decision.missing == ("return_risk",)


class TestReadinessIsAnotherQuestion:
    """An expired passport does not make anybody ineligible."""

    def test_no_document(self, decide: Any) -> None:
        decision = decide(travel_document_valid=False)
        assert decision.outcome is Outcome.ELIGIBLE
        assert decision.answers["readiness"].outcome is Outcome.OFFICER_REVIEW

    def test_a_child_alone_needs_authority_reception_and_a_finding(self, decide: Any) -> None:
        ready = {
            "guardian_authorises": True,
            "received_on_arrival": True,
            "best_interests": finding(True),
        }
        alone = {"unaccompanied": True, **ready}
        assert decide(**alone).outcome_of("readiness") is Outcome.ELIGIBLE
        for name in ready:
            answer = decide(**{**alone, name: None})
            assert answer.outcome_of("readiness") is Outcome.UNDETERMINED
            assert answer.missing == (name,)
            assert answer.outcome is Outcome.ELIGIBLE
        refused = decide(**{**alone, "guardian_authorises": False})
        assert refused.outcome_of("readiness") is Outcome.OFFICER_REVIEW


class TestMinimumStay:
    """More than three months, in two editions, by secondary sources only."""

    @pytest.mark.parametrize(
        ("since", "outcome"),
        [
            (date(2018, 2, 28), Outcome.OFFICER_REVIEW),
            (date(2018, 2, 27), Outcome.ELIGIBLE),
            (None, Outcome.UNDETERMINED),
        ],
    )
    def test_the_day_and_the_next(self, decide: Any, since: date | None, outcome: Outcome) -> None:
        day = date(2018, 5, 28)
        assert (
            decide(edition="ARVoRe VI", registered_on=day, in_host_since=since).outcome is outcome
        )

    def test_the_sentence_has_its_figure(self, decide: Any) -> None:
        found = decide(edition="ARVoRe VI").finding("minimum-stay")
        assert found.text["pt"] == "está em Portugal há mais de 3 meses"


class TestEditions:
    """The recorded contract picks the edition, else the day of registration."""

    @pytest.mark.parametrize(
        ("day", "edition"),
        [
            (date(2007, 1, 1), "SuRRIA"),
            (date(2008, 5, 1), "SuRRIA"),
            (date(2009, 12, 31), "ARVoRe I-IV"),
            (date(2012, 12, 31), "ARVoRe I-IV"),
            (date(2015, 2, 1), "ARVoRe V"),
            (date(2015, 9, 12), "ARVoRe V"),
            (date(2016, 1, 1), "ARVoRe VI"),
            (date(2018, 12, 31), "ARVoRe VI"),
            (date(2019, 1, 1), "ARVoRe VII"),
            (date(2020, 12, 31), "ARVoRe VII"),
            (date(2021, 1, 1), "ARVoRe VIII"),
            (date(2023, 12, 31), "ARVoRe VIII"),
            (date(2024, 1, 1), "ARVoRe IX"),
            (date(2026, 12, 31), "ARVoRe IX"),
        ],
    )
    def test_first_and_last_day(self, decide: Any, day: date, edition: str) -> None:
        assert decide(edition=None, registered_on=day).edition == edition

    @pytest.mark.parametrize(
        ("day", "editions"),
        [
            (date(2006, 12, 15), ["SuRRIA"]),
            (date(2008, 6, 30), ["SuRRIA"]),
            (date(2014, 1, 1), ["ARVoRe I-IV", "ARVoRe V"]),
            (date(2015, 10, 1), ["ARVoRe V"]),
        ],
    )
    def test_rough_bounds_leave_it_open(self, decide: Any, day: date, editions: list[str]) -> None:
        decision = decide(edition=None, registered_on=day)
        assert decision.edition is None
        assert [view.edition.id for view in decision.views] == editions
        assert decision.outcome is Outcome.UNDETERMINED
        assert "edition" in decision.missing

    @pytest.mark.parametrize("day", [date(2006, 11, 30), date(2008, 7, 1), date(2027, 1, 1)])
    def test_no_edition_covers_the_day(self, decide: Any, day: date) -> None:
        decision = decide(edition=None, registered_on=day)
        assert decision.outcome is Outcome.UNDETERMINED
        assert decision.missing == ("edition",)
        assert day.isoformat() in decision.explain("en") and "ARVoRe VII" in decision.explain("pt")
        assert decision.amounts == {} and decision.deadlines == {} and decision.findings == ()

    def test_the_record_beats_the_day(self, decide: Any) -> None:
        decision = decide(edition="ARVoRe V", registered_on=date(2019, 5, 2))
        assert decision.edition == "ARVoRe V"

    def test_without_record_and_day_every_edition_may_cover(self, decide: Any) -> None:
        decision = decide(edition=None, registered_on=None)
        assert len(decision.views) == 7 and decision.uncovered
        assert decision.missing[:2] == ("edition", "registered_on")

    def test_the_edition_of_another_policy_is_no_edition(self, arvore: Policy) -> None:
        with pytest.raises(ValueError, match="ARVoRe VII"):
            arvore.decide(facts(edition="REAG/GARP"), as_of=AS_OF)
        with pytest.raises(LookupError, match="did you mean ARVoRe VI"):
            arvore.edition("ARVoRe VIJ")
