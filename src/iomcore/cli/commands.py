"""The commands. Each reads, works everything out, and only then writes."""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

import iomcore
from iomcore.api import export as export_to
from iomcore.api import figures as count_figures
from iomcore.api import policy, read_dataset
from iomcore.cli.data import Choice, decide_data
from iomcore.cli.show import show_figures, show_outcomes, show_rows
from iomcore.domain.dates import to_date
from iomcore.domain.published import Published
from iomcore.domain.tables import Table
from iomcore.errors import DataError, DateError, IomcoreError, UnknownNameError
from iomcore.exporters.files import make_folder, replace_file
from iomcore.plugins import default_plugins
from iomcore.records.text import read_bytes, write_json
from iomcore.report import build_report, write_report
from iomcore.rules.decisiontable import decisions_table
from iomcore.rules.load import load_policy
from iomcore.rules.reconcile import reconcile
from iomcore.rules.results import Outcome
from iomcore.rules.words import LANGUAGES

__all__ = ["command"]

INVENTED = "INVENTED RECORDS: the persons and cases behind the counted figures do not exist."


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else to_date(value)
    except DateError as error:
        raise click.BadParameter(str(error), ctx, param) from None


class _Group(click.Group):
    """Turns our exceptions into one clear message and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except IomcoreError as error:
            click.echo(f"iomcore: {_message(error)}", err=True)
            ctx.exit(2 if isinstance(error, UnknownNameError) else 1)


def _message(error: IomcoreError) -> str:
    if not isinstance(error, DataError):
        return str(error)
    count = len(error.problems)
    lines = "\n".join(f"  {problem}" for problem in error.problems)
    return f"{count} problem{'s' if count > 1 else ''}\n{lines}"


_DATA = click.argument("data", type=click.Path(path_type=Path))
_AS_OF = click.option(
    "--as-of", callback=_day, help="Day of knowledge; default: the dataset's own."
)
_POLICY = click.option("--policy", "policy_id", help="Policy that decides, where DATA is a file.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="iomcore")
def command() -> None:
    """The rules of migrant-assistance programmes: decide, explain, count, export.

    DATA is a data folder, a file of events (.jsonl), or a flat table of facts (.csv, .json,
    .jsonl, .toml). Exit status: 0, 1 (problems found), 2 (usage).
    """


@command.command()
@_DATA
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to write to.")
@_AS_OF
def report(data: Path, out: Path, as_of: date | None) -> None:
    """The main job: read, decide, count, reconcile, write, show a summary."""
    found = build_report(read_dataset(data), as_of)
    written = write_report(found, out)
    if found.dataset.info.invented:
        click.echo(INVENTED)
    show_outcomes(found.outcomes)
    counted = [r for r in found.reconciliations if r.kind == "count"]
    show_figures("\nCounted from the records, against what was published", counted)
    related = [r for r in found.reconciliations if r.kind != "count"]
    if related:
        show_figures("\nPublished figures, against each other", related)
    names = ", ".join(path.name for path in written)
    click.echo(f"\n{len(written)} files in {out}: {names}")


@command.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_POLICY
def check(paths: tuple[Path, ...], policy_id: str | None) -> None:
    """Every problem of data folders, fact tables and policy packs, with its path."""
    problems = 0
    for path in paths:
        try:
            what = _checked(path, policy_id)
            click.echo(f"{path}: ok, {what}")
        except DataError as error:
            problems += len(error.problems)
            for problem in error.problems:
                click.echo(f"{path}: {problem}")
    if problems:
        click.echo(f"{problems} problem{'s' if problems > 1 else ''}", err=True)
        raise click.exceptions.Exit(1)


def _checked(path: Path, policy_id: str | None) -> str:
    if path.is_dir():
        found = build_report(read_dataset(path))
        return f"{len(found.dataset.cases)} cases, {len(found.decisions)} persons"
    if path.suffix == ".toml" and b"[pack]" in read_bytes(path):
        loaded = load_policy(path)
        return f"policy {loaded.id}, {len(loaded.criteria)} criteria"
    return f"{len(iomcore.read_cases(path, policy_id))} cases"


@command.command()
@_DATA
@_POLICY
@_AS_OF
@click.option("--out", type=click.Path(path_type=Path), help="Folder for decisions.jsonl and .csv.")
@_JSON
def decide(
    data: Path, policy_id: str | None, as_of: date | None, out: Path | None, as_json: bool
) -> None:
    """Decide every case."""
    decisions = decide_data(data, Choice(policy_id, as_of))
    if out is not None:
        lines = [write_json(d.to_dict()) + "\n" for d in decisions]
        make_folder(out)
        replace_file(out / "decisions.jsonl", lines)
        export_to(decisions, "csv", out / "decisions.csv", recipient="internal")
    if as_json:
        _print_json([decision.to_dict() for decision in decisions])
        return
    found = Counter(decision.outcome for decision in decisions)
    show_outcomes({outcome: found[outcome] for outcome in Outcome})


@command.command()
@_DATA
@click.option("--case", "case_id", required=True, help="Pseudonym of a person, or of a case.")
@_POLICY
@_AS_OF
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
def explain(data: Path, case_id: str, policy_id: str | None, as_of: date | None, lang: str) -> None:
    """Explain the decision on one person: reasons, sources, and what is still missing."""
    persons = _persons(data, case_id)
    decisions = [d for d in decide_data(data, Choice(policy_id, as_of)) if d.subject in persons]
    if not decisions:
        raise UnknownNameError(f"no person or case {case_id!r} in {data.name}")
    click.echo("\n".join(decision.explain(lang) for decision in decisions), nl=False)


def _persons(data: Path, case_id: str) -> set[str]:
    """The person, or the persons of the case."""
    cases = read_dataset(data).cases if data.is_dir() else ()
    return {case_id}.union(*(case.persons() for case in cases if case.id == case_id))


@command.command()
@_DATA
@_AS_OF
@_JSON
def figures(data: Path, as_of: date | None, as_json: bool) -> None:
    """Count the figures of a data folder and hold them against what was published."""
    dataset = read_dataset(data)
    published = dataset.published or Published(sources={}, statements={})
    found = reconcile(count_figures(dataset, as_of), published)
    if as_json:
        _print_json([reconciliation.to_dict() for reconciliation in found])
        return
    if dataset.info.invented:
        click.echo(INVENTED)
    show_figures("Figures", found)


@command.command()
@_DATA
@click.option("--to", required=True, help="Exporter; `iomcore exporters` lists them.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="File to write.")
@click.option("--table", default="decisions", show_default=True, help="Table to export.")
@click.option("--recipient", default="internal", show_default=True, help="Whom the file is for.")
@_POLICY
@_AS_OF
@click.option("-o", "options", multiple=True, metavar="KEY=VALUE", help="Option of the exporter.")
def export(
    data: Path,
    to: str,
    out: Path,
    table: str,
    recipient: str,
    policy_id: str | None,
    as_of: date | None,
    options: tuple[str, ...],
) -> None:
    """Write one table with an exporter."""
    found = _table(data, table, Choice(policy_id, as_of))
    result = export_to(found, to, out, recipient=recipient, options=_pairs(options), as_of=as_of)
    click.echo(f"{out}: {result.rows} rows, {result.bytes} bytes, sha256 {result.sha256}")


def _table(data: Path, name: str, choice: Choice) -> Table:
    if not data.is_dir() and name == "decisions":
        return decisions_table(decide_data(data, choice))
    found = build_report(read_dataset(data), choice.as_of)
    tables = {**found.tables, "indicators": found.indicators.table()}
    if name not in tables:
        raise UnknownNameError(f"no table {name!r}; there are: {', '.join(sorted(tables))}")
    return tables[name]


def _pairs(options: Iterable[str]) -> dict[str, Any]:
    """Options from ``key=value``; a value that is JSON is read so, other text stays text."""
    pairs: dict[str, Any] = {}
    for option in options:
        key, mark, value = option.partition("=")
        if not mark:
            raise click.UsageError(f"expected KEY=VALUE, found {option!r}")
        try:
            pairs[key] = json.loads(value)
        except json.JSONDecodeError:
            pairs[key] = value
    return pairs


@command.command()
def exporters() -> None:
    """The installed exporters, where each comes from, and what is broken and why."""
    plugins = default_plugins()
    rows = [
        (name, info.suffix, plugin, info.summary)
        for name, (info, plugin) in sorted(plugins.exporters.items())
    ]
    show_rows("Exporters", ("name", "suffix", "from", "what it writes"), rows)
    for plugin, why in sorted(plugins.broken.items()):
        click.echo(f"broken: {plugin}: {why}", err=True)


@command.command()
def policies() -> None:
    """The installed policies, their versions and editions."""
    rows = [_policy_row(name) for name in iomcore.policies()]
    show_rows("Policies", ("id", "version", "host", "currency", "editions", "title"), rows)


def _policy_row(name: str) -> tuple[str, ...]:
    found = policy(name)
    editions = ", ".join(edition.id for edition in found.editions)
    version = found.version.isoformat()
    return (found.id, version, found.host, found.currency, editions, found.title["en"])


def _print_json(value: Any) -> None:
    sys.stdout.write(write_json(value, indent=1) + "\n")
