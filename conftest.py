"""Documents run as tests, in a folder of their own; properties run alike on every machine.

``IOMCORE_EXAMPLES=5000 python -m pytest tests/rules`` looks longer for a counterexample.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("usual", deadline=None, derandomize="CI" in os.environ)
settings.register_profile(
    "long", deadline=None, max_examples=int(os.environ.get("IOMCORE_EXAMPLES", "100"))
)
settings.load_profile("long" if "IOMCORE_EXAMPLES" in os.environ else "usual")


@pytest.fixture(autouse=True)
def _documents_write_elsewhere(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if request.node.path.suffix == ".md":
        monkeypatch.chdir(tmp_path)
