"""The verdicts over stored runs, for every command that tells them: their history, and the thresholds in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from newscrawl.verdict import Thresholds, Verdict, judge_history, state_of_site
from pipelines.rows import to_second
from pipelines.run_history import RunSummary
from pipelines.store import Store

__all__ = ["HISTORY_DAYS", "LimitsOf", "default_limits", "health", "verdicts"]

HISTORY_DAYS = 56
"""Eight weeks: as many runs of every day of the week."""

LimitsOf: TypeAlias = Callable[[str], Thresholds]
"""A site's name to the thresholds in force for it."""


def default_limits(site: str) -> Thresholds:
    """The thresholds where nothing else was configured."""
    return Thresholds()


def verdicts(store: Store, runs: Iterable[RunSummary], limits_of: LimitsOf = default_limits) -> dict[int, Verdict]:
    """The verdict over each of the runs that has one: crawls of a site that have finished."""
    found: dict[int, Verdict] = {}
    oldest: dict[str, str] = {}
    for run in runs:
        if run.site and run.kind == "crawl":
            oldest[run.site] = min(run.started_at, oldest.get(run.site, run.started_at))
    for site, started in oldest.items():
        found |= judge_history(_history(store, site, datetime.fromisoformat(started)), limits_of(site))
    return found


def health(store: Store, site: str, now: datetime, limits_of: LimitsOf = default_limits) -> Verdict | None:
    """The verdict over a site as it is now; None when none of its last fifty crawls has finished."""
    last = next((run for run in store.runs(site=site, kind="crawl", limit=50) if run.state == "finished"), None)
    if last is None:
        return None
    return state_of_site(_history(store, site, datetime.fromisoformat(last.started_at)), limits_of(site), now)


def _history(store: Store, site: str, before: datetime) -> list[RunSummary]:
    since = to_second(before.astimezone(UTC) - timedelta(days=HISTORY_DAYS))
    return store.runs(site=site, kind="crawl", since=since, limit=-1)[::-1]
