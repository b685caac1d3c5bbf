"""Decisions as a flat table: one row a decision, the columns that every policy has and its own."""

from collections.abc import Iterable, Sequence
from typing import Any

from iomcore.domain.facttypes import FactType
from iomcore.domain.tables import Field, Table
from iomcore.rules.decision import Decision

__all__ = ["decisions_table"]

_TEXT, _DATE, _MONEY = FactType("text"), FactType("date"), FactType("money")
_HEAD = (
    Field("dossier", _TEXT),
    Field("subject", _TEXT),
    Field("policy", _TEXT),
    Field("version", _DATE),
    Field("edition", _TEXT),
    Field("as_of", _DATE),
    Field("outcome", _TEXT, "special"),
)


def decisions_table(decisions: Iterable[Decision]) -> Table:
    """The decisions; amounts and deadlines of all their policies are columns, empty where none.

    Amounts are the household's: each member's row shows them, and they count once a dossier.
    Of an amount: its status, its value, and at least and at most; of a deadline: first and last
    day; then what is missing, names only, parted by ``;``.
    """
    kept = tuple(decisions)
    amounts = _ids(pack.entitlements for pack in (d.pack for d in kept))
    deadlines = _ids(pack.deadlines for pack in (d.pack for d in kept))
    fields = [*_HEAD]
    for id_ in amounts:
        fields.append(Field(f"{id_}_status", _TEXT, "special"))
        fields += [Field(f"{id_}_{end}", _MONEY, "special") for end in _AMOUNT_ENDS]
    for id_ in deadlines:
        fields += [Field(f"{id_}_{end}", _DATE, "personal") for end in _DEADLINE_ENDS]
    fields.append(Field("missing", _TEXT, "personal"))
    return Table.of("decisions", fields, (_row(d, amounts, deadlines) for d in kept))


_AMOUNT_ENDS = ("value", "at_least", "at_most")
_DEADLINE_ENDS = ("first_day", "last_day")


def _ids(groups: Iterable[Sequence[Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.id for group in groups for entry in group))


def _row(decision: Decision, amounts: Iterable[str], deadlines: Iterable[str]) -> tuple[Any, ...]:
    pack = decision.pack
    row: list[Any] = [decision.dossier, decision.subject, pack.id, pack.version]
    row += [decision.edition, decision.as_of, decision.outcome.value]
    for id_ in amounts:
        amount = decision.amounts.get(id_)
        row.append(None if amount is None else amount.status.value)
        row += [getattr(amount, end, None) for end in _AMOUNT_ENDS]
    for id_ in deadlines:
        row += [getattr(decision.deadlines.get(id_), end, None) for end in _DEADLINE_ENDS]
    return (*row, ";".join(decision.missing))
