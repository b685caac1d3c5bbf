import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from iomcore.cli.commands import command
from iomcore.records.events import write_events
from iomcore.testing import events, facts

DATASET = """
format = 1
id = "small"
title = "INVENTED RECORDS: a small folder"
invented = true
as_of = 2019-12-31
policy = "pt-arvore"
figures = "pt-office-figures"
[period]
id = "2019"
from = 2019-01-01
to = 2019-12-31
"""
PUBLISHED = """
[sources]
S0 = { title = "A <script>report</script>" }
[[statement]]
key = "returned-2019"
figure = "returned"
period = "2019"
value = 2
unit = "person"
source = "S0"
status = "seed"
[[statement]]
key = "returned-press"
figure = "returned"
period = "2019"
value = 3
unit = "person"
source = "S0"
status = "secondary"
provisional = true
note = "printed early"
[[relation]]
id = "two-sources"
kind = "same"
total = "returned-2019"
parts = ["returned-press"]
unit = "person"
says.en = "two sources agree"
says.pt = "duas fontes coincidem"
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small data folder: one person who returned, another whose sex is not known."""
    folder = tmp_path / "data"
    folder.mkdir()
    logs = [*events("C-0001"), *events("C-0002", sex=None)]
    (folder / "dataset.toml").write_text(DATASET, "utf-8")
    (folder / "events.jsonl").write_text("".join(write_events(logs)), "utf-8")
    (folder / "published.toml").write_text(PUBLISHED, "utf-8")
    return folder


@pytest.fixture
def flat(tmp_path: Path) -> Path:
    """A flat table of facts with one case."""
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps({"subject": "P-0001", **facts()}, default=str) + "\n", "utf-8")
    return path


@pytest.fixture
def iomcore_cli() -> Callable[..., Result]:
    """Runs the command; an exception that nobody caught fails the test."""

    def run(*words: Any) -> Result:
        result = CliRunner().invoke(command, [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run
