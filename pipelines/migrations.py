"""The schemas' histories. A migration that was released never changes; what is new is a new function below it."""

from __future__ import annotations

from pipelines.figures import SCHEMA as RUN_FIGURES
from pipelines.schema import NEWS, PAGES
from pipelines.schema_archive import DICTIONARIES
from pipelines.schema_frontier import FRONTIER, LISTS
from pipelines.schema_memory import MEMORY
from pipelines.sqlite_library import Database, Migrations

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
