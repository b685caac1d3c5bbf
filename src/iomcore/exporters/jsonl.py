"""One JSON object a line: for pipelines, and for reading back."""

import json
from collections.abc import Iterator

from iomcore.exporters.base import Context, ExporterInfo, Table
from iomcore.hooks import hookimpl


def render(table: Table, context: Context) -> Iterator[str]:
    """A line a row; keys in the order of the fields, null for unknown, amounts as text."""
    names = [field.name for field in table.fields]
    for row in table.rows():
        record = dict(zip(names, row, strict=True))
        yield json.dumps(record, ensure_ascii=False, default=context.text) + "\n"


@hookimpl
def iomcore_exporters() -> Iterator[ExporterInfo]:
    """The exporter ``jsonl``."""
    summary = "one JSON object a line"
    yield ExporterInfo(name="jsonl", suffix=".jsonl", load=lambda: render, summary=summary)
