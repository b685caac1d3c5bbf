"""Where plugins plug in: the markers and the specifications.

A plugin is a module or an object with functions marked `hookimpl`, named in the entry point group
``iomcore`` of its distribution.
"""

from collections.abc import Iterable
from typing import Any

import pluggy

__all__ = ["ENTRY_POINTS", "PROJECT", "hookimpl", "hookspec"]

PROJECT = "iomcore"
ENTRY_POINTS = "iomcore"
"""The entry point group that plugins are found in."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def iomcore_exporters() -> Iterable[Any]:  # type: ignore[empty-body]  # a specification has no body
    """Exporters that the plugin brings: `iomcore.exporters.ExporterInfo`, light to make.

    What needs other libraries is imported by `ExporterInfo.load`, when the exporter is used.
    """


@hookspec
def iomcore_policies() -> Iterable[Any]:  # type: ignore[empty-body]  # a specification has no body
    """Folders (`pathlib.Path`) of policy packs that the plugin brings, one TOML file a pack."""
