"""A site's own name and the section an article stands in, for pages whose metadata names neither."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from lxml.html import HtmlElement

from pipelines.left_out import WHOLE, Gaps
from pipelines.visible_text import elements_of, lines_of, one_line, text_of

__all__ = ["is_publisher", "printed_section", "printed_site_name"]

_LONGEST_NAME, _LONGEST_SECTION = 50, 32
_NOT_THE_NAME = re.compile(
    r"\b(?:rss|atom|feed|flux|fil|logo|home ?page|home|accueil|inicio|portada|comments?)\b", re.I
)
_TRAIL = re.compile(r"\s*[>»›/|\n]\s*|\s+[-–—]\s+")
_LETTER = re.compile(r"[^\W\d_]")
_LANGUAGE_NAMES = (
    "english anglais inglés french français francés spanish español espagnol arabic arabe árabe العربية عربي "
    "portuguese português portugais portugués german deutsch allemand alemán italian italiano italien"
)
_LANGUAGES = frozenset(_LANGUAGE_NAMES.split(" "))
"""Languages in their own words and in those that we read: a link to the home page that chooses an edition."""
_HOME_LINKS = etree.XPath(".//a[@href='/' or @href='./' or @rel='home']")
_CATEGORIES = etree.XPath(".//a[contains(@rel, 'category')]")
_HOME = {"home", "accueil", "inicio", "portada"}


def printed_site_name(tree: HtmlElement, gaps: Gaps = WHOLE) -> str:
    """The name in the title of the page's feed, or in the link to its home page (a text, or a logo's ``alt``).

    ``gaps`` is what was left out of the tree.
    """
    gaps.reveal(_says_name)
    return next((name for raw in _named(tree, gaps) if (name := _clean(raw)) and len(name) <= _LONGEST_NAME), "")


def _says_name(element: HtmlElement) -> bool:
    """Whether an element may say the site's name: a feed, or a link to the home page."""
    is_home = element.tag == "a" and (element.get("href") in ("/", "./") or element.get("rel") == "home")
    return is_home or element.tag == "link"


def _named(tree: HtmlElement, gaps: Gaps) -> Iterable[str]:
    for link in tree.iter("link"):
        if "rss" in (link.get("type") or "") or "atom" in (link.get("type") or ""):
            yield link.get("title") or ""
    for link in elements_of(_HOME_LINKS(tree))[:3]:
        yield text_of(gaps.whole(link))
        yield from (image.get("alt") or "" for image in link.iter("img"))


def _clean(raw: str) -> str:
    """The first part of a feed's or logo's title that is more than "RSS 2.0", "Logo" or an edition's language."""
    parts = (one_line(_NOT_THE_NAME.sub(" ", part)) for part in _TRAIL.split(one_line(raw)))
    return next((part for part in parts if len(part) > 2 and is_publisher(part)), "")


def is_publisher(text: str) -> bool:
    """Whether the text can be a paper's name: it has letters, and is no language's name.

    >>> is_publisher("20 Minutes"), is_publisher("2.0"), is_publisher("English")
    (True, False, False)
    """
    return bool(_LETTER.search(text)) and text.strip().lower() not in _LANGUAGES


def printed_section(tree: HtmlElement, gaps: Gaps = WHOLE) -> str:
    """The category that a link is marked as, the short line above the heading, or the middle of the page's title.

    ``gaps`` is what was left out of the tree.
    """
    gaps.reveal(_says_section)
    marked = (text_of(gaps.whole(link)) for link in elements_of(_CATEGORIES(tree))[:1])
    heading = next(tree.iter("h1"), None)
    above = _above(heading, gaps) if heading is not None else ""
    title = next(tree.iter("title"), None)
    parts = _TRAIL.split(one_line(gaps.whole(title).text_content())) if title is not None else []
    middle = parts[1] if len(parts) == 3 and len(parts[1]) <= _LONGEST_SECTION else ""
    return next(marked, "") or above or middle


def _says_section(element: HtmlElement) -> bool:
    """Whether an element may say where an article stands: a category, a heading, the page's title."""
    return element.tag in ("h1", "title") or (element.tag == "a" and "category" in (element.get("rel") or ""))


def _above(heading: HtmlElement, gaps: Gaps) -> str:
    """The short line right above a heading, or the end of a trail there; empty when a text stands there."""
    node: HtmlElement | None = heading
    for _ in range(4):
        if node is None:
            return ""
        before = node.getprevious()
        while before is not None and not (isinstance(before.tag, str) and one_line(gaps.whole(before).text_content())):
            before = before.getprevious()
        if before is not None:
            return _section(before)
        node = node.getparent()
    return ""


def _section(element: HtmlElement) -> str:
    if len(element.text_content()) > 200:
        return ""
    lines = (part for line in lines_of(element) for part in _TRAIL.split(line))
    parts = [part for part in lines if part and part.lower() not in _HOME]
    fitting = [part for part in parts if len(part) <= _LONGEST_SECTION and not re.search(r"\d|[.!?:]", part)]
    last = fitting[-1] if fitting and len(parts) <= 5 else ""
    return last if 0 < len(last.split()) <= 4 else ""
