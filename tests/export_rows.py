"""Articles that exports have to get right: formulas, quotes, newlines, right-to-left scripts, times of all kinds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from stored_news import ARTICLE, NOON

from pipelines.items import Article
from pipelines.store import Store

TITLES = (
    '=HYPERLINK("http://example.org","click")',
    "+33 1 23 45 67 89",
    "-5 °C à Ifrane",
    "@presse : l'audience",
    "'=déjà protégé",
    "'Ndrangheta",
    " =after a blank",
    "\t=after a tab",
    "＝full width",
    '«\u00a0Guillemets\u00a0» et "guillemets"',
    "أخبار الاقتصاد الرقمي",
    "Fête 🎉 👩‍👩‍👧 à Tunis",
    "007",
    "1E5",
    "2025-07-01",
    "TRUE",
    "a,b;c\td",
    "- Une ligne\n- et une autre",
)
"""A newcomer adds a line."""

DATES = ("1990-01-01", "2025-07-01T09:30:00Z", "2025-07-01", "2025-07", "2087-12-31T23:59:00Z", None)
PRECISIONS = {10: "day", 20: "minute", 7: "month"}
LANGUAGES = ("fr", "en", "es")


def article(number: int) -> Article:
    """An article of its own for each number."""
    title, at = TITLES[number % len(TITLES)], DATES[number % len(DATES)]
    return replace(
        ARTICLE,
        canonical_url=f"https://www.maghress.com/fr/challenge/{number}",
        title=title,
        body=f'{title}\n\n=SUM(A1:A9) et "plus".\r\nFin {number}.',
        language=LANGUAGES[number % len(LANGUAGES)],
        authors=() if number % 4 == 0 else ("=cmd", "Leïla Amrani"),
        published_at=at,
        published_day=at[:10] if at and len(at) >= 10 else None,
        published_precision=PRECISIONS[len(at)] if at else None,  # type: ignore[arg-type]
        published_raw=at or "hier",
        paywalled=number % 5 == 0,
    )


def database(path: Path, count: int = len(TITLES)) -> Path:
    """A database of so many articles, stored by run 1."""
    with Store.open(path) as store:
        run = store.begin_run(kind="crawl", site="maghress", version="1")
        for number in range(count):
            store.save(article(number), page_hash="0" * 64, extractor_version="1", run_id=run,
                       at=NOON + timedelta(minutes=number))  # fmt: skip
        store.end_run(run)
    return path
