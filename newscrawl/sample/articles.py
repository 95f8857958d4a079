"""The invented articles: plain values read from ``newspapers/<slug>.toml`` and ``addresses.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["MovedHeadline", "Newspaper", "SampleArticle", "load_articles", "load_moved_headlines"]

READ_ALSO = ("Lire aussi |", "Read also |", "Lea también |")
"""How a paper's own links to other articles begin in the middle of a text."""

EDITION_PREFIX = {"ar": "", "fr": "/fr", "en": "/en"}
"""Where an edition lives: Arabic at the root, as on the engine's real sites."""


@dataclass(frozen=True, slots=True)
class Newspaper:
    """A paper that the sample aggregator republishes."""

    slug: str
    name: str
    language: str
    edition: str
    """``ar``, ``fr`` or ``en``. Spanish and Portuguese papers live in the French edition."""
    host: str

    @property
    def path(self) -> str:
        """The paper's listing."""
        return f"{EDITION_PREFIX[self.edition]}/{self.slug}"


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One invented article, with what its page prints and where it is linked from."""

    newspaper: Newspaper
    id: int
    title: str
    subtitle: str
    author: str
    """Empty for none; one with ``@`` is printed as "[email protected]"."""
    byline: str
    """First line of the text ("Par X"), empty for none."""
    language: str
    section: str
    day: date
    source: str
    """Path on the publisher's host without its extension; empty for a page without a source line."""
    places: frozenset[str]
    """Of ``section``, ``newspaper``, ``feed``, ``ticker``."""
    blocks: tuple[str, ...]
    """Paragraphs and read-also lines in order."""
    story: str = ""
    """The same word for articles of different papers that print the same dispatch."""
    dated: bool = True
    """False: the page has no date line."""
    forbidden: bool = False
    """True: robots.txt forbids the address."""

    @property
    def path(self) -> str:
        """The article's address on the aggregator."""
        return f"{self.newspaper.path}/{self.id}"

    @property
    def source_url(self) -> str:
        """The publisher's own page, or an empty string."""
        return f"https://{self.newspaper.host}/{self.source}.html" if self.source else ""

    @property
    def printed_date(self) -> str:
        """The date as the engine prints it, for example ``01 - 07 - 2025``."""
        return f"{self.day:%d - %m - %Y}"

    @property
    def published_at(self) -> datetime:
        """The second the feeds name (UTC): a time between 06:00 and 18:00 that depends on the id alone."""
        return datetime.combine(self.day, time(6), UTC) + timedelta(seconds=self.id * 37 % 43200)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text as its author wrote it, without read-also lines."""
        return tuple(block for block in self.blocks if not block.startswith(READ_ALSO))

    @property
    def read_also(self) -> tuple[str, ...]:
        """The read-also lines."""
        return tuple(block for block in self.blocks if block.startswith(READ_ALSO))


@dataclass(frozen=True, slots=True)
class MovedHeadline:
    """A headline in a listing whose address answers 404 (``moves_to`` empty) or 301."""

    path: str
    title: str
    newspaper: Newspaper
    section: str
    moves_to: str = ""


@cache
def load_articles() -> tuple[SampleArticle, ...]:
    """Every article, in the order of the files and of their entries."""
    folder = files(__package__) / "newspapers"
    documents = [
        tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    ]
    return tuple(article for document in documents for article in _articles_of(document))


@cache
def load_moved_headlines() -> tuple[MovedHeadline, ...]:
    """The listings' headlines that lead to no page of their own."""
    papers = {article.newspaper.slug: article.newspaper for article in load_articles()}
    document = tomllib.loads((files(__package__) / "addresses.toml").read_text(encoding="utf-8"))
    return tuple(
        MovedHeadline(
            entry["path"], entry["title"], papers[entry["newspaper"]], entry["section"], entry.get("moves_to", "")
        )
        for entry in document["headline"]
    )


def _articles_of(document: Mapping[str, Any]) -> list[SampleArticle]:
    paper = Newspaper(*(document[name] for name in ("slug", "name", "language", "edition", "host")))
    return [_article(paper, entry) for entry in document["article"]]


def _article(paper: Newspaper, entry: Mapping[str, Any]) -> SampleArticle:
    return SampleArticle(
        newspaper=paper,
        id=entry["id"],
        title=entry["title"],
        subtitle=entry["subtitle"],
        author=entry["author"],
        byline=entry.get("byline", ""),
        language=entry.get("language", paper.language),
        section=entry["section"],
        day=entry["date"],
        source=entry["source"],
        places=frozenset(entry["places"]),
        blocks=tuple(block for block in entry["text"].strip().split("\n\n") if block),
        story=entry.get("story", ""),
        dated=entry.get("dated", True),
        forbidden=entry.get("forbidden", False),
    )
