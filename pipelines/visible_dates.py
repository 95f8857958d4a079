"""The date a page prints beside its title, for pages whose metadata names none."""

from __future__ import annotations

import re
from copy import copy

from lxml.html import HtmlElement

from pipelines.titles import folded
from pipelines.visible_text import lines_of

__all__ = ["dates_near_title", "url_date"]

_BEFORE, _AFTER = 8, 14
"""Lines around the title in which its date line is looked for."""
_LONGEST = 140
_DATE = re.compile(
    r"\b\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*(?:19|20)?\d\d\b|\b(?:19|20)\d\d\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}(?!\d)"
    r"|\b\d{1,2}(?:er|st|nd|rd|th|º)?\s+(?:de\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de[l]?\s+)?(?:19|20)\d\d\b"
    r"|\b[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d\b"
    r"|\b(?:il y a|hace)\s+\S{1,5}\s+\w+|\b\d{1,2}\s+(?:minutes?|hours?|days?)\s+ago\b",
    re.I,
)
_PUBLISHED = re.compile(
    r"\b(?:publi|post(?:ed|[ée])|mis en ligne|mise en ligne|paru|par[uû]e?|cr[ée]{1,2}[ée]?|issued|first published)",
    re.I,
)
_UPDATED = re.compile(r"\b(?:mis(?:e)? [àa] jour|updated|modifi|actualiz|last (?:updated|modified)|edited)", re.I)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_URL_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:(?P<gap>[/_-])(?P<m>0?[1-9]|1[0-2]|(?:"
    + "|".join(_MONTHS)
    + r")[a-z]*)(?P=gap)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<=/\d{4})(?P<mm>0[1-9]|1[0-2])(?P<dd>0[1-9]|[12]\d|3[01])(?!\d))"
)


def url_date(url: str) -> str:
    """The day that an address names, in ISO form; empty when it names none.

    >>> url_date("https://example.org/2024/3/07/le-port")
    '2024-03-07'
    >>> url_date("https://example.org/2024/mar/07/the-port")
    '2024-03-07'
    """
    match = _URL_DATE.search(url)
    if not match:
        return ""
    month, day = match["m"] or match["mm"], match["d"] or match["dd"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    return f"{match['y']}-{number:02}-{int(day):02}"


def dates_near_title(tree: HtmlElement, title: str) -> list[str]:
    """Lines with a date around the title, the most telling first: labelled as published, unlabelled, then updated.

    A ``time`` element counts as what its ``datetime`` says. Where no visible line is the title, nothing is near it.
    """
    lines = lines_of(_with_machine_times(tree))
    wanted = folded(title)
    places = [number for number, line in enumerate(lines) if wanted and folded(line) == wanted]
    near: dict[int, int] = {}
    for at in places:
        for number in range(max(0, at - _BEFORE), min(len(lines), at + _AFTER)):
            near[number] = min(abs(number - at), near.get(number, _AFTER))
    dated = [number for number in near if len(lines[number]) <= _LONGEST and _DATE.search(lines[number])]
    return [lines[number] for number in sorted(dated, key=lambda number: (_rank(lines[number]), near[number], number))]


def _with_machine_times(tree: HtmlElement) -> HtmlElement:
    """A copy in which every ``time`` is a line that reads as its machine form."""
    copied = copy(tree)
    for time in list(copied.iter("time")):
        if stamp := (time.get("datetime") or "").strip():
            for child in list(time):
                time.remove(child)
            time.text, time.tag = stamp, "p"
    return copied


def _rank(line: str) -> int:
    if _PUBLISHED.search(line):
        return 0
    return 2 if _UPDATED.search(line) else 1
