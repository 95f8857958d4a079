"""``newscrawl`` with a clock around its steps: OUT ARGUMENTS... writes seconds and calls by stage as JSON.

With ``--workers 0`` everything happens in one process and one thread, so that what each step takes can be told from
what the steps inside it take: a stage's time is its own, without that of other stages. A step that this version of
newscrawl does not have is left out, and named in the result.
"""

from __future__ import annotations

import importlib
import inspect
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

__all__ = ["STAGES"]

STAGES: dict[str, tuple[str, ...]] = {
    "decode and parse": ("pipelines.opening:open_with_gaps", "pipelines.opening:open_page"),
    "site rules, ticker": (
        "pipelines.site_rules:matching_rules", "pipelines.site_rules:ticker_headlines",
        "pipelines.site_rules:rule_candidates", "pipelines.site_rules:take_segments",
    ),
    "metadata": (
        "pipelines.fields.json_ld:json_ld_nodes", "pipelines.fields.metadata:page_candidates",
        "pipelines.fields.article_fields:feed_candidates", "pipelines.fields.article_fields:byline_candidates",
        "pipelines.fields.printed_fields:printed_candidates", "pipelines.fields.json_ld:claimed_body",
    ),
    "fields": (
        "pipelines.fields.article_fields:read_fields", "pipelines.fields.article_fields:title_of",
        "pipelines.fields.article_fields:language_hint",
    ),
    "dates": ("pipelines.dates.reader:read_date", "pipelines.extraction:last_resort_date"),
    "learned noise": ("pipelines.noise.stripping:strip_noise",),
    "body around trafilatura": ("pipelines.body.reader:read_body", "pipelines.body.reader:ruled_body"),
    "trafilatura": ("pipelines.extraction:body_lines",),
    "language": ("pipelines.languages.detector:detect",),
    "archive": ("pipelines.archive.archive:Archive.add", "pipelines.archive.archive:Archive.commit"),
    "store": (
        "pipelines.store.store:Store.save", "pipelines.store.store:Store.add_fetch",
        "pipelines.store.store:Store.record",
        "pipelines.store.store:Store.note", "pipelines.store.store:Store.headline_for",
        "pipelines.store.store:Store.made_from", "pipelines.store.store:Store.given_by",
        "pipelines.store.store:Store.site_of", "pipelines.store.store:Store.commit", "pipelines.run:Run.keep",
    ),
    "stories": ("pipelines.store.story_shelf:place", "pipelines.store.story_shelf:place_new"),
    "frontier": (
        "newscrawl.frontier:Frontier.enqueue_request", "newscrawl.frontier:Frontier.next_request",
        "newscrawl.frontier:Frontier.has_pending_requests", "newscrawl.frontier:Frontier._write",
        "newscrawl.frontier:Frontier._refill", "newscrawl.frontier:Frontier._take",
    ),
    "links of pages": (
        "newscrawl.aggregator_spider:AggregatorSpider.read_article",
        "newscrawl.aggregator_spider:AggregatorSpider.read_listing",
        "newscrawl.aggregator_spider:AggregatorSpider.read_feed",
    ),
    "full-text index": (),  # measured apart: its triggers run inside the database's own calls
    "fetching, robots.txt, Scrapy": (),  # the rest
}  # fmt: skip
"""Stage to the functions and methods that belong to it."""


class Clock:
    """Adds up processor time by stage; the innermost running stage gets it."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self.missing: list[str] = []
        self._running: list[str] = []
        self._since = 0.0
        self.first = self.last = 0.0
        """When the first step began and the last one ended, by the process's clock."""

    def enter(self, stage: str) -> None:
        self.first = self.first or time.process_time()
        self._turn()
        self._running.append(stage)

    def leave(self) -> None:
        self._turn()
        self._running.pop()
        self.last = time.process_time()

    def _turn(self) -> None:
        now = time.thread_time()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def around(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, timed; of a generator every step."""

        @wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            self.calls[stage] += 1
            self.enter(stage)
            try:
                return function(*arguments, **named)
            finally:
                self.leave()

        @wraps(function)
        def stepped(*arguments: Any, **named: Any) -> Any:
            self.calls[stage] += 1
            steps = function(*arguments, **named)
            while True:
                self.enter(stage)
                try:
                    one = next(steps)
                except StopIteration as end:
                    return end.value
                finally:
                    self.leave()
                yield one

        return stepped if inspect.isgeneratorfunction(function) else timed

    def install(self) -> None:
        """Put the clock around every step, wherever it was imported to."""
        for stage, places in STAGES.items():
            for place in places:
                module, _, path = place.partition(":")
                owner_name, _, name = path.rpartition(".")
                try:
                    owner = importlib.import_module(module)
                    owner = getattr(owner, owner_name) if owner_name else owner
                    function = inspect.getattr_static(owner, name)
                except (ImportError, AttributeError):
                    self.missing.append(place)
                    continue
                timed = self.around(stage, function)
                setattr(owner, name, timed)
                for other in list(sys.modules.values()) if not owner_name else ():
                    if getattr(other, "__dict__", {}).get(name) is function:
                        setattr(other, name, timed)


def main() -> None:
    from newscrawl import lessons
    from newscrawl.cli import main as newscrawl_main
    from pipelines import dates, languages

    importlib.import_module("newscrawl.sites")
    importlib.import_module("pipelines.item_pipeline")
    # As a worker does before its first page.
    languages.warm_up()
    dates.warm_up()
    lessons.after_crawl = lambda *arguments, **named: None  # reads all pages again: not a crawl's stage
    clock = Clock()
    clock.install()
    out = Path(sys.argv[1])
    sys.argv = ["newscrawl", *sys.argv[2:]]
    try:
        newscrawl_main()
    finally:
        whole = clock.last - clock.first
        found = {"seconds": clock.seconds, "calls": clock.calls, "whole": whole, "missing": clock.missing}
        out.write_text(json.dumps(found))


if __name__ == "__main__":
    main()
