"""Works out everything that a report says, before a single file is written."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import attrs

from iomcore.api import decide_dataset, figures
from iomcore.domain.folds import tables_of
from iomcore.domain.published import Published
from iomcore.domain.tables import Table
from iomcore.records.dataset import Dataset
from iomcore.rules.decision import Decision
from iomcore.rules.decisiontable import decisions_table
from iomcore.rules.indicators import IndicatorSet
from iomcore.rules.reconcile import Reconciliation, reconcile
from iomcore.rules.results import Outcome

__all__ = ["Report", "build_report"]


@attrs.frozen(kw_only=True)
class Report:
    """What a report says.

    Attributes:
        outcomes: how many decisions have each outcome, every outcome named.
        reconciliations: counted figures first, then relations between published ones.
        tables: the flat tables by name, ``decisions`` among them.
    """

    dataset: Dataset
    as_of: date
    decisions: tuple[Decision, ...] = attrs.field(repr=False)
    outcomes: Mapping[Outcome, int]
    indicators: IndicatorSet
    reconciliations: tuple[Reconciliation, ...] = attrs.field(repr=False)
    tables: Mapping[str, Table] = attrs.field(repr=False)


def build_report(dataset: Dataset, as_of: date | None = None) -> Report:
    """The report of a dataset on a day; None: the dataset's own.

    Raises:
        DataError: facts that the policy cannot read.
    """
    day = as_of or dataset.info.as_of
    decisions = tuple(decide_dataset(dataset, day))
    counted = figures(dataset, day)
    outcomes = Counter(decision.outcome for decision in decisions)
    published = dataset.published or Published(sources={}, statements={})
    return Report(
        dataset=dataset,
        as_of=day,
        decisions=decisions,
        outcomes={outcome: outcomes[outcome] for outcome in Outcome},
        indicators=counted,
        reconciliations=reconcile(counted, published),
        tables={**tables_of(dataset.cases, day), "decisions": decisions_table(decisions)},
    )
