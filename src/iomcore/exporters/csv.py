"""The exact machine file: RFC 4180, UTF-8, values as they are, an empty field for unknown."""

import csv
import io
from collections.abc import Iterator, Sequence

from iomcore.exporters.base import Context, ExporterInfo, Table
from iomcore.hooks import hookimpl


def render(table: Table, context: Context) -> Iterator[str]:
    """A header, then a line a row.

    Text is written as it is, formulas too: the file is for programs, not for spreadsheets.
    """
    yield _line([field.name for field in table.fields])
    for row in table.rows():
        yield _line([context.text(cell) for cell in row])


def _line(cells: Sequence[str | None]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()


@hookimpl
def iomcore_exporters() -> Iterator[ExporterInfo]:
    """The exporter ``csv``."""
    summary = "exact comma-separated values for programs, one table a file"
    yield ExporterInfo(name="csv", suffix=".csv", load=lambda: render, summary=summary)
