"""The sample aggregator's article pages as a crawl would have fetched them, without a crawl."""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl.sample import SampleWeb
from newscrawl.sample.articles import load_articles
from pipelines.items import Page

SEEN = datetime(2026, 1, 1, 12, tzinfo=UTC)
BASE_URL = "http://127.0.0.1:8765"


def sample_pages() -> list[Page]:
    """One page for every article, those in other languages and the empty one too."""
    web = SampleWeb()
    pages = []
    for article in load_articles():
        answer = web.answer(article.path, BASE_URL)
        headers = (("content-type", answer.content_type),)
        url = BASE_URL + article.path
        pages.append(Page(url, url, answer.status, headers, answer.body, SEEN, "sample"))
    return pages
