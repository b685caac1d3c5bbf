from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iomcore.domain.findings import OfficerFinding
from iomcore.domain.money import Money
from iomcore.errors import DataError
from iomcore.records import text
from iomcore.records.text import (
    plain,
    read_bytes,
    read_json,
    read_json_lines,
    read_toml,
    write_json,
    write_toml,
)

VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**17), 10**17), st.text()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=12,
)


def code(call: Any, *arguments: Any) -> str:
    with pytest.raises(DataError) as caught:
        call(*arguments)
    (problem,) = caught.value.problems
    return problem.code


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ('{"a": 1, "a": 2}', "duplicate-key"),
        ('{"a": {"b": 1, "b": 1}}', "duplicate-key"),
        ("NaN", "not-a-whole-number"),
        ("-Infinity", "not-a-whole-number"),
        ("1e999", "not-a-whole-number"),
        ("1.0", "not-a-whole-number"),
        ("9" * 19, "number-too-long"),
        ('{"a": 1', "not-json"),
        ("", "not-json"),
        ("{'a': 1}", "not-json"),
        ("[" * 33 + "]" * 33, "too-deep"),
        ("[" * 100_000, "too-deep"),
    ],
)
def test_json_that_is_refused(given_text: str, expected: str) -> None:
    assert code(read_json, given_text) == expected


def test_what_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert code(read_json, '"' + "a" * 10 + '"', "$", 11) == "too-long"
    ((_, found),) = read_json_lines(b'"' + b"a" * text.MAX_LINE + b'"', "f")
    assert found.problems[0].code == "too-long"
    monkeypatch.setattr(text, "MAX_DOCUMENT", 10)
    assert code(read_toml, b"#" * 11, "f.toml") == "too-long"


def test_brackets_in_quotes_are_not_depth() -> None:
    deep = '"' + "[" * 40 + r"\"[" + '"'
    assert read_json(f'{{"a": {deep}}}')["a"].startswith("[[[")
    assert read_json("[" * 32 + "]" * 32) is not None
    assert read_json("[" + "[]," * 40 + "[]]") == [[]] * 41


@given(VALUES)
def test_json_reads_back(value: Any) -> None:
    assert read_json(write_json(value)) == value
    assert read_json(write_json(value, indent=1)) == value


def test_json_lines_name_the_line() -> None:
    data = b'{"a": 1}\n\n{"a": \n\xff\n"x"\n'
    found = list(read_json_lines(data, "f.jsonl"))
    assert [place for place, _ in found] == ["f.jsonl:1", "f.jsonl:3", "f.jsonl:4", "f.jsonl:5"]
    assert [isinstance(value, DataError) for _, value in found] == [False, True, True, False]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a = ", "not-toml"),
        (b"a = 1\na = 2", "not-toml"),
        (b"\xff", "not-utf-8"),
        (b"a = " + b"[" * 40 + b"]" * 40, "too-deep"),
    ],
)
def test_toml_that_is_refused(data: bytes, expected: str) -> None:
    assert code(read_toml, data, "f.toml") == expected


@given(
    st.dictionaries(
        st.text(min_size=1),
        st.one_of(
            st.booleans(),
            st.integers(-(10**17), 10**17),
            st.text(),
            st.dates(),
            st.lists(st.text()),
        ),
        max_size=4,
    )
)
def test_toml_reads_back(value: dict[str, Any]) -> None:
    assert read_toml(write_toml(value).encode(), "f") == value


def test_toml_leaves_out_what_is_not_known_and_refuses_a_gap_in_a_list() -> None:
    found = read_toml(
        write_toml({"a": None, "b": {"c": Money.of("1", "EUR"), "d": None}}).encode(), "f"
    )
    assert found == {"b": {"c": "1.00 EUR"}}
    assert code(write_toml, {"a": ["BR", None]}) == "no-null-in-toml"


def test_toml_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "tomli_w", None)
    assert code(write_toml, {}) == "extra-missing"


def test_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f"
    assert code(read_bytes, path) == "no-such-file"
    assert code(read_bytes, tmp_path) == "is-a-folder"
    assert code(read_bytes, path / "x") in ("no-such-file", "cannot-read")
    path.write_bytes(b"x")
    assert read_bytes(path) == b"x"
    assert code(read_bytes, path / "x") == "cannot-read"
    monkeypatch.setattr(text, "MAX_BYTES", 0)
    assert code(read_bytes, path) == "too-large"


def test_the_plain_form() -> None:
    on = date(2019, 5, 2)
    assert plain(OfficerFinding(True, "r", on)) == {
        "value": True,
        "reason": "r",
        "on": "2019-05-02",
    }
    assert plain((on, {"x": {"b", "a"}})) == ["2019-05-02", {"x": ["a", "b"]}]
    with pytest.raises(TypeError, match="no plain form for object"):
        plain(object())
