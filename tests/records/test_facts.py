from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import iomcore
from iomcore.domain.reading import FactReader
from iomcore.domain.vocabulary import shared_vocabulary
from iomcore.errors import DataError
from iomcore.records.facts import CaseFacts, read_facts, write_facts
from iomcore.testing import facts, strategies

READER = FactReader(shared_vocabulary(), "EUR")
ROWS = st.lists(st.tuples(st.sampled_from([None, "P-1", "P-2"]), strategies.facts()), max_size=3)


def no_gap(value: Any) -> bool:
    return not (isinstance(value, list) and None in value)


@pytest.mark.parametrize("suffix", [".csv", ".json", ".jsonl", ".toml"])
@given(rows=ROWS)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
)
def test_facts_read_back_from_each_format(tmp_path: Path, suffix: str, rows: Any) -> None:
    if suffix == ".toml":
        rows = [(s, {k: v for k, v in f.items() if no_gap(v)}) for s, f in rows]
    if suffix in (".csv", ".toml"):
        rows = [(s, f) for s, f in rows if f] or [("P-1", {"travelled": True})]
    path = tmp_path / f"cases{suffix}"
    path.write_text(write_facts([CaseFacts(s, f) for s, f in rows], suffix), "utf-8", newline="")
    found = read_facts(path, READER)
    assert [row.subject for row in found] == [subject for subject, _ in rows]
    assert [READER.read(row.facts) for row in found] == [READER.read(known) for _, known in rows]


def test_the_order_of_the_rows_does_not_matter_to_what_is_decided(tmp_path: Path) -> None:
    rows = [
        CaseFacts(f"P-{i}", facts(nationalities=[code], edition=None))
        for i, code in enumerate(["BR", "FR", "GB"])
    ]
    outcomes = []
    for order in (rows, rows[::-1]):
        path = tmp_path / "cases.csv"
        path.write_text(write_facts(order, ".csv"), "utf-8", newline="")
        arvore = iomcore.policy("pt-arvore")
        day = facts()["arrived_on"]
        found = iomcore.read_cases(path, "pt-arvore")
        outcomes.append({row.subject: arvore.decide(row.facts, as_of=day).outcome for row in found})
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize(
    ("name", "text", "path", "code"),
    [
        ("c.csv", "", "c.csv:1", "bad-header"),
        ("c.csv", "travelled,travelled\n", "c.csv:1", "bad-header"),
        ("c.csv", '"trav', "c.csv:1", "not-csv"),
        ("c.csv", 'travelled\n"tru', "c.csv:2", "not-csv"),
        ("c.csv", "travelled,withdrew\ntrue\n", "c.csv:2", "wrong-count"),
        ("c.csv", "travelled\nyes\n", "c.csv:2: $.travelled", "not-json"),
        ("c.csv", 'travelled\n"""yes"""\n', "c.csv:2: $.travelled", "not-a-bool"),
        ("c.csv", "traveled\ntrue\n", "c.csv:2: $.traveled", "unknown-fact"),
        ("c.csv", f"edition\n{'x' * 1_000}\n", "c.csv:2: $.edition", "not-a-code"),
        ("c.csv", "household\n[{}\n", "c.csv:2: $.household", "not-json"),
        ("c.json", "{}", "c.json", "not-a-list"),
        ("c.json", "[1]", "c.json[0]", "not-a-case"),
        ("c.json", '[{"subject": 5}]', "c.json[0]: $.subject", "not-text"),
        ("c.jsonl", '{"travelled": "no"}\n{"x": 1}\n', "c.jsonl:1: $.travelled", "not-a-bool"),
        ("c.jsonl", "{", "c.jsonl:1", "not-json"),
        ("c.toml", "a = 1", "c.toml", "not-cases"),
        ("c.toml", "case = 1", "c.toml", "not-cases"),
        ("c.toml", "[[case]]\ntravelled = 1", "c.toml: case[0]: $.travelled", "not-a-bool"),
        ("c.txt", "", "c.txt", "no-such-format"),
    ],
)
def test_what_is_refused(tmp_path: Path, name: str, text: str, path: str, code: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(DataError) as caught:
        read_facts(tmp_path / name, READER)
    assert (caught.value.problems[0].path, caught.value.problems[0].code) == (path, code)


def test_every_problem_of_every_row(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("travelled,withdrew,x\nno,no,1\ntrue,,2\n", "utf-8")
    with pytest.raises(DataError) as caught:
        read_facts(tmp_path / "c.csv", READER)
    assert len(caught.value.problems) == 3


def test_other_bytes_and_other_endings(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(DataError, match="UTF-8"):
        read_facts(tmp_path / "c.csv", READER)
    (tmp_path / "d.csv").write_bytes(b"\xef\xbb\xbftravelled\r\n\r\ntrue\r\n")
    assert [dict(row.facts) for row in read_facts(tmp_path / "d.csv", READER)] == [
        {"travelled": True}
    ]
    with pytest.raises(DataError):
        write_facts([], ".xml")
