from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iomcore.domain.case import cases_from
from iomcore.domain.citations import Citation, Status
from iomcore.domain.events import Event, PlanApproved, PlanLine, Withdrawn
from iomcore.domain.facttypes import FactType
from iomcore.domain.folds import TABLES, tables_of
from iomcore.domain.money import Money
from iomcore.domain.published import Published, Statement
from iomcore.domain.tables import Field, Table
from iomcore.testing import events

LAST = date(2019, 12, 31)


def rows(log: list[Event], table: str, as_of: date = LAST) -> list[dict[str, Any]]:
    return [dict(row) for row in tables_of(cases_from(log), as_of)[table].dicts()]


class TestTablesOfALog:
    """The logs fold into named flat tables, as they stood on a day."""

    def test_each_table_has_its_documented_fields(self) -> None:
        for name, table in tables_of(cases_from(events()), LAST).items():
            assert table.fields == TABLES[name]
            assert all(len(row) == len(table.fields) for row in table.rows())

    def test_a_return_is_one_row(self) -> None:
        (row,) = rows(events(), "movements")
        assert row == {
            "case": "C-0001",
            "person": "P-0001",
            "sex": "female",
            "country": "BR",
            "departed_on": date(2019, 8, 30),
            "arrived_on": date(2019, 8, 31),
        }

    def test_before_the_departure_there_is_none(self) -> None:
        assert rows(events(), "movements", date(2019, 8, 29)) == []
        assert rows(events(), "movements", date(2019, 8, 30))[0]["arrived_on"] is None

    def test_an_arrival_alone_is_no_movement_and_is_not_lost(self) -> None:
        log = [e for e in events() if e.kind != "travelled"]
        assert rows(log, "movements") == []
        (row,) = rows(log, "arrivals")
        assert (row["arrived_on"], row["country"]) == (date(2019, 8, 31), "BR")

    def test_an_unknown_sex_stays_unknown(self) -> None:
        assert rows(events(sex=None), "movements")[0]["sex"] is None

    def test_registrations_and_payments(self) -> None:
        (registered,) = rows(events(), "registrations")
        assert (
            registered["registered_on"] == date(2019, 5, 2)
            and registered["edition"] == "ARVoRe VII"
        )
        (paid,) = rows(events(), "payments")
        assert paid["amount"] == Money.of("500.00", "EUR") and paid["instalment"] == 1

    def test_a_withdrawal(self) -> None:
        gone = Withdrawn(case="C-0001", seq=9, person="P-0001", happened_on=LAST, recorded_on=LAST)
        assert rows([*events(), gone], "withdrawals")[0]["withdrew_on"] == LAST
        assert rows([*events(), gone], "withdrawals", date(2019, 12, 30)) == []

    def test_a_plan_adds_up_or_is_unknown(self) -> None:
        (plan,) = rows(events(), "plans")
        assert plan["asked"] == plan["approved"] == Money.of("1000.00", "EUR")
        amount = Money.of("10.00", "EUR")
        lines = (
            PlanLine(purpose="health", amount=amount, decision="refused"),
            PlanLine(purpose="health", amount=amount, decision="approved"),
        )
        days = {"happened_on": LAST, "recorded_on": LAST}
        log = [*events()[:3], PlanApproved(case="C-0001", seq=8, lines=lines, **days)]
        assert rows(log, "plans")[0]["asked"] == Money.of("20.00", "EUR")
        assert rows(log, "plans")[0]["approved"] is None
        assert (
            rows([*events()[:3], PlanApproved(case="C-0001", seq=8, lines=(), **days)], "plans")
            == []
        )

    @given(st.permutations(events("C-0001") + events("C-0002")))
    def test_the_order_of_the_rows_of_a_file_does_not_matter(self, log: list[Event]) -> None:
        straight = events("C-0001") + events("C-0002")
        for name in TABLES:
            assert rows(log, name) == rows(straight, name)


class TestTables:
    """A table can be read again and again."""

    def test_again_and_again(self) -> None:
        table = Table.of("t", [Field("n", FactType("int"))], iter([(1,), (2,)]))
        assert list(table.rows()) == list(table.rows()) == [(1,), (2,)]

    def test_a_row_of_another_length_is_an_error(self) -> None:
        table = Table.of("t", [Field("n", FactType("int"))], [(1, 2)])
        with pytest.raises(ValueError, match="zip"):
            list(table.dicts())


def test_a_citation_reads_back_from_its_text() -> None:
    for text in ("law-139", "law-139#3", "law#"):
        assert str(Citation.parse(text)) == text


def test_only_what_was_read_bears_a_no() -> None:
    assert {status for status in Status if status.bears_a_no} == {Status.SEED, Status.VERIFIED}


def test_statements_of_one_figure_come_in_their_order() -> None:
    one = Statement(
        key="a",
        figure="returned",
        period="2019",
        value=161,
        unit="person",
        cite=Citation("S0"),
        status=Status.SEED,
    )
    two = attrs.evolve(one, key="b", value=160)
    other = attrs.evolve(one, key="c", period="2020")
    published = Published(sources={}, statements={"a": one, "b": two, "c": other})
    assert published.of("returned", "2019") == (one, two)
