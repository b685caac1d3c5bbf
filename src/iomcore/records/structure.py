"""From plain mappings and lists to attrs classes: nothing coerced, every problem in one pass.

The only module that knows cattrs.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from iomcore.domain.dates import to_date
from iomcore.domain.money import Money
from iomcore.errors import DataError, DateError, IomcoreError, Problem, suggestion

__all__ = ["structure"]

T = TypeVar("T")


class _WrongError(Exception):
    """A value that is not what its field takes."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(message)


def structure(value: object, cls: type[T], path: str = "$") -> T:
    """An instance of an attrs class from a mapping.

    Keys are the attribute names without a trailing underscore (``from`` for ``from_``). A key that
    the class does not have is a problem, as is a number for text or text for a number.

    Raises:
        DataError: with every problem and its path below `path`.

    >>> @attrs.frozen
    ... class Point:
    ...     x: int
    >>> structure({"x": "1", "z": 2}, Point)
    Traceback (most recent call last):
    iomcore.errors.DataError: $.x: expected a whole number, found str
    $.z: no such key
    """
    if not isinstance(value, Mapping):
        raise DataError(
            [Problem(path, "not-a-table", f"expected keys and values, {_found(value)}")]
        )
    try:
        return _converter().structure(value, cls)
    except ClassValidationError as error:
        raise DataError(_problems(error, path, cls)) from None


def _problems(error: BaseException, path: str, cls: Any = None) -> Iterator[Problem]:
    if isinstance(error, ClassValidationError | IterableValidationError):
        for inner in error.exceptions:
            yield from _problems(inner, path + _step(inner), getattr(error, "cl", None))
    elif isinstance(error, ForbiddenExtraKeysError):
        names = [_key(field.name) for field in attrs.fields(error.cl)]
        for key in sorted(error.extra_fields):
            yield Problem(f"{path}.{key}", "unknown-key", f"no such key{suggestion(key, names)}")
    elif isinstance(error, DataError):
        for problem in error.problems:
            yield Problem(path + problem.path.removeprefix("$"), problem.code, problem.message)
    else:
        yield _leaf(error, path)


def _leaf(error: BaseException, path: str) -> Problem:
    if isinstance(error, _WrongError):
        return Problem(path, error.code, error.message)
    if isinstance(error, KeyError):
        return Problem(path, "missing-key", "this key is required")
    if isinstance(error, DateError):
        return Problem(path, "not-a-date", str(error))
    if isinstance(error, IomcoreError):
        return Problem(path, "not-money", str(error))
    return Problem(path, "wrong-value", "this value is not allowed here")


def _step(error: BaseException) -> str:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return f".{_key(note.name)}"
        if isinstance(note, IterableValidationNote):
            return f"[{note.index}]"
    return ""


def _key(name: str) -> str:
    return name.rstrip("_")


def _found(value: object) -> str:
    return "found nothing" if value is None else f"found {type(value).__name__}"


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for type_, words in ((bool, "true or false"), (int, "a whole number"), (str, "text")):
        converter.register_structure_hook(type_, _exact(type_, words))
    converter.register_structure_hook(date, lambda value, _: to_date(value))
    converter.register_structure_hook(Money, _money)
    converter.register_structure_hook_func(_is_tuple, _tuple_hook(converter))
    converter.register_structure_hook_factory(attrs.has, lambda cls: _class_hook(cls, converter))
    return converter


def _exact(type_: type, words: str) -> Callable[[Any, Any], Any]:
    def hook(value: Any, _: Any) -> Any:
        if type(value) is not type_:
            raise _WrongError(f"not-{type_.__name__}", f"expected {words}, {_found(value)}")
        return value

    return hook


def _money(value: Any, _: Any) -> Money:
    if not isinstance(value, str):
        raise _WrongError("not-money", f"expected text like 12.50 EUR, {_found(value)}")
    return Money.parse(value)


def _is_tuple(type_: Any) -> bool:
    return get_origin(type_) is tuple


def _tuple_hook(converter: Converter) -> Callable[[Any, Any], tuple[Any, ...]]:
    def hook(value: Any, type_: Any) -> tuple[Any, ...]:
        if isinstance(value, str | Mapping) or not isinstance(value, Sequence):
            raise _WrongError("not-a-list", f"expected a list, {_found(value)}")
        element: Any = list[get_args(type_)[0]]  # type: ignore[misc]  # known only here
        return tuple(converter.structure(list(value), element))

    return hook


def _class_hook(cls: type, converter: Converter) -> Callable[[Any, Any], Any]:
    renames = {
        field.name: override(rename=_key(field.name))
        for field in attrs.fields(cls)
        if field.name.endswith("_")
    }
    make: Any = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **renames)  # type: ignore[arg-type]  # the overrides are keyed by attribute

    def hook(value: Any, type_: Any) -> Any:
        if not isinstance(value, Mapping):
            raise _WrongError("not-a-table", f"expected keys and values, {_found(value)}")
        return make(dict(value), type_)

    return hook
