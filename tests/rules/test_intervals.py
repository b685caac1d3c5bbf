from datetime import date
from typing import Any

import pytest

from iomcore.domain.dates import FIRST_DAY, LAST_DAY
from iomcore.domain.facttypes import FactType
from iomcore.rules.evaluate import Compiler
from iomcore.rules.intervals import WIDEST, Range, limits
from iomcore.rules.nodes import BOOL, DATE, INT
from iomcore.rules.parse import parse
from iomcore.rules.scope import Scope

EUR = FactType("money", "EUR")
NAMES = {"a": BOOL, "b": BOOL, "n": INT, "m": INT, "x": EUR, "y": EUR, "day": DATE, "born": DATE}
LIST = {
    "rows": FactType("list", "row"),
    "shade": FactType("code", "shade"),
    "tint": FactType("code", "shade"),
}


def found(text: str, known: dict[str, Range] | None = None, **env: Any) -> Any:
    compiler = Compiler()
    scope = Scope(
        {"shade": frozenset({"red"})},
        {n: ("fact", t) for n, t in {**NAMES, **LIST}.items()},
        {"row": {"ok": BOOL, "cost": EUR, "since": DATE}},
    )
    compiler.definitions["double"] = parse("x + x", scope)
    scope.names["double"] = ("definition", EUR)
    loop = parse("count(row for row in rows if row.cost > y)", scope)
    compiler.fields["row", "dear"] = loop.where  # type: ignore[attr-defined]
    scope.records["row"]["dear"] = BOOL
    scope.defined.add(("row", "dear"))
    return limits(parse(text, scope), compiler, env, known or {})


BOTH = frozenset({True, False})


@pytest.mark.parametrize(
    ("text", "env", "expected"),
    [
        ("x", {"x": 5}, Range(5, 5)),
        ("x", {}, Range(-WIDEST, WIDEST)),
        ("n", {}, Range(-WIDEST, WIDEST)),
        ("day", {}, Range(FIRST_DAY, LAST_DAY)),
        ("a", {}, BOTH),
        ("a", {"a": True}, frozenset({True})),
        ("not a", {}, BOTH),
        ("a and b", {"a": False}, frozenset({False})),
        ("a and b", {}, BOTH),
        ("a or x < 0", {}, BOTH),
        ("min(x, y)", {"y": 7}, Range(-WIDEST, 7)),
        ("max(x, y)", {"y": 7}, Range(7, WIDEST)),
        ("x if a else y", {"x": 1, "y": 9}, Range(1, 9)),
        ("(a and b) if b else (not a)", {}, BOTH),
        ("shade if a else tint", {"shade": "red"}, None),
        ("shade == tint", {}, BOTH),
        ("x * n", {"x": 3}, Range(-3 * WIDEST, 3 * WIDEST)),
        ("any(r.ok for r in rows)", {}, BOTH),
        ("sum(r.cost for r in rows)", {"rows": ({"cost": 1}, {})}, Range(1 - WIDEST, 1 + WIDEST)),
        (
            "count(r for r in rows if r.ok)",
            {"rows": ({"ok": True}, {"ok": False}, {})},
            Range(1, 2),
        ),
        (
            "count(r for r in rows if r.dear)",
            {"rows": ({"cost": 5}, {"cost": 1}), "y": 3},
            Range(1, 1),
        ),
        ("count(r for r in rows if r.dear)", {"rows": ({}, {"cost": 1}), "y": 3}, Range(0, 1)),
        ("count(r for r in rows)", {}, Range(0, WIDEST)),
        ("any(r.since < day for r in rows)", {"rows": ({},)}, BOTH),
        ("double", {}, Range(-2 * WIDEST, 2 * WIDEST)),
        (
            "add_months(day, n, 'down')",
            {"day": date(2019, 8, 31)},
            Range(date(1919, 8, 31), date(2119, 8, 31)),
        ),
        (
            "add_months(day, n, 'down')",
            {"day": date(2019, 8, 31), "n": 6},
            Range(date(2020, 2, 29), date(2020, 2, 29)),
        ),
        ("age_on(born, day, 'up')", {"day": date(2019, 1, 1)}, Range(-182, 119)),
    ],
)
def test_an_open_value_has_these_limits(text: str, env: dict[str, Any], expected: Any) -> None:
    assert found(text, **env) == expected


@pytest.mark.parametrize(
    ("sign", "x", "expected"),
    [
        ("<", Range(0, 4), {True}),
        ("<", Range(5, 9), {False}),
        ("<", Range(0, 5), {True, False}),
        (">", Range(6, 9), {True}),
        (">", Range(0, 5), {False}),
        ("<=", Range(0, 5), {True}),
        ("<=", Range(6, 9), {False}),
        (">=", Range(5, 9), {True}),
        (">=", Range(0, 4), {False}),
        ("==", Range(0, 4), {False}),
        ("==", Range(6, 9), {False}),
        ("==", Range(0, 5), {True, False}),
        ("!=", Range(0, 4), {True}),
    ],
)
def test_a_comparison_is_settled_as_soon_as_the_limits_settle_it(
    sign: str, x: Range, expected: set[bool]
) -> None:
    assert found(f"x {sign} y", {"x": x}, y=5) == expected


def test_what_the_caller_knows_narrows_the_limits() -> None:
    known = {"x": Range(0, 10), "row.cost": Range(1, 2), "rows": Range(2, 3)}
    assert found("x + y", known, y=1) == Range(1, 11)
    assert found("y - x", known, y=1) == Range(-9, 1)
    assert found("a and x > y", known, y=10) == {False}
    assert found("sum(r.cost for r in rows)", known) == Range(2, 6)
    assert found("sum(r.cost for r in rows if r.ok)", known) == Range(0, 6)
