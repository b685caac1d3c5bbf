import json
import re
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given, settings

import iomcore
from iomcore.domain.vocabulary import shared_vocabulary
from iomcore.errors import DataError, DateError, UnknownNameError
from iomcore.rules.decision import Decision
from iomcore.rules.decisiontable import decisions_table
from iomcore.rules.policy import Policy
from iomcore.rules.results import AmountStatus, DeadlineStatus, Outcome, Verdict
from iomcore.rules.words import LANGUAGES, _words, figure, word
from iomcore.testing import facts, finding, line, person, strategies

AS_OF = date(2027, 1, 1)
ARVORE = iomcore.policy("pt-arvore")
ORDER = ["undetermined", "eligible", "officer-review", "waiting", "suspended", "excluded"]
CASES = [
    facts(),
    facts(nationalities=None, household=None),
    facts(edition=None, registered_on=None),
    facts(edition=None, registered_on=date(2014, 1, 1)),
    facts(edition=None, registered_on=date(2008, 9, 1)),
    facts(edition="ARVoRe VI", in_host_since=None),
    facts(edition="SuRRIA", notified_to_leave=False),
    facts(return_risk=finding(True), plan_lines=[line("housing")]),
    facts(nationalities=["FR"], travelled=False),
    facts(assisted_before=True, family_of_eu_citizen=True),
    facts(household=[person(), person(vulnerable=None)], plan_lines=[line(amount="2500.00")]),
    facts(plan_lines=[line(decision="approved", approved="999.99")]),
    facts(edition="ARVoRe VIII", reintegration_places_taken=70),
    {},
]


def decide(given: dict[str, Any]) -> Decision:
    return ARVORE.decide(given, as_of=AS_OF, subject="P-0001")


class TestLaws:
    """A new fact never flips a settled answer."""

    @given(
        strategies.facts(names=list(facts())).flatmap(
            lambda f: strategies.less_known(f).map(lambda less: (less, f))
        )
    )
    @settings(max_examples=60)
    def test_what_is_settled_stays(self, known: tuple[dict[str, Any], dict[str, Any]]) -> None:
        less, more = ({**f, "edition": "ARVoRe VII"} for f in known)
        self.compare(decide(less), decide(more))

    @given(strategies.less_known(facts()))
    @settings(max_examples=60)
    def test_also_near_a_plausible_case(self, less: dict[str, Any]) -> None:
        self.compare(decide(less), decide(facts()))

    @given(strategies.facts(ARVORE.vocabulary))
    @settings(max_examples=20)
    def test_also_when_the_edition_becomes_known(self, given_facts: dict[str, Any]) -> None:
        undated = {**given_facts, "registered_on": None, "edition": None}
        self.compare(decide(undated), decide({**undated, "edition": "ARVoRe VII"}))

    def compare(self, before: Decision, after: Decision) -> None:
        """An outcome only moves towards excluded; eligible and excluded do not move at all."""
        for question in ARVORE.questions:
            old, new = before.outcome_of(question).value, after.outcome_of(question).value
            assert old == new or (old != "eligible" and ORDER.index(old) < ORDER.index(new)), old
            if old == "undetermined":
                continue
            assert new != "undetermined"
        for found in before.findings:
            if found.verdict is not Verdict.UNKNOWN:
                assert after.finding(found.criterion).verdict is found.verdict
        for id_, due in before.deadlines.items():
            if due.status is not DeadlineStatus.UNDETERMINED:
                assert after.deadlines[id_] == due
        for id_, amount in before.amounts.items():
            self.compare_amounts(amount, after.amounts.get(id_))

    def compare_amounts(self, before: Any, after: Any) -> None:
        if before.status is AmountStatus.SETTLED:
            assert after.value == before.value
        if after is not None and after.value is not None:
            assert before.at_least is None or before.at_least <= after.value
            assert before.at_most is None or after.value <= before.at_most

    @given(strategies.facts(ARVORE.vocabulary))
    @settings(max_examples=20)
    def test_the_same_facts_give_the_same_record(self, given_facts: dict[str, Any]) -> None:
        first, again = decide(given_facts), decide(dict(reversed(given_facts.items())))
        assert json.dumps(first.to_dict()) == json.dumps(again.to_dict())

    @given(strategies.facts(ARVORE.vocabulary))
    @settings(max_examples=20)
    def test_everything_can_be_explained(self, given_facts: dict[str, Any]) -> None:
        decision = decide(given_facts)
        for lang in LANGUAGES:
            text = decision.explain(lang)
            assert "{" not in text and "None" not in text
        assert bool(decision.missing) or decision.outcome is not Outcome.UNDETERMINED


class TestMissing:
    """Names the facts that would settle what is open, and none that can no longer matter."""

    def test_filling_in_what_is_missing_settles_the_case(self) -> None:
        given_facts = facts(nationalities=None, return_risk=None, arrived_on=None)
        decision = decide(given_facts)
        assert set(decision.missing) == {"nationalities", "return_risk", "arrived_on"}
        full = {**given_facts, **{name: facts()[name] for name in decision.missing}}
        assert decide(full).missing == ()

    def test_nothing_is_missing_for_somebody_who_is_excluded(self) -> None:
        decision = decide(facts(nationalities=["FR"], assisted_before=None, household=None))
        assert "assisted_before" not in decision.missing and "household" not in decision.missing

    def test_the_words_of_what_is_missing(self) -> None:
        text = decide(CASES[10]).explain("pt")
        assert (
            "encontra-se em situação vulnerável, segundo o técnico (household[1].vulnerable)"
            in text
        )


class TestPrivacy:
    """`repr` and errors show no fact of the case."""

    def test_repr(self) -> None:
        secret = person(born_on=date(1971, 3, 9), vulnerable=finding(True, "hepatitis"))
        decision = decide(facts(household=[secret]))
        shown = (
            repr(decision)
            + repr(decision.views)
            + repr(decision.amounts)
            + repr(decision.trace("grant"))
        )
        assert "1971" not in shown and "hepatitis" not in shown
        assert repr(decision) == "<Decision P-0001 eligible, pt-arvore ARVoRe VII>"
        nobody = ARVORE.decide({}, as_of=AS_OF)
        assert repr(nobody) == "<Decision undetermined, pt-arvore ?>"

    def test_a_record_names_facts_and_holds_none(self) -> None:
        record = json.dumps(
            decide(facts(household=[person(vulnerable=finding(True, "hepatitis"))])).to_dict()
        )
        assert "hepatitis" not in record and "1986" not in record and '"BR"' not in record
        assert "person.vulnerable" not in json.loads(record)["missing"]


class TestInput:
    def test_a_misspelt_fact_is_an_error(self) -> None:
        with pytest.raises(DataError, match="vunerable.*did you mean vulnerable"):
            decide(facts(vunerable=True))

    def test_a_birth_after_the_day_of_knowledge_is_a_slip_of_the_pen(self) -> None:
        with pytest.raises(DataError) as caught:
            decide(facts(household=[person(), person(born_on=date(2091, 3, 2))]))
        assert [p.path for p in caught.value.problems] == [
            "$.household[1].born_on",
            "$.household[1].born_earliest",
        ]

    def test_as_of_is_a_day(self) -> None:
        with pytest.raises(DateError):
            ARVORE.decide(facts(), as_of="yesterday")  # type: ignore[arg-type]


class TestTrace:
    def test_of_a_criterion_an_amount_a_deadline_and_a_definition(self) -> None:
        decision = decide(facts())
        assert decision.trace("third-country-national").value is True
        assert decision.trace("grant").value == 100_000
        assert decision.trace("monitoring").value == date(2020, 2, 29)
        assert decision.trace("covered").text.startswith("sum(l.amount")
        for nothing in ("nothing", "place"):
            with pytest.raises(KeyError):
                decision.trace(nothing)

    def test_not_while_the_edition_is_open(self) -> None:
        with pytest.raises(KeyError):
            decide(facts(edition=None, registered_on=None)).trace("grant")

    def test_a_criterion_that_does_not_apply_has_no_finding(self) -> None:
        with pytest.raises(KeyError):
            decide(facts()).finding("notified-to-leave")


class TestExplanation:
    """In English and European Portuguese, with reasons, sources and what is missing."""

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("given_facts", CASES)
    def test_has_a_line_for_each_part(self, given_facts: dict[str, Any], lang: str) -> None:
        decision = decide(given_facts)
        text = decision.explain(lang)
        assert decision.pack.title[lang] in text and "P-0001" in text
        for found in decision.answers["eligibility"].findings:
            assert found.text[lang] in text
        for name in decision.missing:
            assert name.split(" of ")[0].removeprefix("parameter ") in text
        if lang == "pt":
            assert not re.search(r"\b(unknown|eligible|verified|holds|at most|edition \w)\b", text)

    def test_str_and_html(self) -> None:
        decision = decide(facts(nationalities=None))
        assert str(decision) == decision.explain("en")
        html = decision._repr_html_()
        assert html.startswith("<table><caption>Voluntary return")
        assert "<td>Still to find out</td><td>nationalities</td>" in html
        assert html.count("<tr>") == html.count("</tr>") == 8 + 5 + 2 + 3 + 1 + 1
        assert "Still to find out" not in decide(facts())._repr_html_()

    def test_a_requirement_is_met_and_an_exclusion_is_not_so(self) -> None:
        text = decide(facts(assisted_before=True)).explain("en")
        assert re.search(r"^  met +is not a citizen", text, re.M)
        assert re.search(r"^  yes +has already benefited", text, re.M)
        assert re.search(r"^  no +made false statements", text, re.M)

    def test_the_sources_that_are_cited_and_no_others(self) -> None:
        text = decide(facts()).explain("en")
        assert "report-2019: IOM Portugal, 2019 achievements in figures" in text
        assert "fami-2030:" not in text

    def test_each_figure_with_the_source_of_its_edition(self) -> None:
        english = decide(facts()).explain("en")
        assert (
            "  grant_ceiling: 2000.00 EUR  [report-2019#financial-support, azores; the" in english
        )
        assert "  monitoring_months: 6  [report-2019#post-arrival, azores; the" in english
        other = decide(facts(edition="ARVoRe VIII", reintegration_places_taken=0))
        assert "  grant_ceiling: 2000,00 EUR  [press; fonte secundária]" in other.explain("pt")
        assert "  monitoring_months: por saber\n" in other.explain("pt")
        (figure, *_) = other.to_dict()["amounts"]["grant"]["figures"]
        assert figure["parameter"] == "grant_ceiling"
        assert (figure["value"], figure["cites"]) == ("2000.00 EUR", ["press"])

    def test_when_work_began_is_shown(self) -> None:
        text = decide(facts()).explain("en")
        assert "Edition ARVoRe VII; work began between 2019-05-01 and 2019-07-31\n" in text
        stay = {"edition": "ARVoRe VIII"}
        assert "Edição ARVoRe VIII\n" in decide(facts(**stay)).explain("pt")

    def test_an_unknown_language_names_those_there_are(self) -> None:
        with pytest.raises(UnknownNameError, match="en, pt"):
            decide(facts()).explain("fr")

    def test_the_same_words_in_both_languages(self) -> None:
        english, portuguese = _words()["en"], _words()["pt"]
        assert english.keys() == portuguese.keys()
        for key in english:
            names = [set(re.findall(r"\{(\w+)\}", words[key])) for words in (english, portuguese)]
            assert names[0] == names[1]

    def test_figures(self) -> None:
        types = {f.name: f.type for f in shared_vocabulary().levels["case"].values()}
        money = attrs.evolve(types["granted_in_other_plans"], of="EUR")
        assert figure(205_00, money, "pt") == "205,00 EUR"
        assert figure(None, money, "pt") == "por saber"
        assert figure(date(2019, 8, 31), types["registered_on"], "pt") == "2019-08-31"
        assert figure(frozenset({"PT", "BR"}), types["nationalities"], "en") == "BR, PT"
        assert figure(6, types["reintegration_places_taken"], "en") == "6"
        assert word("yes", "pt") == "sim"

    def test_a_due_day_without_a_window(self, decide: Any) -> None:
        found = decide(travelled=True)
        due = attrs.evolve(found.deadlines["monitoring"], first_day=None)
        found.__dict__["deadlines"] = {"monitoring": due}
        assert "Monitoring after arrival: by 2020-02-29" in found.explain("en")


class TestTable:
    """Decisions as rows: the columns that every policy has, and its own."""

    def test_columns_and_cells(self) -> None:
        table = decisions_table([decide(facts()), decide({})])
        first, second = table.dicts()
        assert (first["subject"], first["outcome"], first["edition"]) == (
            "P-0001",
            "eligible",
            "ARVoRe VII",
        )
        assert str(first["grant_value"]) == "1000.00 EUR"
        assert first["monitoring_last_day"] == date(2020, 2, 29)
        assert first["missing"] == "" and second["missing"].startswith("edition;registered_on")
        assert (second["edition"], second["grant_value"]) == (None, None)

    def test_an_edition_without_an_amount_has_an_empty_cell(self) -> None:
        (row,) = decisions_table([decide(facts(edition="ARVoRe VI"))]).dicts()
        assert row["travel_pocket_money_status"] is None

    def test_no_decisions(self) -> None:
        assert list(decisions_table([]).rows()) == []


class TestOwnClasses:
    """A rule needs facts, not our entities."""

    def test_a_class_a_dict_and_a_function(self, arvore: Policy) -> None:
        @attrs.define
        class Client:
            countries: list[str]

            @property
            def enrolled(self) -> date:
                return date(2020, 1, 15)

        names = {
            "nationalities": "countries",
            "registered_on": "enrolled",
            "edition": lambda _: "ARVoRe VII",
        }
        reads = arvore.reads(Client, names)
        decision = reads.decide(Client(["GB"]), as_of=AS_OF, subject="C-1")
        assert (decision.outcome, decision.subject) == (Outcome.EXCLUDED, "C-1")
        for keyed in (None, dict):
            by_key = arvore.reads(keyed, {"nationalities": "land", "registered_on": "day"})
            row = {"land": ["GB"], "day": date(2020, 1, 15)}
            assert by_key.decide(row, as_of=AS_OF).outcome is Outcome.EXCLUDED
            assert by_key.facts({}) == {"nationalities": None, "registered_on": None}

    def test_all_wrong_names_at_once(self, arvore: Policy) -> None:
        class Plain:
            countries: list[str]

        with pytest.raises(DataError) as caught:
            arvore.reads(
                Plain,
                {"nationalitis": "countries", "travelled": "contries", "withdrew": "countries"},
            )
        assert [str(p) for p in caught.value.problems] == [
            "$.nationalitis: no such fact; did you mean nationalities?",
            "$.travelled: no attribute 'contries'; did you mean countries?",
        ]


def test_words_of_the_record() -> None:
    assert [str(word) for word in (Outcome.ELIGIBLE, Verdict.HOLDS)] == ["eligible", "holds"]
    assert (
        str(AmountStatus.NOT_APPLICABLE) == str(DeadlineStatus.NOT_APPLICABLE) == "not-applicable"
    )


def test_a_policy_shows_its_name(arvore: Policy) -> None:
    assert repr(arvore) == "<Policy pt-arvore 2026-11-24, 7 editions>"
