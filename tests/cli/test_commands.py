import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from iomcore.cli import commands
from iomcore.plugins import Plugins, default_plugins
from iomcore.records.events import write_events
from iomcore.testing import events

Run = Callable[..., Any]


class TestReport:
    """The main job: read, decide, count, reconcile, write, show a summary."""

    def test_writes_and_shows(self, data: Path, tmp_path: Path, iomcore_cli: Run) -> None:
        out = tmp_path / "out"
        result = iomcore_cli("report", data, "--out", out)
        assert result.exit_code == 0
        assert "INVENTED RECORDS" in result.output
        assert "eligible                2" in result.output
        assert "returned 2019" in result.output and "fails by 1" in result.output
        assert sorted(path.name for path in out.iterdir()) == [
            "arrivals.csv",
            "decisions.csv",
            "decisions.jsonl",
            "figures.json",
            "movements.csv",
            "payments.csv",
            "plans.csv",
            "registrations.csv",
            "report.html",
            "withdrawals.csv",
        ]
        figures = {row["id"]: row for row in json.loads((out / "figures.json").read_text("utf-8"))}
        assert figures["returned"]["value"] == 2
        assert figures["returned"]["verdict"] == "holds"
        assert figures["returned_female"]["verdict"] == "undetermined"
        assert figures["two-sources"]["difference"] == 1
        lines = (out / "decisions.jsonl").read_text("utf-8").splitlines()
        assert [json.loads(line)["outcome"] for line in lines] == ["eligible", "eligible"]

    def test_the_same_bytes_again(self, data: Path, tmp_path: Path, iomcore_cli: Run) -> None:
        iomcore_cli("report", data, "--out", tmp_path / "a")
        shuffled = (data / "events.jsonl").read_text("utf-8").splitlines(keepends=True)[::-1]
        (data / "events.jsonl").write_text("".join(shuffled), "utf-8")
        iomcore_cli("report", data, "--out", tmp_path / "b")
        for path in (tmp_path / "a").iterdir():
            assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()

    def test_an_earlier_day_and_nothing_published(
        self, data: Path, tmp_path: Path, iomcore_cli: Run
    ) -> None:
        (data / "published.toml").unlink()
        (data / "dataset.toml").write_text(
            (data / "dataset.toml")
            .read_text("utf-8")
            .replace("invented = true", "invented = false"),
            "utf-8",
        )
        result = iomcore_cli("report", data, "--out", tmp_path / "out", "--as-of", "2019-08-29")
        assert result.exit_code == 0
        assert "INVENTED" not in result.output
        assert "Published figures" not in result.output
        page = (tmp_path / "out" / "report.html").read_text("utf-8")
        assert "INVENTED RECORDS." not in page and "Published against published" not in page


class TestCheck:
    def test_good(self, data: Path, flat: Path, iomcore_cli: Run) -> None:
        pack = Path(commands.__file__).parent.parent / "policies" / "pt-arvore.toml"
        result = iomcore_cli("check", data, flat, pack, "--policy", "pt-arvore")
        assert result.exit_code == 0
        assert "2 cases, 2 persons" in result.output
        assert "1 cases" in result.output
        assert "policy pt-arvore, 21 criteria" in result.output

    def test_every_problem_of_every_path(
        self, data: Path, tmp_path: Path, iomcore_cli: Run
    ) -> None:
        (data / "events.jsonl").write_text('{"kind": "x"}\n{\n', "utf-8")
        (tmp_path / "p.toml").write_text("[pack]\n", "utf-8")
        result = iomcore_cli("check", data, tmp_path / "p.toml", tmp_path / "none.csv")
        assert result.exit_code == 1
        assert "events.jsonl:1: $.kind: expected one of registered" in result.output
        assert "events.jsonl:2: not JSON" in result.output
        assert "p.toml.pack.format: this key is required" in result.output
        assert "none.csv: there is no such file" in result.output


class TestDecide:
    def test_a_folder_a_log_and_a_table(
        self, data: Path, flat: Path, tmp_path: Path, iomcore_cli: Run
    ) -> None:
        named = ("--policy", "pt-arvore", "--as-of", "2019-12-31")
        assert "eligible                2" in iomcore_cli("decide", data).output
        assert (
            "eligible                2"
            in iomcore_cli("decide", data / "events.jsonl", *named).output
        )
        result = iomcore_cli("decide", flat, *named, "--json", "--out", tmp_path / "new" / "out")
        (record,) = json.loads(result.output)
        assert (record["subject"], record["outcome"]) == ("P-0001", "eligible")
        assert (tmp_path / "new" / "out" / "decisions.csv").exists()

    def test_a_file_does_not_say_its_policy_and_day(self, flat: Path, iomcore_cli: Run) -> None:
        result = iomcore_cli("decide", flat)
        assert result.exit_code == 1
        assert "name it with --policy" in result.stderr and "name it with --as-of" in result.stderr
        assert (
            iomcore_cli("decide", flat, "--policy", "pt-arvore").stderr.count("name it with") == 1
        )

    def test_people_who_registered_later_are_not_decided(
        self, data: Path, iomcore_cli: Run
    ) -> None:
        named = ("--policy", "pt-arvore", "--as-of", "2019-05-01")
        assert (
            json.loads(iomcore_cli("decide", data / "events.jsonl", *named, "--json").output) == []
        )
        assert json.loads(iomcore_cli("decide", data, *named, "--json").output) == []


class TestExplain:
    @pytest.mark.parametrize("name", ["P-0001", "C-0001"])
    def test_by_person_and_by_case(self, data: Path, iomcore_cli: Run, name: str) -> None:
        result = iomcore_cli("explain", data, "--case", name, "--lang", "pt")
        assert result.exit_code == 0
        assert "Elegibilidade: elegível" in result.output and "P-0001" in result.output
        assert "P-0002" not in result.output

    def test_from_a_table(self, flat: Path, iomcore_cli: Run) -> None:
        named = ("--policy", "pt-arvore", "--as-of", "2019-12-31")
        assert (
            "Eligibility: eligible"
            in iomcore_cli("explain", flat, "--case", "P-0001", *named).output
        )

    def test_nobody(self, data: Path, iomcore_cli: Run) -> None:
        result = iomcore_cli("explain", data, "--case", "P-9")
        assert (result.exit_code, result.stderr) == (
            2,
            "iomcore: no person or case 'P-9' in data\n",
        )


class TestFigures:
    def test_table_and_json(self, data: Path, iomcore_cli: Run) -> None:
        assert "fails by 1" in iomcore_cli("figures", data).output
        rows = json.loads(iomcore_cli("figures", data, "--json").output)
        assert {"id", "value", "published", "unit", "verdict", "source"} <= rows[0].keys()

    def test_without_anything_published(self, data: Path, iomcore_cli: Run) -> None:
        (data / "published.toml").unlink()
        text = (
            (data / "dataset.toml")
            .read_text("utf-8")
            .replace("invented = true", "invented = false")
        )
        (data / "dataset.toml").write_text(text, "utf-8")
        result = iomcore_cli("figures", data)
        assert "undetermined" in result.output and "INVENTED" not in result.output


class TestExport:
    def test_tables(self, data: Path, flat: Path, tmp_path: Path, iomcore_cli: Run) -> None:
        for table in ("decisions", "movements", "indicators"):
            out = tmp_path / f"{table}.jsonl"
            result = iomcore_cli("export", data, "--to", "jsonl", "--out", out, "--table", table)
            assert result.exit_code == 0 and "sha256" in result.output
            assert len(out.read_text("utf-8").splitlines()) == {"indicators": 5}.get(table, 2)
        named = ("--policy", "pt-arvore", "--as-of", "2019-12-31")
        assert (
            iomcore_cli(
                "export", flat, "--to", "csv", "--out", tmp_path / "d.csv", *named
            ).exit_code
            == 0
        )

    @pytest.mark.parametrize(
        ("words", "code", "message"),
        [
            (["--to", "xml"], 2, "no exporter named 'xml'"),
            (["--to", "csv", "--table", "people"], 2, "no table 'people'; there are: arrivals"),
            (["--to", "csv", "--recipient", "donor"], 1, "nothing goes to 'donor' yet"),
            (["--to", "csv", "--recipient", "me"], 2, "no recipient 'me'"),
            (["--to", "csv", "-o", "indent=2"], 1, "options.indent: no such option"),
            (["--to", "csv", "-o", "colour=red"], 1, "options.colour: no such option"),
            (["--to", "csv", "-o", "indent"], 2, "expected KEY=VALUE"),
        ],
    )
    def test_refused(
        self,
        data: Path,
        tmp_path: Path,
        iomcore_cli: Run,
        words: list[str],
        code: int,
        message: str,
    ) -> None:
        out = tmp_path / "x.csv"
        result = iomcore_cli("export", data, "--out", out, *words)
        assert (result.exit_code, message in result.stderr, out.exists()) == (code, True, False)


class TestWhatIsInstalled:
    def test_exporters_and_policies(self, iomcore_cli: Run) -> None:
        assert "iomcore.exporters.csv" in iomcore_cli("exporters").output
        listed = iomcore_cli("policies").output
        assert "pt-arvore" in listed and "ARVoRe VII" in listed

    def test_what_is_broken_and_why(
        self, iomcore_cli: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = default_plugins()
        broken = Plugins(found.exporters, found.packs, {"fax": "ImportError: no fax"})
        monkeypatch.setattr(commands, "default_plugins", lambda: broken)
        result = iomcore_cli("exporters")
        assert (result.exit_code, result.stderr) == (0, "broken: fax: ImportError: no fax\n")

    def test_usage(self, iomcore_cli: Run) -> None:
        assert iomcore_cli("--help").exit_code == 0
        assert iomcore_cli("decide").exit_code == 2
        assert "found other text" in iomcore_cli("decide", "x", "--as-of", "tomorrow").stderr
        assert "0.1.0" in iomcore_cli("--version").output


def test_a_log_of_another_ending_is_read_as_a_table(tmp_path: Path, iomcore_cli: Run) -> None:
    path = tmp_path / "events.json"
    path.write_text("".join(write_events(events())), "utf-8")
    result = iomcore_cli("decide", path, "--policy", "pt-arvore", "--as-of", "2019-12-31")
    assert result.exit_code == 1
