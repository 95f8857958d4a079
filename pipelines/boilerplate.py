"""Lines that are no part of an article's text, in French, English and Spanish: which, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.items import Segment
from pipelines.titles import folded

__all__ = ["clean_lines", "reason_for"]

_REASONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("read-also", re.compile(
        r"^\W*(?:(?:à|a) lire (?:aussi|[ée]galement)|lire (?:aussi|[ée]galement|[ée]galement aussi)|lisez aussi|voir aussi|"
        r"read (?:also|more)|also read|see also|lea tambi[ée]n|lee tambi[ée]n|leer tambi[ée]n|te puede interesar|"
        r"vea tambi[ée]n|le[ae] adem[áa]s)\b\s*[|:»>\-–—]", re.I)),
    ("advertising", re.compile(r"^\W*(?:publicidad|publicit[ée]|advertisement|anuncio|annonce|sponsored content)\W*$", re.I)),
)  # fmt: skip


def reason_for(line: str) -> str:
    """Why a line is boilerplate, or an empty string.

    >>> reason_for("Lire aussi | Le port rouvre")
    'read-also'
    """
    return next((reason for reason, pattern in _REASONS if pattern.search(line)), "")


def clean_lines(lines: Sequence[str], title: str) -> tuple[list[str], list[Segment]]:
    """The lines that stay, and those removed, each with its reason."""
    kept: list[str] = []
    removed: list[Segment] = []
    for line in lines:
        reason = reason_for(line)
        if not reason and not kept and title and folded(line) == folded(title):
            reason = "title"
        if reason:
            removed.append(Segment(reason, line))
        else:
            kept.append(line)
    return kept, removed
