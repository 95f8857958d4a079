"""RSS feeds as the engine writes them: the newspaper as creator, the description cut off, the time to the second."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime

from newscrawl.sample.articles import SampleArticle
from newscrawl.sample.markup import text

__all__ = ["feed"]

DESCRIPTION_LENGTH = 200
"""Characters of an article's text in its description, before the cut mark."""

CUT = "(...)"


def feed(title: str, link: str, articles: Sequence[SampleArticle], base_url: str) -> bytes:
    """An RSS 2.0 document in UTF-8. ``base_url`` is the scheme and host that were asked; links begin with it."""
    items = "".join(_item(article, base_url) for article in sorted(articles, key=_published, reverse=True))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
  <channel>
    <title>{text(title)}</title>
    <link>{text(base_url + link)}</link>
    <description>{text(title)}</description>
{items}  </channel>
</rss>
""".encode()


def _published(article: SampleArticle) -> datetime:
    return article.published_at


def _item(article: SampleArticle, base_url: str) -> str:
    link = text(base_url + article.path)
    return f"""    <item>
      <title>{text(article.title)}</title>
      <link>{link}</link>
      <description>{text(_description(article))}</description>
      <pubDate>{format_datetime(article.published_at, usegmt=True)}</pubDate>
      <guid>{link}</guid>
      <dc:creator>{text(article.newspaper.name)}</dc:creator>
      <dc:date>{article.published_at:%Y-%m-%dT%H:%M:%SZ}</dc:date>
    </item>
"""


def _description(article: SampleArticle) -> str:
    whole = " ".join(article.paragraphs)
    if len(whole) <= DESCRIPTION_LENGTH:
        return whole
    return f"{whole[:DESCRIPTION_LENGTH].rpartition(' ')[0]} {CUT}"
