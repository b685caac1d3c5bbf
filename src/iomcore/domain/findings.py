"""An officer's finding: a judgement with its reason and its day, never a bare yes or no."""

from datetime import date

import attrs

__all__ = ["OfficerFinding"]


@attrs.frozen
class OfficerFinding:
    """What an officer found.

    Attributes:
        value: the judgement.
        reason: why, in the officer's words; it may describe health or hardship, and `repr` never
            shows it.
        on: the day of the judgement.

    >>> from datetime import date
    >>> OfficerFinding(True, "cares alone for a small child", date(2019, 5, 2))
    OfficerFinding(on=datetime.date(2019, 5, 2))
    """

    value: bool = attrs.field(repr=False)
    reason: str = attrs.field(repr=False)
    on: date
