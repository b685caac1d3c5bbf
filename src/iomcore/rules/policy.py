"""A policy: the pack of one programme, and what can be asked of it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import attrs

from iomcore.rules.decide import decide
from iomcore.rules.decision import Decision
from iomcore.rules.mapping import FactMapping
from iomcore.rules.pack import Pack

__all__ = ["Policy"]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Policy(Pack):
    """The rules of one programme in one host state: ask it with `decide`."""

    def decide(
        self,
        facts: Mapping[str, Any],
        *,
        as_of: date,
        subject: str | None = None,
        dossier: str | None = None,
    ) -> Decision:
        """What the programme's text says of a case, on what is known of it.

        Args:
            facts: by the names of the vocabulary; absent and None are unknown.
            as_of: the day of knowledge; never picks the edition.
            subject, dossier: pseudonyms of the person and of the household's case, to carry along.

        Raises:
            DataError: facts that are misspelt, of another type or out of range: all of them.

        >>> from datetime import date
        >>> import iomcore
        >>> policy = iomcore.policy("pt-arvore")
        >>> facts = {"edition": "ARVoRe VII", "registered_on": date(2019, 5, 2)}
        >>> policy.decide(facts, as_of=date(2019, 9, 1)).outcome.value
        'undetermined'
        """
        return decide(self, facts, as_of=as_of, subject=subject, dossier=dossier)

    def reads(
        self, cls: type | None, names: Mapping[str, str | Callable[[Any], Any]]
    ) -> FactMapping:
        """An adapter from a caller's own class, or from the keys of a dict, to this policy's facts.

        Args:
            cls: the class whose attributes are named; None or `dict` for mappings.
            names: fact name to attribute or key, or to a function of the object.

        Raises:
            DataError: a fact or an attribute that does not exist: all of them.
        """
        return FactMapping(self, cls, names)
