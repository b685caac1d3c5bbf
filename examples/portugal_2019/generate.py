"""Writes the INVENTED records of this folder: the same bytes on each run.

    python generate.py [--out FOLDER]

Nobody in these records exists. Their counts are fitted to the published figures of the return
programme in 2019, so they prove nothing about reality.
"""

import json
import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from people import Household, households

FIRST, LAST = date(2019, 1, 2), date(2019, 12, 31)
PUBLISHED = {"registered": 710, "travelled": 161, "female": 93, "male": 68, "BR": 151}
PLANS = 45
STORY_ARRIVAL = date(2019, 8, 31)
DATASET = """\
# INVENTED RECORDS, made by generate.py. Nobody in them exists.

format = 1
id = "portugal-2019"
title = "INVENTED RECORDS: return programme of IOM Portugal, 2019"
invented = true
as_of = 2019-12-31
policy = "pt-arvore"
figures = "pt-office-figures"

[period]
id = "2019"
from = 2019-01-01
to = 2019-12-31
"""
Event = dict[str, Any]


class Log:
    """The events of one household, put in order when it is complete."""

    def __init__(self, case: str, chance: random.Random) -> None:
        self.case, self.chance = case, chance
        self.events: list[Event] = []

    def add(self, kind: str, day: date, **keys: Any) -> None:
        if day <= LAST:
            recorded = min(day + timedelta(days=self.chance.choice([0, 0, 0, 1, 2, 4])), LAST)
            days = {"happened_on": day.isoformat(), "recorded_on": recorded.isoformat()}
            self.events.append({"kind": kind, "case": self.case, **days, **keys})

    def finished(self) -> list[Event]:
        ordered = sorted(self.events, key=lambda event: event["happened_on"])
        return [
            {"kind": event["kind"], "case": self.case, "seq": number, **event}
            for number, event in enumerate(ordered, 1)
        ]


def finding(value: bool, reason: str, on: date) -> Event:
    return {"value": value, "reason": reason, "on": on.isoformat()}


def screening(person: Event, on: date, *, vulnerable: bool) -> Event:
    """Everything that an officer asks before a return, with nothing against it."""
    why = "cares alone for a small child" if person["story"] else "no income and no housing"
    reason = why if vulnerable else "has support from relatives"
    facts = {
        "consents": True,
        "returns_freely": finding(True, "own wish, confirmed in counselling", on),
        "lacks_means": finding(True, "no savings and no income", on),
        "family_of_eu_citizen": False,
        "judicial_impediment": False,
        "assisted_before": False,
        "false_statements": finding(False, "documents agree with what was said", on),
        "return_risk": finding(False, "no advisory for the region on this day", on),
        "vulnerable": finding(vulnerable, reason, on),
        "travel_document_valid": True,
        "fit_to_travel": finding(True, "no health concern for the flight", on),
        "transit_permitted": True,
        "unaccompanied": False,
    }
    if person["age"] < 18:
        facts.pop("consents")
    return facts


def unfinished(person: Event, on: date, chance: random.Random) -> Event:
    """A screening that was begun: some answers are there, a few of them speak against a return."""
    facts = screening(person, on, vulnerable=chance.random() < 0.4)
    kept = {name: value for name, value in facts.items() if chance.random() < 0.75}
    if chance.random() < 0.06:
        kept["assisted_before"] = True
    if chance.random() < 0.04:
        kept["judicial_impediment"] = True
    if chance.random() < 0.03:
        kept["return_risk"] = finding(True, "an advisory against return is in force", on)
    if person["age"] < 18 and person["role"] == "applicant":
        kept["unaccompanied"] = True
        kept["guardian_authorises"] = chance.random() < 0.5
    return kept


def register(log: Log, home: Household, day: date) -> None:
    via = "partner" if home.story or log.chance.random() < 0.3 else "office"
    edition = None if log.chance.random() < 0.04 and not home.story else "ARVoRe VII"
    for person in home.people:
        log.add("registered", day, **person["record"], edition=edition, via=via)


def returned(home: Household, chance: random.Random, *, plan: bool) -> list[Event]:
    """A household that was registered, screened and approved, and left."""
    log = Log(home.case, chance)
    departed = STORY_ARRIVAL - timedelta(days=1) if home.story else departure(home, chance)
    waited = timedelta(days=chance.randint(45, 140))
    registered = max(departed - waited, FIRST + timedelta(days=chance.randint(0, 9)))
    screened = registered + timedelta(days=chance.randint(3, 14))
    register(log, home, registered)
    for person in home.people:
        who = person["record"]["person"]
        facts = screening(person, screened, vulnerable=plan or chance.random() < 0.3)
        log.add("screened", screened, person=who, facts=facts)
        log.add("approved", screened + timedelta(days=chance.randint(2, 9)), person=who)
        log.add("travelled", departed, person=who, country=home.country)
    arrive(log, home, departed, chance)
    if plan:
        grant(log, departed, chance, late=not home.story and chance.random() < 0.06)
    return log.finished()


def departure(home: Household, chance: random.Random) -> date:
    """More often in the second half of the year: work began about six months late."""
    if home.last_day:
        return LAST
    if chance.random() < 0.25:
        return date(2019, 3, 4) + timedelta(days=chance.randint(0, 110))
    return date(2019, 7, 1) + timedelta(days=chance.randint(0, 180))


def arrive(log: Log, home: Household, departed: date, chance: random.Random) -> None:
    """The day after, or the same day; of a few, the office never heard."""
    if not home.story and chance.random() < 0.05:
        return
    day = departed + timedelta(days=1 if home.story or home.last_day else chance.choice([0, 1, 1]))
    for person in home.people:
        log.add("arrived", day, person=person["record"]["person"], country=home.country)


def grant(log: Log, departed: date, chance: random.Random, *, late: bool) -> None:
    decided = departed + timedelta(days=chance.randint(5, 20) * (1 if late else -1))
    lines, approved = plan_lines(chance)
    log.add("plan_approved", decided, lines=lines)
    half = approved // 2
    first = departed + timedelta(days=chance.randint(14, 40))
    log.add("paid", first, amount=euros(half), instalment=1)
    if chance.random() < 0.6:
        second = first + timedelta(days=chance.randint(30, 80))
        log.add("paid", second, amount=euros(approved - half), instalment=2)


def plan_lines(chance: random.Random) -> tuple[list[Event], int]:
    """Lines that ask for at most 2000.00 euros between them, and now and then one more."""
    room, lines, approved = 200_000, [], 0
    for purpose in chance.sample(["business", "health", "education", "professional-training"], 2):
        cents = chance.randint(200, 1_200) * 100 + chance.choice([0, 0, 50, 99])
        cents = min(cents, room - approved)
        approved += cents
        lines.append(line(purpose, cents, "approved"))
    if chance.random() < 0.15:
        lines.append(line("housing", chance.randint(100, 400) * 100, "pending"))
    if chance.random() < 0.1:
        lines.append(line("business", chance.randint(500, 900) * 100, "refused"))
    return lines, approved


def line(purpose: str, cents: int, decision: str) -> Event:
    amount = {"purpose": purpose, "amount": euros(cents), "decision": decision}
    return {**amount, "approved": euros(cents)} if decision == "approved" else amount


def euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d} EUR"


def stayed(home: Household, chance: random.Random, *, withdrew: bool) -> list[Event]:
    """A household that was registered and did not leave in the year."""
    log = Log(home.case, chance)
    day = FIRST + timedelta(days=chance.randint(0, 355))
    register(log, home, day)
    screened = day + timedelta(days=chance.randint(2, 25))
    asked = chance.random() < 0.7
    reason = chance.choice(["changed-mind", "found-work", "other", None])
    left = day + timedelta(days=chance.randint(5, 90))
    for person in home.people:
        who = person["record"]["person"]
        if asked:
            log.add("screened", screened, person=who, facts=unfinished(person, screened, chance))
        if withdrew:
            log.add("withdrawn", min(left, LAST), person=who, reason=reason)
    return log.finished()


def records(seed: int = 2019) -> list[Event]:
    """All events, in the order in which the office wrote them down."""
    chance = random.Random(seed)
    leaving, staying = households(chance)
    events: list[Event] = []
    for number, home in enumerate(leaving):
        events += returned(home, chance, plan=number < PLANS)
    for home in staying:
        events += stayed(home, chance, withdrew=chance.random() < 0.62)
    check(events)
    return sorted(events, key=lambda e: (e["recorded_on"], e["case"], e["seq"]))


def check(events: list[Event]) -> None:
    """The counts are the published ones, or nothing is written."""
    registered = {e["person"]: e for e in events if e["kind"] == "registered"}
    travelled = [e for e in events if e["kind"] == "travelled"]
    sexes = [registered[e["person"]]["sex"] for e in travelled]
    found = {
        "registered": len(registered),
        "travelled": len({e["person"] for e in travelled}),
        "female": sexes.count("female"),
        "male": sexes.count("male"),
        "BR": sum(e["country"] == "BR" for e in travelled),
    }
    if found != PUBLISHED or len(travelled) != found["travelled"]:
        raise SystemExit(f"expected {PUBLISHED}, made {found}")


def main(folder: Path) -> None:
    lines = [json.dumps(event, ensure_ascii=False) + "\n" for event in records()]
    folder.joinpath("dataset.toml").write_text(DATASET, "utf-8", newline="\n")
    folder.joinpath("events.jsonl").write_text("".join(lines), "utf-8", newline="\n")


if __name__ == "__main__":
    here = Path(__file__).parent
    main(Path(sys.argv[2]) if sys.argv[1:2] == ["--out"] else here)
