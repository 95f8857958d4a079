"""What a page prints around its title: the date line, the author, the section, for pages whose metadata is silent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy

from lxml.html import HtmlElement

from pipelines.fields.authors import author_names
from pipelines.fields.titles import folded, is_folded_to
from pipelines.left_out import WHOLE, Gaps
from pipelines.visible_text import VisibleLines, lines_of

__all__ = ["author_line", "date_lines", "has_machine_time", "is_date_line", "lines_beside", "updated_part"]

_BEFORE, _AFTER = 8, 14
"""Lines around the title in which its date line is looked for."""
_LONGEST = 140
"""Characters; a longer line is text."""
_DATE = re.compile(
    r"\b\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*(?:19|20)?\d\d\b|\b(?:19|20)\d\d\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}(?!\d)"
    r"|\b\d{1,2}(?:er|st|nd|rd|th|º)?\s+(?:de\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de[l]?\s+)?(?:19|20)\d\d\b"
    r"|\b[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d\b"
    r"|\b(?:il y a|hace)\s+\S{1,5}\s+\w+|\b\d{1,2}\s+(?:minutes?|hours?|days?)\s+ago\b",
    re.I,
)
_SIGNS = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+")
"""What stands between the parts of a line."""
_PUBLISHED = re.compile(
    r"\b(?:publi|post(?:ed|[ée])|mise? en ligne|paru|cr[ée]{1,2}[ée]?|issued|first published)", re.I
)
_UPDATED = re.compile(r"\b(?:mise? [àa] jour|updated|modifi|actualiz|last (?:updated|modified)|edited)", re.I)
_BYLINE = re.compile(
    r"^\W*(?:par|by|por|textes?|textos?|words|interview|entrevista|entretien|propos recueillis|reportage)\b", re.I
)


def lines_beside(tree: HtmlElement, title: str, visible: VisibleLines, gaps: Gaps = WHOLE) -> list[str]:
    """The page's short lines around its title, the nearest first; none where no visible line is the title.

    ``visible`` are all lines of the page; but a ``time`` element counts as a line of its own, as what its ``datetime``
    says. ``gaps`` is what was left out of the tree.
    """
    gaps.reveal(has_machine_time)
    timed = _with_machine_times(tree)
    lines = visible.lines if timed is tree else lines_of(timed, gaps.text if gaps else None)
    wanted = folded(title)
    distances: dict[int, int] = {}
    for at in (number for number, line in enumerate(lines) if wanted and is_folded_to(line, wanted)):
        for number in range(max(0, at - _BEFORE), min(len(lines), at + _AFTER)):
            distances[number] = min(abs(number - at), distances.get(number, _AFTER))
    near = sorted(distances, key=lambda number: (distances[number], -number))
    return [lines[number] for number in near if distances[number] and len(lines[number]) <= _LONGEST]


def _with_machine_times(tree: HtmlElement) -> HtmlElement:
    """A copy in which every ``time`` is a line that reads as its machine form; the tree itself where none has one."""
    if not any(map(has_machine_time, tree.iter("time"))):
        return tree
    copied = copy(tree)
    for time in list(copied.iter("time")):
        if stamp := (time.get("datetime") or "").strip():
            for child in list(time):
                time.remove(child)
            time.text, time.tag = stamp, "p"
    return copied


def has_machine_time(element: HtmlElement) -> bool:
    """Whether an element says a time for programs."""
    return element.tag == "time" and bool(element.get("datetime"))


def date_lines(lines: Sequence[str]) -> list[str]:
    """Those of the lines that hold a date: labelled as published first, then unlabelled, then updated."""
    return sorted(filter(_DATE.search, lines), key=_rank)


def date_parts(lines: Sequence[str]) -> list[str]:
    """The parts of lines between signs that hold a date: a line names the paper and the section beside it.

    >>> date_parts(["Le Quotidien 24 - Monde - 14 mai 2024", "14 mai 2024"])
    ['14 mai 2024']
    """
    return [part for line in lines if len(parts := _SIGNS.split(line)) > 1 for part in parts if _DATE.search(part)]


def is_date_line(line: str) -> bool:
    """Whether a line says a date and at most a few words more.

    >>> is_date_line("Mardi 4 mars 2025 - 18h20 | Nadia Ferrand"), is_date_line("Le 4 mars 2025, le port a rouvert.")
    (True, False)
    """
    return len(line) <= 80 and bool(_DATE.search(line)) and not re.search(r"[.!?…][\"'”»)]*$", line)


def _rank(line: str) -> int:
    if _PUBLISHED.search(line):
        return 0
    return 2 if _UPDATED.search(line) else 1


def updated_part(lines: Sequence[str]) -> str:
    """What follows the label "updated" in the first line that has one and a date; empty without."""
    parts = (line[match.start() :] for line in lines if (match := _UPDATED.search(line)))
    return next((part for part in parts if _DATE.search(part)), "")


def author_line(lines: Sequence[str]) -> str:
    """The first line that says who wrote the article: "By ...", or a name beside a date; empty without."""
    labelled = (line for line in lines if _BYLINE.match(line) and any(one[0].isupper() for one in author_names([line])))
    return next(labelled, next(_beside_dates(lines), ""))


def _beside_dates(lines: Sequence[str]) -> Iterator[str]:
    for line in filter(_DATE.search, lines):
        for part in _SIGNS.split(line):
            rest = _NO_NAME.sub(" ", _DATE.sub(" ", part)).strip(" ,.:;-–—")
            if _NAME.fullmatch(rest) and author_names([rest]):
                yield rest


_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w'’.-]+\s+){1,3}[A-ZÀ-Þ][\w'’.-]+")
_NO_NAME = re.compile(
    r"\d[\d:.h]*\s*(?:[ap]\.?m\.?)?|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[ée]rcoles|"
    r"jueves|viernes|s[áa]bado|domingo|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\b\.?",
    re.I,
)
