import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import iomcore
from iomcore.domain.events import Event
from iomcore.errors import DataError
from iomcore.records.dataset import read_dataset, read_info
from iomcore.records.events import read_events, write_events
from iomcore.records.published import read_published
from iomcore.testing import strategies

READER = iomcore.policy("pt-arvore").reader
BASE = {
    "case": "C-1",
    "seq": 1,
    "happened_on": "2019-05-02",
    "recorded_on": "2019-05-02",
    "person": "P-1",
}
REGISTERED = {"kind": "registered", **BASE, "role": "applicant"}
PLAN = {k: v for k, v in BASE.items() if k != "person"} | {"kind": "plan_approved"}


def problems(*events: Any) -> list[tuple[str, str]]:
    lines = "\n".join(e if isinstance(e, str) else json.dumps(e) for e in events)
    with pytest.raises(DataError) as caught:
        read_events(lines.encode(), "events.jsonl", READER)
    return [(p.path.removeprefix("events.jsonl:"), p.code) for p in caught.value.problems]


@given(strategies.logs())
def test_a_log_reads_back(log: list[Event]) -> None:
    text = "".join(write_events(log))
    read = read_events(text.encode(), "events.jsonl", READER)
    assert "".join(write_events(read)) == text
    assert [event.kind for event in read] == [event.kind for event in log]


@pytest.mark.parametrize(
    ("event", "path", "code"),
    [
        ("[]", "1", "not-an-event"),
        ("{", "1", "not-json"),
        ({"kind": "regstered"}, "1: $.kind", "no-kind"),
        ({}, "1: $.kind", "no-kind"),
        ({"kind": ["registered"]}, "1: $.kind", "no-kind"),
        ({**REGISTERED, "name": "x"}, "1: $.name", "unknown-key"),
        ({**REGISTERED, "seq": "1"}, "1: $.seq", "not-int"),
        ({**REGISTERED, "happened_on": "2019-02-31"}, "1: $.happened_on", "not-a-date"),
        ({**REGISTERED, "recorded_on": "2019-05-01"}, "1: $.recorded_on", "recorded-too-early"),
        ({**REGISTERED, "role": "boss"}, "1: $.role", "not-a-code"),
        ({**REGISTERED, "sex": "F"}, "1: $.sex", "not-a-code"),
        ({**REGISTERED, "nationalities": ["Brazil"]}, "1: $.nationalities[0]", "not-a-code"),
        ({**REGISTERED, "edition": "ARVoRe X"}, "1: $.edition", "not-a-code"),
        (
            {**BASE, "kind": "screened", "facts": {"vunerable": True}},
            "1: $.facts.vunerable",
            "unknown-fact",
        ),
        (
            {**BASE, "kind": "screened", "facts": {"vulnerable": True}},
            "1: $.facts.vulnerable",
            "not-a-finding",
        ),
        ({**BASE, "kind": "screened", "facts": []}, "1: $.facts", "wrong-value"),
        (
            {**PLAN, "lines": [{"purpose": "fun", "amount": "1.00 EUR"}]},
            "1: $.lines[0].purpose",
            "not-a-code",
        ),
        (
            {**PLAN, "lines": [{"purpose": "health", "amount": "1.00"}]},
            "1: $.lines[0].amount",
            "not-money",
        ),
        (
            {**PLAN, "lines": [{"purpose": "health", "amount": "1.00 USD"}]},
            "1: $.lines[0].amount",
            "other-currency",
        ),
        (
            {**PLAN, "kind": "paid", "amount": "1.00 EUR", "instalment": 0},
            "1: $.instalment",
            "out-of-range",
        ),
    ],
)
def test_an_event_that_is_refused(event: Any, path: str, code: str) -> None:
    found = problems(event)
    assert (path, code) in found


def test_all_lines_are_looked_at() -> None:
    found = problems({**REGISTERED, "sex": "F"}, "", "{", {**REGISTERED, "role": 5})
    assert [path for path, _ in found] == ["1: $.sex", "3", "4: $.role"]


class TestFolder:
    def test_good(self, data: Path) -> None:
        found = read_dataset(data, READER)
        assert (len(found.cases), found.info.period.id) == (2, "2019")
        assert found.published is not None
        (data / "published.toml").unlink()
        assert read_dataset(data, READER).published is None

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            ("format = 1", "format = 2", "other-format"),
            ("to = 2019-12-31", "to = 2018-12-31", "ends-before-it-starts"),
            ("invented = true", 'invented = "no"', "not-bool"),
            ("as_of = 2019-12-31", "as_of = 2019-12-31T00:00:00", "not-a-date"),
            ("as_of", "asof", "unknown-key"),
        ],
    )
    def test_description(self, data: Path, old: str, new: str, code: str) -> None:
        path = data / "dataset.toml"
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        with pytest.raises(DataError) as caught:
            read_info(data)
        assert code in {p.code for p in caught.value.problems}

    def test_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match="expected a data folder"):
            read_info(tmp_path / "none")

    def test_problems_of_both_files_at_once(self, data: Path) -> None:
        (data / "events.jsonl").write_text("{", "utf-8")
        (data / "published.toml").write_text("x", "utf-8")
        with pytest.raises(DataError) as caught:
            read_dataset(data, READER)
        assert [p.code for p in caught.value.problems] == ["not-json", "not-toml"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('source = "S0"', 'source = "S9"', "no-source"),
        ('status = "seed"', 'status = "sure"', "no-status"),
        ("value = 2", "value = 2.5", "not-an-int"),
        ("value = 2", "value = true", "not-an-int"),
        ('key = "returned-press"', 'key = "returned-2019"', "id-taken"),
        ('kind = "same"', 'kind = "alike"', "no-kind"),
        ('kind = "same"', 'kind = "share"', "wrong-count"),
        ('parts = ["returned-press"]', 'parts = ["returnd-press"]', "no-statement"),
        ('unit = "person"\nsays', 'unit = "person"\nrounding = "up"\nsays', "no-rounding"),
        ('says.pt = "duas fontes coincidem"', "", "no-text"),
    ],
)
def test_published_figures_that_are_refused(data: Path, old: str, new: str, code: str) -> None:
    text = (data / "published.toml").read_text("utf-8")
    assert old in text
    with pytest.raises(DataError) as caught:
        read_published(text.replace(old, new, 1).encode(), "published.toml")
    assert code in {p.code for p in caught.value.problems}


def test_a_published_figure_may_be_unknown(data: Path) -> None:
    text = (data / "published.toml").read_text("utf-8").replace("value = 2", 'value = "unknown"')
    found = read_published(text.encode(), "published.toml")
    assert found.statements["returned-2019"].value is None
    assert found.statements["returned-press"].provisional is True
