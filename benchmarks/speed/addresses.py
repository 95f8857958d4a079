"""Which articles a generated site has, and where: everything follows from numbers, so nothing is held in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Answer", "Numbers", "Web"]

ARTICLES_A_PAPER = 100
"""What a newspaper's listing names at most, as on the real engine's sites."""
FEWEST_PAPERS = 9
ARTICLES_A_MOMENT = 500
"""As many are fetched while one ticker is on: at a page a second it changes about every ten minutes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A body and its media type."""

    body: bytes
    content_type: str


class Web(Protocol):
    """A whole site: the addresses that a crawl may ask for, and what each answers."""

    numbers: Numbers

    def article_path(self, number: int) -> str:
        """The address of the article of a number."""

    def article(self, number: int) -> bytes:
        """The page of an article."""

    def list_paths(self) -> Sequence[str]:
        """The addresses that are no article's: listings, feeds, robots.txt."""

    def answer(self, path: str) -> Answer | None:
        """What an address answers; None for one that does not exist."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The articles 0 to ``count - 1`` of a site and the newspapers that they belong to."""

    count: int

    @property
    def papers(self) -> int:
        return max(FEWEST_PAPERS, -(-self.count // ARTICLES_A_PAPER) // 3 * 3 + 3)

    def paper_of(self, number: int) -> int:
        """A newspaper has one language: both go in step of three."""
        return number % self.papers

    def of_paper(self, paper: int) -> range:
        return range(paper, self.count, self.papers)

    def running(self, number: int, length: int) -> list[int]:
        """What the ticker shows on an article's page: the same for all pages of one moment."""
        first = number // ARTICLES_A_MOMENT * ARTICLES_A_MOMENT
        return list(dict.fromkeys((first + 37 * step) % self.count for step in range(length)))
