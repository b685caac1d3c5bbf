"""The rules of migrant-assistance programmes: typed, dated, cited, decided and counted.

Everything here is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iomcore.api import (
        decide_dataset,
        export,
        figures,
        installed_exporters,
        policies,
        policy,
        read_cases,
        read_dataset,
    )
    from iomcore.domain.findings import OfficerFinding
    from iomcore.domain.money import Money
    from iomcore.errors import DataError, IomcoreError, Problem
    from iomcore.rules.decision import Decision
    from iomcore.rules.reconcile import reconcile
    from iomcore.rules.results import Outcome

__all__ = [
    "DataError",
    "Decision",
    "IomcoreError",
    "Money",
    "OfficerFinding",
    "Outcome",
    "Problem",
    "decide_dataset",
    "export",
    "figures",
    "installed_exporters",
    "policies",
    "policy",
    "read_cases",
    "read_dataset",
    "reconcile",
]

_HOMES = {
    "DataError": "iomcore.errors",
    "Decision": "iomcore.rules.decision",
    "IomcoreError": "iomcore.errors",
    "Money": "iomcore.domain.money",
    "OfficerFinding": "iomcore.domain.findings",
    "Outcome": "iomcore.rules.results",
    "Problem": "iomcore.errors",
    "reconcile": "iomcore.rules.reconcile",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'iomcore' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "iomcore.api")), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
