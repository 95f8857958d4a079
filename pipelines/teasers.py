"""Lists of other articles and menus, known by their shape alone: for pages whose elements have no telling names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

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
    for unit in _teasers(tree):
        parent = unit.getparent()
        if parent is not None:
            groups.setdefault((parent, str(unit.tag), unit.get("class") or ""), {})[unit] = None
    limit = len(tree.text_content()) // 2
    taken = []
    for (parent, _tag, _name), units in groups.items():
        size = sum(len(unit.text_content()) for unit in units)
        if len(units) < _LEAST_TEASERS or size > limit or len(parent.text_content()) - size > _MOST_BESIDE * size:
            continue
        lines = [line for unit in units for line in lines_of(unit)]
        for unit in units:
            detach(unit)
        taken.append(Segment("related", "\n".join(lines)))
    return taken


def _teasers(tree: HtmlElement) -> Iterator[HtmlElement]:
    for link in tree.iter("a"):
        title = one_line(link.text_content())
        if len(title) < _SHORTEST_TITLE or not link.get("href"):
            continue
        unit = _unit(link)
        if unit is not None and any(_EDGES.sub("", line) == _EDGES.sub("", title) for line in lines_of(unit)):
            yield unit


def _unit(link: HtmlElement) -> HtmlElement | None:
    """The largest short element around a link that holds no other article's link."""
    unit, found = link, None
    for above in link.iterancestors():
        if len(above.text_content()) > _LONGEST_TEASER or _others(above, link):
            break
        unit = above
        found = unit if unit.tag in _UNITS else found
    return found


def _others(element: HtmlElement, link: HtmlElement) -> bool:
    own = link.get("href")
    return any(one.get("href") != own and len(one.text_content()) >= _SHORTEST_TITLE for one in element.iter("a"))


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
