"""The schemas' histories. A migration that was released never changes; what is new is a new function below it."""

from __future__ import annotations

from pipelines.store.figures import SCHEMA as RUN_FIGURES
from pipelines.store.full_text import AT_COMMIT
from pipelines.store.schema import NEWS, PAGES
from pipelines.store.schema_archive import DICTIONARIES
from pipelines.store.schema_doubts import DOUBTS
from pipelines.store.schema_frontier import FRONTIER, LISTS
from pipelines.store.schema_memory import MEMORY
from pipelines.store.sqlite_library import Database, Migrations
from pipelines.store.story_schema import STORIES

__all__ = ["news", "pages"]

news = Migrations("newscrawl.news")
"""data/news.db"""

pages = Migrations("newscrawl.pages")
"""data/pages.db"""


@news(name="0001_house")
def _news_0001(db: Database) -> None:
    for statement in NEWS:
        db.execute(statement)


@news(name="0002_memory")
def _news_0002(db: Database) -> None:
    for statement in MEMORY:
        db.execute(statement)


@news(name="0002_run_figures")
def _run_figures(db: Database) -> None:
    db.execute(RUN_FIGURES)


@news(name="0003_stories")
def _news_0003(db: Database) -> None:
    for statement in STORIES:
        db.execute(statement)


@pages(name="0001_archive")
def _pages_0001(db: Database) -> None:
    for statement in PAGES:
        db.execute(statement)


@news(name="0002_frontier")
def _news_frontier(db: Database) -> None:
    for statement in FRONTIER:
        db.execute(statement)


@pages(name="0002_lists")
def _pages_lists(db: Database) -> None:
    for statement in LISTS:
        db.execute(statement)


@pages(name="0002_dictionaries")
def _pages_0002(db: Database) -> None:
    for statement in DICTIONARIES:
        db.execute(statement)


@news(name="0004_doubts")
def _news_doubts(db: Database) -> None:
    for statement in DOUBTS:
        db.execute(statement)


@news(name="0005_full_text")
def _news_full_text(db: Database) -> None:
    for statement in AT_COMMIT:
        db.execute(statement)
