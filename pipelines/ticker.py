"""A page's ticker: headlines that hundreds of pages print alike, so that they are one value and not fifty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import overload

from pipelines.items import Headline

__all__ = ["Ticker", "TickerLinks", "turned"]

TickerLinks = tuple[tuple[str, str, str], ...]
"""Address, title and language of each headline, in order."""


def turned(links: TickerLinks) -> tuple[TickerLinks, int]:
    """The links from the least one on, however the page turned them, and where its first one is now.

    >>> one, two, six = ("u1", "t1", "fr"), ("u2", "t2", "fr"), ("u6", "t6", "fr")
    >>> turned((two, six, one)) == ((one, two, six), 1)
    True
    """
    least = links.index(min(links)) if links else 0
    return (*links[least:], *links[:least]), -least % max(1, len(links))


@dataclass(frozen=True, slots=True, eq=False)
class Ticker(Sequence[Headline]):
    """The headlines of one page's ticker, each made as it is asked for; equal to a tuple of them.

    >>> at = datetime(2025, 7, 1)
    >>> ticker = Ticker((("https://example.org/1", "Titre", "fr"),), "sample", at, "https://example.org/")
    >>> ticker == (Headline("https://example.org/1", "Titre", "sample", "ticker", at, "https://example.org/", "fr"),)
    True
    """

    links: TickerLinks
    """In the order of the page, but for where it begins: a ticker runs in a circle. For pages that print the same it is
    the same object, wherever that was easy to see."""
    aggregator: str
    seen_at: datetime
    seen_on: str
    """Address of the page."""
    start: int = 0
    """Which link is the page's first."""

    def __len__(self) -> int:
        return len(self.links)

    def __iter__(self) -> Iterator[Headline]:
        return map(self._headline, self._in_order())

    @overload
    def __getitem__(self, at: int) -> Headline: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Headline, ...]: ...

    def __getitem__(self, at: int | slice) -> Headline | tuple[Headline, ...]:
        if isinstance(at, slice):
            return tuple(map(self._headline, self._in_order()[at]))
        return self._headline(self._in_order()[at])

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _in_order(self) -> TickerLinks:
        return (*self.links[self.start :], *self.links[: self.start])

    def _headline(self, link: tuple[str, str, str]) -> Headline:
        url, title, language = link
        return Headline(url, title, self.aggregator, "ticker", self.seen_at, self.seen_on, language)
