"""Whether a site's layout still fits, judged on what a look at it brought."""

from __future__ import annotations

from newscrawl.fit import fit
from newscrawl.probe import Probe
from newscrawl.ress_spider import RESS_RULES
from newscrawl.sites import all_rules
from pipelines.items import Headline, Outcome
from tests.sample_pages import BASE_URL, SEEN, sample_pages

FORBIDDEN = f"{BASE_URL}/fr/lerivage/41301"
ROBOTS = Outcome(FORBIDDEN, "robots", "The site's robots.txt forbids it.")


def looked(*, articles: int, outcomes: list[Outcome]) -> Probe:
    pages = sample_pages()[:articles]
    urls = [FORBIDDEN, *(page.url for page in pages)]
    headlines = [Headline(url, "A headline", "sample", kind, SEEN) for url in urls for kind in ("feed", "listing")]
    lists = {kind: (f"{BASE_URL}/fr/{kind}", b"") for kind in ("feed", "listing")}
    return Probe(lists, headlines, pages, outcomes)


def problems(found: Probe) -> tuple[str, ...]:
    return fit(found, RESS_RULES, all_rules()).problems


def test_an_article_that_robots_forbid_says_nothing_of_the_layout() -> None:
    assert problems(looked(articles=3, outcomes=[ROBOTS])) == ()


def test_a_listing_that_failed_does() -> None:
    failed = Outcome(f"{BASE_URL}/fr/politics", "http-503", "It gave no headlines.")
    assert problems(looked(articles=3, outcomes=[failed])) == (f"{failed.url}: http-503. It gave no headlines.",)


def test_where_no_article_was_reached_it_is_said_why() -> None:
    found = problems(looked(articles=0, outcomes=[ROBOTS]))
    assert found == (f"{FORBIDDEN}: robots. {ROBOTS.detail}", "no article was reached.")
