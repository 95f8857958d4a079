"""What the tests of the store put into it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pipelines.items import Article, Headline

__all__ = ["ARTICLE", "KEY", "NOON", "URL", "headline"]

NOON = datetime(2025, 7, 1, 12, tzinfo=UTC)
URL = "https://www.maghress.com/fr/challenge/1"
KEY = "maghress.com/fr/challenge/1"
ARTICLE = Article(
    canonical_url=URL,
    site="maghress",
    title="L'économie numérique avance",
    body="Le port s'étend.\n\nLes élus en débattent.",
    language="fr",
    language_confidence=0.99,
    authors=("Leïla Amrani", "Jean Dupont"),
    publisher="Challenge",
    keywords=("port",),
    published_raw="01 - 07 - 2025",
    published_at="2025-07-01",
    published_day="2025-07-01",
    published_precision="day",
    word_count=8,
)


def headline(seen_in: str, minute: int, title: str = "Le port", **more: str) -> Headline:
    return Headline(URL, title, more.pop("aggregator", "maghress"), seen_in, NOON + timedelta(minutes=minute), **more)  # type: ignore[arg-type]
