"""A decision as a plain record: it names facts and never holds their values."""

from typing import Any

from iomcore.rules.decided import Decided
from iomcore.rules.results import Amount, Answer, Due

__all__ = ["FORMAT", "record"]

FORMAT = "iomcore-decision/1"
"""The version of the record; a record that means something else gets another number."""


def record(decision: Decided) -> dict[str, Any]:
    """The record of a decision, as JSON has it."""
    return {
        "format": FORMAT,
        "policy": decision.pack.id,
        "version": decision.pack.version.isoformat(),
        "digest": decision.pack.digest,
        "edition": decision.edition,
        "subject": decision.subject,
        "dossier": decision.dossier,
        "as_of": decision.as_of.isoformat(),
        "outcome": decision.outcome.value,
        "answers": {q: _answer(answer) for q, answer in decision.answers.items()},
        "amounts": {id_: _amount(amount) for id_, amount in decision.amounts.items()},
        "deadlines": {id_: _due(due) for id_, due in decision.deadlines.items()},
        "missing": list(decision.missing),
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "outcome": answer.outcome.value,
        "findings": [
            {
                "criterion": f.criterion,
                "role": f.role,
                "verdict": f.verdict.value,
                "cites": [str(cite) for cite in f.evidence.cites],
                "status": f.evidence.status and f.evidence.status.value,
                "facts": list(f.facts),
                "missing": list(f.missing),
            }
            for f in answer.findings
        ],
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _amount(amount: Amount) -> dict[str, Any]:
    return {
        "status": amount.status.value,
        "kind": amount.kind,
        "value": _text(amount.value),
        "at_least": _text(amount.at_least),
        "at_most": _text(amount.at_most),
        "figures": _figures(amount),
        "readings": [
            {"parameter": name, "reading": reading, "value": str(value)}
            for (name, reading), value in amount.readings.items()
        ],
        "instalments": [
            {"amount": str(part.amount), "opens": _text(part.opens)} for part in amount.instalments
        ],
        "missing": list(amount.missing),
    }


def _figures(result: Amount | Due) -> list[dict[str, Any]]:
    return [
        {
            "parameter": figure.name,
            "value": figure.text["en"],
            "cites": [str(cite) for cite in figure.evidence.cites],
            "status": figure.evidence.status and figure.evidence.status.value,
        }
        for figure in result.figures
    ]


def _due(due: Due) -> dict[str, Any]:
    return {
        "status": due.status.value,
        "first_day": _text(due.first_day),
        "last_day": _text(due.last_day),
        "figures": _figures(due),
        "missing": list(due.missing),
    }
