"""Scrapy's parts as this project sets them up: at work where they are asked for, and saying what Scrapy's own say."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any

import pytest
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.http import Response
from scrapy.settings import Settings, default_settings
from scrapy.signalmanager import SignalManager
from scrapy.spidermiddlewares.referer import RefererMiddleware
from scrapy.statscollectors import MemoryStatsCollector

from newscrawl import settings as own
from newscrawl.fetching import where_asked
from newscrawl.fetching.quiet import QuickStats, QuietSignals
from newscrawl.fetching.referer import RefererOfRedirects
from newscrawl.page_spider import PageSpider


class Domains(Spider):
    name = "domains"
    allowed_domains = ["example.org"]  # noqa: RUF012 - as Scrapy declares it


class Own(PageSpider):
    name = "own"


def crawler_with(spider: type[Spider] = Spider, **settings: Any) -> Crawler:
    crawler = Crawler(spider, Settings(settings))
    crawler._stats = MemoryStatsCollector(crawler)  # Scrapy makes it when the crawl begins
    crawler.spider = spider(name="one")
    return crawler


@pytest.mark.parametrize(
    ("part", "asked"),
    [
        (where_asked.CookiesWhereAsked, crawler_with(COOKIES_ENABLED=True)),
        (where_asked.TelnetWhereAsked, crawler_with(TELNETCONSOLE_ENABLED=True)),
        (where_asked.OffsiteWhereAsked, crawler_with(Domains)),
    ],
)
def test_what_is_asked_for_is_scrapys_own(part: Any, asked: Crawler) -> None:
    made = part.from_crawler(asked)
    assert f"{type(made).__module__}.{type(made).__name__}" == part.path
    quiet = crawler_with(COOKIES_ENABLED=False, TELNETCONSOLE_ENABLED=False)
    with pytest.raises(NotConfigured):
        part.from_crawler(quiet)


def test_each_part_stands_where_scrapy_has_it() -> None:
    for name in ("EXTENSIONS_BASE", "DOWNLOADER_MIDDLEWARES_BASE"):
        theirs, ours = getattr(default_settings, name), getattr(own, name)
        assert list(theirs.values()) == list(ours.values())
        assert set(theirs) - set(ours) <= set(own._WHERE_ASKED)
    assert {getattr(where_asked, path.rpartition(".")[2]).path for path in own._WHERE_ASKED.values()} == set(
        own._WHERE_ASKED
    )


def test_a_crawl_imports_nothing_for_what_is_switched_off() -> None:
    code = (
        "import sys; from scrapy.crawler import Crawler; from newscrawl.page_spider import PageSpider;"
        "from newscrawl.crawling import project_settings; from pathlib import Path;"
        "import scrapy.extension, scrapy.core.downloader.middleware as m;"
        "c = Crawler(PageSpider, project_settings(Path('x.db'), {}));"
        "[kind._get_mwlist_from_settings(c.settings) for kind in"
        " (scrapy.extension.ExtensionManager, m.DownloaderMiddlewareManager)];"
        "print(sorted({'aiohttp', 'tldextract', 'twisted.conch.telnet'} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_signals_are_heard_as_scrapy_sends_them() -> None:
    one, other = object(), object()

    def told(manager: SignalManager) -> list[object]:
        heard: list[object] = []

        def hear(value: int) -> int:
            heard.append(value)
            return value * 2

        async def hear_later(value: int) -> int:
            return hear(value)

        async def sent() -> None:
            heard.append([answer for _, answer in manager.send_catch_log(one, value=0)])
            manager.connect(hear, one)
            manager.connect(hear_later, other)
            heard.append([answer for _, answer in manager.send_catch_log(one, value=1)])
            heard.append([answer for _, answer in await manager.send_catch_log_async(other, value=2)])
            manager.disconnect(hear, one)
            heard.append([answer for _, answer in manager.send_catch_log(one, value=3)])

        asyncio.run(sent())
        return heard

    assert told(QuietSignals(object())) == told(SignalManager(object())) == [[], 1, [2], 2, [4], []]


@pytest.mark.parametrize("module", ["pipelines.one", "a_users.extension"])
def test_answers_of_receivers_are_scrapys(module: str, caplog: pytest.LogCaptureFixture) -> None:
    """Plain functions of ours are called without a task; a user's may give what has to be awaited."""

    def told(manager: SignalManager) -> list[object]:
        signal = object()

        def answer(value: int) -> object:
            return value * 2 if module == "pipelines.one" else asyncio.sleep(0, value * 2)

        def close(value: int) -> None:
            raise CloseSpider("enough")

        def fail(value: int) -> None:
            raise ValueError("wrong")

        for receiver in (answer, close, fail):
            receiver.__module__ = module
            manager.connect(receiver, signal)
        answers = asyncio.run(manager.send_catch_log_async(signal, value=2, dont_log=CloseSpider))
        return [(receiver.__name__, repr(found)) for receiver, found in answers]

    assert told(QuietSignals(object())) == told(SignalManager(object()))
    assert len(caplog.records) == 2


def test_counts_are_scrapys() -> None:
    def counted(kind: type[MemoryStatsCollector]) -> dict[str, Any]:
        stats = kind(crawler_with())
        stats.inc_value("pages")
        stats.inc_value("pages", 2, start=5)
        stats.set_value("site", "one")
        stats.max_value("most", 3)
        stats.max_value("most", 2)
        return stats.get_stats()

    assert counted(QuickStats) == counted(MemoryStatsCollector)


def test_what_pages_name_has_no_referer_and_redirects_have_one() -> None:
    ours, theirs = (RefererOfRedirects.from_crawler(crawler_with(kind)) for kind in (Own, Spider))
    assert type(theirs) is RefererMiddleware
    assert isinstance(ours, RefererMiddleware)  # Scrapy's redirects look for one
    assert ours.process_spider_output is None
    assert ours.process_spider_output_async is None
    response = Response("https://example.org/robots.txt", request=Request("https://example.org/robots.txt"))
    led_on = ours.get_processed_request(Request("https://example.org/robots"), response)
    assert led_on is not None
    assert led_on.headers["Referer"] == b"https://example.org/robots.txt"
