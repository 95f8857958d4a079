"""Is a site as usual? The verdict over a run, from the site's own history; pure, no clock and no database.

``blocked``, ``layout-changed``, ``stale``, ``quiet`` or ``ok``, the first that holds. "Nothing new" may mean that the
site shut us out, that its pages changed so that we no longer find what is there, or that nobody wrote anything: the
three look the same in a count of articles, and an operator has to do three different things.

A run is held against earlier runs with the same arguments that were themselves as usual: a layout that has changed
must not become what is usual. Of these, those of the same day of the week, when there are enough; a paper is thin on
Sundays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from pipelines.store.run_history import RunSummary

__all__ = ["ALARMS", "Thresholds", "Verdict", "judge", "judge_history", "state_of_site"]

ALARMS = frozenset({"blocked", "layout-changed"})
"""Verdicts that somebody has to look at: exit code 3."""

REFUSALS = frozenset({"http-401", "http-402", "http-403", "http-407", "http-429", "http-451", "http-503", "resting"})
"""The server answered that it does not want us, or not now."""
NO_ANSWER = frozenset({"dns", "connection", "timeout", "tls", "failed", "http-500", "http-502", "http-504"})
NOT_READ = frozenset({"not-feed", "not-listing", "not-sitemap"})
READ = frozenset({"listed", "not-modified", "stored", "updated", "unchanged"})
NOT_ASKED = frozenset(
    {
        "not-selected",
        "over-limit",
        "offsite",
        "private-address",
        "duplicate",
        "interrupted",
        "bad-url",
        "known",
        "redirected",
    }
)
FIELDS = ("title", "date", "publisher")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a run is no longer as usual. Shares are between 0 and 1."""

    failed_share: float = 0.0
    """Exit code 1 when a larger share of the addresses that were asked failed."""
    blocked_share: float = 0.5
    """Blocked when at least this share of what was asked was refused or not answered."""
    yield_share: float = 0.5
    """Layout changed when listings give less than this share of the headlines that they usually give."""
    length_share: float = 0.4
    """Layout changed when the median article has less than this share of its usual words."""
    field_drop: float = 0.3
    """Layout changed when so much less than the usual share of articles has a title, date or publisher, or so much
    more than the usual share of pages has no article."""
    quiet_share: float = 0.2
    """Quiet when less than this share of the usual number of new articles came in."""
    stale_days: float = 3.0
    """Stale when nothing new came in, or no crawl ended, for so many days."""
    min_runs: int = 5
    """A baseline needs so many earlier runs that were as usual."""
    min_pages: int = 5
    """Shares of fewer pages say nothing."""
    since: str = ""
    """Runs before this day are not what is usual: the site has changed for good."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A word and the reason for it."""

    word: str
    reason: str

    @property
    def alarming(self) -> bool:
        """Whether somebody has to look."""
        return self.word in ALARMS


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is usual: medians and shares over earlier runs."""

    new: float
    """Articles a run, on this day of the week where there are enough of it."""
    headlines: float | None
    """A listing."""
    words: float | None
    shares: Mapping[str, float]
    """Of articles with a field; of pages with no article under ``none``."""


def judge_history(runs: Sequence[RunSummary], limits: Thresholds) -> dict[int, Verdict]:
    """The verdict over each finished crawl by its number; ``runs`` are one site's, oldest first.

    A crawl for which nothing was due asked for nothing, and so says nothing of its site.
    """
    verdicts: dict[int, Verdict] = {}
    usual: list[RunSummary] = []
    for run in runs:
        if not _has_ended(run) or not _asked(run):
            continue
        verdicts[run.id] = judge(run, usual, limits)
        if not verdicts[run.id].alarming:
            usual.append(run)
    return verdicts


def state_of_site(runs: Sequence[RunSummary], limits: Thresholds, now: datetime) -> Verdict | None:
    """The verdict over a site as it is now; None when it was never crawled to the end. ``runs`` as above."""
    verdicts = judge_history(runs, limits)
    if not verdicts:
        return None
    found = verdicts[max(verdicts)]
    last = next(run for run in reversed(runs) if _has_ended(run))
    if not found.alarming and now - _time(last.started_at) > timedelta(days=limits.stale_days):
        return Verdict("stale", f"no crawl has ended since {last.ended_at or last.started_at}")
    return found


def judge(run: RunSummary, earlier: Sequence[RunSummary], limits: Thresholds) -> Verdict:
    """The verdict over a run that has finished; ``earlier`` runs of the site were as usual, oldest first."""
    like = [one for one in earlier if one.arguments == run.arguments and one.started_at >= limits.since]
    usual = _baseline(run, like) if len(like) >= limits.min_runs else None
    return (
        _blocked(run, limits)
        or _unreadable(run, limits)
        or (_unusual(run, usual, limits) if usual else None)
        or _stale(run, like, limits)
        or _quiet(run, usual, limits)
        or Verdict("ok", "as usual" if usual else f"no baseline yet: {len(like)} of {limits.min_runs} runs")
    )


def _has_ended(run: RunSummary) -> bool:
    return run.kind == "crawl" and run.state == "finished"


def _asked(run: RunSummary) -> dict[str, int]:
    return {word: count for word, count in run.outcomes.items() if word not in NOT_ASKED}


def _blocked(run: RunSummary, limits: Thresholds) -> Verdict | None:
    asked = _asked(run)
    total = sum(asked.values())
    nothing = not any(word in READ for word in asked)
    against = {word: n for word, n in asked.items() if word in REFUSALS | NO_ANSWER or (nothing and word == "robots")}
    if not against or sum(against.values()) < limits.blocked_share * total:
        return None
    # One page of a handful that times out is no blockade, if others were read.
    if not nothing and sum(against.values()) < limits.min_pages:
        return None
    return Verdict(
        "blocked", f"{sum(against.values())} of {total} addresses were refused or not answered: {_said(against)}"
    )


def _unreadable(run: RunSummary, limits: Thresholds) -> Verdict | None:
    """What is wrong without any history: nothing could be read out of pages that did arrive."""
    wrong = {word: count for word, count in run.outcomes.items() if word in NOT_READ}
    listed = run.outcomes.get("listed", 0)
    if wrong and sum(wrong.values()) > listed:
        return Verdict("layout-changed", f"feeds and listings are no longer what they were: {_said(wrong)}")
    figures = run.figures
    if figures is None:
        return None
    if listed and figures.headlines == 0:
        return Verdict("layout-changed", f"{listed} feeds and listings gave no headline")
    if (figures.pages or 0) >= limits.min_pages and figures.articles == 0 and _without_text(run) == figures.pages:
        return Verdict("layout-changed", f"none of {figures.pages} pages gave an article")
    return None


def _unusual(run: RunSummary, usual: Baseline, limits: Thresholds) -> Verdict | None:
    yields = _headlines_a_listing(run)
    if yields is not None and usual.headlines is not None and yields < limits.yield_share * usual.headlines:
        return Verdict("layout-changed", f"a listing gave {yields:.1f} headlines, usual are {usual.headlines:.1f}")
    shares = _shares([run], limits.min_pages)
    if (none := shares.get("none")) is not None and none > usual.shares.get("none", 1.0) + limits.field_drop:
        return Verdict("layout-changed", f"{none:.0%} of pages gave no text, usual are {usual.shares['none']:.0%}")
    for name in FIELDS:
        if name in shares and shares[name] < usual.shares.get(name, 0.0) - limits.field_drop:
            return Verdict(
                "layout-changed", f"{shares[name]:.0%} of articles have a {name}, usual are {usual.shares[name]:.0%}"
            )
    words = run.figures.median_words if run.figures else None
    if words is not None and "title" in shares and usual.words and words < limits.length_share * usual.words:
        return Verdict("layout-changed", f"the median article has {words} words, usual are {usual.words:.0f}")
    return None


def _stale(run: RunSummary, like: Sequence[RunSummary], limits: Thresholds) -> Verdict | None:
    """Nothing new for days. Without an article ever, there is nothing that could have grown old."""
    last = next((one for one in reversed([*like, run]) if one.outcomes.get("stored")), None)
    if last is None:
        return None
    days = (_time(run.started_at) - _time(last.started_at)) / timedelta(days=1)
    return Verdict("stale", f"nothing new for {days:.1f} days") if days > limits.stale_days else None


def _quiet(run: RunSummary, usual: Baseline | None, limits: Thresholds) -> Verdict | None:
    new = run.outcomes.get("stored", 0)
    if new == 0:
        return Verdict("quiet", f"nothing new; usual are {usual.new:g}" if usual else "nothing new")
    if usual and new < limits.quiet_share * usual.new:
        return Verdict("quiet", f"{new} new; usual are {usual.new:g}")
    return None


def _baseline(run: RunSummary, like: Sequence[RunSummary]) -> Baseline:
    weekday = _time(run.started_at).weekday()
    same_day = [one for one in like if _time(one.started_at).weekday() == weekday]
    of_day = same_day if len(same_day) >= 3 else like
    yields = [one for one in map(_headlines_a_listing, of_day) if one is not None]
    words = [one.figures.median_words for one in like if one.figures and one.figures.median_words]
    return Baseline(
        new=median(one.outcomes.get("stored", 0) for one in of_day),
        headlines=median(yields) if yields else None,
        words=median(words) if words else None,
        shares=_shares(like, 1),
    )


def _headlines_a_listing(run: RunSummary) -> float | None:
    listed = run.outcomes.get("listed", 0)
    return run.figures.headlines / listed if listed and run.figures and run.figures.headlines is not None else None


def _shares(runs: Iterable[RunSummary], min_pages: int) -> dict[str, float]:
    """Shares over all runs' pages together; those of fewer than ``min_pages`` are left out."""
    told = [(run, run.figures) for run in runs if run.figures is not None]
    pages = sum(figures.pages or 0 for _, figures in told)
    articles = sum(figures.articles or 0 for _, figures in told)
    shares: dict[str, float] = {}
    if pages >= min_pages:
        shares["none"] = sum(_without_text(run) for run, _ in told) / pages
    if articles >= min_pages:
        for name in FIELDS:
            shares[name] = sum(getattr(figures, f"with_{name}") or 0 for _, figures in told) / articles
    return shares


def _without_text(run: RunSummary) -> int:
    return sum(run.outcomes.get(word, 0) for word in ("no-text", "not-html", "unreadable"))


def _said(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{word} {count}" for word, count in sorted(counts.items()))


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
