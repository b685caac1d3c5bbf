"""How results leave: exporters are pure generators, the host owns files, options and privacy."""

from iomcore.exporters.base import (
    RECIPIENTS,
    Context,
    ExporterInfo,
    ExportResult,
    Field,
    Render,
    Table,
)
from iomcore.exporters.host import write_table

__all__ = [
    "RECIPIENTS",
    "Context",
    "ExportResult",
    "ExporterInfo",
    "Field",
    "Render",
    "Table",
    "write_table",
]
