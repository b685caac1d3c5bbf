from datetime import date

import pytest

from iomcore.domain.events import (
    EVENT_KINDS,
    Approved,
    Paid,
    PlanApproved,
    PlanLine,
    Registered,
    Screened,
)
from iomcore.domain.money import Money
from iomcore.errors import DataError, DateError

DAYS = {"happened_on": date(2019, 5, 2), "recorded_on": date(2019, 5, 3)}
EUR, USD = Money.of("10.00", "EUR"), Money.of("10.00", "USD")


def test_each_kind_has_one_class() -> None:
    assert {kind: cls.kind for kind, cls in EVENT_KINDS.items()} == {k: k for k in EVENT_KINDS}
    assert len(EVENT_KINDS) == 8


def test_nothing_is_recorded_before_it_happened() -> None:
    early = {"happened_on": date(2019, 5, 2), "recorded_on": date(2019, 5, 1)}
    with pytest.raises(DataError) as caught:
        Approved(case="C-1", seq=1, person="P-1", **early)
    assert [p.code for p in caught.value.problems] == ["recorded-too-early"]


def test_days_are_days() -> None:
    with pytest.raises(DateError):
        Approved(
            case="C-1", seq=1, person="P-1", happened_on="2019-02-31", recorded_on=date(2019, 3, 1)
        )


@pytest.mark.parametrize("seq", [0, -1])
def test_events_are_counted_from_one(seq: int) -> None:
    with pytest.raises(ValueError, match="seq"):
        Approved(case="C-1", seq=seq, person="P-1", **DAYS)


def test_a_plan_is_in_one_currency() -> None:
    one = PlanLine(purpose="health", amount=EUR)
    assert PlanApproved(case="C-1", seq=1, lines=(one, one), **DAYS).lines == (one, one)
    for other in (
        PlanLine(purpose="health", amount=USD),
        PlanLine(purpose="health", amount=EUR, approved=USD),
    ):
        with pytest.raises(DataError) as caught:
            PlanApproved(case="C-1", seq=1, lines=(one, other), **DAYS)
        assert [p.code for p in caught.value.problems] == ["several-currencies"]


def test_an_instalment_is_counted_from_one() -> None:
    assert Paid(case="C-1", seq=1, amount=EUR, **DAYS).instalment is None
    with pytest.raises(ValueError, match="instalment"):
        Paid(case="C-1", seq=1, amount=EUR, instalment=0, **DAYS)


def test_repr_shows_nothing_personal() -> None:
    shown = repr(
        Registered(
            case="C-1",
            seq=1,
            person="P-1",
            role="applicant",
            sex="female",
            born_on=date(1986, 3, 2),
            nationalities=("BR",),
            **DAYS,
        )
    ) + repr(Screened(case="C-1", seq=2, person="P-1", facts={"vulnerable": "illness"}, **DAYS))
    for secret in ("female", "1986", "BR", "illness"):
        assert secret not in shown
