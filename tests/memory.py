"""What the tests of the memory share: pages of one article, a run without processes, and what is stored in the end."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newscrawl.sites import all_rules
from pipelines.extraction_pool import Rulebook
from pipelines.items import Outcome, Page
from pipelines.run import Run
from pipelines.store import Store

__all__ = ["NOON", "RULEBOOK", "articles", "forget", "html", "page", "rows", "take"]

NOON = datetime(2025, 7, 1, 12, tzinfo=UTC)
RULEBOOK = Rulebook(rules=all_rules())

PARAGRAPHS = (
    "The harbour authority said on Tuesday that the northern quay would be closed for 12 weeks while divers repair it.",
    "Fishing boats will unload at the old basin, where the council has put up lamps, scales and a hut for the clerks.",
    "Skippers complained that the basin is shallow at low tide and that ice has to be carried there by hand for now.",
    "The works cost 3.4 million, half of it paid by the region, and are meant to last for a generation or longer.",
)


def html(
    title: str = "Northern quay closes for repairs",
    paragraphs: Iterable[str] = PARAGRAPHS,
    *,
    date: str = "1 July 2025",
    extra: str = "",
    head: str = "",
) -> bytes:
    """An article's page as any newspaper's."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<html lang="en"><head><title>{title}</title><meta property="og:title" content="{title}">'
        f'<meta property="og:type" content="article">{head}</head><body><article><h1>{title}</h1>'
        f'<p class="date">{date}</p>{text}{extra}</article></body></html>'
    ).encode()


def page(body: bytes, *, hours: float = 0, url: str = "https://example.com/news/quay", final_url: str = "",
         status: int = 200, site: str = "") -> Page:  # fmt: skip
    """A page that was fetched so many hours after noon."""
    headers = (("content-type", "text/html; charset=utf-8"),)
    return Page(url, final_url or url, status, headers, body, NOON + timedelta(hours=hours), site)


def take(
    database: Path, *pages: Page, rulebook: Rulebook = RULEBOOK, force: bool = False, scratch: Path | None = None,
    kind: str = "ingest",
) -> list[Outcome]:  # fmt: skip
    """Put pages through a run."""
    with Run.open(database, kind=kind, rulebook=rulebook, force=force, scratch=scratch) as run:
        return [run.take(one) for one in pages]


def articles(database: Path) -> list[dict[str, Any]]:
    """The export's rows."""
    with Store.open(database, read_only=True) as store:
        return list(store.articles())


def rows(database: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """The answer to a question of SQL."""
    connection = sqlite3.connect(database)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def forget(database: Path) -> None:
    """Delete all articles and revisions, as a user may who wants them made anew."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA foreign_keys = on")
    with connection:
        connection.execute("DELETE FROM articles")
        connection.execute("DELETE FROM revisions")
    connection.close()
