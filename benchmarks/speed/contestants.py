"""Who is measured, and how each is run on a site: by its own command, in its own fastest way."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.speed.measuring import Ran, Spent, run
from benchmarks.speed.sites import ENVIRONMENT, ROOT, Site, newscrawl

__all__ = ["CONTESTANTS", "LATER", "PEERS", "WORKERS", "Result", "Setting", "ours"]

WORKERS = 2
LATER = "newscrawl crawl, noise learned before"


@dataclass(frozen=True)
class Setting:
    """What a run of all contestants has in common."""

    scratch: Path
    peers: Path | None = None
    """The Python of an environment with news-please and newspaper4k."""
    peer_pages: int = 300
    """Pages that the slow ones do."""


@dataclass(frozen=True)
class Result:
    """What so many pages cost. Seconds."""

    pages: int
    spent: Spent
    peak_mb: float = 0.0

    def figures(self) -> dict[str, float]:
        return {
            "pages": self.pages,
            "pages_per_second": self.pages / self.spent.wall,
            "cpu_ms": self.spent.cpu / self.pages * 1000,
            "own_cpu_ms": self.spent.own_cpu / self.pages * 1000,
            "children_cpu_ms": self.spent.children_cpu / self.pages * 1000,
            "peak_mb": self.peak_mb,
            **{f"{name}_seconds": value for name, value in asdict(self.spent).items()},
        }


def ours(site: Site, setting: Setting) -> dict[str, Result]:
    """``newscrawl crawl`` into a new database; what its end learned of the site; ``newscrawl reextract`` of it all.

    The crawl ends with its summary. What comes after it, once for a new site and seldom later, is counted apart.
    """
    database = _new_database(site, setting)
    pages, at_mark, crawled = _crawl(site, setting, database)
    command = newscrawl("reextract", "--quiet", "--workers", str(WORKERS), "--db", database)
    again = run(command, cwd=setting.scratch, env=ENVIRONMENT)
    return {
        "newscrawl crawl": Result(pages, at_mark, crawled.peak_mb),
        "newscrawl, lesson after the crawl": Result(pages, crawled.spent - at_mark),
        "newscrawl reextract": Result(pages, again.spent, again.peak_mb),
    }


def ours_later(site: Site, setting: Setting) -> dict[str, Result]:
    """The next crawl of a site of unknown layout, of the two thirds of its pages that are new.

    An earlier one has learned what the site repeats: so are all crawls of a site but the first.
    """
    if site.kind != "unknown":
        return {}
    database = _new_database(site, setting)
    run(site.first_crawl(database, WORKERS), cwd=setting.scratch, env=ENVIRONMENT)
    pages, at_mark, crawled = _crawl(site, setting, database)
    return {LATER: Result(pages, at_mark, crawled.peak_mb)}


def _new_database(site: Site, setting: Setting) -> Path:
    for file in setting.scratch.glob(f"{site.kind}*.db*"):
        file.unlink()
    return setting.scratch / f"{site.kind}.db"


def _crawl(site: Site, setting: Setting, database: Path) -> tuple[int, Spent, Ran]:
    """How many pages are new, and what it took to the crawl's summary and to its end."""
    crawled = run(site.crawl(database, WORKERS), cwd=setting.scratch, env=ENVIRONMENT, mark=r"(\d+) new, \d+ changed")
    assert crawled.marked is not None
    assert crawled.at_mark is not None
    return int(crawled.marked[1]), crawled.at_mark, crawled


def trafilatura(site: Site, setting: Setting) -> dict[str, Result]:
    """Its command over the folder of pages: two processes, text and metadata as JSON, which goes to one file.

    Nothing is fetched: with addresses instead of a folder it extracts in threads, and is slower.
    """
    return {"trafilatura CLI": _trafilatura(site, setting, "--json", "--with-metadata")}


def trafilatura_text(site: Site, setting: Setting) -> dict[str, Result]:
    """The same without metadata: no title, no date, no author."""
    return {"trafilatura CLI, text alone": _trafilatura(site, setting, "--json")}


def _trafilatura(site: Site, setting: Setting, *options: str) -> Result:
    out = setting.scratch / "trafilatura.jsonl"
    command: list[str | Path] = [Path(sys.executable).parent / "trafilatura", "--input-dir", site.folder / "articles",
               "--parallel", str(WORKERS), "--no-comments", *options]  # fmt: skip
    ran = run(command, cwd=setting.scratch, stdout=out)
    pages = out.read_bytes().count(b"\n")
    return Result(pages, ran.spent, ran.peak_mb)


def plain_scrapy(site: Site, setting: Setting) -> dict[str, Result]:
    """See :mod:`benchmarks.speed.plain_scrapy`."""
    out = setting.scratch / "plain.jsonl"
    out.unlink(missing_ok=True)
    urls = _urls(site, setting, site.count // 3)
    ran = run([sys.executable, "-m", "benchmarks.speed.plain_scrapy", urls, out], cwd=ROOT)
    return {"Scrapy + trafilatura": Result(out.read_bytes().count(b"\n"), ran.spent, ran.peak_mb)}


def _peer(tool: str) -> Callable[[Site, Setting], dict[str, Result]]:
    def contest(site: Site, setting: Setting) -> dict[str, Result]:
        """See :mod:`benchmarks.speed.peer_run`."""
        if setting.peers is None:
            return {}
        urls = _urls(site, setting, setting.peer_pages + 1)
        ran = run([setting.peers, Path(__file__).with_name("peer_run.py"), tool, urls], cwd=setting.scratch)
        line = next(line for line in reversed(ran.lines) if line.startswith("{"))
        done = json.loads(line)
        return {tool: Result(done["pages"], Spent(done["seconds"], 0.0, done["cpu"]), ran.peak_mb)}

    return contest


def newspaper4k_command(site: Site, setting: Setting) -> dict[str, Result]:
    """Its own command over a list of addresses, to one JSON file: one process; pictures and keywords off."""
    if setting.peers is None:
        return {}
    out = setting.scratch / "newspaper.json"
    given: list[str | Path] = ["--urls-from-file", _urls(site, setting, setting.peer_pages), "--output-file", out]
    ran = run([setting.peers, "-m", "newspaper", *given, "--skip-fetch-images", "--skip-nlp"], cwd=setting.scratch)
    return {"newspaper4k CLI": Result(out.read_text().count('"text": '), ran.spent, ran.peak_mb)}


def _urls(site: Site, setting: Setting, most: int) -> Path:
    file = setting.scratch / "urls.txt"
    file.write_text("\n".join(site.urls(max(2, most))))
    return file


CONTESTANTS: Mapping[str, Callable[[Site, Setting], dict[str, Result]]] = {
    "newscrawl": ours,
    "newscrawl-later": ours_later,
    "trafilatura": trafilatura,
    "trafilatura-text": trafilatura_text,
    "scrapy": plain_scrapy,
    "news-please": _peer("news-please"),
    "newspaper4k": _peer("newspaper4k"),
    "newspaper4k-command": newspaper4k_command,
}
PEERS = (
    "trafilatura CLI",
    "trafilatura CLI, text alone",
    "Scrapy + trafilatura",
    "news-please",
    "newspaper4k",
    "newspaper4k CLI",
)
