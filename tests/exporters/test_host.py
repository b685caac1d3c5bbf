from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import attrs
import pytest

from iomcore.domain.facttypes import FactType
from iomcore.domain.tables import Field, Table
from iomcore.errors import (
    DataError,
    ExportError,
    MoneyError,
    PluginError,
    RecipientError,
    UnknownNameError,
)
from iomcore.exporters import RECIPIENTS, Context, ExporterInfo, write_table

TABLE = Table.of("t", [Field("who", FactType("text"))], [("P-1",), ("secret",)])


@attrs.frozen
class Options:
    indent: int = 0


def lines(table: Table, context: Context) -> Iterator[str]:
    for (who,) in table.rows():
        yield " " * (context.options.indent if context.options else 0) + f"{who}\n"


def info(render: Any = lines, options: type | None = None) -> ExporterInfo:
    return ExporterInfo(name="lines", suffix=".txt", load=lambda: render, options=options)


def write(path: Path, exporter: ExporterInfo, **more: Any) -> Any:
    return write_table(TABLE, exporter, path, **{"recipient": "internal", **more})


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestFiles:
    """The file is whole or untouched."""

    def test_the_result_describes_the_file(self, tmp_path: Path) -> None:
        path = tmp_path / "out.txt"
        result = write(path, info(), plugin="mine")
        data = path.read_bytes()
        assert data == b"P-1\nsecret\n"
        assert (result.rows, result.bytes, result.sha256) == (
            2,
            len(data),
            sha256(data).hexdigest(),
        )
        assert (result.exporter, result.plugin, result.path) == ("lines", "mine", str(path))
        assert leftovers(tmp_path) == ["out.txt"]

    def test_an_earlier_file_stands_when_the_exporter_breaks_half_way(self, tmp_path: Path) -> None:
        def broken(table: Table, context: Context) -> Iterator[str]:
            for (who,) in table.rows():
                if who == "secret":
                    raise KeyError(who)
                yield who

        path = tmp_path / "out.txt"
        path.write_text("earlier")
        with pytest.raises(PluginError) as caught:
            write(path, info(broken))
        assert (
            str(caught.value)
            == "exporter 'lines' broke with KeyError at row 2; nothing was written"
        )
        assert path.read_text() == "earlier"
        assert leftovers(tmp_path) == ["out.txt"]

    def test_our_own_errors_go_through(self, tmp_path: Path) -> None:
        def broken(table: Table, context: Context) -> Iterator[str]:
            raise MoneyError("no rate")
            yield ""

        with pytest.raises(MoneyError):
            write(tmp_path / "out.txt", info(broken))

    def test_an_exporter_that_cannot_be_loaded(self, tmp_path: Path) -> None:
        def load() -> Any:
            raise ImportError("no such library")

        with pytest.raises(PluginError, match="broke with ImportError"):
            write(tmp_path / "out.txt", ExporterInfo(name="x", suffix=".x", load=load))

    def test_pieces_are_text_or_bytes(self, tmp_path: Path) -> None:
        assert write(tmp_path / "a", info(lambda t, c: iter([b"\x00", "é"]))).bytes == 3
        with pytest.raises(ExportError, match="found int"):
            write(tmp_path / "b", info(lambda t, c: iter([1])))
        assert leftovers(tmp_path) == ["a"]

    def test_what_an_earlier_run_left_is_swept(self, tmp_path: Path) -> None:
        (tmp_path / ".iomcore-out.txt.abcd.part").write_text("half")
        (tmp_path / ".iomcore-other.txt.abcd.part").write_text("not ours")
        write(tmp_path / "out.txt", info())
        assert leftovers(tmp_path) == [".iomcore-other.txt.abcd.part", "out.txt"]

    def test_a_place_that_is_no_place(self, tmp_path: Path) -> None:
        with pytest.raises(ExportError, match="found a folder"):
            write(tmp_path, info())
        with pytest.raises(ExportError, match="its folder does not exist"):
            write(tmp_path / "none" / "out.txt", info())

    def test_a_place_that_may_not_be_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "out.txt"
        path.write_text("earlier")

        def refuse(self: Path, target: Path) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(ExportError, match=r"out.txt: Permission denied"):
            write(path, info())
        assert path.read_text() == "earlier"
        assert leftovers(tmp_path) == ["out.txt"]


class TestOptions:
    """Options are checked, all faults at once."""

    def test_taken(self, tmp_path: Path) -> None:
        path = tmp_path / "out.txt"
        write(path, info(options=Options), options={"indent": 2})
        assert path.read_text().startswith("  P-1")

    def test_refused(self, tmp_path: Path) -> None:
        with pytest.raises(DataError) as caught:
            write(tmp_path / "x", info(options=Options), options={"indent": "2", "colour": 1})
        assert [p.path for p in caught.value.problems] == ["options.indent", "options.colour"]
        with pytest.raises(DataError, match="no such option"):
            write(tmp_path / "x", info(), options={"indent": 2})
        assert leftovers(tmp_path) == []


class TestRecipients:
    """Nothing leaves for anybody but the office itself until disclosure is controlled."""

    @pytest.mark.parametrize("recipient", [r for r in RECIPIENTS if r != "internal"])
    def test_refused(self, tmp_path: Path, recipient: str) -> None:
        with pytest.raises(RecipientError, match=recipient):
            write(tmp_path / "out.txt", info(), recipient=recipient)
        assert leftovers(tmp_path) == []

    def test_unknown(self, tmp_path: Path) -> None:
        with pytest.raises(UnknownNameError, match="internal, partner-mission"):
            write(tmp_path / "out.txt", info(), recipient="friend")
