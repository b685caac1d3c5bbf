"""Strict text: JSON and TOML in, bounded in size, depth and length; JSON and TOML out."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import attrs

from iomcore.domain.findings import OfficerFinding
from iomcore.domain.money import Money
from iomcore.errors import DataError, Problem

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_DOCUMENT",
    "MAX_LINE",
    "plain",
    "read_bytes",
    "read_json",
    "read_json_lines",
    "read_toml",
    "write_json",
    "write_toml",
]

MAX_BYTES = 1_000_000_000
"""A file larger than this is refused."""
MAX_LINE = 1_000_000
"""A line of more characters than this is refused."""
MAX_DOCUMENT = 50_000_000
"""A JSON or TOML document of more characters than this is refused."""
MAX_DEPTH = 32
"""Lists and objects nested deeper than this are refused."""


def _fail(path: str, code: str, message: str) -> DataError:
    return DataError([Problem(path, code, message)])


def read_bytes(path: Path) -> bytes:
    """The whole file.

    Raises:
        DataError: there is no such file, it is a folder, cannot be read, or is too large.
    """
    try:
        if path.is_dir():
            raise _fail(path.name, "is-a-folder", "expected a file, found a folder")
        if path.stat().st_size > MAX_BYTES:
            raise _fail(path.name, "too-large", f"expected at most {MAX_BYTES} bytes")
        return path.read_bytes()
    except FileNotFoundError:
        raise _fail(path.name, "no-such-file", "there is no such file") from None
    except OSError as error:
        raise _fail(path.name, "cannot-read", error.strerror or "cannot be read") from None


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"expected UTF-8, found another byte at {error.start}"
        raise _fail(where, "not-utf-8", message) from None


def read_json(text: str, where: str = "$", limit: int = MAX_DOCUMENT) -> Any:
    """One JSON value: no duplicate key, no NaN or Infinity, no fraction, bounded depth.

    Raises:
        DataError: the text is not such a value.

    >>> read_json('{"a": 1, "a": 2}')
    Traceback (most recent call last):
    iomcore.errors.DataError: $: the key 'a' stands twice
    """
    if len(text) > limit:
        raise _fail(where, "too-long", f"expected at most {limit} characters")
    if _deep(text):
        raise _fail(where, "too-deep", f"expected at most {MAX_DEPTH} levels")
    try:
        return json.loads(
            text,
            object_pairs_hook=lambda pairs: _object(pairs, where),
            parse_float=lambda _: _no_fraction(where),
            parse_int=lambda digits: _int(digits, where),
            parse_constant=lambda _: _no_fraction(where),
        )
    except json.JSONDecodeError as error:
        message = f"not JSON: line {error.lineno}, column {error.colno}"
        raise _fail(where, "not-json", message) from None


def _deep(text: str) -> bool:
    """Whether brackets outside quotes nest too deep."""
    depth = deepest = 0
    quoted = escaped = False
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    for letter in text:
        if quoted:
            quoted, escaped = escaped or letter != '"', letter == "\\" and not escaped
        elif letter == '"':
            quoted = True
        elif letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest > MAX_DEPTH


def _object(pairs: list[tuple[str, Any]], where: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _fail(where, "duplicate-key", f"the key {key!r} stands twice")
        found[key] = value
    return found


def _no_fraction(where: str) -> Any:
    message = "expected whole numbers; amounts are text like 12.50"
    raise _fail(where, "not-a-whole-number", message)


def _int(digits: str, where: str) -> int:
    if len(digits.lstrip("-")) > 18:
        raise _fail(where, "number-too-long", "expected a number of at most 18 digits")
    return int(digits)


def read_json_lines(data: bytes, where: str) -> Iterator[tuple[str, Any | DataError]]:
    """Each line's place and its value, or what is wrong with it; blank lines are passed over."""
    for number, line in enumerate(data.split(b"\n"), 1):
        place = f"{where}:{number}"
        try:
            text = _decoded(line, place).strip()
            if text:
                yield place, read_json(text, place, MAX_LINE)
        except DataError as error:
            yield place, error


def read_toml(data: bytes, where: str) -> dict[str, Any]:
    """One TOML document; timestamps and fractions are left for the reader of the field to refuse.

    Raises:
        DataError: the text is not TOML, or is too long or too deep.
    """
    text = _decoded(data, where)
    if len(text) > MAX_DOCUMENT:
        raise _fail(where, "too-long", f"expected at most {MAX_DOCUMENT} characters")
    if _deep(text):
        raise _fail(where, "too-deep", f"expected at most {MAX_DEPTH} levels")
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _fail(where, "not-toml", f"not TOML: {error}") from None


def plain(value: Any) -> Any:
    """The value as JSON has it: money as text with its currency, dates as ISO text, sets sorted.

    >>> plain({"amount": Money.of("5.00", "EUR"), "codes": frozenset({"BR", None})})
    {'amount': '5.00 EUR', 'codes': ['BR', None]}
    """
    match value:
        case Money() | date():
            return str(value)
        case OfficerFinding():
            return {"value": value.value, "reason": value.reason, "on": str(value.on)}
        case Mapping():
            return {key: plain(item) for key, item in value.items()}
        case set() | frozenset():
            return [plain(item) for item in sorted(value, key=lambda x: (x is None, str(x)))]
        case list() | tuple():
            return [plain(item) for item in value]
        case None | bool() | int() | str():
            return value
    if attrs.has(type(value)):
        return plain(attrs.asdict(value, recurse=False))
    raise TypeError(f"no plain form for {type(value).__name__}")


def write_json(value: Any, *, indent: int | None = None) -> str:
    """JSON text of a value that `plain` understands; UTF-8, one form for one value."""
    separators = (",", ": ") if indent else (", ", ": ")
    return json.dumps(
        plain(value), ensure_ascii=False, indent=indent, separators=separators, allow_nan=False
    )


def write_toml(value: Mapping[str, Any]) -> str:
    """TOML text. A key whose value is None is left out: absent is unknown too.

    Raises:
        DataError: a list holds None, which TOML cannot say; or the extra ``toml`` is missing.
    """
    try:
        import tomli_w
    except ImportError:
        raise DataError(
            [Problem("$", "extra-missing", 'install "iomcore[toml]" to write TOML')]
        ) from None
    text: str = tomli_w.dumps(_without_none(value))
    return text


def _without_none(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _without_none(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple | set | frozenset):
        if None in value:
            raise _fail("$", "no-null-in-toml", "TOML has no form for an unknown member of a list")
        return [_without_none(item) for item in value]
    if isinstance(value, date | bool | int | str) and not isinstance(value, datetime):
        return value
    return _without_none(plain(value))
