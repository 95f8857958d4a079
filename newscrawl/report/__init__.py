"""The HTML report: one page that needs nothing else, neither a network nor a program but a browser."""

from newscrawl.report.page import report

__all__ = ["report"]
