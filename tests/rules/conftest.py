from datetime import date
from typing import Any

import pytest

import iomcore
from iomcore.rules.decision import Decision
from iomcore.rules.policy import Policy
from iomcore.testing import facts


@pytest.fixture(scope="session")
def arvore() -> Policy:
    return iomcore.policy("pt-arvore")


@pytest.fixture(scope="session")
def decide(arvore: Policy) -> Any:
    """A decision on the plausible case, one detail changed."""

    def decide(**changes: Any) -> Decision:
        return arvore.decide(facts(**changes), as_of=date(2026, 11, 24))

    return decide
