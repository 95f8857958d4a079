"""A database with some of everything: articles of many papers and days, stories, tickers, runs."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from story_edits import labelled_texts

from pipelines.items import Article, Candidate, Headline, Outcome, Segment
from pipelines.store import Store

__all__ = ["TODAY", "fill"]

TODAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAPERS = ("Le Rivage", "La Courbe", "Harbour Post", "Cuaderno Sur", "L'Estacade", "Voz del Estero", "الأيام الجديدة")
SITES = ("maghress", "turess", "sauress")


def fill(path: Path, *, days: int = 90) -> None:
    """Store the labelled texts as if they had been crawled over so many days."""
    chance = random.Random(5)
    with Store.open(path) as store:
        for number, text in enumerate(labelled_texts()):
            at = TODAY - timedelta(days=chance.random() ** 2 * days, minutes=chance.randrange(1440))
            site = SITES[number % 3]
            if number % 60 == 0:
                run = store.begin_run(kind="crawl", site=site, version="1")
            article = _article(number, text.text, text.language, site, at, chance)
            for shown in (at, at + timedelta(hours=chance.choice([1, 3, 8, 20]))):
                store.note(_headline(article, shown), run)
            store.save(
                article,
                segments=[Segment(chance.choice(["ticker", "related", "share"]), f"noise {number}")] * (number % 3),
                candidates=[
                    Candidate("title", article.title, "meta", True),
                    Candidate("title", f"x{number % 5}", "h1"),
                ],
                run_id=run,
                at=at + timedelta(minutes=chance.randrange(5, 6000)),
            )
            store.record(Outcome(article.canonical_url, "stored"), run, at, kind="article")
            if number % 9 == 0:
                reason = chance.choice(["http-404", "robots", "timeout", "no-text"])
                store.record(Outcome(f"https://{site}.com/gone/{number}", reason), run, at, kind="article")
            if number % 60 == 59:
                store.end_run(run)


def _article(number: int, text: str, language: str, site: str, at: datetime, chance: random.Random) -> Article:
    paper = chance.choice(PAPERS)
    minute = chance.random() < 0.5
    title = "ميناء الصيد يفتح من جديد بعد عامين" if paper == PAPERS[-1] else " ".join(text.split()[:11])
    return Article(
        f"https://{site}.com/{number}",
        site,
        title,
        text,
        language,
        0.99 if number % 17 else 0.6,
        publisher=paper if number % 11 else "",
        published_at=None if number % 23 == 0 else at.strftime("%Y-%m-%dT%H:%M:%SZ" if minute else "%Y-%m-%d"),
        published_day=None if number % 23 == 0 else at.strftime("%Y-%m-%d"),
        published_precision=None if number % 23 == 0 else "minute" if minute else "day",
        word_count=len(text.split()),
    )


def _headline(article: Article, at: datetime) -> Headline:
    return Headline(article.canonical_url, article.title, article.site, "ticker", at, language=article.language)
