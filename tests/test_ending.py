"""SIGTERM and Ctrl-C: a crawl ends by itself, whatever its servers do, and keeps all that arrived."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest
from scrapy.utils.test import get_crawler

from newscrawl.sample import SampleServer, expected_articles
from pipelines import item_pipeline
from pipelines.extraction_pool import Rulebook
from pipelines.item_pipeline import ENDING, ItemPipeline, Kept
from pipelines.items import Extraction, Page
from pipelines.run import Run
from pipelines.store import Store
from tests.command import SCRIPT, SECONDS
from tests.loopback_web import Answer, loopback_web
from tests.stored_news import NOON

ARTICLE = (
    b"<html><head><title>Le port</title></head><body><article><h1>Le port</h1><p>"
    + ("Le conseil a voté mardi le budget de la commune, après une longue séance publique. ".encode() * 6)
    + b"</p></article></body></html>"
)


class Asked(list[str]):
    """What a web was asked; sends a signal to the process that asks for the nth page."""

    def __init__(self, count: int, number: signal.Signals) -> None:
        super().__init__()
        self.count = count
        self.number = number
        self.started = threading.Event()
        self.process: subprocess.Popen[str] | None = None

    def append(self, path: str) -> None:
        super().append(path)
        if len(self) == self.count:
            assert self.started.wait(SECONDS)
            assert self.process is not None
            self.process.send_signal(self.number)


def run(asked: Asked, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command, which gets the signal while it works; fails when it takes as long as the servers would hold it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSCRAWL_")}
    process = subprocess.Popen(
        [str(SCRIPT), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    asked.process = process
    asked.started.set()
    try:
        out, err = process.communicate(timeout=SECONDS)
    finally:
        process.kill()
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    """Sent when the first has been taken: the command says so in its log."""
    pages = {"/a/1": Answer(hang=True), "/robots.txt": Answer(status=404)}
    with loopback_web(pages) as web:
        command = [str(SCRIPT), "ingest", f"{web.base_url}/a/1", "--db", str(tmp_path / "news.db")]
        process = subprocess.Popen([*command, "-s", "LOG_LEVEL=INFO"], stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        said = ""
        web.asked = asked = Asked(2, signal.SIGINT)
        asked.process = process
        asked.started.set()
        for line in process.stderr:
            said += line
            if "SIGINT" in line and "shutting down" in line:
                process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 130
    assert said.endswith("newscrawl: ended at once; what was not stored yet is fetched by the next crawl.\n")
    assert "Traceback" not in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_arrived_is_stored_and_a_silent_server_is_left(tmp_path: Path, number: signal.Signals) -> None:
    pages = {"/a/1": Answer(ARTICLE), "/a/2": Answer(hang=True), "/robots.txt": Answer(status=404)}
    with loopback_web(pages) as web:
        asked = Asked(3, number)
        web.asked = asked
        database = tmp_path / "news.db"
        urls = [f"{web.base_url}{path}" for path in ("/a/1", "/a/2")]
        options = ["-s", "NEWSCRAWL_WORKERS=1", "-s", "DOWNLOAD_TIMEOUT=600"]
        done = run(asked, "ingest", *urls, "--db", database, *options)
    assert done.returncode == 130, done.stderr
    assert sorted(line.split("\t")[0] for line in done.stdout.splitlines()) == ["interrupted", "stored"]
    with Store.open(database, read_only=True) as store:
        (found,) = store.runs()
        state = store.explain(urls[1]).url
    assert (found.state, found.reason, found.outcomes) == ("interrupted", "shutdown", {"interrupted": 1, "stored": 1})
    assert state is not None
    assert state["state"] != "done", "it is fetched by the next crawl"
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_waits_for_its_turn_is_given_back_at_once_and_crawled_next_time(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with SampleServer() as server:
        asked = Asked(1, signal.SIGTERM)
        listen(server, asked)
        arguments = [
            "crawl",
            "sample",
            "-a",
            f"base_url={server.base_url}",
            "--db",
            database,
            "-s",
            "NEWSCRAWL_WORKERS=1",
        ]
        slow = ["-s", "ROBOTSTXT_OBEY=False", "-s", "DOWNLOAD_DELAY=600", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1"]
        assert run(asked, *arguments, *slow).returncode == 130
        assert len(asked) == 1, "no other page was asked for"
        with sqlite3.connect(database) as connection:
            given_up = "SELECT lease, attempts, next_due FROM frontier JOIN urls USING (url_key) JOIN outcomes USING "
            rows = connection.execute(f"{given_up} (url_key) WHERE outcome = 'interrupted'").fetchall()
        assert rows
        assert set(rows) == {(None, 0, None)}, "they wait, and no attempt is counted"
        assert run(Asked(-1, signal.SIGTERM), *arguments).returncode == 0
    with sqlite3.connect(database) as connection:
        (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    assert articles == len(expected_articles())


def listen(server: SampleServer, asked: Asked) -> None:
    """Count the sample aggregator's requests as they come."""
    before = server.requests

    class Requests(list[object]):
        def append(self, request: object) -> None:
            super().append(request)
            asked.append(request.path)  # type: ignore[attr-defined]

    server.requests = Requests(before)  # type: ignore[assignment]


def test_a_page_that_a_worker_holds_is_left_unread_and_its_url_is_still_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(item_pipeline, "ENDING_SECONDS", 0.0)
    page = Page("https://example.org/a/1", "https://example.org/a/1", 200, (), ARTICLE, NOON, "maghress")

    async def take() -> None:
        crawler = get_crawler(settings_dict={"NEWSCRAWL_SITE_OF": "newscrawl.sites.site_of"})
        pipeline = ItemPipeline.from_crawler(crawler)
        pipeline.run = opened = Run.open(tmp_path / "news.db", kind="crawl", site="maghress", rulebook=Rulebook())
        never: Future[Extraction] = Future()
        monkeypatch.setattr(opened.pool, "submit", lambda *_: never)
        taking = asyncio.ensure_future(pipeline.process_item(page))
        await asyncio.sleep(0)
        crawler.signals.send_catch_log(ENDING)
        with pytest.raises(Kept, match="interrupted"):
            await taking
        opened.close("interrupted", at_once=True)

    asyncio.run(take())
    with Store.open(tmp_path / "news.db", read_only=True) as store:
        story = store.explain(page.url)
    assert [one["outcome"] for one in story.outcomes] == ["interrupted"]
    assert story.url is not None
    assert story.url["state"] == "failed"
