from datetime import date
from pathlib import Path
from typing import Any

import pytest

from iomcore.api import counting_rules
from iomcore.domain.case import cases_from
from iomcore.domain.citations import Citation, Source, Status
from iomcore.domain.events import Event
from iomcore.domain.folds import TABLES, tables_of
from iomcore.domain.published import Published, Relation, Statement
from iomcore.domain.tables import Table
from iomcore.errors import PackError, UnknownNameError
from iomcore.rules.indicators import IndicatorSet, count, load_figures
from iomcore.rules.reconcile import Agreement, Reconciliation, reconcile
from iomcore.testing import events

RULES = counting_rules("pt-office-figures")
FIRST, LAST = date(2019, 1, 1), date(2019, 12, 31)


def counted(*logs: list[Event], first: date = FIRST, last: date = LAST) -> IndicatorSet:
    cases = cases_from(event for log in logs for event in log)
    return count(RULES, tables_of(cases, LAST), period="2019", first=first, last=last)


class TestCounting:
    """Which rows, by which day, in which unit, once per what; what is open stays open."""

    def test_three_returns(self) -> None:
        logs = [events("C-0001"), events("C-0002", sex="male"), events("C-0003")]
        found = counted(*logs)
        assert {i.id: i.value for i in found} == {
            "registered": 3,
            "returned": 3,
            "returned_female": 2,
            "returned_male": 1,
            "returned_brazil": 3,
        }
        assert found["returned"].unit == "person"

    def test_a_blank_sex_leaves_both_sexes_open(self) -> None:
        found = counted(events("C-0001"), events("C-0002", sex=None))
        assert found["returned"].value == 2
        for id_, low in (("returned_female", 1), ("returned_male", 0)):
            one = found[id_]
            assert (one.value, one.at_least, one.at_most) == (None, low, low + 1)

    def test_a_departure_on_a_day_not_known_leaves_the_return_open(self) -> None:
        found = self.of_rows(("C-1", "P-1", "female", "BR", None, None))
        assert (found["returned"].at_least, found["returned"].at_most) == (0, 1)

    def of_rows(self, *rows: tuple[Any, ...]) -> IndicatorSet:
        movements = Table.of("movements", TABLES["movements"], rows)
        tables = {**tables_of((), LAST), "movements": movements}
        return count(RULES, tables, period="2019", first=FIRST, last=LAST)

    @pytest.mark.parametrize(
        ("first", "last", "value"),
        [
            (date(2019, 8, 30), date(2019, 8, 30), 1),
            (date(2019, 8, 31), LAST, 0),
            (FIRST, date(2019, 8, 29), 0),
        ],
    )
    def test_both_ends_of_the_period_are_inside(self, first: date, last: date, value: int) -> None:
        assert counted(events(), first=first, last=last)["returned"].value == value

    def test_rows_of_one_key_count_once(self) -> None:
        row = ("C-1", "P-1", "female", "BR", date(2019, 3, 1), None)
        assert self.of_rows(row, row)["returned"].value == 1

    def test_the_figures_as_a_table(self) -> None:
        rows = list(counted(events()).table().dicts())
        assert rows[1] == {
            "id": "returned",
            "period": "2019",
            "unit": "person",
            "value": 1,
            "at_least": 1,
            "at_most": 1,
        }


GOOD = """
[figures]
format = 1
id = "x-figures"
title = { en = "X", pt = "X" }
[sources]
law = { title = "A law" }
[[figure]]
id = "returned"
table = "movements"
where = "country != 'BR'"
date = "departed_on"
key = ["person"]
unit = "person"
says = { en = "r", pt = "r" }
cites = ["law"]
status = "verified"
"""


class TestRuleFiles:
    """A file of counting rules is refused with every fault."""

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            ("format = 1", "format = 9", "other-format"),
            ("table = ", "tabel = ", "unknown-key"),
            ('"movements"', '"movement"', "no-table"),
            ('"departed_on"', '"departed"', "no-field"),
            ('"departed_on"', '"person"', "not-a-date"),
            ('["person"]', '["persons"]', "no-field"),
            ("country != 'BR'", "country != 'Brazil'", "not-the-language"),
            ('{ en = "r", pt = "r" }', '{ en = "r" }', "no-text"),
            ('cites = ["law"]', 'cites = ["lwa"]', "no-source"),
            ('cites = ["law"]\n', "", "no-citation"),
            ('"verified"', '"sure"', "no-status"),
            ("[[figure]]", '[[figure]]\nid = "returned"', "not-toml"),
        ],
    )
    def test_one_fault(self, tmp_path: Path, old: str, new: str, code: str) -> None:
        path = tmp_path / "x-figures.toml"
        path.write_text(GOOD.replace(old, new, 1), "utf-8")
        with pytest.raises(PackError) as caught:
            load_figures(path)
        assert code in {problem.code for problem in caught.value.problems}

    def test_a_good_file_and_one_with_an_id_twice(self, tmp_path: Path) -> None:
        path = tmp_path / "x-figures.toml"
        path.write_text(GOOD.replace("where = \"country != 'BR'\"\n", ""), "utf-8")
        assert load_figures(path).rules[0].where is None
        path.write_text(GOOD + GOOD[GOOD.index("[[figure]]") :], "utf-8")
        with pytest.raises(PackError, match="two entries have this id"):
            load_figures(path)

    def test_an_unknown_set_names_those_there_are(self) -> None:
        with pytest.raises(UnknownNameError, match="pt-office-figures"):
            counting_rules("amif")


def statement(
    key: str, value: int | None, figure: str = "returned", period: str = "2019"
) -> Statement:
    return Statement(
        key=key,
        figure=figure,
        period=period,
        value=value,
        unit="person",
        cite=Citation("S"),
        status=Status.SEED,
    )


def related(kind: str, total: int | None, *parts: int | None, **more: Any) -> Reconciliation:
    named = {f"p{i}": statement(f"p{i}", value, "part") for i, value in enumerate(parts)}
    relation = Relation(
        id="r",
        kind=kind,
        total="t",
        parts=tuple(named),
        unit="person",
        says={"en": "", "pt": ""},
        **more,
    )
    source = {"S": Source("S", "A source")}
    published = Published(
        sources=source, statements={"t": statement("t", total), **named}, relations=(relation,)
    )
    (found,) = reconcile(None, published)
    return found


class TestReconciliation:
    """Holds, fails by n, or undetermined; no remainder is filled in."""

    @pytest.mark.parametrize(
        ("kind", "total", "parts", "words", "value"),
        [
            ("sum", 1482, (710, 772), "holds", 1482),
            ("sum", 25, (8, 8, 5), "fails by 4", 21),
            ("sum", 331, (238, 168, 63), "fails by 138", 469),
            ("sum", 25, (8, 8, 5, None), "undetermined", None),
            ("sum", 20, (8, 8, 5, None), "fails by at least 1", None),
            ("sum", None, (1,), "undetermined", 1),
            ("same", 710, (715,), "fails by 5", 715),
            ("same", 710, (710,), "holds", 710),
            ("same", 710, (None,), "undetermined", None),
            ("subset", 331, (238, 168, 63, 10, 138, 300, 33, 180, 51), "fails by 1", 332),
            ("subset", 301, (238, 63, 10), "holds", 301),
            ("subset", 301, (238, None), "undetermined", None),
            ("subset", None, (238,), "undetermined", None),
            ("share", 86, (913, 1051), "fails by 1", 87),
            ("share", 87, (913, 1051), "holds", 87),
            ("share", 87, (None, 1051), "undetermined", None),
            ("share", 87, (0, 0), "undetermined", None),
            ("share", 50, (1, 2), "holds", 50),
        ],
    )
    def test_relations(
        self, kind: str, total: int | None, parts: Any, words: str, value: int | None
    ) -> None:
        found = related(kind, total, *parts)
        assert (found.words, found.value) == (words, value)

    def test_a_share_rounded_down(self) -> None:
        assert related("share", 86, 913, 1051, rounding="down").verdict is Agreement.HOLDS
        assert related("share", 13, 1, 8).words == "holds"

    def test_the_difference_is_signed(self) -> None:
        assert related("sum", 25, 21).difference == -4
        assert related("sum", 21, 25).difference == 4
        assert related("sum", 25, 25).difference == 0
        assert related("subset", 238, 238, 10).difference == 0
        assert str(Agreement.HOLDS) == "holds"

    def test_counted_against_the_leading_statement(self) -> None:
        lead, other = statement("a", 2), statement("b", 3)
        published = Published(
            sources={"S": Source("S", "A source")}, statements={"a": lead, "b": other}
        )
        logs = (events("C-0001"), events("C-0002"))
        found = {r.id: r for r in reconcile(counted(*logs), published)}
        assert (found["returned"].words, found["returned"].source) == ("holds", "A source")
        assert (found["registered"].published, found["registered"].words) == (None, "undetermined")
        fewer = {r.id: r for r in reconcile(counted(logs[0]), published)}
        assert (fewer["returned"].words, fewer["returned"].difference) == ("fails by 1", -1)
        assert fewer["returned"].to_dict()["verdict"] == "fails"

    def test_an_open_count_that_cannot_fit_fails_all_the_same(self) -> None:
        lead = statement("a", 5, "returned_female")
        published = Published(sources={"S": Source("S", "A source")}, statements={"a": lead})
        found = {r.id: r for r in reconcile(counted(events(sex=None)), published)}[
            "returned_female"
        ]
        assert (found.words, found.difference) == ("fails by at least 4", -4)
