"""Every exception of the library has one root, `IomcoreError`, and one builtin ancestor.

A business "no" is never an exception: it is a finding in a decision. What is raised here is misuse
or bad input, and bad input is raised once, with every problem in it.
"""

from collections.abc import Iterable
from difflib import get_close_matches

import attrs

__all__ = [
    "DataError",
    "DateError",
    "ExportError",
    "ExpressionError",
    "IomcoreError",
    "MoneyError",
    "PackError",
    "PluginError",
    "Problem",
    "RecipientError",
    "UnknownNameError",
    "suggestion",
]


class IomcoreError(Exception):
    """The root: catch it and you have caught everything that this library raises on purpose."""


@attrs.frozen
class Problem:
    """One thing that is wrong with something that was handed in.

    Attributes:
        path: where, such as ``$.plan_lines[0].amount`` or ``events.jsonl:12: $.happened_on``.
        code: a stable kebab-case word for programs, such as ``not-a-date``.
        message: our own words for people. It never repeats a personal value.
    """

    path: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class DataError(IomcoreError, ValueError):
    """Data from outside cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PackError(DataError):
    """A policy pack or a file of counting rules was refused; `problems` lists every fault."""


class ExpressionError(IomcoreError, ValueError):
    """An expression of a rule is not part of the language, or its types do not fit.

    Attributes:
        column: where in the text, counted from 1.
    """

    def __init__(self, message: str, column: int = 1) -> None:
        self.column = column
        super().__init__(message)


class MoneyError(IomcoreError, ValueError):
    """An amount is not exact, not in range, or in another currency."""


class DateError(IomcoreError, ValueError):
    """A value is no calendar day from 1900-01-01 to 2200-12-31, or a month has no such day."""


class UnknownNameError(IomcoreError, LookupError):
    """Nothing has this name; the message names what there is."""


class PluginError(IomcoreError, RuntimeError):
    """A plugin could not be loaded or did not keep its contract; the message names it."""


class ExportError(IomcoreError, RuntimeError):
    """An export failed; nothing was written, and an earlier file stands as it was."""


class RecipientError(IomcoreError, PermissionError):
    """What was asked for may not go to this recipient."""


def suggestion(name: str, names: Iterable[str]) -> str:
    """A half sentence that names the nearest of `names`, or nothing.

    >>> suggestion("vunerable", ["vulnerable", "sex"])
    '; did you mean vulnerable?'
    >>> suggestion("zzz", ["vulnerable"])
    ''
    """
    near = get_close_matches(name, list(names), n=3)
    return f"; did you mean {' or '.join(near)}?" if near else ""
