"""Engines of our own invention, one a file: each prints a scene as a whole page, in mark-up that no rules describe.

Like real ones they differ in what a reader of pages can hold on to: JSON-LD in three of six, OpenGraph in five, a
``time`` element in two, ``<p>`` in five, a ticker in four, comments in four; titles are in h1, h2 or in no heading.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.speed.layouts import broadsheet, fields, magazine, portal, rendered, weblog
from benchmarks.speed.scenes import Scene

__all__ = ["LAYOUTS"]

LAYOUTS: tuple[Callable[[Scene], str], ...] = (
    weblog.page, portal.page, rendered.page, broadsheet.page, magazine.page, fields.page,
)  # fmt: skip
