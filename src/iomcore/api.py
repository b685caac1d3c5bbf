"""What `import iomcore` offers: policies, records, figures and exports, by name."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from iomcore.domain.case import facts_of
from iomcore.domain.folds import tables_of
from iomcore.domain.reading import FactReader
from iomcore.domain.tables import Table
from iomcore.domain.vocabulary import shared_vocabulary
from iomcore.errors import DataError, ExportError, Problem, UnknownNameError
from iomcore.exporters.base import ExporterInfo, ExportResult
from iomcore.exporters.host import write_table
from iomcore.plugins import default_plugins
from iomcore.records.dataset import Dataset, read_info
from iomcore.records.dataset import read_dataset as _read_dataset
from iomcore.records.facts import CaseFacts, read_facts
from iomcore.rules.decision import Decision
from iomcore.rules.decisiontable import decisions_table
from iomcore.rules.indicators import Figures, IndicatorSet, count, load_figures
from iomcore.rules.policy import Policy

__all__ = [
    "counting_rules",
    "decide_dataset",
    "export",
    "figures",
    "installed_exporters",
    "policies",
    "policy",
    "read_cases",
    "read_dataset",
]


def policy(name: str) -> Policy:
    """The policy of that id, built in or brought by a plugin.

    Raises:
        UnknownNameError: there is none; the message names what is installed.
        PackError: its pack is refused.

    >>> policy("pt-arvore").currency
    'EUR'
    """
    return default_plugins().policy(name)


def policies() -> tuple[str, ...]:
    """The ids of the installed policies.

    >>> "pt-arvore" in policies()
    True
    """
    return tuple(sorted(default_plugins().packs))


def installed_exporters() -> Mapping[str, ExporterInfo]:
    """The installed exporters by name.

    >>> sorted(installed_exporters())[:3]
    ['csv', 'json', 'jsonl']
    """
    return {name: info for name, (info, _) in sorted(default_plugins().exporters.items())}


def read_dataset(folder: str | Path) -> Dataset:
    """A data folder: its cases, checked by the vocabulary of the policy that it names.

    Raises:
        DataError: every problem of every file, with its path.
        UnknownNameError: the policy that it names is not installed.
    """
    path = Path(folder)
    return _read_dataset(path, policy(read_info(path).policy).reader)


def read_cases(path: str | Path, policy_id: str | None = None) -> list[CaseFacts]:
    r"""A flat table of facts, one case a row: ``.csv``, ``.json``, ``.jsonl`` or ``.toml``.

    Args:
        policy_id: whose vocabulary checks the facts; None: the shared one, amounts in EUR.

    Raises:
        DataError: every problem of every row, with its path.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "cases.csv"
    >>> _ = path.write_text("subject,nationalities\nP-1,BR;AO\n")
    >>> [(row.subject, row.facts) for row in read_cases(path)]
    [('P-1', {'nationalities': ['BR', 'AO']})]
    """
    reader = (
        FactReader(shared_vocabulary(), "EUR") if policy_id is None else policy(policy_id).reader
    )
    return read_facts(Path(path), reader)


def decide_dataset(dataset: Dataset, as_of: date | None = None) -> list[Decision]:
    """A decision for each person of each case, in order of case; `as_of`: the dataset's own day.

    Raises:
        DataError: facts that the policy cannot read, of all persons.

    >>> from iomcore.testing import dataset, events
    >>> [(d.dossier, d.outcome.value) for d in decide_dataset(dataset(*events()))]
    [('C-0001', 'eligible')]
    """
    day = as_of or dataset.info.as_of
    chosen = policy(dataset.info.policy)
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for case in dataset.cases:
        for person in case.persons(day):
            try:
                facts = facts_of(case, person, day)
                decisions.append(chosen.decide(facts, as_of=day, subject=person, dossier=case.id))
            except DataError as error:
                where = f"case {case.id}, person {person}: "
                problems += [Problem(where + p.path, p.code, p.message) for p in error.problems]
    if problems:
        raise DataError(problems)
    return decisions


@cache
def counting_rules(name: str) -> Figures:
    """The built-in set of counting rules of that id.

    Raises:
        UnknownNameError: there is none.
    """
    folder = Path(str(resources.files("iomcore").joinpath("policies")))
    names = sorted(path.stem for path in folder.glob("*-figures.toml"))
    if name not in names:
        raise UnknownNameError(f"no counting rules {name!r}; there are: {', '.join(names)}")
    return load_figures(folder / f"{name}.toml")


def figures(dataset: Dataset, as_of: date | None = None) -> IndicatorSet:
    """The figures of a dataset for its period, by the counting rules that it names.

    Raises:
        UnknownNameError: there are no such counting rules.

    >>> from iomcore.testing import dataset, events
    >>> figures(dataset(*events("C-0001"), *events("C-0002")))["returned"].value
    2
    """
    info = dataset.info
    return count(
        counting_rules(info.figures),
        tables_of(dataset.cases, as_of or info.as_of),
        period=info.period.id,
        first=info.period.from_,
        last=info.period.to,
    )


def export(
    what: Table | IndicatorSet | Iterable[Decision],
    to: str,
    path: str | Path,
    *,
    recipient: str,
    options: Mapping[str, Any] | None = None,
    as_of: date | None = None,
) -> ExportResult:
    """Writes decisions, figures or a table with the exporter of that name.

    Args:
        recipient: whom the file is for, such as ``internal``; there is no default.

    Raises:
        RecipientError: the recipient may not have this.
        UnknownNameError: no such exporter or recipient.
        DataError, PluginError, ExportError: see `iomcore.exporters.write_table`.

    >>> import tempfile
    >>> from iomcore.testing import facts
    >>> decision = policy("pt-arvore").decide(facts(), as_of=date(2019, 9, 1))
    >>> path = Path(tempfile.mkdtemp()) / "decisions.jsonl"
    >>> export([decision], "jsonl", path, recipient="internal").rows
    1
    """
    info, plugin = default_plugins().exporter(to)
    return write_table(
        _table(what), info, path, recipient=recipient, plugin=plugin, options=options, as_of=as_of
    )


def _table(what: object) -> Table:
    if isinstance(what, Table):
        return what
    if isinstance(what, IndicatorSet):
        return what.table()
    decisions = list(what) if isinstance(what, Iterable) else [what]
    known = [decision for decision in decisions if isinstance(decision, Decision)]
    if len(known) != len(decisions):
        raise ExportError("expected a table, figures or decisions")
    return decisions_table(known)
