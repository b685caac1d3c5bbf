"""The report of a data folder: what was decided, counted and reconciled, as files and as a page."""

from iomcore.report.build import Report, build_report
from iomcore.report.write import write_report

__all__ = ["Report", "build_report", "write_report"]
