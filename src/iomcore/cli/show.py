"""Tables on the terminal."""

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.table import Table

from iomcore.rules.reconcile import Reconciliation
from iomcore.rules.results import Outcome

__all__ = ["console", "show_figures", "show_outcomes", "show_rows"]


def console() -> Console:
    """Standard output; as wide as its text needs where it is no terminal."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=160)


def show_rows(title: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """A table of text."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in head:
        right = name in ("counted", "published", "decisions")
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)


def show_outcomes(outcomes: Mapping[Outcome, int]) -> None:
    """Decisions by outcome."""
    rows = [(outcome.value, str(number)) for outcome, number in outcomes.items()]
    show_rows("Decisions by outcome", ("outcome", "decisions"), rows)


def show_figures(title: str, figures: Iterable[Reconciliation]) -> None:
    """Each figure: counted, published, unit, verdict, source."""
    head = ("figure", "counted", "published", "unit", "verdict", "source")
    show_rows(title, head, [_row(figure) for figure in figures])


def _row(figure: Reconciliation) -> tuple[str, ...]:
    published = "unknown" if figure.published is None else str(figure.published)
    name = f"{figure.id} {figure.period}" if figure.kind == "count" else figure.id
    return (name, _value(figure), published, figure.unit, figure.words, figure.source)


def _value(figure: Reconciliation) -> str:
    if figure.value is not None:
        return str(figure.value)
    if figure.at_least is None:
        return "unknown"
    return (
        f"{figure.at_least} or more"
        if figure.at_most is None
        else f"{figure.at_least}-{figure.at_most}"
    )
