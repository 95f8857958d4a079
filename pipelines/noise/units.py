"""How a line of texts and links falls into units: each link of a list of links, each headline of a strip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from lxml.html import HtmlElement

from pipelines.noise.runs import Atom, Run

__all__ = ["split_run"]

_LETTERS = re.compile(r"[^\W\d_]")
_GAP = re.compile(r"[•●■▪►]|\s[·|»*]+\s|\s(?:\+{2,}|/{2,}|-{2,}|:{2,})\s|\u00a0(?:[ \t\r\n]*\u00a0){2,}")
"""Signs that part headlines and hardly ever words: two of them make a row of three."""
_DASH = re.compile(r"\s[-–—/]\s|(?:…|\.{3})\s")
"""Signs that part headlines and the words of a sentence too: a row needs four, each with the look of a headline."""
_SIGNS = ("•", "●", "■", "▪", "►", " ·", " |", " »", " *", " +", " /", " -", " :", " –", " —", "…", "...", "\u00a0")
"""One of these stands twice in every row: counting them is many times faster than the patterns."""
_LEAST_STRIP = 30
"""Letters of the shortest row of headlines."""
_LABEL_SHARE = 0.2
"""Of a line's letters may stand outside its links (a label, "Flash info :") and the line is still a list of links."""
_LABEL_WORDS = 3
_CLOCK_WORDS = 6
_CLOCK_SHARE = 0.4

Unit = tuple[Run, HtmlElement | None, tuple[int, int] | None]
"""Texts of one block, the link they are (or None), and the part of the text node where they share one."""


def split_run(run: Run) -> Iterable[Unit]:
    """The units of a line: each link of a list of links, each headline of a strip, or the line as it is."""
    if len(run) == 1:
        return ((run, run[0].link, None),) if run[0].link is not None else _pieces(run)
    if all(atom.link is None for atom in run):
        return _strip_of_texts(run)
    if _is_list_of_links(run):
        return _links(run)
    if (link := _labelled_link(run)) is not None:
        return ((run, link, None),)
    return _line_with_links(run)


def _pieces(run: Run) -> list[Unit]:
    """One text node that is no link: its headlines where signs or gaps part it at least twice."""
    text = run[0].text
    if len(text) >= _LEAST_STRIP and max(map(text.count, _SIGNS)) > 1:
        spans = _cut(text, _GAP)
        if len(spans) >= 3:
            return [(run, None, span) for span in spans]
        spans = _cut(text, _DASH)
        if len(spans) >= 4 and all(_headline_like(text[start:end]) for start, end in spans):
            return [(run, None, span) for span in spans]
    return [(run, None, None)]


def _cut(text: str, sign: re.Pattern[str]) -> list[tuple[int, int]]:
    """The parts of a text between signs, those without letters left out."""
    edges = [edge for match in sign.finditer(text) for edge in match.span()]
    bounds = [0, *edges, len(text)]
    return [span for span in zip(bounds[::2], bounds[1::2], strict=True) if _LETTERS.search(text, *span)]


def _weight(atoms: Run) -> int:
    return sum(len(atom.text.strip()) for atom in atoms if _LETTERS.search(atom.text))


def _is_list_of_links(run: Run) -> bool:
    links = {atom.link for atom in run if _LETTERS.search(atom.text)} - {None}
    outside = [atom for atom in run if atom.link is None and _LETTERS.search(atom.text)]
    if not links or not outside:
        return bool(links)
    if len(links) == 1:
        return len(outside) == 1 and run[0].block.tag != "p" and _is_clock(outside[0].text, _weight(run))
    if any(len(atom.text.split()) > _LABEL_WORDS for atom in outside):
        return False
    return _weight(outside) <= _LABEL_SHARE * _weight(run)


def _labelled_link(run: Run) -> HtmlElement | None:
    """The link of a line that is a link with a label before or after it (who published it); None for other lines."""
    links = {atom.link for atom in run if _LETTERS.search(atom.text)} - {None}
    outside = [atom for atom in run if atom.link is None]
    words = sum(len(atom.text.split()) for atom in outside)
    tag = run[0].block.tag
    if len(links) != 1 or words > _CLOCK_WORDS or _weight(outside) > _CLOCK_SHARE * _weight(run):
        return None
    return links.pop() if tag not in ("p", "h1", "h2", "h3", "h4", "h5", "h6") else None


def _is_clock(text: str, weight: int) -> bool:
    """Whether a text beside a headline says when ("il y a 5 min") or how often ("12 comments")."""
    text = text.strip()
    return any(map(str.isdigit, text)) and len(text.split()) <= _CLOCK_WORDS and len(text) <= _CLOCK_SHARE * weight


def _links(run: Run) -> Iterator[Unit]:
    for link, atoms in groupby(run, key=lambda atom: atom.link):
        yield list(atoms), link, None


def _line_with_links(run: Run) -> Iterator[Unit]:
    """A line of words and links: one unit, but for a list of links that stands in an inline element of its own."""
    rest: Run = []
    for top, group in groupby(run, key=_top_inline):
        atoms = list(group)
        if top is None or top.tag == "a" or not _is_list_of_links(atoms) or len({a.link for a in atoms}) < 3:
            rest += atoms
            continue
        if rest:
            yield rest, None, None
            rest = []
        yield from _links(atoms)
    if rest:
        yield rest, None, None


def _top_inline(atom: Atom) -> HtmlElement | None:
    """The outermost inline element around a text, inside its block-level element."""
    holder, is_tail = atom.node
    element = holder.getparent() if is_tail else holder
    top = None
    while element is not None and element is not atom.block:
        top, element = element, element.getparent()
    return top


def _strip_of_texts(run: Run) -> Iterator[Unit]:
    """A line without links: a unit a headline where it is a row of like elements, each with a headline; else one."""
    groups = [(top, list(atoms)) for top, atoms in groupby(run, key=_top_inline)]
    worded = [(top, atoms) for top, atoms in groups if _weight(atoms)]
    tops = [top for top, _ in worded]
    alike = len(tops) > 1 and all(top is not None and top.tag == "span" for top in tops)
    if alike and all(_headline_like("".join(atom.text for atom in atoms)) for _, atoms in worded):
        for _, atoms in worded:
            yield atoms, None, None
    else:
        yield run, None, None


def _headline_like(text: str) -> bool:
    """Three words or more that do not start in the middle of a sentence (text pasted from a word processor does)."""
    text = text.strip()
    return len(text.split()) > 2 and not text[0].islower() and text[0] not in ",;:.)"
