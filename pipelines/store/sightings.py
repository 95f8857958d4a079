"""Headlines as they are seen, counted in memory: a ticker repeats the same fifty on every page.

One that was not seen before is written with the next commit. How often it was seen again is no more than a count: that
may wait for :data:`REPEATS_SECONDS`, and is what a killed process loses.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter

from pipelines.items import Headline
from pipelines.ticker import Ticker
from pipelines.urls import canonical_url

__all__ = ["BEST_FIRST", "MOST_HELD", "REPEATS_SECONDS", "Sighting", "Sightings", "preference"]

REPEATS_SECONDS = 10.0
MOST_TICKERS = 16
"""Whose repeats are counted as one."""
MOST_HELD = 5000
"""Headlines in memory, each 1 KB or less."""

BEST_FIRST = ("feed", "listing", "sitemap")
"""Where a headline says most about its article: a feed has a date to the second. A ticker has a title alone."""


@dataclass(slots=True)
class Sighting:
    """One headline in one kind of place: as it was seen first, how often since it was written, and when last."""

    url_key: str
    headline: Headline
    last_seen: datetime
    times: int
    run_id: int | None
    written: bool = False
    """Whether the database has it, seen less often."""
    language_follows: bool = False
    """Whether somebody is finding its language: until then it is not written."""


@dataclass(slots=True)
class _Repeats:
    """How often a ticker was seen again, after its headlines were counted."""

    first: Ticker
    """On the page that was fetched first."""
    last: datetime
    times: int = 0


_seen_at = attrgetter("seen_at")


def preference(headline: Headline) -> tuple[int, datetime, str, str]:
    """A sort key: of several headlines of one URL the least is the one to use, whatever order they came in."""
    return BEST_FIRST.index(headline.seen_in), headline.seen_at, headline.aggregator, headline.title


class Sightings:
    """What was seen, until it is written and for some time after."""

    def __init__(self) -> None:
        self._by_url: dict[str, dict[tuple[str, str, str], Sighting]] = {}
        self._as_printed: dict[tuple[str, str, str, str], Sighting] = {}
        self._tickers: dict[tuple[int, str], _Repeats] = {}
        """By the number of the object that holds a ticker's links, and by aggregator."""
        self._new: list[Sighting] = []
        self._repeats = False
        self._all_written = time.monotonic()

    def add(
        self, headline: Headline, key_of: Callable[[str], str], run_id: int | None, *, language_follows: bool = False
    ) -> None:
        """Count a headline. ``key_of`` gives the identity of its address, which is asked for once a headline.

        ``language_follows``: :meth:`tell_languages` will say it, unless it is known already.
        """
        printed = (headline.url, headline.title, headline.aggregator, headline.seen_in)
        known = self._as_printed.get(printed)
        if known is None:
            known = self._as_printed[printed] = self._sighting(headline, key_of(headline.url), run_id, language_follows)
        elif known.language_follows and not language_follows:
            self._tell(known, headline.language)
        known.times += 1
        self._repeats = self._repeats or known.written
        if headline.seen_at > known.last_seen:
            known.last_seen = headline.seen_at
        elif headline.seen_at < known.headline.seen_at:
            known.headline = replace(headline, language=known.headline.language) if language_follows else headline

    def add_ticker(self, ticker: Ticker, key_of: Callable[[str], str], run_id: int | None) -> None:
        """Count the headlines of a page's ticker, one for one where another ticker was counted before."""
        key = (id(ticker.links), ticker.aggregator)
        repeats = self._tickers.get(key)
        if repeats is not None:
            repeats.times += 1
            repeats.first = min(repeats.first, ticker, key=_seen_at)
            repeats.last = max(repeats.last, ticker.seen_at)
            self._repeats = True
            return
        for headline in ticker:
            self.add(headline, key_of, run_id)
        if len(self._tickers) >= MOST_TICKERS:
            self._count_tickers()
        self._tickers[key] = _Repeats(ticker, ticker.seen_at)

    def _count_tickers(self) -> None:
        """Count one for one what was counted of whole tickers, and forget them: the next page brings them again."""
        for repeats in self._tickers.values():
            for headline in repeats.first if repeats.times else ():
                known = self._as_printed[headline.url, headline.title, headline.aggregator, headline.seen_in]
                known.times += repeats.times
                known.last_seen = max(known.last_seen, repeats.last)
                if headline.seen_at < known.headline.seen_at:
                    known.headline = headline
        self._tickers.clear()

    def tell_languages(self, found: Mapping[str, str]) -> None:
        """Languages by title, for the headlines that wait for theirs."""
        for one in self._new:
            if one.language_follows and one.headline.title in found:
                self._tell(one, found[one.headline.title])

    @staticmethod
    def _tell(sighting: Sighting, language: str) -> None:
        sighting.headline = replace(sighting.headline, language=language)
        sighting.language_follows = False

    def _sighting(self, headline: Headline, url_key: str, run_id: int | None, language_follows: bool) -> Sighting:
        """The sighting that counts a headline, whose address may be printed in several forms."""
        of_url = self._by_url.setdefault(url_key, {})
        identity = (headline.title, headline.aggregator, headline.seen_in)
        if identity not in of_url:
            of_url[identity] = Sighting(
                url_key, headline, headline.seen_at, 0, run_id, language_follows=language_follows
            )
            self._new.append(of_url[identity])
        return of_url[identity]

    def best(self, url_key: str, written: Iterable[Headline], not_after: datetime) -> Headline | None:
        """Of a URL's headlines, ``written`` before or seen since, the one to use; see :func:`preference`."""
        seen = [
            replace(sighting.headline, url=canonical_url(sighting.headline.url))
            for sighting in self._by_url.get(url_key, {}).values()
            if sighting.headline.seen_in in BEST_FIRST
        ]
        in_time = (one for one in (*written, *seen) if one.seen_in in BEST_FIRST and one.seen_at <= not_after)
        return min(in_time, key=preference, default=None)

    def is_full(self) -> bool:
        """Whether there are so many that they are to be written and forgotten."""
        return len(self._as_printed) >= MOST_HELD

    def is_due(self) -> bool:
        """Whether something waits that is not to wait any longer."""
        return any(not one.language_follows for one in self._new) or self._repeats_are_due()

    def unwritten(self, *, repeats: bool) -> Iterator[Sighting]:
        """What is to be written now: what is new, in its order, and the counts of repeats when they are due.

        ``repeats``: these in any case.
        """
        repeats = repeats or self._repeats_are_due()
        if repeats:
            self._count_tickers()
        new = [one for one in self._new if not one.language_follows]
        yield from new
        for one in new:
            one.written, one.times = True, 0
        self._new = [one for one in self._new if one.language_follows]
        if repeats and self._repeats:
            for one in self._seen():
                if one.times and not one.language_follows:
                    yield one
                    one.times = 0
            self._repeats = False
        if repeats:
            self._all_written = time.monotonic()
            if self.is_full() and not self._new:
                self.clear()

    def _seen(self) -> Iterator[Sighting]:
        for of_url in self._by_url.values():
            yield from of_url.values()

    def _repeats_are_due(self) -> bool:
        late = time.monotonic() - self._all_written >= REPEATS_SECONDS
        return self.is_full() or (late and self._repeats)

    def clear(self) -> None:
        """Forget all: it is written, or the transaction is."""
        self._by_url.clear()
        self._as_printed.clear()
        self._tickers.clear()
        self._new.clear()
        self._repeats = False
