import pytest

from iomcore.domain.facttypes import FactType, parse_type


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bool", FactType("bool")),
        ("finding", FactType("finding")),
        ("date", FactType("date")),
        ("int 0..120", FactType("int", None, 0, 120)),
        ("int -5..5", FactType("int", None, -5, 5)),
        ("money 0..20000.00", FactType("money", None, 0, 2_000_000)),
        ("money SEK 0..5", FactType("money", "SEK", 0, 500)),
        ("code purpose", FactType("code", "purpose")),
        ("codes country", FactType("codes", "country")),
        ("codes country 1..10", FactType("codes", "country", 1, 10)),
        ("list person 1..20", FactType("list", "person", 1, 20)),
    ],
)
def test_a_type_is_one_line_of_text(text: str, expected: FactType) -> None:
    assert parse_type(text) == expected


def test_a_type_without_a_currency_has_the_given_one() -> None:
    assert parse_type("money 0..1000", "XOF").high == 1000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no type ''"),
        ("float 0..1", "no type 'float'; there are: bool"),
        ("bool 0..1", "takes nothing after it"),
        ("int", "expected a range"),
        ("int 0-120", "expected a range"),
        ("int 0..1 2", "expected a range"),
        ("money", "expected a range"),
        ("money 0..1.234", "EUR has 2 decimals"),
        ("money EUU 0..1", "no ISO 4217 currency"),
        ("code", "expected a name after 'code'"),
        ("code a 0..1", "takes nothing after it"),
        ("list person", "expected how many"),
    ],
)
def test_another_text_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_type(text)


def test_a_type_is_shown_as_it_is_written() -> None:
    assert str(parse_type("list person 1..20")) == "list person 1..20"
    assert str(parse_type("bool")) == "bool"
