"""Lines that are no part of an article's text: which, and why. Removed lines come back as segments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.boilerplate_phrases import BYLINES, COMMENT_HEADINGS, HEADINGS, PHRASES
from pipelines.items import Segment
from pipelines.titles import folded

__all__ = ["clean_lines", "reason_for"]

_LONGEST_PROMPT = 320
"""Characters; a longer line is a paragraph, whatever it starts with."""
_NEAR_EDGE = 4
"""Bylines are looked for in so many lines at the start, and half as many at the end."""
_SENTENCE_END = re.compile(r"[.!?…][\"'”»)\]]*$")


def reason_for(line: str) -> str:
    """Why a line is boilerplate wherever it stands, or an empty string.

    >>> reason_for("Lire aussi | Le port rouvre")
    'read-also'
    >>> reason_for("Lire aussi les classiques reste un plaisir.")
    ''
    """
    if len(line) > _LONGEST_PROMPT:
        return ""
    return next((reason for reason, pattern in PHRASES if pattern.search(line)), "")


def clean_lines(lines: Sequence[str], title: str) -> tuple[list[str], list[Segment]]:
    """The lines that stay, and those removed, each with its reason, in order.

    Removed: the title repeated at the start, boilerplate phrases, bylines at either end, lists under a heading such as
    "Related articles", what readers commented, and long lines said a second time.
    """
    reasons = list(_reasons(lines, title))
    kept = [line for line, reason in zip(lines, reasons, strict=True) if not reason]
    return kept, [Segment(reason, line) for line, reason in zip(lines, reasons, strict=True) if reason]


def _reasons(lines: Sequence[str], title: str) -> Iterator[str]:
    heading = ""
    wanted = folded(title)
    started = False
    seen: set[str] = set()
    for number, line in enumerate(lines):
        if COMMENT_HEADINGS.match(line) and started:
            heading = "comments"
        elif HEADINGS.match(line):
            heading = "read-also"
        elif heading == "read-also" and not _is_other_title(line):
            heading = ""
        text = folded(line)
        edge = number < _NEAR_EDGE or number >= len(lines) - _NEAR_EDGE // 2
        reason = heading or reason_for(line)
        if not reason and not started and wanted and text == wanted:
            reason = "title"
        elif not reason and edge and BYLINES.match(line):
            reason = "byline"
        elif not reason and len(line) > 60 and text in seen:
            reason = "repeated"
        seen.add(text)
        started = started or (not reason and len(line) > 60)
        yield reason


def _is_other_title(line: str) -> bool:
    """Whether a line under a list's heading belongs to the list: an item, or short and no sentence."""
    return line.startswith("- ") or (len(line) < 160 and not _SENTENCE_END.search(line))
