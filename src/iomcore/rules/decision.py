"""A decision: what the programme's text says of one case, on what was known of it on one day."""

from typing import Any

import attrs

from iomcore.rules.decided import Decided
from iomcore.rules.explain import explain, to_html
from iomcore.rules.record import record
from iomcore.rules.trace import Trace

__all__ = ["Decision"]


@attrs.frozen(kw_only=True, eq=False, slots=False, repr=False)
class Decision(Decided):
    """What the programme's text says of one case; it explains itself and becomes a record.

    `repr` and errors show no fact of the case.

    >>> from datetime import date
    >>> import iomcore
    >>> from iomcore.testing import facts
    >>> decision = iomcore.policy("pt-arvore").decide(facts(), as_of=date(2019, 9, 1))
    >>> decision.outcome.value, str(decision.amounts["grant"].value)
    ('eligible', '1000.00 EUR')
    >>> decision.deadlines["monitoring"].last_day
    datetime.date(2020, 2, 29)
    """

    def __repr__(self) -> str:
        who = f"{self.subject} " if self.subject else ""
        return f"<Decision {who}{self.outcome}, {self.pack.id} {self.edition or '?'}>"

    def __str__(self) -> str:
        return self.explain("en")

    def _repr_html_(self) -> str:
        return to_html(self, "en")

    def trace(self, name: str) -> Trace:
        """Why a criterion, an amount, a deadline's last day or a definition has its value.

        Raises:
            KeyError: there is no such name, or the edition is not known.
        """
        if self.edition is None:
            raise KeyError(name)
        pack, view = self.pack, self.views[0]
        nodes = {d.id: d.closes for d in pack.deadlines} | {
            e.id: e.amount for e in pack.entitlements
        }
        nodes |= {c.id: c.test for c in pack.criteria}
        nodes |= {d.name: d.node for d in pack.definitions.values()}
        return view.trace(nodes[name])

    def explain(self, lang: str = "en") -> str:
        """The decision for people, in ``en`` or ``pt``.

        Raises:
            UnknownNameError: there are no words in that language.
        """
        return explain(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """A record of the decision; it names facts and never holds their values."""
        return record(self)
