"""What a crawl did, for people on stderr and for scripts as JSON, and the exit code that says it."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newscrawl import __version__
from newscrawl.config import Config
from newscrawl.exit_codes import BUSY, CLUSTER, DONE, INTERRUPTED, LAYOUT, SOME_FAILED, STORAGE
from newscrawl.health import LimitsOf, default_limits, verdicts
from newscrawl.verdict import Verdict
from newscrawl.webhook import call, wanted
from pipelines.cluster import ClusterError
from pipelines.store import Store, StoreError
from pipelines.store.outcomes import is_final
from pipelines.store.run_history import RunSummary

if TYPE_CHECKING:
    from newscrawl.crawling import Crawled

__all__ = ["SiteResult", "exit_code", "failures", "print_summaries", "report", "report_failure", "results", "sentence"]

NEW = ("stored",)
CHANGED = ("updated",)
SAME = ("unchanged", "not-modified")
NOT_ASKED = ("not-selected", "over-limit", "robots", "offsite", "private-address")
"""Refused before it was asked: a reason, and no failure of the crawl."""


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What a crawl of one site came to."""

    site: str
    reason: str
    """Why the crawl ended: ``finished``, ``shutdown`` (a signal), ``locked`` (another crawl has the site) ..."""
    run: RunSummary | None = None
    """None when it did not start."""
    verdict: Verdict | None = None
    """None when the run was not finished."""
    known: int = 0
    later: int = 0
    """Articles that failed more than once and are not tried again yet."""
    not_modified: int = 0
    """Listings and feeds of which the server said that they have not changed."""
    not_due: int = 0
    """Listings and feeds that were not asked: by their pace they have not changed."""
    failed_share: float = 0.0
    """The share of failures that is tolerated."""

    @property
    def failed(self) -> int:
        """How many addresses failed."""
        return failures(self.run.outcomes) if self.run else 0

    @property
    def code(self) -> int:
        """The exit code of this site alone."""
        if self.reason in ("shutdown", ""):  # without a reason: a second Ctrl-C ended it at once
            return INTERRUPTED
        if self.verdict is not None and self.verdict.alarming:
            return LAYOUT
        if self.reason == "locked":
            return BUSY
        tolerated = self.failed_share * sum(self.run.outcomes.values()) if self.run else 0
        return SOME_FAILED if self.run is None or self.failed > tolerated else DONE

    def as_dict(self) -> dict[str, Any]:
        """For JSON: on stdout and to the webhook."""
        run, verdict = self.run, self.verdict
        return {
            "site": self.site,
            "run": run.id if run else None,
            "state": run.state if run else "not started",
            "reason": self.reason,
            "verdict": verdict.word if verdict else None,
            "verdict_reason": verdict.reason if verdict else None,
            "started_at": run.started_at if run else None,
            "ended_at": run.ended_at if run else None,
            "known": self.known,
            "later": self.later,
            "not_modified": self.not_modified,
            "not_due": self.not_due,
            "failed": self.failed,
            "outcomes": run.outcomes if run else {},
            "figures": asdict(run.figures) if run and run.figures else {},
            "exit_code": self.code,
        }


def failures(counts: dict[str, int]) -> int:
    """How many URLs failed: timeouts, server errors, refused connections, listings that gave nothing.

    What is settled is no failure: a page that is gone, has no text or is in another language has its reason.
    """
    return sum(number for word, number in counts.items() if not is_final(word) and word not in NOT_ASKED)


def sentence(name: str, counts: dict[str, int], crawled: SiteResult | None = None) -> str:
    """For example ``maghress: 40 new, 0 changed, 3 unchanged, 12 known; 6 other: language-ar 3, robots 1 ...``."""

    def count(words: Iterable[str]) -> int:
        return sum(counts.get(word, 0) for word in words)

    parts = [f"{count(NEW)} new", f"{count(CHANGED)} changed", f"{count(SAME)} unchanged"]
    parts += [] if crawled is None else [f"{crawled.known} known"]
    other = {word: n for word, n in counts.items() if word not in {*NEW, *CHANGED, *SAME, "listed"}}
    text = f"{name}: {', '.join(parts)}"
    if other:
        text += f"; {sum(other.values())} other: {', '.join(f'{word} {n}' for word, n in sorted(other.items()))}"
    text += f"; {counts.get('listed', 0)} listings and feeds read"
    if crawled is None:
        return text
    notes = {"not modified": crawled.not_modified, "not due": crawled.not_due, "articles put off": crawled.later}
    said = [f"{number} {note}" for note, number in notes.items() if number]
    return f"{text} ({', '.join(said)})" if said else text


def results(database: Path, crawled: Sequence[Crawled], limits_of: LimitsOf = default_limits) -> list[SiteResult]:
    """What each crawl came to, with the verdict over its site."""
    with Store.open(database, read_only=True) as store:
        runs = {run.id: run for one in crawled if one.run is not None for run in store.runs(site=one.name)}
        judged = verdicts(store, runs.values(), limits_of)
    return [
        SiteResult(
            one.name,
            one.reason,
            runs.get(one.run or 0),
            judged.get(one.run or 0),
            one.known,
            one.later,
            one.not_modified,
            one.not_due,
            limits_of(one.name).failed_share,
        )
        for one in crawled
    ]


def exit_code(sites: Iterable[SiteResult]) -> int:
    """The exit code of a crawl of several sites: what needs a person most comes first.

    Interrupted, then a site that is blocked or has changed, then a lock, then failures.
    """
    codes = {one.code for one in sites}
    return next((code for code in (INTERRUPTED, LAYOUT, BUSY, SOME_FAILED) if code in codes), DONE)


def report(sites: Sequence[SiteResult], config: Config, database: Path) -> None:
    """Call the webhook, if one is configured and wants to hear of this; what goes wrong is a warning on stderr."""
    alarming = any(one.verdict is not None and one.verdict.alarming for one in sites)
    told = {"exit_code": exit_code(sites), "sites": [one.as_dict() for one in sites]}
    _tell(config, database, told, alarming=alarming)


def report_failure(error: StoreError | ClusterError, sites: Iterable[str], config: Config, database: Path) -> None:
    """As :func:`report`, of a crawl that could not use its database or cluster: of what an operator must hear."""
    of_cluster, busy = isinstance(error, ClusterError), isinstance(error, StoreError) and error.busy
    told = {"exit_code": CLUSTER if of_cluster else BUSY if busy else STORAGE, "error": str(error)}
    reason = "cluster" if of_cluster else "storage"
    unknown = [{"site": site, "run": None, "state": "failed", "reason": reason} for site in sites]
    _tell(config, database, {**told, "sites": unknown}, alarming=not busy)


def _tell(config: Config, database: Path, told: dict[str, Any], *, alarming: bool) -> None:
    if not config["webhook.url"] or not wanted(config["webhook.when"], told["exit_code"], alarming=alarming):
        return
    place = {"event": "crawl", "host": socket.gethostname(), "database": str(database)}
    summary = {"newscrawl": __version__, **place, **told}
    if wrong := call(config["webhook.url"], summary, timeout=config["webhook.timeout"]):
        click.echo(f"newscrawl: warning: {wrong}", err=True)


def print_summaries(sites: Iterable[SiteResult], *, as_json: bool, quiet: bool) -> None:
    """Print a summary a site: JSON on stdout, or sentences on stderr."""
    for one in sites:
        if as_json:
            click.echo(json.dumps(one.as_dict(), ensure_ascii=False))
        elif one.run is None and one.reason != "locked":
            click.echo(f"{one.site}: the crawl did not start; run it again with -v to see why.", err=True)
        elif one.run is not None and not quiet:
            _print_for_people(one, one.run)


def _print_for_people(one: SiteResult, run: RunSummary) -> None:
    click.echo(sentence(one.site, run.outcomes, one), err=True)
    if one.verdict is not None and one.verdict.word != "ok":
        click.echo(f"{one.site} is {one.verdict.word}: {one.verdict.reason}", err=True)
    if one.known and not run.outcomes.get("stored") and not run.outcomes.get("updated"):
        click.echo("Known articles are not fetched again; --refetch does.", err=True)
