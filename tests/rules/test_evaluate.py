from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iomcore.domain.facttypes import FactType
from iomcore.errors import DateError
from iomcore.rules.evaluate import Compiler
from iomcore.rules.intervals import WIDEST, Range, limits
from iomcore.rules.nodes import BOOL, DATE, INT, Node
from iomcore.rules.parse import parse
from iomcore.rules.phrase import phrase
from iomcore.rules.scope import Scope
from iomcore.rules.trace import Trace, missing, names_used, trace

EUR = FactType("money", "EUR")
CODES = {"shade": frozenset({"red", "green", "blue"})}
FACTS: dict[str, FactType] = {
    "a": BOOL,
    "b": BOOL,
    "n": INT,
    "m": INT,
    "x": EUR,
    "y": EUR,
    "day": DATE,
    "born": DATE,
    "shade": FactType("code", "shade"),
    "shades": FactType("codes", "shade"),
    "more": FactType("codes", "shade"),
    "rows": FactType("list", "row"),
}
FIELDS = {"ok": BOOL, "cost": EUR, "hue": FactType("code", "shade"), "since": DATE}


def scope() -> Scope:
    return Scope(CODES, {n: ("fact", t) for n, t in FACTS.items()}, {"row": dict(FIELDS)})


def tree(text: str) -> Node:
    return parse(text, scope())


def value(text: str, **env: Any) -> Any:
    return Compiler()(tree(text))(env)


U = None


class TestThreeValues:
    """and/or/not and any/all by Kleene; one settled part can settle the whole."""

    @pytest.mark.parametrize(
        ("a", "b", "and_", "or_"),
        [
            (True, True, True, True),
            (True, False, False, True),
            (True, U, U, True),
            (False, True, False, True),
            (False, False, False, False),
            (False, U, False, U),
            (U, True, U, True),
            (U, False, False, U),
            (U, U, U, U),
        ],
    )
    def test_and_or(self, a: Any, b: Any, and_: Any, or_: Any) -> None:
        assert value("a and b", a=a, b=b) is and_
        assert value("a or b", a=a, b=b) is or_
        rows = tuple({"ok": ok} for ok in (a, b))
        assert value("all(r.ok for r in rows)", rows=rows) is and_
        assert value("any(r.ok for r in rows)", rows=rows) is or_

    def test_not(self) -> None:
        assert [value("not a", a=a) for a in (True, False, U)] == [False, True, U]

    @pytest.mark.parametrize(
        "text", ["n + m", "n - m", "n * m", "n < m", "n == m", "min(n, m)", "max(n, m)"]
    )
    def test_unknown_in_unknown_out(self, text: str) -> None:
        assert value(text, n=1, m=2) is not None
        assert [value(text, n=1), value(text, m=1), value(text)] == [U, U, U]

    def test_if_with_an_unknown_test(self) -> None:
        assert value("n if a else m", n=1, m=1) == 1
        assert value("n if a else m", n=1, m=2) is U
        assert value("n if a else m", n=1) is U
        assert value("n if a else m", a=True, n=1) == 1
        assert value("n if a else m", a=False, n=1) is U


class TestSets:
    """A member that is not known leaves open what it could change, and nothing else."""

    @pytest.mark.parametrize(
        ("shade", "shades", "inside"),
        [
            ("red", {"red"}, True),
            ("red", {"blue"}, False),
            ("red", {"blue", U}, U),
            ("red", {"red", U}, True),
            (U, {"red"}, U),
            ("red", U, U),
        ],
    )
    def test_in(self, shade: Any, shades: Any, inside: Any) -> None:
        kept = None if shades is None else frozenset(shades)
        assert value("shade in shades", shade=shade, shades=kept) is inside
        outside = None if inside is None else not inside
        assert value("shade not in shades", shade=shade, shades=kept) is outside

    @pytest.mark.parametrize(
        ("left", "right", "shared"),
        [
            ({"red"}, {"red", "blue"}, True),
            ({"red"}, {"blue"}, False),
            ({"red", U}, {"blue"}, U),
            ({"red", U}, {"red"}, True),
            ({U}, {U}, U),
            (set(), {"red"}, False),
            (set(), {U}, False),
            ({U}, set(), False),
            (U, {"red"}, U),
            ({"red"}, U, U),
        ],
    )
    def test_overlaps(self, left: Any, right: Any, shared: Any) -> None:
        sets = {"shades": left, "more": right}
        kept = {name: None if s is None else frozenset(s) for name, s in sets.items()}
        assert value("overlaps(shades, more)", **kept) is shared


class TestLists:
    """No rows and rows not known are different."""

    TEXTS = (
        "sum(r.cost for r in rows)",
        "count(r for r in rows)",
        "any(r.ok for r in rows)",
        "all(r.ok for r in rows)",
    )

    def test_empty_and_unknown(self) -> None:
        assert [value(text, rows=()) for text in self.TEXTS] == [0, 0, False, True]
        assert [value(text) for text in self.TEXTS] == [U, U, U, U]

    def test_a_sum_is_unknown_if_an_element_or_its_filter_is(self) -> None:
        text = "sum(r.cost for r in rows if r.ok)"
        known = ({"ok": True, "cost": 5}, {"ok": False, "cost": 7})
        assert value(text, rows=known) == 5
        assert value(text, rows=(*known, {"ok": False})) == 5
        assert value(text, rows=(*known, {"ok": True})) is U
        assert value(text, rows=(*known, {"cost": 0})) is U

    def test_a_filter_that_is_unknown_leaves_any_and_all_open(self) -> None:
        rows = ({"cost": 1}, {"ok": True, "cost": 0})
        assert value("any(r.cost > 0 for r in rows if r.ok)", rows=rows) is U
        assert value("all(r.cost > 0 for r in rows if r.ok)", rows=rows) is False

    def test_a_loop_leaves_the_names_as_they_were(self) -> None:
        env: dict[str, Any] = {"rows": ({"ok": True},)}
        Compiler()(tree("any(r.ok for r in rows)"))(env)
        assert env.get("r") is None


class TestDays:
    def test_months_and_age(self) -> None:
        assert value("add_months(day, n, 'down')", day=date(2019, 8, 31), n=6) == date(2020, 2, 29)
        assert value("age_on(born, day, 'up')", born=date(2001, 5, 2), day=date(2019, 5, 1)) == 17
        assert value("add_months(day, n, 'down')", n=6) is U
        assert value("age_on(born, day, 'up')", day=date(2019, 5, 1)) is U

    def test_a_month_that_does_not_fit_is_refused_where_the_pack_says_so(self) -> None:
        with pytest.raises(DateError):
            value("add_months(day, n, 'error')", day=date(2019, 8, 31), n=6)


def with_definitions() -> tuple[Compiler, Scope]:
    """A definition ``total`` and a defined field ``row.dear`` that uses it."""
    compiler, names = Compiler(), scope()
    compiler.definitions["total"] = parse("sum(r.cost for r in rows)", names)
    names.names["total"] = ("definition", EUR)
    loop = parse("count(row for row in rows if row.cost > y or not row.ok)", names)
    compiler.fields["row", "dear"] = loop.where  # type: ignore[attr-defined]
    names.records["row"]["dear"] = BOOL
    names.defined.add(("row", "dear"))
    return compiler, names


class TestDefinitions:
    def test_a_definition_is_worked_out_once(self) -> None:
        compiler, names = with_definitions()
        env: dict[str, Any] = {"rows": ({"cost": 5},)}
        assert compiler(parse("total + total", names))(env) == 10
        assert env["total"] == 5

    def test_a_defined_field_is_worked_out_for_its_row(self) -> None:
        compiler, names = with_definitions()
        rows = ({"cost": 9, "ok": True}, {"cost": 1, "ok": True}, {"cost": 1})
        assert (
            compiler(parse("count(r for r in rows if r.dear)", names))({"rows": rows[:2], "y": 5})
            == 1
        )
        assert compiler(parse("any(r.dear for r in rows)", names))({"rows": rows[1:], "y": 5}) is U


class TestTrace:
    """The tree with the value of every part, and what keeps it open."""

    def traced(self, text: str, **env: Any) -> Trace:
        compiler, names = with_definitions()
        return trace(parse(text, names), compiler, env)

    def lacking(self, text: str, **env: Any) -> list[str]:
        return list(dict.fromkeys(missing(self.traced(text, **env))))

    def test_only_the_branch_that_was_taken(self) -> None:
        assert [t.text for t in self.traced("n if a else m", a=True, n=1).below] == ["a", "n"]
        assert [t.text for t in self.traced("n if a else m", a=False, m=1).below] == ["a", "m"]
        assert [t.text for t in self.traced("n if a else m").below] == ["a", "n", "m"]

    def test_repr_shows_no_value(self) -> None:
        assert "777" not in repr(self.traced("n + m", n=777, m=1))

    def test_a_settled_part_is_not_asked_for(self) -> None:
        assert self.lacking("a and b", a=False) == []
        assert self.lacking("a and b", a=True) == ["b"]
        assert self.lacking("(a or b) and n > m", a=True, n=1) == ["m"]
        assert self.lacking("n if a else m", a=True) == ["n"]
        assert self.lacking("x <= total", x=1) == ["rows"]

    def test_a_set_with_a_member_not_known_is_asked_for_where_it_matters(self) -> None:
        partly = {"shades": frozenset({"red", None}), "more": frozenset({"blue"})}
        assert self.lacking("overlaps(shades, more) or a", a=False, **partly) == ["shades"]
        assert self.lacking("overlaps(shades, more) or a", a=True, **partly) == []

    def test_facts_in_lists_have_their_place(self) -> None:
        rows = ({"ok": True}, {"cost": 2})
        assert self.lacking("sum(r.cost for r in rows if r.ok)", rows=rows) == [
            "rows[0].cost",
            "rows[1].ok",
        ]
        assert self.lacking("any(r.dear for r in rows)", rows=rows, y=5) == [
            "rows[0].cost",
            "rows[1].ok",
        ]

    def test_the_names_that_a_rule_rests_on(self) -> None:
        compiler, names = with_definitions()
        node = parse("a and total > y and any(r.dear for r in rows if r.hue == 'red')", names)
        assert set(names_used(node, compiler, "fact")) == {
            "a",
            "y",
            "rows",
            "row.cost",
            "row.ok",
            "row.hue",
        }
        assert set(names_used(node, compiler, "definition")) == {"total"}


TRUTH = st.sampled_from([True, False, None])
MONEY = st.one_of(st.none(), st.integers(0, 50))
NUMBER = st.one_of(st.none(), st.integers(-9, 9))
DAY = st.one_of(st.none(), st.dates(date(2019, 1, 1), date(2021, 1, 1)))
SHADE = st.one_of(st.none(), st.sampled_from(["red", "green", "blue"]))
SHADES = st.one_of(st.none(), st.frozensets(SHADE, max_size=3))
ROW = st.fixed_dictionaries({"ok": TRUTH, "cost": MONEY, "hue": SHADE, "since": DAY})
ENV = st.fixed_dictionaries(
    {
        "a": TRUTH,
        "b": TRUTH,
        "n": NUMBER,
        "m": NUMBER,
        "x": MONEY,
        "y": MONEY,
        "day": DAY,
        "born": DAY,
        "shade": SHADE,
        "shades": SHADES,
        "more": SHADES,
        "rows": st.one_of(st.none(), st.lists(ROW, max_size=3).map(tuple)),
        "as_of": st.just(date(2020, 1, 1)),
    }
)


def bools(money: st.SearchStrategy[str], depth: int, loop: str) -> st.SearchStrategy[str]:
    leaves = ["a", "b", "n < m", "n == 1", "shade == 'red'", "shade in shades", "day <= born"]
    leaves += [
        "overlaps(shades, more)",
        "age_on(born, day, 'up') < n",
        "add_months(day, n, 'up') > born",
    ]
    leaves += [f"{loop}.ok", f"{loop}.hue not in more", f"{loop}.since != day"] if loop else []
    found = st.one_of(
        st.sampled_from(leaves), st.tuples(money, money).map(lambda p: f"({p[0]} <= {p[1]})")
    )
    if depth == 0:
        return found
    below = bools(money, depth - 1, loop)
    parts = [
        st.tuples(below, below).map(lambda p: f"(({p[0]}) and ({p[1]}))"),
        st.tuples(below, below).map(lambda p: f"(({p[0]}) or ({p[1]}))"),
        below.map(lambda p: f"(not ({p}))"),
        st.tuples(below, below, below).map(lambda p: f"(({p[0]}) if ({p[1]}) else ({p[2]}))"),
    ]
    if not loop:
        inner = bools(st.sampled_from(["r.cost", "x"]), 1, "r")
        words = st.sampled_from(["any", "all"])
        parts.append(
            st.tuples(words, inner, inner).map(lambda p: f"{p[0]}({p[1]} for r in rows if {p[2]})")
        )
    return st.one_of(found, *parts)


def moneys(depth: int) -> st.SearchStrategy[str]:
    leaves = st.sampled_from(
        ["x", "y", "sum(r.cost for r in rows)", "sum(r.cost for r in rows if r.ok)"]
    )
    if depth == 0:
        return leaves
    below = moneys(depth - 1)
    test = bools(leaves, 0, "")
    return st.one_of(
        leaves,
        st.tuples(below, below).map(lambda p: f"min({p[0]}, {p[1]})"),
        st.tuples(below, below).map(lambda p: f"max({p[0]} - {p[1]}, 0)"),
        st.tuples(below, below).map(lambda p: f"({p[0]} + {p[1]})"),
        st.tuples(below, st.sampled_from(["n", "1", "count(r for r in rows if r.ok)"])).map(
            lambda p: f"({p[0]} * {p[1]})"
        ),
        st.tuples(below, test, below).map(lambda p: f"({p[0]} if {p[1]} else {p[2]})"),
    )


RULES = st.one_of(moneys(2), bools(moneys(1), 2, ""))
LISTS = ("rows",)


FULL_ROW = st.fixed_dictionaries(
    {
        "ok": st.booleans(),
        "cost": st.integers(0, 50),
        "hue": st.sampled_from(["red", "blue"]),
        "since": st.dates(date(2019, 1, 1), date(2021, 1, 1)),
    }
)
FULL = st.fixed_dictionaries(
    {
        "a": st.booleans(),
        "b": st.booleans(),
        "n": st.integers(-9, 9),
        "m": st.integers(-9, 9),
        "x": st.integers(0, 50),
        "y": st.integers(0, 50),
        "day": st.dates(date(2019, 1, 1), date(2021, 1, 1)),
        "born": st.dates(date(2019, 1, 1), date(2021, 1, 1)),
        "shade": st.sampled_from(["red", "green", "blue"]),
        "shades": st.frozensets(st.sampled_from(["red", "green", "blue"]), max_size=2),
        "more": st.frozensets(st.sampled_from(["red", "green", "blue"]), max_size=2),
        "rows": st.lists(FULL_ROW, max_size=3).map(tuple),
    }
)


@st.composite
def less_and_more(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Some of what is known, and all of it: nothing unknown is left in the second."""
    full = draw(FULL)
    return {name: draw(_mask(value)) for name, value in full.items()}, full


def _mask(value: Any) -> st.SearchStrategy[Any]:
    if isinstance(value, tuple):
        rows = st.tuples(
            *(
                st.fixed_dictionaries({k: st.sampled_from([v, None]) for k, v in row.items()})
                for row in value
            )
        )
        return st.one_of(st.none(), rows)
    if isinstance(value, frozenset):
        hidden = st.sets(st.sampled_from(sorted(value))) if value else st.just(set())
        return st.one_of(st.none(), hidden.map(lambda h: (value - h) | ({None} if h else set())))
    return st.sampled_from([value, None])


class TestLaws:
    """What holds of every rule that can be written, over every state of knowledge."""

    @given(RULES, less_and_more())
    def test_a_new_fact_never_flips_a_settled_answer(self, text: str, known: Any) -> None:
        less, full = known
        settled = value(text, **less)
        assert value(text, **full) is not None
        if settled is not None:
            assert value(text, **full) == settled

    @given(RULES, ENV)
    def test_the_trace_has_the_compiled_value(self, text: str, env: Any) -> None:
        found = trace(tree(text), Compiler(), dict(env))
        assert found.value == value(text, **env)
        assert bool(list(missing(found))) == (found.value is None)

    @given(RULES)
    def test_a_rule_reads_back_from_its_phrase(self, text: str) -> None:
        assert tree(phrase(tree(text))) == tree(text)

    @given(RULES, less_and_more())
    def test_the_limits_hold_whatever_the_unknown_turns_out(self, text: str, known: Any) -> None:
        less, full = known
        low = {
            "row.cost": Range(0, WIDEST),
            "x": Range(0, WIDEST),
            "y": Range(0, WIDEST),
            "rows": Range(0, WIDEST),
        }
        found = limits(tree(text), Compiler(), dict(less), low)
        final = value(text, **full)
        if isinstance(found, Range):
            assert found.low <= final <= found.high
        elif found is not None:
            assert final in found
