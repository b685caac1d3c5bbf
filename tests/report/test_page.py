from html.parser import HTMLParser
from pathlib import Path

import pytest

from iomcore.api import read_dataset
from iomcore.errors import ExportError, IomcoreError
from iomcore.report import build_report, write_report
from iomcore.report.page import page

VOID = {"meta", "br", "link"}


class Balanced(HTMLParser):
    """Every element that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_is_whole_and_escapes_what_it_shows(data: Path) -> None:
    html = page(build_report(read_dataset(data)))
    parser = Balanced()
    parser.feed(html)
    assert parser.open == []
    text = " ".join(parser.text)
    assert text.count("INVENTED RECORDS") >= 3
    assert "A <script>report</script>" in text
    assert "<script>" not in html
    assert "fails by 1" in text and "nothing published" in text and "0–1" in text
    assert "P-0001" not in text and "http" not in html


def test_without_the_extra_the_error_says_what_to_install(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    with pytest.raises(IomcoreError, match=r"iomcore\[report\]"):
        page(build_report(read_dataset(data)))


def test_a_folder_that_cannot_be_made(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="file"):
        write_report(build_report(read_dataset(data)), tmp_path / "file")
    assert (tmp_path / "file").read_text() == "x"
