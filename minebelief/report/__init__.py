"""The report: an industry's published figures as one HTML page that needs nothing else."""

from minebelief.report.page import render_report, write_report

__all__ = ["render_report", "write_report"]
