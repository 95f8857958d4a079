"""Lists of other articles and menus, known by their shape alone: for pages whose elements have no telling names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.etree import tostring
from lxml.html import HtmlElement

from pipelines.items import Segment
from pipelines.visible_text import detach, lines_of, one_line

__all__ = ["take_menus", "take_teasers"]

_UNITS = frozenset(("div", "article", "section", "tr", "td", "p", "dl", "dd", "center"))
"""Elements that hold one teaser. Not ``li`` (trafilatura weighs lists itself) and no headings (authors link them)."""
_LEAST_TEASERS = 3
_LONGEST_TEASER = 420
_SHORTEST_TITLE = 15
_MOST_BESIDE = 0.4
"""What else may stand beside teasers (a heading, a button), as a share of their text: an article has more."""
_LEAST_LINKS = 4
_LONGEST_MENU = 700
_MENU_SHARE = 0.7
_MENU_DEPTH = 3
"""Elements between a menu and its links."""
_EDGES = re.compile(r"^[\W\d]+|\W+$")


def take_teasers(tree: HtmlElement) -> list[Segment]:
    """Take groups of at least three sibling teasers out of the tree, as one segment a group.

    A teaser is a short element in which a link to one page is a line of its own (its title). A paragraph in which an
    author linked some words is none; a group that holds half of the page's text, or stands in a text, is none either.
    """
    groups: dict[tuple[HtmlElement, str, str], dict[HtmlElement, None]] = {}
    teasers = _Teasers(tree)
    for unit in teasers.units():
        parent = unit.getparent()
        if parent is not None:
            groups.setdefault((parent, str(unit.tag), unit.get("class") or ""), {})[unit] = None
    limit = len(tree.text_content()) // 2
    taken = []
    for (parent, _tag, _name), units in groups.items():
        if len(units) < _LEAST_TEASERS:
            continue
        size = sum(len(unit.text_content()) for unit in units)
        if size > limit or len(parent.text_content()) - size > _MOST_BESIDE * size:
            continue
        lines = [line for unit in units for line in teasers.lines(unit)]
        for unit in units:
            detach(unit)
        taken.append(Segment("related", "\n".join(lines)))
    return taken


class _Teasers:
    """The teasers of a tree that nobody changes meanwhile: what many links stand in is looked at once."""

    def __init__(self, tree: HtmlElement) -> None:
        texts = ((link, link.text_content()) for link in tree.iter("a"))
        self._titles = {link: text for link, text in texts if len(text) >= _SHORTEST_TITLE}
        self._leads_to = _leads_to(self._titles)
        self._short: dict[HtmlElement, bool] = {}
        self._lines: dict[HtmlElement, list[str]] = {}

    def units(self) -> Iterator[HtmlElement]:
        """The element of each teaser, once for each link in it that is a title."""
        for link, text in self._titles.items():
            title = one_line(text)
            if len(title) < _SHORTEST_TITLE or not link.get("href"):
                continue
            unit = self._unit(link)
            if unit is not None and self._is_line(title, unit):
                yield unit

    def _unit(self, link: HtmlElement) -> HtmlElement | None:
        """The largest short element around a link that holds no other article's link."""
        found = None
        for above in link.iterancestors():
            if not self._is_alone(above):
                break
            found = above if above.tag in _UNITS else found
        return found

    def _is_alone(self, element: HtmlElement) -> bool:
        """Whether an element is short and all titles in it lead to one page."""
        if self._leads_to[element] is _MANY:
            return False
        short = self._short.get(element)
        if short is None:
            short = self._short[element] = len(element.text_content()) <= _LONGEST_TEASER
        return short

    def _is_line(self, title: str, unit: HtmlElement) -> bool:
        lines = self.lines(unit)
        if title in lines:
            return True
        title = _EDGES.sub("", title)
        return any(title in line and _EDGES.sub("", line) == title for line in lines)

    def lines(self, unit: HtmlElement) -> list[str]:
        """The visible lines of a teaser; no teaser stands in another, so that they stay when others are taken out."""
        lines = self._lines.get(unit)
        if lines is None:
            lines = self._lines[unit] = _remembered_lines(unit)
        return lines


_REMEMBERED: dict[bytes, list[str]] = {}
"""The lines of teasers by their mark-up: the pages of one moment show the same."""


def _remembered_lines(unit: HtmlElement) -> list[str]:
    markup = tostring(unit, with_tail=False)
    lines = _REMEMBERED.get(markup)
    if lines is None:
        if len(_REMEMBERED) >= _MOST_REMEMBERED:
            _REMEMBERED.clear()
        lines = _REMEMBERED[markup] = lines_of(unit)
    return lines


_MOST_REMEMBERED = 4096
_MANY = object()
"""In place of the page that all links in an element lead to, where they lead to several."""


def _leads_to(links: Iterable[HtmlElement]) -> dict[HtmlElement, object]:
    """For some links and each element around them the address of all that it holds."""
    found: dict[HtmlElement, object] = {}
    for link in links:
        href = link.get("href")
        for above in (link, *link.iterancestors()):
            known = found.setdefault(above, href)
            if known is _MANY:
                break  # and so do all around it
            if known != href:
                found[above] = _MANY
    return found


def take_menus(tree: HtmlElement) -> None:
    """Take out of the tree short elements that are mostly links, at least four of them: menus, tags, legal lines."""
    counts: dict[HtmlElement, int] = {}
    for link in tree.iter("a"):
        for above in islice(link.iterancestors(), _MENU_DEPTH):
            counts[above] = counts.get(above, 0) + 1
    for element, count in counts.items():
        if count >= _LEAST_LINKS and element.tag not in ("body", "html", "a") and _is_menu(element):
            detach(element)


def _is_menu(element: HtmlElement) -> bool:
    text = element.text_content()
    if len(text) > 2 * _LONGEST_MENU or len(text := one_line(text)) > _LONGEST_MENU:
        return False
    linked = sum(len(one_line(link.text_content())) for link in element.iter("a"))
    return linked >= _MENU_SHARE * len(text) and element.find(".//p") is None
