"""Read what a page names: the teasers of a listing, the links of a ticker, the newspapers of a menu."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lxml import etree
from parsel.csstranslator import GenericTranslator, HTMLTranslator

from newscrawl.lists.feeds import RawHeadline
from pipelines.visible_text import lines_of, one_line

if TYPE_CHECKING:
    from scrapy.http import TextResponse

__all__ = ["Teaser", "named_values", "read_teasers", "read_ticker"]


@dataclass(frozen=True)
class Teaser:
    """The CSS selectors of one headline on a listing page; all but ``row`` look inside the row and may be empty."""

    row: str
    link: str = "a"
    """The link to the article, the first with an address."""
    title: str = ""
    """Empty when the link's own text is the title."""
    publisher: str = ""
    published: str = ""
    summary: str = ""


def read_teasers(response: TextResponse, teaser: Teaser) -> list[RawHeadline]:
    """The teasers of a listing page in order; rows without a link are left out."""
    kind = response.selector.type
    found = []
    for row in _selected(response.selector.root, teaser.row, kind):
        link = next((one for one in _selected(row, teaser.link, kind) if one.get("href")), None)
        if link is None:
            continue
        found.append(
            RawHeadline(
                link=link.get("href"),
                title=_first_text(row, teaser.title, kind) if teaser.title else _text(link),
                source=_first_text(row, teaser.publisher, kind),
                published=_first_text(row, teaser.published, kind),
                summary=_first_text(row, teaser.summary, kind),
            )
        )
    return found


def read_ticker(response: TextResponse, selector: str) -> list[RawHeadline]:
    """The links of a ticker, or of anything else that a selector finds, with their texts."""
    if not selector:
        return []
    links = _selected(response.selector.root, selector, response.selector.type)
    return [RawHeadline(link=one.get("href"), title=_text(one)) for one in links if one.get("href")]


def named_values(response: TextResponse, selector: str) -> list[str]:
    """The values of a selector that ends in ``::attr()``, each once, in order."""
    if not selector:
        return []
    return list(
        dict.fromkeys(one.strip() for one in _selected(response.selector.root, selector, response.selector.type))
    )


def _selected(element: Any, selector: str, kind: str) -> list[Any]:
    """What a CSS selector finds in an lxml element, as parsel would, but without an object of parsel's for each."""
    found: Any = _compiled(selector, kind)(element)
    return list(found)


@lru_cache(maxsize=256)
def _compiled(selector: str, kind: str) -> etree.XPath:
    translator = HTMLTranslator() if kind == "html" else GenericTranslator()
    return etree.XPath(translator.css_to_xpath(selector), smart_strings=False)


def _first_text(row: Any, selector: str, kind: str) -> str:
    return next((text for one in _selected(row, selector, kind) if (text := _text(one))), "") if selector else ""


def _text(element: Any) -> str:
    return unicodedata.normalize("NFC", one_line(" ".join(lines_of(element))))
