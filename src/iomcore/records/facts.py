"""Flat tables of facts, one case a row, for whoever has no event log: CSV, JSON (Lines), TOML."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from iomcore.domain.facttypes import FactType
from iomcore.domain.reading import FactReader
from iomcore.domain.vocabulary import CASE
from iomcore.errors import DataError, Problem
from iomcore.records.text import (
    MAX_LINE,
    read_bytes,
    read_json,
    read_json_lines,
    read_toml,
    write_json,
    write_toml,
)

__all__ = ["CaseFacts", "read_facts", "write_facts"]

SUBJECT = "subject"
"""The column or key that names the case by its pseudonym."""


@attrs.frozen
class CaseFacts:
    """The facts of one case.

    Attributes:
        subject: its pseudonym, or None.
        facts: as a policy takes them.
        place: where it stands: file and line or entry.
    """

    subject: str | None
    facts: Mapping[str, Any] = attrs.field(repr=False)
    place: str = ""


def read_facts(path: Path, reader: FactReader) -> list[CaseFacts]:
    """The cases of a file, by its ending: ``.csv``, ``.json``, ``.jsonl`` or ``.toml``.

    In CSV an empty cell is unknown, a set of codes is written ``BR;PT`` (nothing between two marks
    is a member not known), and a list or an officer's finding as JSON. JSON holds a list
    of objects, TOML tables ``[[case]]``.

    Raises:
        DataError: every problem of every row.
    """
    read = _READERS.get(path.suffix)
    if read is None:
        message = f"expected a file ending in {', '.join(_READERS)}"
        raise DataError([Problem(path.name, "no-such-format", message)])
    rows: list[CaseFacts] = []
    problems: list[Problem] = []
    for place, value in read(read_bytes(path), path.name, reader):
        if isinstance(value, DataError):
            problems += value.problems
            continue
        row = _row(value, place, problems)
        problems += reader.problems(row.facts, CASE, f"{place}: $")
        rows.append(row)
    if problems:
        raise DataError(problems)
    return rows


def _row(value: Any, place: str, problems: list[Problem]) -> CaseFacts:
    if not isinstance(value, Mapping):
        problems.append(Problem(place, "not-a-case", "expected keys and values"))
        return CaseFacts(None, {}, place)
    subject = value.get(SUBJECT)
    if subject is not None and not isinstance(subject, str):
        problems.append(
            Problem(f"{place}: $.{SUBJECT}", "not-text", "expected a pseudonym as text")
        )
        subject = None
    return CaseFacts(subject, {k: v for k, v in value.items() if k != SUBJECT}, place)


Rows = Iterator[tuple[str, Any]]


def _json(data: bytes, where: str, reader: FactReader) -> Rows:
    value = read_json(_text(data, where), where)
    if not isinstance(value, list):
        raise DataError([Problem(where, "not-a-list", "expected a list of objects")])
    yield from ((f"{where}[{number}]", item) for number, item in enumerate(value))


def _json_lines(data: bytes, where: str, reader: FactReader) -> Rows:
    return read_json_lines(data, where)


def _toml(data: bytes, where: str, reader: FactReader) -> Rows:
    value = read_toml(data, where)
    if value.keys() != {"case"} or not isinstance(value["case"], list):
        raise DataError([Problem(where, "not-cases", "expected tables [[case]] and nothing else")])
    yield from ((f"{where}: case[{number}]", item) for number, item in enumerate(value["case"]))


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"expected UTF-8, found another byte at {error.start}"
        raise DataError([Problem(where, "not-utf-8", message)]) from None


def _csv(data: bytes, where: str, reader: FactReader) -> Rows:
    lines = csv.reader(io.StringIO(_text(data, where), newline=""), strict=True)
    header = _header(lines, where)
    types = {name: fact.type for name, fact in reader.vocabulary.levels[CASE].items()}
    try:
        for row in lines:
            place = f"{where}:{lines.line_num}"
            if not row:
                continue
            if len(row) != len(header):
                yield place, _short(place, len(header), len(row))
                continue
            yield place, _cells(header, row, types, place)
    except csv.Error as error:
        message = f"not CSV: {error}"
        yield where, DataError([Problem(f"{where}:{lines.line_num}", "not-csv", message)])


def _header(lines: Iterator[list[str]], where: str) -> list[str]:
    try:
        header = next(lines, [])
    except csv.Error as error:
        raise DataError([Problem(f"{where}:1", "not-csv", f"not CSV: {error}")]) from None
    twice = sorted({name for name in header if header.count(name) > 1})
    if not header or twice:
        message = f"the column {twice[0]!r} stands twice" if twice else "the file is empty"
        raise DataError([Problem(f"{where}:1", "bad-header", message)])
    return header


def _short(place: str, expected: int, found: int) -> DataError:
    message = f"expected {expected} cells, found {found}"
    return DataError([Problem(place, "wrong-count", message)])


def _cells(
    header: Iterable[str], row: Iterable[str], types: Mapping[str, FactType], place: str
) -> dict[str, Any] | DataError:
    facts: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, cell in zip(header, row, strict=True):
        if cell == "":
            continue
        try:
            kind = types[name].kind if name in types else "text"
            facts[name] = _cell(cell, kind, f"{place}: $.{name}")
        except DataError as error:
            problems += error.problems
    return DataError(problems) if problems else facts


def _cell(cell: str, kind: str, path: str) -> Any:
    if len(cell) > MAX_LINE:
        raise DataError([Problem(path, "too-long", f"expected at most {MAX_LINE} characters")])
    if kind == "codes" and not cell.startswith("["):
        return [code or None for code in cell.split(";")]
    if kind in ("bool", "int", "list", "finding", "codes"):
        return read_json(cell, path)
    return cell


def write_facts(rows: Iterable[CaseFacts], suffix: str) -> str:
    """The text of a file that `read_facts` reads back, for one of its endings.

    Raises:
        DataError: no such ending, or TOML is asked to hold an unknown member of a list.
    """
    cases = [{SUBJECT: row.subject, **row.facts} for row in rows]
    known = [{k: v for k, v in case.items() if v is not None} for case in cases]
    if suffix == ".json":
        return write_json(known, indent=1) + "\n"
    if suffix == ".jsonl":
        return "".join(write_json(case) + "\n" for case in known)
    if suffix == ".toml":
        return write_toml({"case": known})
    if suffix == ".csv":
        return _csv_text(known)
    raise DataError([Problem(suffix, "no-such-format", f"expected {', '.join(_READERS)}")])


def _csv_text(cases: list[dict[str, Any]]) -> str:
    names = list(dict.fromkeys(name for case in cases for name in case))
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(names)
    for case in cases:
        writer.writerow([_csv_cell(case.get(name)) for name in names])
    return buffer.getvalue()


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    codes = isinstance(value, list | tuple | set | frozenset) and all(
        code is None or isinstance(code, str) for code in value
    )
    if codes and any(value):
        return ";".join(code or "" for code in sorted(value, key=lambda c: (c is None, str(c))))
    text = write_json(value)
    return text.strip('"') if text.startswith('"') else text


_READERS: Mapping[str, Any] = {
    ".csv": _csv,
    ".json": _json,
    ".jsonl": _json_lines,
    ".toml": _toml,
}
