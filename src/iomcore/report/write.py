"""Writes a report: each file is whole or untouched."""

from collections.abc import Iterator
from pathlib import Path

from iomcore.api import export
from iomcore.exporters.files import make_folder, replace_file
from iomcore.records.text import write_json
from iomcore.report.build import Report
from iomcore.report.page import page

__all__ = ["write_report"]

INTERNAL = "internal"


def write_report(report: Report, out: Path) -> tuple[Path, ...]:
    """Writes the files of a report into a folder, which is made if need be; returns their paths.

    ``decisions.jsonl``, ``figures.json``, a CSV file for each table, and ``report.html``. All of
    them are for internal use: rows speak of single persons.

    Raises:
        ExportError: the folder or a file cannot be written; earlier files stand as they were.
    """
    html = page(report)
    make_folder(out)
    written = []
    for name, pieces in _texts(report, html):
        replace_file(out / name, pieces)
        written.append(out / name)
    for name, table in report.tables.items():
        export(table, "csv", out / f"{name}.csv", recipient=INTERNAL, as_of=report.as_of)
        written.append(out / f"{name}.csv")
    return tuple(written)


def _texts(report: Report, html: str) -> Iterator[tuple[str, Iterator[str]]]:
    yield "decisions.jsonl", (write_json(d.to_dict()) + "\n" for d in report.decisions)
    rows = [reconciliation.to_dict() for reconciliation in report.reconciliations]
    yield "figures.json", iter([write_json(rows, indent=1) + "\n"])
    yield "report.html", iter([html])
