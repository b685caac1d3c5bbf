"""One JSON document: the table's name, its fields with their types, its rows as objects."""

import json
from collections.abc import Iterator

from iomcore.exporters.base import Context, ExporterInfo, Table
from iomcore.hooks import hookimpl


def render(table: Table, context: Context) -> Iterator[str]:
    """The document, row by row; null for unknown, amounts as text."""
    fields = [{"name": f.name, "type": str(f.type)} for f in table.fields]
    yield f'{{"table": {json.dumps(table.name)}, "fields": {json.dumps(fields)}, "rows": ['
    names = [field.name for field in table.fields]
    for number, row in enumerate(table.rows()):
        record = dict(zip(names, row, strict=True))
        text = json.dumps(record, ensure_ascii=False, default=context.text)
        yield f"{',' if number else ''}\n{text}"
    yield "\n]}\n"


@hookimpl
def iomcore_exporters() -> Iterator[ExporterInfo]:
    """The exporter ``json``."""
    summary = "one JSON document with fields and rows"
    yield ExporterInfo(name="json", suffix=".json", load=lambda: render, summary=summary)
