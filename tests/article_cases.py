"""The folders of tests/articles, and site rules like those of an aggregator's engine, for tests of reading a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.items import Headline, Page, SiteRules

FOLDER = Path(__file__).parent / "articles"
SEEN = datetime(2025, 6, 1, 12, tzinfo=UTC)

RULES = SiteRules(
    engine="ress",
    recognised_by="span.articletitle, span.articlecontent",
    title="span.articletitle",
    subtitle="span.articlesubtitle",
    authors="a.articleauthor",
    publisher="a.articlenewspaper",
    published="span.articlenewspaper",
    scripts=(("section", r"'Category',\s*'([^']*)'"),),
    source_link='a[class="link"]',
    body="span.articlecontent",
    remove=(
        ("div.ui-dialog", "dialog"),
        ("div.tablesgroup", "related"),
        ("span.articlenewspaper", "date-line"),
        ('div:has(> a[class="link"])', "source"),
    ),
    ticker="marquee#marquee span.marquee a",
    timezone="Africa/Casablanca",
)


@dataclass(frozen=True)
class Case:
    """One folder: a page and what is to be read out of it."""

    name: str
    page: Page
    headline: Headline | None
    expected: dict[str, Any]


def cases() -> list[Case]:
    return [_case(folder) for folder in sorted(FOLDER.iterdir()) if folder.is_dir()]


def _case(folder: Path) -> Case:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    body = next(folder.glob("page.*")).read_bytes()
    page = page_of(body, expected["url"], expected.get("content_type", "text/html"), site=expected.get("site", ""))
    promised = expected.get("headline")
    headline = (
        Headline(url=page.url, aggregator=page.site, seen_in="feed", seen_at=SEEN, **promised) if promised else None
    )
    return Case(folder.name, page, headline, expected)


def page_of(
    body: bytes | str,
    url: str = "https://example.org/a/1",
    content_type: str = "text/html",
    status: int = 200,
    site: str = "",
) -> Page:
    data = body.encode() if isinstance(body, str) else body
    return Page(url, url, status, (("content-type", content_type),) if content_type else (), data, SEEN, site)
