"""The report as one plain HTML page that needs no network. Needs the extra ``report``."""

from importlib import resources

from iomcore.errors import IomcoreError
from iomcore.report.build import Report
from iomcore.rules.words import word

__all__ = ["page"]


def page(report: Report) -> str:
    """The page as text.

    Raises:
        IomcoreError: the extra ``report`` is not installed.
    """
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError:
        raise IomcoreError('install "iomcore[report]" to write the page') from None
    text = resources.files(__package__).joinpath("report.html.j2").read_text("utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    counted = [r for r in report.reconciliations if r.kind == "count"]
    related = [r for r in report.reconciliations if r.kind != "count"]
    outcomes = [(o, word(o.value, "en"), n) for o, n in report.outcomes.items()]
    return environment.from_string(text).render(
        report=report, info=report.dataset.info, counted=counted, related=related, outcomes=outcomes
    )
