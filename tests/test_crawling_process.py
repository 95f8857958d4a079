"""The crawling process fetches and stores: what reads pages and headlines is loaded by its workers alone."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.aggregator_spider import PART, AggregatorSpider, _parts
from newscrawl.page_spider import Yielded
from newscrawl.sample import SampleServer
from pipelines.extraction_pool import ExtractionPool, Rulebook
from pipelines.items import Outcome, Page
from pipelines.languages import detect
from tests.command import SECONDS
from tests.many_articles import many_articles
from tests.spider_process import run_spider

PROGRAM = """
import json, sys
from newscrawl.cli import newscrawl
code = newscrawl.main(sys.argv[1:], standalone_mode=False)
heavy = ("trafilatura", "htmldate", "dateparser", "langdetect", "py3langid", "pipelines.article")
print(json.dumps([code, [name for name in heavy if name in sys.modules]]))
"""
ORIGIN = """
import multiprocessing, os, sys
from pathlib import Path
import click
from newscrawl.options import begin_to_load_workers
from pipelines.extraction_pool import ExtractionPool, Rulebook

def children():  # multiprocessing's resource tracker, and the process that workers are copies of
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()

with click.Context(click.Command("crawl")):
    begin_to_load_workers(0, None)
    begin_to_load_workers(None, None, ["NEWSCRAWL_WORKERS=0"])
    none = children()
    begin_to_load_workers(None, "")
    at_first = children()
with ExtractionPool(Rulebook(), workers=1) as pool:
    pool.languages_of(["Hausse des prix"]).result()
    (worker,) = multiprocessing.active_children()
    slower = os.getpriority(os.PRIO_PROCESS, worker.pid) - os.getpriority(os.PRIO_PROCESS, 0)
    print(none, len(at_first), children() == at_first, slower > 0)
"""
TITLES = ["Hausse des prix à Tunis", "SUBEN LOS PRECIOS EN TETUÁN", "Bread prices rise in the capital", "12:30", ""]


def test_a_crawl_loads_nothing_that_reads_pages_and_knows_all_languages(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with SampleServer(web=many_articles(12)) as server:
        given = ("-a", f"base_url={server.base_url}", "--db", str(database), "--workers", "1", "-q")
        command = [sys.executable, "-c", PROGRAM, "crawl", "sample", *given]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    assert (json.loads(done.stdout), done.stderr) == ([0, []], "")
    with closing(sqlite3.connect(database)) as db:
        found = db.execute("SELECT title, language FROM headlines WHERE seen_in != 'ticker'").fetchall()
    assert len(found) >= 12
    assert found == [(title, detect(title).code) for title, _ in found]


@pytest.mark.parametrize("workers", [0, 1])
def test_languages_of_headlines_are_the_same_whoever_finds_them(workers: int) -> None:
    with ExtractionPool(Rulebook(), workers=workers) as pool:
        assert pool.languages_of(TITLES).result(SECONDS) == [detect(title).code for title in TITLES]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux' /proc to see a process's children")
def test_workers_come_from_one_process_that_began_with_the_command_and_they_let_others_go_first() -> None:
    command = [sys.executable, "-c", ORIGIN]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    assert (done.stdout.split(), done.stderr) == (["[]", "2", "True", "True"], "")


def test_without_workers_left_the_process_finds_them_itself() -> None:
    pool = ExtractionPool(Rulebook(), workers=1)
    assert pool._pool is not None
    pool._pool.stop()  # type: ignore[no-untyped-call]  # as pebble does when it breaks
    pool._pool.join()
    assert pool.languages_of(TITLES).result(SECONDS) == [detect(title).code for title in TITLES]
    pool.close(at_once=True)


def test_a_reading_in_parts_is_the_reading_also_where_it_fails() -> None:
    def reading(length: int, error: type[Exception] | None) -> Iterator[Outcome]:
        yield from (Outcome(str(number), "listed") for number in range(length))
        if error is not None:
            raise error

    for length in (0, 1, PART, PART + 1, 3 * PART):
        assert [one for part in _parts(reading(length, None)) for one in part] == list(reading(length, None))
        until_then: list[Yielded] = []
        parts = _parts(reading(length, LookupError))
        with pytest.raises(LookupError):
            until_then.extend(one for part in parts for one in part)
        assert until_then == list(reading(length, None))


class Menu(AggregatorSpider):
    """A site that says where its pages lead, and nothing else of their mark-up."""

    name = "menu"
    hosts = ("menu.example",)
    home = "https://menu.example"
    newspaper_values = "nav > a.paper::attr(href), option::attr(value)"
    newspaper_path = r"/(?P<newspaper>[\w-]+)"


def test_a_worker_says_where_pages_lead_of_which_no_rules_do() -> None:
    names = Menu().names_of_site()
    assert names == {"menu": (("nav > a.paper", "href"), ("option", "value"))}
    body = b"<nav><a class=paper href=/a>A</a><a href=/b>B</a></nav><select><option value=le-soir></select><p>Text.</p>"
    page = Page("https://menu.example/1", "https://menu.example/1", 200, (), body, datetime.now(UTC), site="menu")
    with ExtractionPool(Rulebook(names=names), workers=1) as pool:
        found = pool.submit(page).result(SECONDS)
        elsewhere = pool.submit(replace(page, site="other")).result(SECONDS)
    assert (found.names, elsewhere.names) == (("/a", "le-soir"), ())
    assert replace(found, names=(), article=None) == replace(elsewhere, article=None)


def test_what_is_no_list_of_attributes_is_read_by_the_spider() -> None:
    class Texts(Menu):
        newspaper_values = "nav > a.paper::text"

    assert (Texts.newspaper_names(), Texts().names_of_site()) == (None, {})


def test_depth_is_counted_for_those_who_ask_for_it() -> None:
    with SampleServer() as server:
        arguments = {"base_url": server.base_url, "editions": "fr", "newspapers": "none"}
        plain = run_spider("sample", arguments)
        counted = run_spider("sample", arguments, {"DEPTH_STATS_VERBOSE": True, "DEPTH_LIMIT": 1})
    assert "request_depth_max" not in plain.stats
    assert counted.stats["request_depth_max"] == 1
