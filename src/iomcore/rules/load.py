"""A pack file becomes a policy, or is refused with every fault: file, entry, what was expected."""

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from iomcore.domain.citations import Evidence
from iomcore.domain.dates import FIRST_DAY, LAST_DAY, to_date
from iomcore.domain.facttypes import FactType
from iomcore.domain.iso import currency_digits
from iomcore.domain.reading import FactReader
from iomcore.errors import (
    DataError,
    DateError,
    ExpressionError,
    PackError,
    Problem,
    UnknownNameError,
    suggestion,
)
from iomcore.records.structure import structure
from iomcore.records.text import read_bytes, read_toml
from iomcore.rules.checker import Checker
from iomcore.rules.nodes import BOOL, DATE, Bulk
from iomcore.rules.pack import (
    ELIGIBILITY,
    ROLES,
    Criterion,
    Deadline,
    Definition,
    Edition,
    Entitlement,
    Instalment,
)
from iomcore.rules.packfile import PackFile
from iomcore.rules.packvocabulary import VocabularyLoader, scope_of
from iomcore.rules.parameters import ParameterLoader
from iomcore.rules.parse import parse
from iomcore.rules.policy import Policy

__all__ = ["load_policy", "read_policy"]

PACK_FORMAT = 1
_FIGURES = ("int", "money", "date")


def load_policy(path: Path) -> Policy:
    """The policy in a pack file.

    Raises:
        PackError: the file cannot be read, or the pack is refused; every fault is listed.
    """
    try:
        return read_policy(read_bytes(path), path.name)
    except PackError:
        raise
    except DataError as error:
        raise PackError(error.problems) from None


def read_policy(data: bytes, where: str) -> Policy:
    """The policy in the text of a pack; `where` names it in problems.

    Raises:
        PackError: every fault of the pack.
    """
    try:
        file = structure(read_toml(data, where), PackFile, where)
    except DataError as error:
        raise PackError(error.problems) from None
    loader = _Loader(file, where)
    policy = loader.load(hashlib.sha256(data).hexdigest())
    if loader.problems:
        raise PackError(loader.problems)
    return policy


class _Loader(Checker):
    """Goes through the tables in their order; a name may use only what comes before it."""

    def load(self, digest: str) -> Policy:
        file, head = self.file, self.file.pack
        self.head()
        self.vocabulary = VocabularyLoader(self).load()
        self.scope = scope_of(self.vocabulary, head.currency)
        reader = FactReader(self.vocabulary, head.currency)
        editions = tuple(self.edition(entry) for entry in file.edition)
        governing = self.expression("governing: date", file.governing.date, DATE)
        parameters = ParameterLoader(self, reader).load()
        definitions = self.definitions()
        self.unique_names()
        return Policy(
            id=head.id,
            version=self.version(),
            digest=digest,
            title=self.texts("pack: title", head.title),
            host=head.host,
            currency=head.currency,
            questions=(ELIGIBILITY, *file.questions),
            question_says={q: self.texts(f"questions: {q}", t) for q, t in file.questions.items()},
            governing=governing,
            governing_evidence=self.evidence("governing", file.governing),
            sources=self.sources,
            vocabulary=self.vocabulary,
            code_says=VocabularyLoader(self).code_says(),
            editions=editions,
            parameters=parameters,
            definitions=definitions,
            criteria=tuple(self.criterion(entry) for entry in file.criterion),
            entitlements=tuple(self.entitlement(entry) for entry in file.entitlement),
            deadlines=tuple(self.deadline(entry) for entry in file.deadline),
            compiler=self.compiler,
            reader=reader,
        )

    def head(self) -> None:
        head = self.file.pack
        if head.format != PACK_FORMAT:
            message = (
                f"expected {PACK_FORMAT}, found {head.format}: another version of iomcore reads it"
            )
            self.wrong("pack: format", "other-format", message)
        try:
            currency_digits(head.currency)
        except UnknownNameError as error:
            raise PackError(
                [Problem(f"{self.where}: pack: currency", "no-currency", str(error))]
            ) from None

    def version(self) -> date:
        try:
            return to_date(self.file.pack.version)
        except DateError as error:
            self.wrong("pack: version", "not-a-date", str(error))
            return FIRST_DAY

    def edition(self, entry: Any) -> Edition:
        where = f'edition "{entry.id}"'
        operational = entry.operational_from
        starts = self.bound(f"{where}: from", entry.from_, FIRST_DAY)
        ends = self.bound(f"{where}: to", entry.to, LAST_DAY)
        if starts[0] > ends[1]:
            self.wrong(where, "ends-before-it-starts", "the edition ends before it starts")
        return Edition(
            id=entry.id,
            starts=starts,
            ends=ends,
            evidence=self.evidence(where, entry),
            operational_from=operational
            and self.bound(f"{where}: operational_from", operational, FIRST_DAY),
        )

    def definitions(self) -> dict[str, Definition]:
        definitions: dict[str, Definition] = {}
        for name, entry in self.file.define.items():
            where = f"define: {name}"
            table = entry if isinstance(entry, dict) else {"is": entry}
            text, says = table.get("is"), table.get("says")
            if not isinstance(text, str) or table.keys() - {"is", "says"}:
                self.wrong(where, "no-expression", "expected an expression, or `is` and `says`")
                continue
            if "." in name:
                self.define_field(where, name, text)
                continue
            node = self.expression(where, text, None)
            self.compiler.definitions[name] = node
            if name in self.scope.names:
                self.wrong(where, "name-taken", "this name is taken")
            self.scope.names[name] = ("definition", node.type)
            label = None if says is None else self.sentence(where, says, None)
            definitions[name] = Definition(name=name, node=node, says=label)
        return definitions

    def define_field(self, where: str, name: str, text: str) -> None:
        """A field of a record; in its expression the record's own name stands for the item."""
        record, _, field = name.partition(".")
        fields = self.scope.records.get(record)
        if fields is None or field in fields:
            self.wrong(where, "name-taken", "expected a new field of a record")
            return
        try:
            loop = parse(
                f"count({record} for {record} in {self.list_of(record)} if {text})", self.scope
            )
        except ExpressionError as error:
            self.wrong(f"{where}: column {error.column}", "not-the-language", str(error))
            return
        assert isinstance(loop, Bulk)  # it was written so, above
        assert loop.where is not None
        self.compiler.fields[record, field] = loop.where
        fields[field] = loop.where.type
        self.scope.defined.add((record, field))

    def list_of(self, record: str) -> str:
        lists = [
            n for n, (_, type_) in self.scope.names.items() if type_ == FactType("list", record)
        ]
        return lists[0] if lists else record

    def unique_names(self) -> None:
        self.once("edition", self.ids)
        self.once("criterion", [entry.id for entry in self.file.criterion])
        self.once("entitlement", [entry.id for entry in self.file.entitlement])
        self.once("deadline", [entry.id for entry in self.file.deadline])
        for entry in self.file.entitlement:
            if entry.id in self.scope.names:
                self.wrong(f'entitlement "{entry.id}"', "name-taken", "this name is taken")

    def criterion(self, entry: Any) -> Criterion:
        where = f'criterion "{entry.id}"'
        test = self.expression(f"{where}: test", entry.test, BOOL)
        if entry.role not in ROLES:
            self.wrong(f"{where}: role", "no-role", f"expected one of {', '.join(ROLES)}")
        gates = {ELIGIBILITY, *self.file.questions, *(e.id for e in self.file.entitlement)}
        for name in sorted(set(entry.for_) - gates) if entry.for_ else ("nothing",):
            message = f"no question or entitlement {name!r}{suggestion(name, gates)}"
            self.wrong(f"{where}: for", "gates-nothing", message)
        if entry.judgement and not self.by_officer(test):
            message = "only an officer's findings may answer a judgement"
            self.wrong(f"{where}: judgement", "not-a-finding", message)
        return Criterion(
            id=entry.id,
            role=entry.role,
            test=test,
            gates=entry.for_,
            says=self.sentence(where, entry.says, test),
            evidence=self.evidence(where, entry, required=not entry.evidence),
            evidence_by_edition=self.evidence_rows(where, entry),
            editions=self.editions_of(where, entry.editions),
            judgement=entry.judgement,
            undefined_term=entry.undefined_term
            and self.texts(f"{where}: undefined_term", entry.undefined_term),
        )

    def evidence_rows(self, where: str, entry: Any) -> dict[str, Evidence]:
        rows: dict[str, Evidence] = {}
        for row in entry.evidence:
            evidence = self.evidence(where, row)
            rows.update(dict.fromkeys(self.editions_of(where, row.editions), evidence))
        uncovered = self.editions_of(where, entry.editions) - rows.keys()
        if entry.evidence and entry.status is None and uncovered:
            message = f"no evidence for {', '.join(sorted(uncovered))}"
            self.wrong(f"{where}: evidence", "no-evidence", message)
        return rows

    def entitlement(self, entry: Any) -> Entitlement:
        where = f'entitlement "{entry.id}"'
        amount = self.expression(
            f"{where}: amount", entry.amount, FactType("money", self.file.pack.currency)
        )
        if entry.kind not in ("exactly", "up-to"):
            self.wrong(f"{where}: kind", "no-kind", "expected exactly or up-to")
        return Entitlement(
            id=entry.id,
            kind=entry.kind,
            amount=amount,
            when=self.optional(f"{where}: when", entry.when, BOOL),
            instalments=self.instalments(where, entry.instalment),
            modality=entry.modality,
            paid=entry.paid,
            says=self.sentence(where, entry.says, None),
            evidence=self.evidence(where, entry),
            editions=self.editions_of(where, entry.editions),
        )

    def instalments(self, where: str, entries: Iterable[Any]) -> tuple[Instalment, ...]:
        rows = []
        total = [0, 1]
        for entry in entries:
            if len(entry.share) != 2 or min(entry.share) < 1:
                self.wrong(f"{where}: instalment", "no-share", "expected a share like [1, 2]")
                return ()
            numerator, denominator = entry.share
            total = [total[0] * denominator + numerator * total[1], total[1] * denominator]
            opens = self.optional(f"{where}: instalment: opens", entry.opens, DATE)
            rows.append(Instalment(share=(numerator, denominator), opens=opens))
        if rows and total[0] != total[1]:
            self.wrong(f"{where}: instalment", "shares-not-one", "the shares do not add up to one")
        return tuple(rows)

    def deadline(self, entry: Any) -> Deadline:
        where = f'deadline "{entry.id}"'
        return Deadline(
            id=entry.id,
            when=self.optional(f"{where}: when", entry.when, BOOL),
            opens=self.optional(f"{where}: opens", entry.opens, DATE),
            closes=self.expression(f"{where}: closes", entry.closes, DATE),
            says=self.sentence(where, entry.says, None),
            evidence=self.evidence(where, entry),
            editions=self.editions_of(where, entry.editions),
        )
