"""For people who test against us: builders of one plausible case, and hypothesis strategies.

All of it is invented. The builders need nothing more; the strategies need the extra ``testing``.
"""

from typing import TYPE_CHECKING, Any

from iomcore.testing.builders import dataset, events, facts, finding, line, person

if TYPE_CHECKING:
    from iomcore.testing import strategies

__all__ = ["dataset", "events", "facts", "finding", "line", "person", "strategies"]


def __getattr__(name: str) -> Any:
    if name != "strategies":
        raise AttributeError(f"module 'iomcore.testing' has no attribute {name!r}")
    from importlib import import_module

    return import_module("iomcore.testing.strategies")
