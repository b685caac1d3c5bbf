"""One plausible, invented case; a test names the one detail that it is about."""

from datetime import date
from typing import Any

from iomcore.domain.case import cases_from
from iomcore.domain.events import (
    Approved,
    Arrived,
    Event,
    Paid,
    PlanApproved,
    PlanLine,
    Registered,
    Screened,
    Travelled,
)
from iomcore.domain.money import Money
from iomcore.records.dataset import Dataset, DatasetInfo, Period

__all__ = ["dataset", "events", "facts", "finding", "line", "person"]

_SCREENED_ON = date(2019, 5, 6)


def finding(
    value: bool, reason: str = "invented for a test", on: date = _SCREENED_ON
) -> dict[str, Any]:
    """An officer's finding.

    >>> finding(True)["value"]
    True
    """
    return {"value": value, "reason": reason, "on": on}


def person(**changes: Any) -> dict[str, Any]:
    """A consenting adult in a vulnerable situation.

    >>> person(consents=None)["consents"] is None
    True
    """
    known = {"born_on": date(1986, 3, 2), "consents": True, "vulnerable": finding(True)}
    return {**known, **changes}


def line(purpose: str = "business", amount: str = "1000.00", **changes: Any) -> dict[str, Any]:
    """A line of a plan, not decided yet."""
    return {"purpose": purpose, "amount": amount, "decision": "pending", **changes}


def facts(**changes: Any) -> dict[str, Any]:
    """The facts of an adult from Brazil, registered in 2019, eligible and ready to travel.

    Args:
        changes: facts to replace; None makes one unknown.

    >>> facts(nationalities=["FR"])["nationalities"]
    ['FR']
    """
    known: dict[str, Any] = {
        "edition": "ARVoRe VII",
        "registered_on": date(2019, 5, 2),
        "nationalities": ["BR"],
        "withdrew": False,
        "returns_freely": finding(True),
        "lacks_means": finding(True),
        "family_of_eu_citizen": False,
        "judicial_impediment": False,
        "assisted_before": False,
        "false_statements": finding(False),
        "return_risk": finding(False),
        "travel_document_valid": True,
        "fit_to_travel": finding(True),
        "transit_permitted": True,
        "unaccompanied": False,
        "household": [person()],
        "plan_lines": [line()],
        "granted_in_other_plans": "0.00",
        "travelled": True,
        "departed_on": date(2019, 8, 30),
        "arrived_on": date(2019, 8, 31),
    }
    return {**known, **changes}


def events(case: str = "C-0001", **changes: Any) -> list[Event]:
    """The log of an adult who registered, returned, and was paid the first half of a plan.

    Args:
        changes: of the registration, such as ``sex=None``.
    """
    who: dict[str, Any] = {"case": case, "person": "P-" + case[2:]}
    born = date(1986, 3, 2)
    screened = {
        name: value
        for name, value in facts().items()
        if isinstance(value, bool | dict) and name not in ("travelled", "withdrew")
    }
    screened |= {"consents": True, "vulnerable": finding(True)}
    registered: dict[str, Any] = {
        "role": "applicant",
        "sex": "female",
        "born_on": born,
        "nationalities": ("BR",),
    }
    amount = Money.of("1000.00", "EUR")
    plan = PlanLine(purpose="business", amount=amount, decision="approved", approved=amount)
    return [
        Registered(
            **_at(1, date(2019, 5, 2)), **who, **{**registered, "edition": "ARVoRe VII", **changes}
        ),
        Screened(**_at(2, _SCREENED_ON), **who, facts=screened),
        Approved(**_at(3, date(2019, 6, 3)), **who),
        PlanApproved(**_at(4, date(2019, 7, 1)), case=case, lines=(plan,)),
        Travelled(**_at(5, date(2019, 8, 30)), **who, country="BR"),
        Arrived(**_at(6, date(2019, 8, 31)), **who, country="BR"),
        Paid(
            **_at(7, date(2019, 9, 16)), case=case, amount=Money.of("500.00", "EUR"), instalment=1
        ),
    ]


def dataset(*logs: Event) -> Dataset:
    """A data folder's content in memory: the cases of these events, 2019, the policy of Portugal.

    >>> len(dataset(*events("C-0001"), *events("C-0002")).cases)
    2
    """
    info = DatasetInfo(
        format=1,
        id="invented",
        title="INVENTED RECORDS",
        invented=True,
        as_of=date(2019, 12, 31),
        policy="pt-arvore",
        figures="pt-office-figures",
        period=Period(id="2019", from_=date(2019, 1, 1), to=date(2019, 12, 31)),
    )
    return Dataset(info=info, cases=cases_from(logs))


def _at(seq: int, day: date) -> dict[str, Any]:
    return {"seq": seq, "happened_on": day, "recorded_on": day}
