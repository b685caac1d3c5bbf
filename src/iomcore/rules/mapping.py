"""Facts from a caller's own objects: their classes, their names, their storage."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import attrs

from iomcore.errors import DataError, Problem, suggestion
from iomcore.rules.decide import decide
from iomcore.rules.decision import Decision
from iomcore.rules.pack import Pack

__all__ = ["FactMapping"]

Names = Mapping[str, str | Callable[[Any], Any]]


@attrs.frozen(eq=False)
class FactMapping:
    """Reads a caller's objects as the facts of one policy.

    Attributes:
        cls: the class whose attributes are named; None or `dict` for mappings.
        names: fact name to attribute or key, or to a function of the object.

    Raises:
        DataError: a fact that the vocabulary does not have, or an attribute that the class does
            not have: all of them.

    >>> import iomcore
    >>> reads = iomcore.policy("pt-arvore").reads(dict, {"nationalities": "countries"})
    >>> reads.facts({"countries": ["BR"]})
    {'nationalities': ['BR']}
    """

    pack: Pack
    cls: type | None
    names: Names

    def __attrs_post_init__(self) -> None:
        known = self.pack.vocabulary.levels["case"]
        problems = [
            Problem(
                f"$.{fact}", "unknown-fact", f"no such fact{self.pack.vocabulary.suggest(fact)}"
            )
            for fact in self.names
            if fact not in known
        ]
        problems += [
            Problem(
                f"$.{fact}",
                "unknown-attribute",
                f"no attribute {name!r}{suggestion(name, _attributes(self.cls))}",
            )
            for fact, name in self.names.items()
            if isinstance(name, str) and not self._keyed and name not in _attributes(self.cls)
        ]
        if problems:
            raise DataError(problems)

    @property
    def _keyed(self) -> bool:
        return self.cls is None or issubclass(self.cls, Mapping)

    def facts(self, case: Any) -> dict[str, Any]:
        """The facts of one object; a key that a mapping does not have is unknown."""
        return {fact: self._read(case, name) for fact, name in self.names.items()}

    def _read(self, case: Any, name: str | Callable[[Any], Any]) -> Any:
        if callable(name):
            return name(case)
        return case.get(name) if self._keyed else getattr(case, name)

    def decide(self, case: Any, *, as_of: date, subject: str | None = None) -> Decision:
        """The policy's decision on one object; see `Policy.decide`."""
        return decide(self.pack, self.facts(case), as_of=as_of, subject=subject)


def _attributes(cls: type | None) -> set[str]:
    """What instances of a class have: annotated or defined in it or above it."""
    names = set(dir(cls))
    for base in getattr(cls, "__mro__", ()):
        names |= set(getattr(base, "__annotations__", {})) | set(getattr(base, "__slots__", ()))
    return names
