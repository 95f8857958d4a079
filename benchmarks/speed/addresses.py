"""Which articles a generated site has, and where: everything follows from numbers, so nothing is held in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Answer", "Numbers", "Web"]

ARTICLES_A_PAPER = 100
"""What a newspaper's listing names at most, as on the real engine's sites."""
FEWEST_PAPERS = 18
"""Three languages of six engines."""
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
    """The articles of a site, ``first`` and those after it, and the newspapers that they belong to."""

    count: int
    first: int = 0
    """A multiple of three: language and newspaper go in step of three. Another one: other articles."""

    @property
    def all(self) -> range:
        return range(self.first, self.first + self.count)

    @property
    def papers(self) -> int:
        return max(FEWEST_PAPERS, -(-self.count // ARTICLES_A_PAPER) // 3 * 3 + 3)

    def paper_of(self, number: int) -> int:
        return number % self.papers

    def of_paper(self, paper: int) -> range:
        return range(self.first + (paper - self.first) % self.papers, self.first + self.count, self.papers)

    def after(self, number: int, most: int) -> list[int]:
        """The next articles of the same newspaper; the first ones follow the last."""
        own = self.of_paper(self.paper_of(number))
        at = own.index(number)
        return [own[(at + step) % len(own)] for step in range(1, min(most, len(own) - 1) + 1)]

    def running(self, moment: int, length: int) -> list[int]:
        """What the ticker shows on the articles' pages of a moment."""
        return list(
            dict.fromkeys(self.all[(moment * ARTICLES_A_MOMENT + 37 * step) % self.count] for step in range(length))
        )

    def moment_of(self, number: int) -> int:
        return (number - self.first) // ARTICLES_A_MOMENT
