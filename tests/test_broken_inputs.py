"""Broken inputs, as they come: one clear error, every problem with its path, nothing lost."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import iomcore
from iomcore.errors import DataError
from iomcore.testing import facts, line, person

Run = Callable[..., Any]
SECRET = "hepatitis"
REGISTERED = '{"kind": "registered", "case": "C-9", "seq": 1, "happened_on": "2019-05-02", "recorded_on": "2019-05-02", "person": "P-9", "role": "applicant"}'


def event(**changes: Any) -> str:
    return json.dumps({**json.loads(REGISTERED), **changes}) + "\n"


def late(kind: str, **keys: Any) -> str:
    base = {
        "kind": kind,
        "case": "C-0001",
        "seq": 90,
        "happened_on": "2019-10-02",
        "recorded_on": "2019-10-02",
    }
    return json.dumps({**base, **keys}) + "\n"


PLAN = [{"purpose": "health", "amount": "1.00 EUR"}, {"purpose": "business", "amount": "1.00 USD"}]
LINES = [
    (event(sex=SECRET), "$.sex: expected one of female, male, other"),
    (event(born_on=SECRET), "$.born_on: expected a day like 2019-08-31"),
    (event(born_on="31.02.1980"), "$.born_on"),
    (event(born_on="1980-02-31"), "$.born_on: expected a day of the calendar"),
    (event(born_on="1880-01-01"), "$.born_on: expected a day from 1900-01-01"),
    (event(born_on=19800131), "$.born_on: expected a day like 2019-08-31, found int"),
    (event(nationalities=SECRET), "$.nationalities: expected a list"),
    (event(nationalities=[]), "$.nationalities: expected 1 to 10 entries, found 0"),
    (event(nationalities=["BRA"]), "$.nationalities[0]: expected a code of the list 'country'"),
    (event(edition="ARVoRe 7"), "$.edition: expected one of ARVoRe I-IV"),
    (event(role=None), "$.role: this key is required"),
    (event(role=5), "$.role: expected text, found int"),
    (event(rol="x"), "$.rol: no such key; did you mean role"),
    (event(name=SECRET), "$.name: no such key"),
    (event(seq=0), "$.seq: expected 1 or more"),
    (event(seq=1.0), "expected whole numbers"),
    (event(seq=True), "$.seq: expected a whole number, found bool"),
    (event(happened_on="2019-05-03"), "$.recorded_on: recorded before it happened"),
    (event(happened_on="2019-05-02T10:00"), "$.happened_on"),
    (event(kind="regsitered"), "did you mean registered"),
    (event(kind=None), "$.kind: expected one of"),
    (event(person=None), "$.person: this key is required"),
    ("[1, 2]\n", "expected an object with keys and values"),
    ('{"kind": "registered"', "not JSON: line 1"),
    ('{"kind": "paid", "kind": "paid"}\n', "the key 'kind' stands twice"),
    ('{"seq": NaN}\n', "expected whole numbers"),
    ('{"seq": 1e999}\n', "expected whole numbers"),
    ('{"seq": 99999999999999999999}\n', "at most 18 digits"),
    ('{"a": ' + "[" * 40 + "]" * 40 + "}\n", "expected at most 32 levels"),
    (event(case="C-0001", seq=1), "this sequence number is used twice"),
    (late("approved", person="P-7"), "approved of a person who was never registered"),
    (late("travelled", person="P-0001"), "travelled a second time for one person"),
    (late("approved", person="P-0001", happened_on="2019-01-01"), "approved before the registration"),
    (late("plan_approved", lines=PLAN), "$.lines: a plan is in one currency; found several"),
    (late("plan_approved", lines={}), "$.lines: expected a list"),
    (late("plan_approved", lines=[{"purpose": SECRET, "amount": "1.00 EUR"}]), "$.lines[0].purpose: expected one of"),
    (late("plan_approved", lines=[{"purpose": "health", "amount": "-1.00 EUR"}]), "$.lines[0].amount: expected 0.00 EUR to"),
    (late("plan_approved", lines=[{"purpose": "health", "amount": "1.001 EUR"}]), "EUR has 2 decimals, found 3"),
    (late("plan_approved", lines=[{"purpose": "health", "amount": "1,00 EUR"}]), "expected an amount like"),
    (late("plan_approved", lines=[{"purpose": "health", "amount": "1.00 EUX"}]), "no ISO 4217 currency"),
    (late("plan_approved", lines=[{"purpose": "health", "amount": 100}]), "$.lines[0].amount: expected text like"),
    (late("paid", amount="1.00 EUR", instalment=0), "$.instalment: expected 1 or more"),
    (late("paid"), "$.amount: this key is required"),
    (late("screened", person="P-0001", facts={"vunerable": True}), "did you mean vulnerable of a person"),
    (late("screened", person="P-0001", facts={"vulnerable": True}), "an officer's finding needs value, reason and on"),
    (late("screened", person="P-0001", facts={"consents": "no"}), "$.facts.consents: expected true or false, found str"),
    (late("screened", person="P-0001", facts={"assisted_before": SECRET}), "$.facts.assisted_before"),
    (late("screened", person="P-0001", facts={"fit_to_travel": {"value": SECRET, "reason": SECRET, "on": "2019-05-02"}}), "$.facts.fit_to_travel.value"),
    (late("screened", person="P-0001", facts={"lacks_means": {"value": True, "reason": "", "on": "2019-05-02"}}), "expected the officer's reason"),
]  # fmt: skip


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder with files of an earlier run."""
    folder = tmp_path / "out"
    folder.mkdir()
    for name in ("figures.json", "decisions.jsonl", "report.html"):
        (folder / name).write_text(f"earlier {name}")
    return folder


def untouched(out: Path) -> bool:
    files = {path.name: path.read_text() for path in out.iterdir()}
    return files == {n: f"earlier {n}" for n in ("figures.json", "decisions.jsonl", "report.html")}


@pytest.mark.parametrize(("text", "words"), LINES, ids=range(len(LINES)))
def test_a_line_of_events(data: Path, out: Path, iomcore_cli: Run, text: str, words: str) -> None:
    with (data / "events.jsonl").open("a", encoding="utf-8") as file:
        file.write(text)
    result = iomcore_cli("report", data, "--out", out)
    assert result.exit_code == 1
    assert words in result.stderr
    assert "problem" in result.stderr.splitlines()[0]
    assert "Traceback" not in result.stderr and SECRET not in result.stderr
    assert untouched(out)


def test_every_problem_of_every_line_at_once(data: Path, out: Path, iomcore_cli: Run) -> None:
    with (data / "events.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(text for text, _ in LINES[:10])
    result = iomcore_cli("report", data, "--out", out)
    assert result.stderr.startswith("iomcore: 10 problems\n")
    assert untouched(out)


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(data: Path) -> None:
        path = data / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return edit


def write(name: str, data_: bytes) -> Callable[[Path], None]:
    return lambda data: (data / name).write_bytes(data_) and None


def folder_for_a_file(data: Path) -> None:
    (data / "events.jsonl").unlink()
    (data / "events.jsonl").mkdir()


FILES = [
    (write("dataset.toml", b""), 1, "dataset.toml.id: this key is required"),
    (write("dataset.toml", b"\xff"), 1, "expected UTF-8"),
    (write("dataset.toml", b"id = "), 1, "not TOML"),
    (replace("dataset.toml", "format = 1", "format = 2"), 1, "expected 1, found 2"),
    (replace("dataset.toml", "invented = true", 'invented = "no"'), 1, "expected true or false, found str"),
    (replace("dataset.toml", "as_of = 2019-12-31", "as_of = 2019-12-31T00:00:00Z"), 1, "found a timestamp"),
    (replace("dataset.toml", "from = 2019-01-01", "from = 2020-01-01"), 1, "the period ends before it starts"),
    (replace("dataset.toml", '"pt-arvore"', '"pt-arvor"'), 2, "did you mean pt-arvore"),
    (replace("dataset.toml", '"pt-office-figures"', '"amif"'), 2, "no counting rules 'amif'"),
    (replace("dataset.toml", "policy =", "polcy ="), 1, "dataset.toml.polcy: no such key; did you mean policy"),
    (lambda data: (data / "dataset.toml").unlink(), 1, "dataset.toml: there is no such file"),
    (lambda data: (data / "events.jsonl").unlink(), 1, "events.jsonl: there is no such file"),
    (folder_for_a_file, 1, "events.jsonl: expected a file, found a folder"),
    (write("events.jsonl", b'{"kind": "\xff"}'), 1, "events.jsonl:1: expected UTF-8"),
    (write("published.toml", b"[[statement]]"), 1, "published.toml"),
    (replace("published.toml", "value = 2", "value = 2.5"), 1, 'expected a whole number, or "unknown"'),
    (replace("published.toml", '"returned-press"]', '"returned-pres"]'), 1, "did you mean returned-press"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "status", "words"), FILES, ids=range(len(FILES)))
def test_a_file_of_the_folder(
    data: Path, out: Path, iomcore_cli: Run, edit: Callable[[Path], None], status: int, words: str
) -> None:
    edit(data)
    result = iomcore_cli("report", data, "--out", out)
    assert (result.exit_code, words in result.stderr) == (status, True), result.stderr
    assert "Traceback" not in result.stderr
    assert untouched(out)


FACTS = [
    ({"travelled": "no"}, "$.travelled: expected true or false, found str"),
    ({"vunerable": True}, "did you mean vulnerable of a person"),
    ({"nationalities": "BR"}, "$.nationalities: expected a list of codes"),
    ({"household": person()}, "$.household: expected a list, found dict"),
    ({"household": [person(consents=1)]}, "$.household[0].consents"),
    ({"plan_lines": [line(amount="NaN")]}, "$.plan_lines[0].amount: expected an amount"),
    ({"plan_lines": [line(amount="1e3")]}, "$.plan_lines[0].amount: expected an amount"),
    ({"plan_lines": [line(amount="5.00 USD")]}, "expected EUR, found USD: convert at a dated rate"),
    ({"plan_lines": [line()] * 51}, "$.plan_lines: expected 0 to 50 entries, found 51"),
    ({"granted_in_other_plans": 5.0}, "found float"),
    ({"registered_on": "2019-13-01"}, "$.registered_on"),
    ({"edition": "unknown"}, "$.edition: expected one of"),
]


@pytest.mark.parametrize(("changes", "words"), FACTS, ids=range(len(FACTS)))
def test_facts_of_one_case(changes: dict[str, Any], words: str) -> None:
    day = facts()["arrived_on"]
    with pytest.raises(DataError) as caught:
        iomcore.policy("pt-arvore").decide(facts(**changes), as_of=day)
    assert words in str(caught.value)


class TestTargets:
    """Where a result should go, and cannot."""

    def test_a_file_where_a_folder_is_meant(
        self, data: Path, tmp_path: Path, iomcore_cli: Run
    ) -> None:
        (tmp_path / "file").write_text("earlier")
        result = iomcore_cli("report", data, "--out", tmp_path / "file")
        assert (result.exit_code, result.stderr) == (1, "iomcore: file: File exists\n")
        assert (tmp_path / "file").read_text() == "earlier"

    def test_a_folder_where_a_file_is_meant(
        self, data: Path, tmp_path: Path, iomcore_cli: Run
    ) -> None:
        result = iomcore_cli("export", data, "--to", "csv", "--out", tmp_path)
        assert result.exit_code == 1 and "expected a file, found a folder" in result.stderr

    @pytest.mark.parametrize("command", ["report", "decide"])
    def test_a_target_that_is_read_only(
        self, data: Path, out: Path, iomcore_cli: Run, monkeypatch: pytest.MonkeyPatch, command: str
    ) -> None:
        def refuse(self: Path, *arguments: Any, **more: Any) -> Any:
            raise OSError(30, "Read-only file system")

        monkeypatch.setattr(Path, "replace", refuse)
        result = iomcore_cli(command, data, "--out", out)
        assert (result.exit_code, "Read-only file system" in result.stderr) == (1, True)
        assert untouched(out)

    @pytest.mark.parametrize("command", ["report", "decide"])
    def test_a_folder_that_cannot_be_made(
        self, data: Path, tmp_path: Path, iomcore_cli: Run, command: str
    ) -> None:
        (tmp_path / "file").write_text("x")
        result = iomcore_cli(command, data, "--out", tmp_path / "file" / "out")
        assert result.exit_code == 1 and "Not a directory" in result.stderr

    def test_a_folder_that_is_none(self, tmp_path: Path, iomcore_cli: Run) -> None:
        for command in ("report", "figures"):
            words = ["--out", tmp_path / "out"] if command == "report" else []
            result = iomcore_cli(command, tmp_path / "none", *words)
            assert result.exit_code == 1 and "expected a data folder" in result.stderr
        assert not (tmp_path / "out").exists()


def test_there_are_more_than_sixty() -> None:
    assert len(LINES) + len(FILES) + len(FACTS) >= 60
