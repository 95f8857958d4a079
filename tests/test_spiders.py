"""Spiders against a web on a loopback port: what they ask, what they yield, and that every URL has an outcome."""

from __future__ import annotations

import gzip
import socket
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from scrapy.crawler import Crawler
from scrapy.settings import Settings

from newscrawl.page_spider import LOOPBACK_PACE
from newscrawl.sample.expected import expected_articles, redirects
from newscrawl.sample.server import SampleServer
from newscrawl.sites import all_sites
from pipelines.items import Outcome
from pipelines.store import Store
from pipelines.urls import url_key
from tests.command import newscrawl
from tests.loopback_web import HTML, Answer, Web, loopback_web, moved, self_signed
from tests.spider_process import Crawl, run_spider

FEED_HEADERS = {"Content-Type": "application/rss+xml"}


def ticker(*paths: str) -> str:
    links = "&nbsp;&nbsp;&nbsp;&nbsp;".join(f'<a href="{path}">Titre {path[-1]}</a>' for path in paths)
    return f'<marquee id="marquee"><span class="marquee">{links}</span></marquee>'


def listing(*paths: str, strip: str = "", papers: tuple[str, ...] = ()) -> Answer:
    rows = "".join(f'<div class="teasercontainer"><a class="teasertitle" href="{path}">T</a></div>' for path in paths)
    named = "".join(f'<a class="teasernewspaper" href="{path}">P</a>' for path in papers)
    return Answer(f"<?xml version='1.0' encoding='UTF-8' ?>\n<html><body>{strip}{rows}{named}</body></html>".encode())


def article(strip: str = "", paper: str = "") -> Answer:
    line = f'<span class="articlenewspaper"><a class="articlenewspaper" href="{paper}">P</a></span>' if paper else ""
    return Answer(f'<html><body>{strip}<span class="articletitle">Titre</span>{line}</body></html>'.encode())


def feed(*links: str) -> Answer:
    items = "".join(f"<item><title>Titre</title><link>{link}</link></item>" for link in links)
    return Answer(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), headers=FEED_HEADERS)


def paths(crawl: Crawl) -> list[str]:
    return sorted(urlsplit(page.url).path for page in crawl.pages)


def outcomes(crawl: Crawl, web: Web) -> dict[str, str]:
    """Outcomes of what is no listing, by path; by URL on another host."""
    found = {url.removeprefix(web.base_url): word for url, word in crawl.outcomes.items()}
    return {url: word for url, word in found.items() if word != "listed" and word != "http-404"}


@pytest.fixture(scope="module")
def maghress() -> Iterator[tuple[Crawl, Web]]:
    """A small Maghress, crawled once: absolute links to its live hosts, redirects, twins, robots, another site."""
    pages = {
        "/robots.txt": Answer(
            b"User-agent: newscrawl\nDisallow: /fr/secret/\n", headers={"Content-Type": "text/plain"}
        ),
        "/fr/rss": feed(
            "https://www.maghress.com/fr/un/1",
            "http://maghress.com/fr/un/2?utm_source=rss",
            "https://other.example/fr/un/3",
            "mailto:redaction@maghress.example",
            f"https://www.maghress.com/fr/un/4?{'x' * 2100}",
        ),
        "/fr": listing(
            "/fr/un/1",
            "/fr/un/2",
            "/fr/deux/5",
            strip=ticker("/fr/deux/6", "/fr/secret/7", "/fr/un/12", "/fr/politics"),
            papers=("/deux",),
        ),
        "/fr/un/1": article(ticker("http://www.maghress.com/fr/deux/8", "/fr/un/11"), paper="/trois"),
        "/fr/un/2": article(),
        "/fr/deux/5": moved("https://www.maghress.com/fr/deux/55"),
        "/fr/deux/55": article(ticker("/fr/deux/9")),
        "/fr/deux/6": Answer(b"%PDF-1.7", headers={"Content-Type": "application/pdf"}),
        "/fr/deux/8": Answer(b"broken", status=410),
        "/fr/un/11": moved("https://elsewhere.example/11"),
        "/fr/un/12": moved("/fr/un/12b"),
        "/fr/un/12b": moved("/fr/un/12"),
        "/deux": listing("/fr/deux/10"),
        "/deux/rss": feed("/fr/deux/10"),
        "/trois": listing("/fr/trois/13"),
        "/trois/rss": Answer(b"<html>maintenance</html>"),
        "/fr/trois/13": moved("/fr/un/1"),
        "/fr/deux/10": article(),
    }
    with loopback_web(pages) as web:
        yield run_spider("maghress", {"base_url": web.base_url, "editions": "fr"}), web


def test_every_article_that_feeds_listings_and_tickers_name_is_fetched_once(maghress: tuple[Crawl, Web]) -> None:
    crawl, web = maghress
    expected = ["/fr/deux/10", "/fr/deux/5", "/fr/deux/6", "/fr/deux/8", "/fr/deux/9", "/fr/un/1", "/fr/un/2"]
    assert paths(crawl) == expected
    assert len(web.asked) == len(set(web.asked)), "something was asked twice"
    assert crawl.stats["finish_reason"] == "finished"


def test_whatever_is_not_fetched_has_an_outcome(maghress: tuple[Crawl, Web]) -> None:
    crawl, web = maghress
    found = outcomes(crawl, web)
    too_long = next(url for url in found if len(url) > 2000)
    assert found.pop(too_long) == "bad-url"
    assert found == {
        "https://other.example/fr/un/3": "offsite",
        "mailto:redaction@maghress.example": "bad-url",
        "/fr/secret/7": "robots",
        "/fr/un/11": "offsite",
        "/fr/un/12": "redirect-loop",
        "/fr/trois/13": "redirected",
        "/trois/rss": "not-feed",
    }
    met = {url_key(url) for url in [*crawl.outcomes, *(page.url for page in crawl.pages)] if url.startswith("http")}
    assert {url_key(one.url) for one in crawl.headlines} <= met


def test_listings_have_an_outcome_too(maghress: tuple[Crawl, Web]) -> None:
    crawl, web = maghress
    listed = {one.url.removeprefix(web.base_url): one.detail for one in crawl.items if isinstance(one, Outcome)}
    assert listed["/fr/rss"] == "5 headlines"
    assert listed["/fr"] == "3 headlines"
    assert crawl.outcomes[f"{web.base_url}/fr/sports"] == "http-404"


def test_headlines_say_where_they_were_seen(maghress: tuple[Crawl, Web]) -> None:
    crawl, web = maghress
    seen = {(one.url.removeprefix(web.base_url), one.seen_in) for one in crawl.headlines}
    assert {("/fr/un/1", "feed"), ("/fr/un/1", "listing"), ("/fr/deux/6", "ticker")} <= seen
    assert ("/fr/politics", "ticker") not in seen, "a link to a section is no headline"
    assert {one.aggregator for one in crawl.headlines} == {"maghress"}
    assert all(one.seen_on.startswith(web.base_url) and one.seen_at.tzinfo for one in crawl.headlines)


def test_a_page_is_what_came_off_the_wire(maghress: tuple[Crawl, Web]) -> None:
    crawl, web = maghress
    page = next(one for one in crawl.pages if one.url.endswith("/fr/deux/5"))
    assert (page.final_url, page.status, page.site) == (f"{web.base_url}/fr/deux/55", 200, "maghress")
    assert page.header("content-type") == HTML
    assert page.body == web.pages["/fr/deux/55"].body
    assert page.fetched_at.tzinfo is not None
    assert next(one.status for one in crawl.pages if one.url.endswith("/fr/deux/8")) == 410


def test_the_spider_says_who_it_is(maghress: tuple[Crawl, Web]) -> None:
    _, web = maghress
    assert all(agent.startswith("newscrawl/") for agent in web.agents)


def small_site() -> dict[str, Answer]:
    return {
        "/fr": listing("/fr/un/1", "/fr/un/2", "/fr/deux/3", papers=("/un", "/deux")),
        "/un": listing("/fr/un/1", strip=ticker("/fr/deux/3", "/fr/un/4")),
        "/un/rss": feed("https://www.turess.com/fr/un/5", "https://www.turess.com/fr/deux/6"),
        "/en": listing("/en/un/7"),
        **{f"/fr/{name}": article() for name in ("un/1", "un/2", "deux/3", "un/4", "un/5", "deux/6")},
        "/en/un/7": article(),
    }


@pytest.mark.parametrize(
    ("arguments", "fetched", "left"),
    [
        ({"editions": "fr", "newspapers": "none"}, ["/fr/deux/3", "/fr/un/1", "/fr/un/2"], []),
        ({"editions": "en", "newspapers": "none"}, ["/en/un/7"], []),
        ({"newspapers": "un"}, ["/fr/un/1", "/fr/un/4", "/fr/un/5"], ["/fr/deux/3", "/fr/deux/6"]),
        ({"editions": "fr", "max_pages": "2", "newspapers": "none"}, ["/fr/un/1", "/fr/un/2"], ["/fr/deux/3"]),
    ],
    ids=lambda value: "-".join(f"{name}={one}" for name, one in value.items()) if isinstance(value, dict) else "",
)
def test_what_the_operator_selects(arguments: dict[str, str], fetched: list[str], left: list[str]) -> None:
    with loopback_web(small_site()) as web:
        crawl = run_spider("turess", {**arguments, "base_url": web.base_url})
        assert paths(crawl) == fetched
        assert sorted(outcomes(crawl, web)) == left
        assert set(outcomes(crawl, web).values()) <= {"over-limit", "not-selected"}


def test_what_is_known_is_not_fetched_and_counts_no_page(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with loopback_web(small_site()) as web:
        with Store.open(database) as store:
            run = store.begin_run(kind="crawl", site="turess", arguments="", version="1")
            store.record(Outcome(f"{web.base_url}/fr/un/1", "no-text"), run, datetime.now(UTC))
            store.commit()
        arguments = {"base_url": web.base_url, "editions": "fr", "newspapers": "none", "max_pages": "1"}
        crawl = run_spider("turess", arguments, {"NEWSCRAWL_DB": str(database)})
        assert paths(crawl) == ["/fr/un/2"]
        assert crawl.stats["newscrawl/known"] == 1
        again = run_spider("turess", arguments, {"NEWSCRAWL_DB": str(database), "NEWSCRAWL_REFETCH": True})
        assert paths(again) == ["/fr/un/1"]
        assert "newscrawl/known" not in again.stats


def test_given_urls() -> None:
    pages = {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /private", headers={"Content-Type": "text/plain"}),
        "/a": article(ticker("/fr/un/1")),
        "/huge": Answer(b"x" * 300_000),
        "/bomb": Answer(gzip.compress(b"x" * 300_000), headers={"Content-Type": HTML, "Content-Encoding": "gzip"}),
        "/slow": Answer(hang=True),
        "/far": moved("/far/1"),
        **{f"/far/{number}": moved(f"/far/{number + 1}") for number in range(1, 8)},
        "/ftp": moved("ftp://example.org/file"),
        "/again": moved("/a#top", 302),
    }
    asked = ["/a", "/huge", "/bomb", "/slow", "/far", "/private", "/ftp", "/again", "/missing"]
    with socket.socket() as closed, loopback_web(pages) as web:
        closed.bind(("127.0.0.1", 0))
        refused = f"http://127.0.0.1:{closed.getsockname()[1]}/x"
        urls = ",".join([*(f"{web.base_url}{path}" for path in asked), refused])
        crawl = run_spider(
            "page", {"urls": urls}, {"DOWNLOAD_MAXSIZE": 200_000, "DOWNLOAD_TIMEOUT": 4, "RETRY_TIMES": 0}
        )
        assert paths(crawl) == ["/a", "/missing"]
        assert {page.site for page in crawl.pages} == {""}
        assert outcomes(crawl, web) == {
            "/huge": "too-large",
            "/bomb": "too-large",
            "/slow": "timeout",
            "/far": "redirect-loop",
            "/private": "robots",
            "/ftp": "bad-url",
            "/again": "redirected",
            refused: "connection",
        }


def test_what_is_no_url_ends_as_bad_url() -> None:
    urls = ["not-a-url", "file:///etc/passwd", "http://", "http://[::1", "https://example.org:99999/"]
    crawl = run_spider("page", {"urls": " ".join(urls)})
    assert crawl.outcomes == dict.fromkeys(urls, "bad-url")


@pytest.mark.parametrize(
    ("robots", "fetched", "left"),
    [
        (Answer(b"User-agent: newscrawl\nDisallow: /fr/un/"), ["/fr/deux/3"], "robots"),
        (Answer(b"User-agent: otherbot\nDisallow: /"), ["/fr/deux/3", "/fr/un/1", "/fr/un/2"], ""),
        (Answer(b"<p>User-agent: *\nDisallow: /</p>", 404), ["/fr/deux/3", "/fr/un/1", "/fr/un/2"], ""),
        (Answer(b"", 503), [], "robots"),
        (Answer(hang=True), [], "timeout"),
    ],
    ids=["forbids", "forbids-another", "missing", "broken", "hangs"],
)
def test_robots_txt_is_waited_for_by_all(robots: Answer, fetched: list[str], left: str) -> None:
    with loopback_web({**small_site(), "/robots.txt": robots}) as web:
        urls = [f"{web.base_url}/fr/{name}" for name in ("un/1", "un/2", "deux/3")]
        crawl = run_spider("page", {"urls": ",".join(urls)}, {"DOWNLOAD_TIMEOUT": 1, "RETRY_TIMES": 0})
        assert paths(crawl) == fetched
        assert set(outcomes(crawl, web).values()) == ({left} if left else set())
        assert len(crawl.outcomes) == 3 - len(fetched)
        assert web.asked.count("/robots.txt") == 1


def test_a_certificate_that_is_not_accepted(tmp_path: Path) -> None:
    with loopback_web(small_site(), certificate=self_signed(tmp_path)) as web:
        crawl = run_spider("page", {"urls": f"{web.base_url}/fr/un/1"}, {"RETRY_TIMES": 0})
        assert outcomes(crawl, web) == {"/fr/un/1": "tls"}
        trusting = run_spider("page", {"urls": f"{web.base_url}/fr/un/1"}, {"DOWNLOAD_VERIFY_CERTIFICATES": False})
        assert paths(trusting) == ["/fr/un/1"]


def test_the_sample_is_reached_completely() -> None:
    with SampleServer() as server:
        crawl = run_spider("sample", {"base_url": server.base_url})
    reached = {urlsplit(page.final_url).path for page in crawl.pages}
    assert {one.path for one in expected_articles()} <= reached
    assert set(redirects().values()) <= reached
    assert "robots" in crawl.outcomes.values()
    assert crawl.stats["finish_reason"] == "finished"


def project_settings(**chosen: str) -> Settings:
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    settings.setdict(chosen, priority="cmdline")
    return settings


def paced(base_url: str | None, **chosen: str) -> dict[str, object]:
    """The pace that a crawl of Maghress gets, without crawling it."""
    crawler = Crawler(next(one.spider for one in all_sites() if one.name == "maghress"), project_settings(**chosen))
    arguments = {"base_url": base_url} if base_url else {}
    crawler.spider = crawler.spidercls.from_crawler(crawler, **arguments)
    return {name: crawler.settings[name] for name in LOOPBACK_PACE}


POLITE = {"DOWNLOAD_DELAY": 1.0, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "AUTOTHROTTLE_ENABLED": True}


def test_other_peoples_servers_are_asked_politely_and_loopback_fast() -> None:
    assert paced(None) == POLITE
    assert paced("http://192.0.2.1:8000") == POLITE
    assert paced("http://127.0.0.1:8000") == LOOPBACK_PACE
    assert paced("http://[::1]:8000") == LOOPBACK_PACE
    assert paced("http://localhost:8000") == LOOPBACK_PACE
    assert paced("http://127.0.0.1:8000", DOWNLOAD_DELAY="0.5")["DOWNLOAD_DELAY"] == "0.5"


def test_nothing_but_the_web_is_asked_and_no_port_is_opened() -> None:
    settings = project_settings()
    handlers = {scheme: one for scheme, one in settings.getwithbase("DOWNLOAD_HANDLERS").items() if one}
    assert set(handlers) == {"http", "https"}
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    for name in ("TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "COOKIES_ENABLED", "METAREFRESH_ENABLED"):
        assert not settings.getbool(name)
    assert settings.getint("DOWNLOAD_MAXSIZE") == 10 * 1024 * 1024


@pytest.mark.parametrize("workers", ["0", "1"])
def test_what_a_ticker_leads_to_has_an_outcome_though_it_is_no_article(tmp_path: Path, workers: str) -> None:
    """An advertisement, an author's page: their headlines are kept, so that their addresses are discovered ones."""
    strip = ticker("/fr/un/2", "/author/Nadia", "https://shop.example/", "mailto:redaction@site.example")
    pages = {"/fr": listing("/fr/un/1"), "/fr/un/1": article(strip), "/fr/un/2": article(strip)}
    with loopback_web(pages) as web:
        site = ["turess", "-a", f"base_url={web.base_url}", "-a", "editions=fr", "-a", "newspapers=none"]
        newscrawl("crawl", *site, "--workers", workers, "--db", tmp_path / "news.db")
    assert "/author/Nadia" not in web.asked
    with sqlite3.connect(tmp_path / "news.db") as db:
        found = dict(db.execute("SELECT url, outcome FROM urls LEFT JOIN outcomes USING (url_key)").fetchall())
    assert None not in found.values(), found
    assert found[f"{web.base_url}/author/Nadia"] == found["https://shop.example/"] == "not-selected"
