from datetime import date
from pathlib import Path
from typing import Any

import pytest

import iomcore
from iomcore.errors import DataError, ExportError
from iomcore.records.events import write_events
from iomcore.testing import events


@pytest.mark.parametrize("what", [5, [1], "text", None])
def test_only_tables_figures_and_decisions_are_exported(what: Any, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="a table, figures or decisions"):
        iomcore.export(what, "csv", tmp_path / "x.csv", recipient="internal")
    assert list(tmp_path.iterdir()) == []


def test_a_table_of_facts_by_the_shared_vocabulary_or_a_policy_s(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"subject": "P-1", "in_host_since": "2019-01-01"}\n', "utf-8")
    (row,) = iomcore.read_cases(path, "pt-arvore")
    assert (row.subject, dict(row.facts)) == ("P-1", {"in_host_since": "2019-01-01"})
    with pytest.raises(DataError, match="no such fact"):
        iomcore.read_cases(path)


def test_facts_that_a_policy_cannot_read_are_named_with_case_and_person(data: Path) -> None:
    log = [*events(born_on=date(2019, 12, 1)), *events("C-0002", born_on=date(2019, 11, 1))]
    (data / "events.jsonl").write_text("".join(write_events(log)), "utf-8")
    dataset = iomcore.read_dataset(data)
    with pytest.raises(DataError) as caught:
        iomcore.decide_dataset(dataset, date(2019, 10, 1))
    assert [p.path for p in caught.value.problems][::2] == [
        "case C-0001, person P-0001: $.household[0].born_on",
        "case C-0002, person P-0002: $.household[0].born_on",
    ]


def test_each_decision_carries_its_person_and_its_dossier(data: Path) -> None:
    decisions = iomcore.decide_dataset(iomcore.read_dataset(data))
    assert [(d.dossier, d.subject) for d in decisions] == [
        ("C-0001", "P-0001"),
        ("C-0002", "P-0002"),
    ]
