import pytest

from iomcore.domain.facttypes import FactType
from iomcore.errors import ExpressionError
from iomcore.rules.nodes import BOOL, DATE, INT, Constant, Node, children
from iomcore.rules.parse import MAX_DEPTH, MAX_LENGTH, parse
from iomcore.rules.phrase import phrase
from iomcore.rules.scope import Scope, value_type

EUR, SEK = FactType("money", "EUR"), FactType("money", "SEK")
SCOPE = Scope(
    codes={"purpose": frozenset({"health", "business"}), "country": frozenset({"BR", "PT"})},
    names={
        "a": ("fact", BOOL),
        "b": ("fact", BOOL),
        "n": ("fact", INT),
        "born": ("fact", DATE),
        "day": ("fact", DATE),
        "asked": ("fact", EUR),
        "ceiling": ("parameter", EUR),
        "kronor": ("fact", SEK),
        "purpose": ("fact", FactType("code", "purpose")),
        "covered": ("parameter", FactType("codes", "purpose")),
        "nationalities": ("fact", FactType("codes", "country")),
        "eu": ("parameter", FactType("codes", "country")),
        "lines": ("fact", FactType("list", "line")),
        "label": ("fact", FactType("text")),
    },
    records={"line": {"amount": EUR, "purpose": FactType("code", "purpose"), "ok": BOOL}},
)

GOOD = [
    "a and not b",
    "a or b or (a and b)",
    "True",
    "asked <= ceiling",
    "asked != 0",
    "0 < asked",
    "n == 1",
    "a == b",
    "purpose == 'health'",
    "'health' == purpose",
    "purpose in covered",
    "'health' in covered",
    "purpose not in covered",
    "overlaps(nationalities, eu)",
    "asked + ceiling - asked",
    "asked * n",
    "n * n",
    "n * asked",
    "max(asked - ceiling, 0)",
    "min(asked, ceiling, asked)",
    "min(n, 1)",
    "max(born, day)",
    "asked if a else ceiling",
    "0 if a else asked",
    "n if a and b else 1",
    "sum(l.amount for l in lines)",
    "sum(l.amount for l in lines if l.purpose in covered)",
    "count(l for l in lines if not l.ok)",
    "any(l.ok for l in lines)",
    "all(l.ok and a for l in lines if l.amount > 0)",
    "add_months(day, n, 'down') < as_of",
    "age_on(born, as_of, 'up') >= n",
    "not (a or b)",
    "(asked if a else ceiling) + asked",
    "asked - (asked - ceiling)",
]


@pytest.mark.parametrize("text", GOOD)
def test_what_is_parsed_is_phrased_as_the_same_tree(text: str) -> None:
    tree = parse(text, SCOPE)
    assert parse(phrase(tree), SCOPE) == tree


def test_a_chain_is_every_link() -> None:
    assert phrase(parse("n < n <= 1", SCOPE)) == "(n < n) and (n <= 1)"


def test_zero_is_also_zero_money() -> None:
    right = parse("asked > 0", SCOPE)
    assert children(right)[1] == Constant(EUR, 0)


BAD = [
    ("lambda: a", 1, "Lambda is not part of the language"),
    ("[a]", 1, "List is not part of the language"),
    ("f'{a}'", 1, "JoinedStr is not part of the language"),
    ("(a := b)", 2, "NamedExpr is not part of the language"),
    ("a if a else None", 13, "None is not part of the language"),
    ("n == 2", 6, "a figure needs a source: make 2 a parameter"),
    ("asked > 2000.00", 9, "a figure needs a source"),
    ("-n", 1, "USub is not part of the language"),
    ("n / n", 1, "Div is not part of the language"),
    ("n is n", 1, "Is is not part of the language"),
    ("'health'", 1, "meets nothing that takes a code"),
    ("'health' == 'health'", 1, "meets nothing that takes a code"),
    ("purpose == 'helth'", 12, "no code 'helth' in the list 'purpose'; did you mean health?"),
    ("n == 'health'", 6, "expected int, found the text 'health'"),
    ("aked <= ceiling", 1, "no name 'aked' is in reach here; did you mean asked"),
    ("amont <= ceiling", 1, "did you mean amount"),
    ("lines.amount", 1, "a field belongs to the name of a loop"),
    ("any(l.ok.ok for l in lines)", 5, "a field belongs to the name of a loop"),
    ("any(l.okay for l in lines)", 5, "a line has no field 'okay'; did you mean ok?"),
    ("any(l for l in lines)", 5, "'l' is a record: use one of its fields"),
    ("a and n", 7, "expected bool, found int"),
    ("not n", 5, "expected bool, found int"),
    ("asked < kronor", 9, "expected money EUR, found money SEK"),
    ("asked < 1", 9, "expected money EUR, found int"),
    ("a < b", 1, "< does not compare bool"),
    ("purpose < purpose", 1, "< does not compare code purpose"),
    ("nationalities == eu", 1, "== does not compare codes country"),
    ("lines == lines", 1, "== does not compare list line"),
    ("label == label", 1, "== does not compare text"),
    ("purpose in nationalities", 1, "expected code country, found code purpose"),
    ("purpose in lines", 12, "expected a set of codes, found list line"),
    ("overlaps(n, n)", 10, "expected a set of codes, found int"),
    ("overlaps(nationalities, covered)", 25, "expected codes country, found codes purpose"),
    ("overlaps(nationalities)", 1, "overlaps takes 2 arguments, found 1"),
    ("a + b", 1, "+ does not take bool"),
    ("asked * asked", 1, "* does not take money EUR and money EUR"),
    ("a * n", 1, "* does not take bool and int"),
    ("asked if n else ceiling", 10, "expected bool, found int"),
    ("asked if a else n", 17, "expected money EUR, found int"),
    ("len(lines)", 1, "'len' is not part of the language"),
    ("summ(l.ok for l in lines)", 1, "'summ' is not part of the language; did you mean sum?"),
    ("a.b()", 1, "'this call' is not part of the language"),
    ("min(n, key=n)", 1, "'min' with these arguments is not part of the language"),
    ("min(n)", 1, "min takes two or more"),
    ("min(a, b)", 1, "min does not take bool"),
    ("min(asked, n)", 12, "expected money EUR, found int"),
    ("sum(lines)", 1, "sum takes one loop"),
    ("sum(l.amount for l in lines for m in lines)", 1, "sum takes one loop"),
    ("sum(l.ok for l in lines)", 5, "sum does not add bool"),
    ("count(l.ok for l in lines)", 7, "count takes the name of the loop"),
    ("any(l.ok for l in lines if a if b)", 1, "at most one if, and no loop inside it"),
    ("any(l.ok for (l, m) in lines)", 1, "a loop has one name"),
    ("any(any(m.ok for m in lines) for l in lines)", 5, "no loop inside it"),
    ("any(l.ok for l in eu)", 19, "expected a list and a new name, found codes country"),
    ("any(a.ok for a in lines)", 19, "expected a list and a new name"),
    ("add_months(day, n, 'sideways') < day", 20, "expected a rounding: 'down', 'up', 'error'"),
    ("age_on(born, day, 'error') > 1", 19, "expected a rounding: 'up', 'down'"),
    ("age_on(born, day, n) > 1", 19, "expected a rounding"),
    ("add_months(n, n, 'up') < day", 12, "expected date, found int"),
    ("a; b", 2, "expected an expression"),
    ("", 1, "expected an expression"),
    ("a\x00", 1, "expected an expression"),
    ("a\ud800", 1, "expected an expression that can be read"),
    ("a " * MAX_LENGTH, 1, "expected at most 2000 characters"),
    ("not " * 60 + "a", 1, f"expected at most {MAX_DEPTH} levels"),
]


@pytest.mark.parametrize(("text", "column", "words"), BAD, ids=[text[:40] for text, _, _ in BAD])
def test_anything_else_is_refused_by_name_and_column(text: str, column: int, words: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text, SCOPE)
    assert words in str(caught.value)
    assert caught.value.column == column


def test_brackets_without_end_are_refused() -> None:
    with pytest.raises(ExpressionError, match="can be read|an expression"):
        parse("(" * 900 + "a" + ")" * 900, SCOPE)


def test_the_whole_is_of_the_expected_type() -> None:
    assert parse("0", SCOPE, EUR) == Constant(EUR, 0)
    with pytest.raises(ExpressionError, match="expected date, found bool"):
        parse("a", SCOPE, DATE)


def test_no_warning_leaks_from_odd_text() -> None:
    with pytest.raises(ExpressionError):
        parse(r"purpose == '\d'", SCOPE)
    with pytest.raises(ExpressionError):
        parse("1if a else 2", SCOPE)


def test_a_value_inside_a_rule_has_no_range() -> None:
    assert value_type(FactType("finding"), "EUR") == BOOL
    assert value_type(FactType("money", None, 0, 5), "EUR") == EUR
    assert value_type(FactType("money", "SEK", 0, 5), "EUR") == SEK
    assert value_type(FactType("int", None, 0, 5), "EUR") == INT


def test_every_node_of_the_language_is_reached() -> None:
    seen: set[type[Node]] = set()

    def walk(node: Node) -> None:
        seen.add(type(node))
        for below in children(node):
            walk(below)

    for text in GOOD:
        walk(parse(text, SCOPE))
    assert {cls.__name__ for cls in seen} == {cls.__name__ for cls in Node.__subclasses__()}
