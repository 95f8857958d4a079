"""The generated sites as a measurement uses them: files, a server process, and how newscrawl is told of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.generate import addresses, generate

__all__ = ["ROOT", "Site", "newscrawl", "served", "serving"]

ROOT = Path(__file__).parents[2]
SPIDERS = {"known": ("sample", ("-a", "editions=fr,en")), "unknown": ("gazette", ())}
"""By kind: the spider, and what it is told beside the address."""
ENVIRONMENT = {"NEWSCRAWL_SPIDERS": "benchmarks.speed.spiders", "PYTHONPATH": str(ROOT)}


@dataclass(frozen=True)
class Site:
    """A site that is being served."""

    kind: str
    folder: Path
    count: int
    base_url: str

    @property
    def spider(self) -> str:
        return SPIDERS[self.kind][0]

    def crawl(self, database: Path, workers: int) -> list[str | Path]:
        """The command that crawls the whole site."""
        given = ("-a", f"base_url={self.base_url}", *SPIDERS[self.kind][1])
        return newscrawl("crawl", self.spider, *given, "--workers", str(workers), "--db", database)

    def first_crawl(self, database: Path, workers: int) -> list[str | Path]:
        """The command that crawls a newspaper of each engine of the unknown site, a third of its pages.

        At its end it learns what the site repeats: the crawls that follow read pages as they are read from then on.
        """
        newspapers = ",".join(f"journal-{number}" for number in range(0, 18, 3))
        return [*self.crawl(database, workers), "-a", f"newspapers={newspapers}"]

    def urls(self, most: int) -> list[str]:
        """Addresses of articles."""
        return [self.base_url + path for path in addresses(self.folder)[:most]]


def newscrawl(*arguments: str | Path) -> list[str | Path]:
    """The command line of the ``newscrawl`` that is installed beside this Python."""
    return [Path(sys.executable).parent / "newscrawl", *arguments]


@contextmanager
def served(kind: str, folder: Path, count: int, first: int = 0) -> Iterator[Site]:
    """Make a site where it is not made yet, and serve it from a process of its own."""
    generate(kind, folder, count, first)
    with serving(str(folder)) as base_url:
        yield Site(kind, folder, count, base_url)


@contextmanager
def serving(*arguments: str) -> Iterator[str]:
    """A server process with these arguments; gives its address."""
    command = [sys.executable, "-m", "benchmarks.speed.server", *arguments, "--until-eof"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()
