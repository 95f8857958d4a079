"""Start Scrapy from the command line: the project's settings, the user's on top, one crawl a site."""

from __future__ import annotations

import gc
import logging
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.settings import Settings

from newscrawl import __version__
from newscrawl.config import Config
from newscrawl.config.file import SiteOptions
from newscrawl.exit_codes import INTERRUPTED, fail
from newscrawl.fetching.ending import EndingProcess
from newscrawl.fetching.quiet import QuietSignals
from newscrawl.sites import known_names
from pipelines.archive import Archive
from pipelines.cluster import ClusterError
from pipelines.extractor import check_cluster
from pipelines.item_pipeline import extraction_of, rulebook_of
from pipelines.store import Store, StoreError

__all__ = [
    "Crawled",
    "Job",
    "check_database",
    "check_extraction",
    "configured_settings",
    "crawl",
    "forget_pages",
    "project_settings",
    "site_settings",
]

LOG_LEVELS = ("WARNING", "INFO", "DEBUG")
COLLECTED_AFTER = 5000
"""Objects that may be made, less those freed, before Python looks for cycles among the young ones; its own: 700."""
CLUSTER_WAITING_BYTES = 64_000_000
"""Of pages on their way through a cluster: two tasks of eight pages of 100 kB for each of 40 threads. Scrapy's own
limit, 5 MB, is made for processes on this machine."""


@dataclass(frozen=True)
class Job:
    """One spider to run: its name and its Scrapy arguments."""

    spider: str | type[Spider]
    arguments: Mapping[str, Any]
    told: str = ""
    """The arguments as the run remembers them; empty for what the setting NEWSCRAWL_ARGUMENTS says."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Scrapy settings of this crawl alone; they give way to the command line's."""


@dataclass(frozen=True)
class Crawled:
    """What a job left: the run in the database, and what Scrapy counted."""

    job: Job
    name: str
    """The spider's."""
    run: int | None
    """None when the spider did not get as far as a run."""
    known: int
    reason: str
    """Scrapy's reason for closing: ``finished``, ``shutdown`` (Ctrl-C), ``storage`` (see ``error``), or another."""
    later: int = 0
    """Articles that failed more than once and are not tried again yet."""
    not_modified: int = 0
    """Listings and feeds of which the server said that they have not changed."""
    not_due: int = 0
    """Listings and feeds of newspapers that were not asked: by their pace they have not changed."""
    error: StoreError | ClusterError | None = None
    """What was wrong with the database or the cluster; what was not kept is fetched again by the next crawl."""


def check_database(database: Path) -> None:
    """Raise StoreError when the database or its archive cannot be written to: said before anything is fetched."""
    with Store.open(database) as store, store.atomic():
        pass
    Archive.open(Archive.path_for(database)).close()


def check_extraction(settings: Settings) -> None:
    """Raise ClusterError when a cluster is to extract and cannot: said before anything is fetched."""
    check_cluster(rulebook_of(settings), extraction_of(settings)["cluster"])


def forget_pages(database: Path, seconds: int) -> int:
    """Drop the raw pages that are older than so many seconds; gives how many."""
    with Archive.open(Archive.path_for(database)) as archive:
        return archive.forget(datetime.now(UTC) - timedelta(seconds=seconds))


def project_settings(
    database: Path,
    chosen: Mapping[str, str],
    *,
    config: Config | None = None,
    verbosity: int = 0,
    progress: bool = True,
) -> Settings:
    """Scrapy settings: the project's module, what is configured, then the command line's, as with ``scrapy -s``."""
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    if config is not None:
        settings.setdict(configured_settings(config), priority="project")
    settings.set("NEWSCRAWL_DB", str(database), priority="project")
    settings.set("NEWSCRAWL_PROGRESS", progress and verbosity == 0, priority="project")
    settings.set("LOG_LEVEL", LOG_LEVELS[min(verbosity, 2)], priority="project")
    for name, value in chosen.items():
        settings.set(name, value, priority="cmdline")
    if settings["NEWSCRAWL_CLUSTER"]:  # Scrapy stops asking for pages while so many bytes of them wait to be read
        settings.set("SCRAPER_SLOT_MAX_ACTIVE_SIZE", CLUSTER_WAITING_BYTES, priority="project")
    return settings


def configured_settings(config: Config) -> dict[str, Any]:
    """What newscrawl.toml and the environment say, by the names of Scrapy's settings."""
    found = {
        "NEWSCRAWL_LANGUAGES": config["languages"],
        "NEWSCRAWL_WORKERS": config["workers"],
        "NEWSCRAWL_CLUSTER": config["cluster"],
        "NEWSCRAWL_POLL_LEAST": config["polling.least"],
        "NEWSCRAWL_POLL_MOST": config["polling.most"],
    }
    if contact := config["contact"]:
        found |= {"NEWSCRAWL_CONTACT": contact, "USER_AGENT": f"newscrawl/{__version__} (+{contact})"}
    return found


def site_settings(options: SiteOptions) -> dict[str, Any]:
    """What a site's table in newscrawl.toml says, by the names of Scrapy's settings."""
    bounds = {"NEWSCRAWL_POLL_LEAST": options.polling_least, "NEWSCRAWL_POLL_MOST": options.polling_most}
    return {name: seconds for name, seconds in bounds.items() if seconds is not None}


def crawl(
    jobs: Sequence[Job], settings: Settings, watch: Callable[[Crawler], None] = lambda crawler: None
) -> list[Crawled]:
    """Run the jobs side by side until the last one ends. Blocks; can be called once a process (Twisted's rule).

    Ctrl-C and SIGTERM end the crawl cleanly within ten seconds: what has arrived is stored. A second one ends it at
    once, and the command with INTERRUPTED. ``watch`` gets every
    crawler before it starts, to connect to its signals.
    """
    known_names()  # what is wrong with a user's own spiders is a sentence here, and a traceback from Scrapy
    process = EndingProcess(settings)
    # Scrapy leaves the root at NOTSET and its own at DEBUG: every line that the handler passes over would be made.
    for name in ("", "scrapy"):
        logging.getLogger(name).setLevel(settings["LOG_LEVEL"])
    # Scrapy's own loggers say at INFO what the progress line and the summary say better.
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    crawlers = []
    for job in jobs:
        crawler = process.create_crawler(job.spider)
        crawler.signals = QuietSignals(crawler)
        crawlers.append((job, crawler))
        # Scrapy lays the process's own settings on the crawler once more: those of one site must weigh more.
        crawler.settings.setdict(dict(job.settings), priority="spider")
        if job.told:
            crawler.settings.set("NEWSCRAWL_ARGUMENTS", job.told, priority="cmdline")
        watch(crawler)
        process.crawl(crawler, **job.arguments)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    with _rarely_collecting():
        process.start()
    for number, handler in handlers.items():  # Scrapy leaves its own in place, which stop nothing any more
        signal.signal(number, handler)
    if process.killed:
        fail("ended at once; what was not stored yet is fetched by the next crawl.", INTERRUPTED)
    return _crawled(crawlers)


@contextmanager
def _rarely_collecting() -> Iterator[None]:
    """Python's garbage collector without what is loaded by now: it would look at 200,000 objects again and again.

    A crawl makes few cycles, one or two objects a page, so that it need not look often.
    """
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


def _crawled(crawlers: Iterable[tuple[Job, Crawler]]) -> list[Crawled]:
    crawled = []
    for job, crawler in crawlers:
        stats = crawler.stats.get_stats() if crawler.stats else {}
        crawled.append(
            Crawled(
                job,
                crawler.spidercls.name,
                stats.get("newscrawl/run"),
                int(stats.get("newscrawl/known", 0)),
                str(stats.get("finish_reason", "")),
                int(stats.get("newscrawl/later", 0)),
                int(stats.get("newscrawl/lists-not-modified", 0)),
                int(stats.get("newscrawl/not-due", 0)),
                stats.get("newscrawl/error"),
            )
        )
    return crawled
