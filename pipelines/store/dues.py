"""When a URL is to be asked again: pure rules over times and counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.store.outcomes import is_final

__all__ = ["NOT_YET", "Rhythm", "next_poll", "next_try", "next_visit"]

HOUR, DAY = 3600, 86400

RETRIES = (0, HOUR, 6 * HOUR, DAY, 7 * DAY)
"""Seconds after the first failure in a row, the second ...; the last one again and again."""
NO_FAILURES = frozenset({"robots", "offsite", "not-selected", "bad-url", "private-address", "interrupted"})
"""Words that say that nothing was asked: there is nothing to try again until a page names the address again.

What was ``interrupted`` because the run ended waits in the queue for the next run."""
NOT_YET = "over-limit"
"""The run was to fetch so many articles and no more: due at once, for the next run."""
FIRST_POLL = 900
"""Seconds to the second poll of a listing, before anything is known of its pace."""


@dataclass(frozen=True)
class Rhythm:
    """How often what is known is asked again; all in seconds."""

    revisits: tuple[int, ...] = (HOUR, 6 * HOUR, DAY, 7 * DAY)
    """After the first fetch of an article, to catch corrections; empty for never."""
    poll_least: int = 300
    poll_most: int = DAY
    """Bounds of the time between two polls of a listing or feed."""


def next_visit(stored: datetime, published: datetime | None, now: datetime, rhythm: Rhythm) -> datetime | None:
    """When an article that was stored first at ``stored`` is looked at again; None when it is old enough.

    An article that was published before the last of the visits is old: papers correct what is new.
    """
    if not rhythm.revisits:
        return None
    last = timedelta(seconds=rhythm.revisits[-1])
    if published is not None and published < now - last:
        return None
    visits = (stored + timedelta(seconds=seconds) for seconds in rhythm.revisits)
    return next((visit for visit in visits if visit > now), None)


def next_try(word: str, attempts: int, now: datetime) -> datetime | None:
    """When a URL whose last ``attempts`` outcomes were failures, the last one ``word``, is tried again.

    >>> next_try("timeout", 1, datetime(2026, 1, 1)), next_try("http-410", 1, datetime(2026, 1, 1))
    (datetime.datetime(2026, 1, 1, 0, 0), None)
    """
    if is_final(word):
        return None
    return now + timedelta(seconds=RETRIES[min(attempts, len(RETRIES)) - 1])


def next_poll(seconds: int | None, changed: bool, rhythm: Rhythm) -> int:
    """Seconds to the next poll of a listing: half the last time when it had changed, half as long again when not.

    >>> next_poll(None, True, Rhythm()), next_poll(900, True, Rhythm()), next_poll(900, False, Rhythm())
    (900, 450, 1350)
    """
    if seconds is None:
        return max(rhythm.poll_least, min(rhythm.poll_most, FIRST_POLL))
    wanted = seconds // 2 if changed else seconds * 3 // 2
    return max(rhythm.poll_least, min(rhythm.poll_most, wanted))
