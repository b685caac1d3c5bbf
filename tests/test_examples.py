"""The example runs as a newcomer would run it, and its figures are the published ones."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

import iomcore

EXAMPLE = Path(__file__).parent.parent / "examples" / "portugal_2019"


def figures(folder: Path) -> dict[str, Any]:
    dataset = iomcore.read_dataset(folder)
    assert dataset.published is not None
    return {r.id: r for r in iomcore.reconcile(iomcore.figures(dataset), dataset.published)}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(copytree(EXAMPLE, tmp_path / "copy"))


def change(folder: Path, edit: Callable[[list[dict[str, Any]]], Any]) -> None:
    path = folder / "events.jsonl"
    events = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    edit(events)
    path.write_text("".join(json.dumps(event) + "\n" for event in events), "utf-8")


def test_the_records_are_made_again_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, EXAMPLE / "generate.py", "--out", tmp_path], check=True)
    for name in ("events.jsonl", "dataset.toml"):
        assert (tmp_path / name).read_bytes() == (EXAMPLE / name).read_bytes()


def test_the_counts_are_the_published_ones() -> None:
    found = figures(EXAMPLE)
    expected = {"registered": 710, "returned": 161, "returned_female": 93, "returned_male": 68}
    for id_, value in {**expected, "returned_brazil": 151}.items():
        assert (found[id_].value, found[id_].published, found[id_].words) == (value, value, "holds")


def test_the_real_figures_and_their_contradictions() -> None:
    words = {id_: found.words for id_, found in figures(EXAMPLE).items()}
    assert {id_: word for id_, word in words.items() if word != "holds"} == {
        "registered-2019-sources": "fails by 5",
        "registered-2018-sources": "fails by 4",
        "share-brazil-2022-rtp": "fails by 1",
        "sessions-2019-numbered": "fails by 4",
        "sessions-2019-all": "undetermined",
        "people-sessions-2019-parts": "fails by 138",
        "people-sessions-2019-any": "fails by 1",
    }
    assert words["registered-edition-vii"] == words["returned-edition-vii"] == "holds"


def test_one_departure_less_fails_by_one(copy: Path) -> None:
    change(copy, lambda events: events.remove(next(e for e in events if e["kind"] == "travelled")))
    assert (figures(copy)["returned"].value, figures(copy)["returned"].words) == (160, "fails by 1")


def test_one_sex_blanked_leaves_that_figure_open(copy: Path) -> None:
    travelled: set[str] = set()

    def edit(events: list[dict[str, Any]]) -> None:
        travelled.update(e["person"] for e in events if e["kind"] == "travelled")
        for event in events:
            if event["kind"] == "registered" and event["person"] in travelled:
                event["sex"] = None
                return

    change(copy, edit)
    found = figures(copy)
    assert found["returned"].words == "holds"
    assert found["returned_female"].words == found["returned_male"].words == "undetermined"


def test_one_returnee_more_fails_by_one(copy: Path) -> None:
    def edit(events: list[dict[str, Any]]) -> None:
        travelled = {e["person"] for e in events if e["kind"] == "travelled"}
        other = next(
            e for e in events if e["kind"] == "registered" and e["person"] not in travelled
        )
        day = {"happened_on": "2019-12-30", "recorded_on": "2019-12-30", "country": "BR"}
        events.append(
            {
                "kind": "travelled",
                "case": other["case"],
                "seq": 99,
                "person": other["person"],
                **day,
            }
        )

    change(copy, edit)
    assert (figures(copy)["returned"].value, figures(copy)["returned"].words) == (162, "fails by 1")


def test_the_story_is_decided_and_explained(iomcore_cli: Any) -> None:
    result = iomcore_cli("explain", EXAMPLE, "--case", "C-0001")
    assert result.output.count("Edition ARVoRe VII") == 2
    assert "Monitoring after arrival: 2019-08-31 to 2020-02-29" in result.output


def test_nobody_in_it_has_a_name() -> None:
    text = (EXAMPLE / "events.jsonl").read_text("utf-8")
    assert '"name"' not in text and "Maria" not in text
    assert "INVENTED" in (EXAMPLE / "dataset.toml").read_text("utf-8")
