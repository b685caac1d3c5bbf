"""The tables and keys of a pack file, as they are written; `load` gives them their meaning."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from iomcore.records.faults import SourceEntry

__all__ = [
    "CriterionEntry",
    "DeadlineEntry",
    "EditionEntry",
    "EntitlementEntry",
    "EvidenceEntry",
    "FactEntry",
    "GoverningEntry",
    "InstalmentEntry",
    "PackEntry",
    "PackFile",
    "ParameterEntry",
    "Statement",
    "ValueEntry",
]

Texts = Mapping[str, str]


@attrs.frozen(kw_only=True)
class Statement:
    """What every statement takes: where it was read, how firmly, and a note."""

    cites: tuple[str, ...] = ()
    status: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class PackEntry:
    """``[pack]``"""

    format: int
    id: str
    version: str
    title: Texts
    host: str
    currency: str


@attrs.frozen(kw_only=True)
class GoverningEntry(Statement):
    """``[governing]``: the day that picks the edition."""

    date: str


@attrs.frozen(kw_only=True)
class FactEntry:
    """``[facts]`` and the fields of ``[records.NAME]``"""

    type: str
    sensitivity: str
    says: Texts


@attrs.frozen(kw_only=True)
class EditionEntry(Statement):
    """``[[edition]]``"""

    id: str
    from_: Any
    to: Any
    operational_from: Any = None


@attrs.frozen(kw_only=True)
class ValueEntry(Statement):
    """One row of ``values``."""

    edition: Any = None
    from_: date | None = None
    to: date | None = None
    is_: Any = None
    between: Any = None
    readings: Any = None


@attrs.frozen(kw_only=True)
class ParameterEntry(Statement):
    """``[[parameter]]``"""

    id: str
    type: str
    by: str | None = None
    group: str | None = None
    is_: Any = None
    between: Any = None
    readings: Any = None
    values: tuple[ValueEntry, ...] | None = None


@attrs.frozen(kw_only=True)
class EvidenceEntry(Statement):
    """One row of a criterion's ``evidence``."""

    editions: tuple[str, ...]


@attrs.frozen(kw_only=True)
class CriterionEntry(Statement):
    """``[[criterion]]``"""

    id: str
    role: str
    test: str
    says: Texts
    for_: tuple[str, ...] = ("eligibility",)
    judgement: bool = False
    undefined_term: Texts | None = None
    editions: tuple[str, ...] | None = None
    evidence: tuple[EvidenceEntry, ...] = ()


@attrs.frozen(kw_only=True)
class InstalmentEntry:
    """One row of an entitlement's ``instalment``."""

    share: tuple[int, ...]
    opens: str | None = None


@attrs.frozen(kw_only=True)
class EntitlementEntry(Statement):
    """``[[entitlement]]``"""

    id: str
    amount: str
    says: Texts
    kind: str = "exactly"
    when: str | None = None
    instalment: tuple[InstalmentEntry, ...] = ()
    modality: str | None = None
    paid: str | None = None
    editions: tuple[str, ...] | None = None


@attrs.frozen(kw_only=True)
class DeadlineEntry(Statement):
    """``[[deadline]]``"""

    id: str
    closes: str
    says: Texts
    opens: str | None = None
    when: str | None = None
    editions: tuple[str, ...] | None = None


@attrs.frozen(kw_only=True)
class PackFile:
    """A whole pack file."""

    pack: PackEntry
    governing: GoverningEntry
    sources: Mapping[str, SourceEntry]
    edition: tuple[EditionEntry, ...]
    questions: Mapping[str, Texts] = attrs.field(factory=dict)
    codes: Mapping[str, Any] = attrs.field(factory=dict)
    facts: Mapping[str, FactEntry] = attrs.field(factory=dict)
    records: Mapping[str, Mapping[str, FactEntry]] = attrs.field(factory=dict)
    parameter: tuple[ParameterEntry, ...] = ()
    define: Mapping[str, Any] = attrs.field(factory=dict)
    criterion: tuple[CriterionEntry, ...] = ()
    entitlement: tuple[EntitlementEntry, ...] = ()
    deadline: tuple[DeadlineEntry, ...] = ()
