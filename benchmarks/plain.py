"""The peer: the rules of ARVoRe VII written by hand over plain dicts, as an office's script would.

It knows one edition, answers only when every fact is known, gives no reasons and cites nothing.
Its figures are copied here on purpose: they are what a hand-written script looks like.
"""

import calendar
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

EU = {
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU"),
    *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
}
COVERED = {"health", "education", "professional-training", "business"}
CEILING, POCKET, MONTHS, ADULT = 200_000, 5_000, 6, 18


def add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_minor(born: date, day: date) -> bool:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) < ADULT


def cents(text: str) -> int:
    whole, _, rest = text.partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0"))


def outcome(c: dict[str, Any]) -> str:
    eu = EU if c["registered_on"] <= date(2020, 1, 31) else EU - {"GB"}
    if set(c["nationalities"]) & eu or not c["returns_freely"]["value"]:
        return "excluded"
    adults = [p for p in c["household"] if not is_minor(p["born_on"], c["registered_on"])]
    if c["withdrew"] or not all(p["consents"] for p in adults) or c["return_risk"]["value"]:
        return "suspended"
    against = ("family_of_eu_citizen", "judicial_impediment", "assisted_before")
    if any(c[name] for name in against) or c["false_statements"]["value"]:
        return "officer-review"
    return "eligible"


def decide(c: dict[str, Any]) -> dict[str, Any]:
    found = outcome(c)
    vulnerable = sum(p["vulnerable"]["value"] for p in c["household"])
    covered = sum(cents(line["amount"]) for line in c["plan_lines"] if line["purpose"] in COVERED)
    room = CEILING - cents(c["granted_in_other_plans"])
    grant = min(covered, room) if found == "eligible" and vulnerable else None
    ends = add_months(c["arrived_on"], MONTHS) if c["travelled"] else None
    pocket = POCKET if found == "eligible" else None
    return {"outcome": found, "grant": grant, "pocket_money": pocket, "monitoring_ends": ends}


def report(folder: Path, out: Path) -> None:
    """The main job as a script: read the log, count, decide whoever is screened, write."""
    people: dict[str, dict[str, Any]] = {}
    counts = {"registered": 0, "returned": 0, "returned_female": 0, "returned_male": 0}
    for line in (folder / "events.jsonl").read_text("utf-8").splitlines():
        event = json.loads(line)
        who = people.setdefault(event.get("person", event["case"]), {})
        who[event["kind"]] = event
    rows = []
    for name, log in people.items():
        if "registered" not in log:
            continue
        counts["registered"] += 1
        if "travelled" in log:
            counts["returned"] += 1
            sex = log["registered"].get("sex")
            counts[f"returned_{sex}"] = counts.get(f"returned_{sex}", 0) + 1
        facts = log.get("screened", {}).get("facts", {})
        eu = set(log["registered"].get("nationalities") or []) & EU
        rows.append({"person": name, "excluded": bool(eu), "known": len(facts)})
    out.mkdir(exist_ok=True)
    (out / "figures.json").write_text(json.dumps(counts), "utf-8")
    (out / "decisions.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")


if __name__ == "__main__":
    report(Path(sys.argv[1]), Path(sys.argv[2]))
