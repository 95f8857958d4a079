"""Every site has a folder of fixtures in its own mark-up, and its spider and rules read them as expected."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import HtmlResponse, Request, Response, XmlResponse
from scrapy.settings import Settings

from newscrawl.aggregator_spider import AggregatorSpider
from newscrawl.fetching.identity import CHAIN
from newscrawl.sites import Site, all_rules, all_sites, check_arguments, known_names, site_of
from newscrawl.spider_arguments import SpiderArgumentError
from pipelines.article import to_article
from pipelines.items import Headline, Outcome, Page

FOLDER = Path(__file__).parent / "sites"
SEEN = datetime(2025, 8, 1, tzinfo=UTC)

sites = pytest.mark.parametrize("site", all_sites(), ids=lambda site: site.name)


def expected(site: Site) -> dict[str, Any]:
    return json.loads((FOLDER / site.name / "expected.json").read_text(encoding="utf-8"))


def responds(url: str, body: bytes) -> Response:
    kind = XmlResponse if body.startswith(b"<?xml") and b"<html" not in body[:300] else HtmlResponse
    return kind(url, body=body, request=Request(url, meta={CHAIN: []}))


def spider_of(site: Site) -> AggregatorSpider:
    """The site's spider outside a crawl; a site without an address of its own takes its host as a mirror."""
    spider = site.spider(**({} if site.spider.home else {"base_url": f"https://www.{site.hosts[0]}"}))
    spider.settings = Settings()
    return spider


def read(spider: AggregatorSpider, site: Site, what: str) -> list[Any]:
    """What the spider yields for its fixture of a feed or a listing."""
    suffix = {"feed": "xml", "listing": "html"}[what]
    body = (FOLDER / site.name / f"{what}.{suffix}").read_bytes()
    return list(getattr(spider, f"read_{what}")(responds(expected(site)[f"{what}_url"], body)))


def shown(headline: Headline) -> dict[str, str]:
    return {
        "url": headline.url,
        "title": headline.title,
        "publisher": headline.publisher,
        "published_raw": headline.published_raw,
        "summary": headline.summary,
    }


def test_every_site_has_its_folder_and_every_folder_its_site() -> None:
    files = {folder.name: {one.name for one in folder.iterdir()} for folder in FOLDER.iterdir() if folder.is_dir()}
    wanted = {"feed.xml", "listing.html", "article.html", "expected.json"}
    assert set(files) == set(known_names()), "a site and its fixture folder have the same name"
    assert not {name: wanted - there for name, there in files.items() if wanted - there}


@sites
def test_a_site_its_file_and_its_class_agree(site: Site) -> None:
    assert site.spider.__module__ == f"newscrawl.spiders.{site.name}"
    assert site.hosts
    assert all(site_of(f"https://www.{host}/x/1") == site.name for host in site.hosts)
    assert site.editions
    assert site.rules.timezone == site.timezone


@sites
def test_feed(site: Site) -> None:
    found = read(spider_of(site), site, "feed")
    headlines = [one for one in found if isinstance(one, Headline)]
    assert [shown(one) for one in headlines] == expected(site)["feed"]
    assert {one.seen_in for one in headlines} == {"feed"}
    asked = [one.url for one in found if isinstance(one, Request)]
    assert len(asked) == len(expected(site)["feed"])


@sites
def test_listing(site: Site) -> None:
    found = read(spider_of(site), site, "listing")
    headlines = [one for one in found if isinstance(one, Headline)]
    assert [shown(one) for one in headlines if one.seen_in == "listing"] == expected(site)["listing"]
    ticker = [{"url": one.url, "title": one.title} for one in headlines if one.seen_in == "ticker"]
    assert ticker == expected(site).get("ticker", ticker)
    listed = [one for one in found if isinstance(one, Outcome) and one.outcome == "listed"]
    assert [one.url for one in listed] == [expected(site)["listing_url"]]


@sites
def test_newspapers_of_a_listing(site: Site) -> None:
    spider = spider_of(site)
    read(spider, site, "listing")
    found = sorted(spider.newspapers_met)
    assert found == sorted(expected(site).get("newspapers", found))


@sites
def test_article(site: Site) -> None:
    url = expected(site)["article_url"]
    body = (FOLDER / site.name / "article.html").read_bytes()
    page = Page(url, url, 200, (("content-type", "text/html; charset=utf-8"),), body, SEEN, site.name)
    extraction = to_article(page, rules=all_rules())
    assert extraction.article is not None
    wanted = dict(expected(site)["article"])
    assert extraction.article.body.split("\n\n") == wanted.pop("body")
    found = {name: getattr(extraction.article, name) for name in wanted}
    assert {**found, "authors": list(found.get("authors", ()))} == {"authors": [], **wanted}
    titles = [one.title for one in extraction.headlines]
    assert titles == [one["title"] for one in expected(site).get("ticker", [])] or "ticker" not in expected(site)


@pytest.mark.parametrize(
    ("site", "arguments", "sentence"),
    [
        ("maghress", {"section": "sports"}, "There is no argument 'section'"),
        ("maghress", {"editions": "es"}, "There is no edition 'es' of maghress: it has ar, fr, en."),
        ("maghress", {"editions": " , "}, "The argument editions is empty"),
        ("maghress", {"newspapers": "fr/challenge"}, "'fr/challenge' is no newspaper"),
        ("maghress", {"max_pages": "0"}, "whole number above zero"),
        ("maghress", {"max_pages": "ten"}, "whole number above zero"),
        ("maghress", {"base_url": "localhost:8000"}, "is no web address"),
        ("maghress", {"base_url": ""}, "is no web address"),
        ("maghress", {"base_url": "http://127.0.0.1:8000/mirror/"}, "has a path"),
        ("sample", {}, "give base_url=http://127.0.0.1:PORT"),
        ("allafrica", {"newspapers": "challenge"}, "no pages of single newspapers"),
        ("page", {}, "names no URL"),
        ("page", {"url": "https://example.org/"}, "There is no argument 'url'"),
    ],
)
def test_a_wrong_argument_is_one_sentence(site: str, arguments: dict[str, str], sentence: str) -> None:
    with pytest.raises(SpiderArgumentError) as error:
        check_arguments(site, arguments)
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("site", "arguments"),
    [
        ("maghress", {}),
        ("maghress", {"editions": "fr, EN", "newspapers": "challenge,lopinion", "max_pages": "10"}),
        ("turess", {"newspapers": "none"}),
        ("sample", {"base_url": "http://127.0.0.1:8000/"}),
        ("page", {"urls": "https://example.org/a,https://example.org/b"}),
    ],
)
def test_right_arguments(site: str, arguments: dict[str, str]) -> None:
    check_arguments(site, arguments)


def test_rules_of_a_site_come_before_those_of_its_engine() -> None:
    rules = all_rules()
    assert len(set(rules)) == len(rules)
    generic = [number for number, one in enumerate(rules) if one.engine == "ress" and not one.timezone]
    own = [number for number, one in enumerate(rules) if one.engine == "ress" and one.timezone]
    assert own
    assert max(own) < max(generic)
    assert rules[max(generic)].recognised_by.startswith("span.articletitle")
