"""Asks the code what exists, and holds it to its promises."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import iomcore
import iomcore.testing
from iomcore import hooks

ROOT = Path(__file__).parent.parent
SOURCE = Path(iomcore.__file__).parent


def test_import_is_light() -> None:
    program = "import iomcore, json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    heavy = {
        "attrs",
        "attr",
        "cattrs",
        "pluggy",
        "dateutil",
        "numpy",
        "click",
        "rich",
        "jinja2",
        "hypothesis",
    }
    assert loaded & heavy == set()


def test_every_public_name_is_there_and_documented() -> None:
    assert set(iomcore.__all__) <= set(dir(iomcore))
    for name in iomcore.__all__:
        assert getattr(iomcore, name).__doc__, name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        iomcore.nothing  # noqa: B018
    with pytest.raises(AttributeError):
        iomcore.testing.nothing  # noqa: B018


def test_every_module_and_every_name_that_it_offers_has_a_docstring() -> None:
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        assert ast.get_docstring(tree), path
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith(
                "_"
            )
            assert not public or ast.get_docstring(node), f"{path.name}: {node.name}"


def test_every_hook_is_in_the_documents() -> None:
    text = (ROOT / "docs" / "exporters.md").read_text("utf-8")
    for name in dir(hooks):
        if name.startswith("iomcore_"):
            assert name in text
            assert getattr(hooks, name).__doc__


def test_files_stay_small() -> None:
    for path in sorted(SOURCE.rglob("*.py")):
        assert len(path.read_text("utf-8").splitlines()) <= 330, path.name


def test_the_command_says_what_it_needs_when_its_libraries_are_missing() -> None:
    program = "import sys; sys.modules['click'] = None; from iomcore.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == 'the command needs more: pip install "iomcore[cli]"\n'


def test_a_command_that_breaks_for_another_reason_says_so() -> None:
    program = "import sys; sys.modules['dateutil'] = None; from iomcore.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "dateutil" in done.stderr
