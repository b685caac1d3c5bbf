"""What an exporter is given, and what it says of itself."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Literal

import attrs

from iomcore.domain.money import Money
from iomcore.domain.tables import Field, Table

__all__ = ["RECIPIENTS", "Context", "ExportResult", "ExporterInfo", "Field", "Render", "Table"]

API = 1
"""The version of this contract; an exporter of another version is refused by name."""
RECIPIENTS = (
    "internal",
    "partner-mission",
    "authority",
    "consulate",
    "donor",
    "auditor",
    "subject",
    "public",
)
"""Whom a file is for. This version serves `internal` only; every other recipient is refused."""


@attrs.frozen(kw_only=True)
class Context:
    """The circumstances of one export; there is no clock in it.

    Attributes:
        options: an instance of the exporter's own options class, or None.
        as_of: the day that the data stand for, if the caller named one.
        locale: ``en`` or ``pt``.
        recipient: one of `RECIPIENTS`.
    """

    options: Any = None
    as_of: date | None = None
    locale: str = "en"
    recipient: str = "internal"

    def text(self, value: object) -> str | None:
        """A cell as exact text: amounts as ``2000.00 EUR``, days as ISO, bools as true or false."""
        if value is None:
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | int | Money | date):
            return str(value)
        raise TypeError(f"no text for {type(value).__name__}")


Render = Callable[[Table, Context], Iterable[str | bytes]]
"""A pure generator: from a table to pieces of text or bytes. It opens no file."""


@attrs.frozen(kw_only=True)
class ExporterInfo:
    """An exporter's own description.

    Attributes:
        name: what people type, such as ``csv``.
        accepts: what it takes: ``table``.
        suffix: of the file it writes, such as ``.csv``.
        load: imports what it needs and gives the generator.
        options: an attrs class of its options, or None.
        summary: one line for people.
        api: the version of this contract it was written for.
    """

    name: str
    accepts: Literal["table"] = "table"
    suffix: str
    load: Callable[[], Render]
    options: type | None = None
    summary: str = ""
    api: int = API


@attrs.frozen(kw_only=True)
class ExportResult:
    """What was written.

    Attributes:
        bytes: size of the file.
        sha256: its digest, in hexadecimal.
        plugin: the distribution or module that brought the exporter.
    """

    path: str
    exporter: str
    plugin: str
    rows: int
    bytes: int
    sha256: str
