"""Read what a page names: the teasers of a listing, the links of a ticker, the newspapers of a menu."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.lists.feeds import RawHeadline
from pipelines.visible_text import lines_of, one_line

if TYPE_CHECKING:
    from parsel import Selector
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
    found = []
    for row in response.css(teaser.row):
        link = next((one for one in row.css(teaser.link) if one.root.get("href")), None)
        if link is None:
            continue
        found.append(
            RawHeadline(
                link=link.root.get("href"),
                title=_first_text(row, teaser.title) if teaser.title else _text(link),
                source=_first_text(row, teaser.publisher),
                published=_first_text(row, teaser.published),
                summary=_first_text(row, teaser.summary),
            )
        )
    return found


def read_ticker(response: TextResponse, selector: str) -> list[RawHeadline]:
    """The links of a ticker, or of anything else that a selector finds, with their texts."""
    if not selector:
        return []
    links = (one for one in response.css(selector) if one.root.get("href"))
    return [RawHeadline(link=one.root.get("href"), title=_text(one)) for one in links]


def named_values(response: TextResponse, selector: str) -> list[str]:
    """The values of a selector that ends in ``::attr()``, each once, in order."""
    return list(dict.fromkeys(one.strip() for one in response.css(selector).getall())) if selector else []


def _first_text(row: Selector, selector: str) -> str:
    return next((text for one in row.css(selector) if (text := _text(one))), "") if selector else ""


def _text(one: Selector) -> str:
    return unicodedata.normalize("NFC", one_line(" ".join(lines_of(one.root))))
