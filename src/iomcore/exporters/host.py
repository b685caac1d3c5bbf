"""The host of the exporters: checks recipient and options, runs the generator, writes the file."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from iomcore.domain.tables import Table
from iomcore.errors import (
    DataError,
    IomcoreError,
    PluginError,
    Problem,
    RecipientError,
    UnknownNameError,
)
from iomcore.exporters.base import RECIPIENTS, Context, ExporterInfo, ExportResult
from iomcore.exporters.files import replace_file
from iomcore.records.structure import structure

__all__ = ["write_table"]


def write_table(
    table: Table,
    exporter: ExporterInfo,
    path: str | Path,
    *,
    recipient: str,
    plugin: str = "iomcore",
    options: Mapping[str, Any] | None = None,
    as_of: date | None = None,
    locale: str = "en",
) -> ExportResult:
    """Writes a table with an exporter; the file is whole or untouched.

    Raises:
        RecipientError: the recipient may not have this table.
        UnknownNameError: there is no such recipient.
        DataError: options that the exporter does not have, or of another type: all of them.
        PluginError: the exporter cannot be loaded, or breaks; its name is in the message.
        ExportError: the file cannot be written.
    """
    check_recipient(recipient)
    context = Context(
        options=_options(exporter, options or {}),
        as_of=as_of,
        locale=locale,
        recipient=recipient,
    )
    counter = _Counted(table)
    pieces = _run(exporter, counter, context)
    size, digest = replace_file(Path(path), pieces)
    return ExportResult(
        path=str(path),
        exporter=exporter.name,
        plugin=plugin,
        rows=counter.rows,
        bytes=size,
        sha256=digest,
    )


def check_recipient(recipient: str) -> None:
    """Refuses every recipient that nothing is cleared for yet.

    Raises:
        RecipientError: anybody but `internal`: no disclosure control is built in yet.
        UnknownNameError: there is no such recipient.
    """
    if recipient not in RECIPIENTS:
        raise UnknownNameError(f"no recipient {recipient!r}; there are: {', '.join(RECIPIENTS)}")
    if recipient != "internal":
        raise RecipientError(
            f"nothing goes to {recipient!r} yet: this version has no disclosure control, "
            "and serves 'internal' only"
        )


def _options(exporter: ExporterInfo, given: Mapping[str, Any]) -> Any:
    if exporter.options is not None:
        return structure(given, exporter.options, "options")
    if given:
        problems = [Problem(f"options.{key}", "unknown-option", "no such option") for key in given]
        raise DataError(problems)
    return None


class _Counted:
    """A table that counts the rows of its latest reading."""

    def __init__(self, table: Table) -> None:
        self.rows = 0
        self._source = table
        self.table = Table(table.name, table.fields, self._rows)

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        self.rows = 0
        for row in self._source.rows():
            self.rows += 1
            yield row


def _run(exporter: ExporterInfo, rows: _Counted, context: Context) -> Iterator[str | bytes]:
    """The pieces; whatever breaks inside a plugin comes out as an error that names it and the row.

    The plugin's own words stay out of the message: they may quote a cell.
    """
    try:
        yield from exporter.load()(rows.table, context)
    except IomcoreError:
        raise
    except Exception as error:
        what = f"exporter {exporter.name!r} broke with {type(error).__name__} at row {rows.rows}"
        raise PluginError(f"{what}; nothing was written") from error
