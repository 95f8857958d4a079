"""A Dask cluster of two workers beside a local pool of two: ``python -m benchmarks.cluster [--pages N --kind KIND]``.

Both read the same pages in turns, as a crawl feeds them (so many at a time, answers in any order) and as ``reextract``
does (from an archive, answers in order, everything stored). What is compared is pages a second, and processor time a
page of all processes that take part: where all processors are busy the two say the same, and the second one also where
the machine has other work. Ends with 1 when the cluster does less than .8 of the local pool's pages.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median

import psutil

from benchmarks.speed.generate import KINDS, web_of
from newscrawl.local_cluster import LocalCluster, local_cluster
from newscrawl.sites import all_rules
from pipelines.extraction_pool import Rulebook
from pipelines.extractor import Extractor, extractor_for
from pipelines.items import Page
from pipelines.reextraction import reextract
from pipelines.rereading import PageSelection
from pipelines.run import Run

WORKERS = 2
ROUNDS = 3
BAR = 0.8
SEEN = datetime(2026, 1, 1, tzinfo=UTC)
RULEBOOK = Rulebook(rules=all_rules())


@dataclass(frozen=True)
class Measured:
    pages_a_second: float
    processor_ms: float
    parent_ms: float
    """Of processor time a page, in the process that feeds."""


def pages_of(kind: str, number: int) -> list[Page]:
    """A generated site's articles (benchmarks.speed), as they were fetched."""
    web, host = web_of(kind, number), f"https://{kind}.example"
    urls = [host + web.article_path(count) for count in range(number)]
    headers = (("content-type", "text/html;charset=UTF-8"),)
    return [
        Page(url, url, 200, headers, web.article(count), SEEN + timedelta(seconds=count), kind)
        for count, url in enumerate(urls)
    ]


def fed(extractor: Extractor, pages: list[Page]) -> None:
    """As a crawl feeds: so many are under way, and the next comes when any is answered."""
    waiting: set[Future[object]] = set()
    for page in pages:
        waiting.add(extractor.submit(page))  # type: ignore[arg-type]
        if len(waiting) >= extractor.look_ahead:
            waiting = wait(waiting, return_when=FIRST_COMPLETED).not_done
    wait(waiting)


def seconds_of(processes: Iterable[psutil.Process]) -> float:
    """Processor time of processes and all their descendants."""
    total = 0.0
    for process in processes:
        for one in (process, *process.children(recursive=True)):
            times = one.cpu_times()
            total += times.user + times.system
    return total


def measured(work: Callable[[], object], number: int, cluster: LocalCluster | None) -> Measured:
    """What some work on so many pages takes; its processes are up."""
    own = psutil.Process()
    others = [psutil.Process(one.pid) for one in (cluster.scheduler, *cluster.workers)] if cluster else []
    there = [one for one in own.children() if cluster is None or one.pid not in {other.pid for other in others}]
    taking_part = [*others, *(there if cluster is None else [])]
    parent, all_of_them, begun = own.cpu_times(), seconds_of(taking_part), time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    after = own.cpu_times()
    parent_seconds = after.user + after.system - parent.user - parent.system
    everyone = parent_seconds + seconds_of(taking_part) - all_of_them
    return Measured(number / seconds, 1000 * everyone / number, 1000 * parent_seconds / number)


def crawl_like(pages: list[Page], cluster: LocalCluster | None) -> Measured:
    extractor = extractor_for(RULEBOOK, workers=WORKERS, cluster=cluster.address if cluster else "")
    fed(extractor, pages[: 4 * extractor.look_ahead])  # the processes are up, and know what they need
    found = measured(lambda: fed(extractor, pages), len(pages), cluster)
    extractor.close()
    return found


def from_archive(database: Path, pages: list[Page], cluster: LocalCluster | None) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / database.name
        for file in database.parent.iterdir():
            shutil.copy(file, folder)
        address = cluster.address if cluster else ""
        with Run.open(copy, kind="reextract", rulebook=RULEBOOK, workers=WORKERS, cluster=address) as run:
            found = PageSelection().pages(run, copy)
            warm = sum(1 for _ in reextract(run, islice(found, 64)))
            return measured(lambda: sum(1 for _ in reextract(run, found)), len(pages) - warm, cluster)


def archived(folder: Path, pages: list[Page]) -> Path:
    """A database with these pages, read by other rules before."""
    database = folder / "news.db"
    with Run.open(database, kind="ingest", rulebook=replace(RULEBOOK, languages=("fr",)), workers=WORKERS) as run:
        for _ in reextract(run, pages):
            pass
    return database


def report(name: str, local: list[Measured], remote: list[Measured]) -> float:
    """Print the figures; the ratio of the medians of pages a second."""
    for who, found in (("local pool", local), ("cluster", remote)):
        print(
            f"{name:12} {who:11} {median(one.pages_a_second for one in found):6.1f} pages/s "
            f"({min(one.pages_a_second for one in found):.1f} to {max(one.pages_a_second for one in found):.1f}), "
            f"{median(one.processor_ms for one in found):5.2f} ms of processor a page, "
            f"{median(one.parent_ms for one in found):.2f} of them in the parent"
        )
    speed = median(one.pages_a_second for one in remote) / median(one.pages_a_second for one in local)
    cost = median(one.processor_ms for one in local) / median(one.processor_ms for one in remote)
    print(f"{name:12} cluster / local pool: {speed:.2f} in pages/s, {cost:.2f} by processor time")
    return speed


def main() -> int:
    """Exit code 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--kind", choices=sorted(KINDS), default="known")
    chosen = parser.parse_args()
    pages = pages_of(chosen.kind, chosen.pages)
    mean = sum(len(page.body) for page in pages) / len(pages) / 1000
    print(f"{len(pages)} pages ({chosen.kind} layout) of {mean:.0f} kB in the mean")
    ratios = []
    with tempfile.TemporaryDirectory() as folder, local_cluster(WORKERS) as cluster:
        database = archived(Path(folder), pages)
        ways: dict[str, Callable[[LocalCluster | None], Measured]] = {
            "crawl-like": lambda where: crawl_like(pages, where),
            "reextract": lambda where: from_archive(database, pages, where),
        }
        for name, way in ways.items():
            rounds = [(way(None), way(cluster)) for _ in range(ROUNDS)]
            ratios.append(report(name, [one[0] for one in rounds], [one[1] for one in rounds]))
    return 0 if min(ratios) >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
