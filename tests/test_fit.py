"""Whether a site's layout still fits, judged on what a look at it brought."""

from __future__ import annotations

from collections.abc import Sequence

from newscrawl.checking.fit import fit
from newscrawl.checking.probe import Probe
from newscrawl.ress_spider import RESS_RULES
from newscrawl.sites import all_rules
from pipelines.items import Headline, Outcome, SeenIn
from tests.sample_pages import BASE_URL, SEEN, sample_pages

FORBIDDEN = f"{BASE_URL}/fr/lerivage/41301"
ROBOTS = Outcome(FORBIDDEN, "robots", "The site's robots.txt forbids it.")


def looked(*, articles: int, outcomes: Sequence[Outcome] = ()) -> Probe:
    pages = sample_pages()[:articles]
    urls = [FORBIDDEN, *(page.url for page in pages)]
    kinds: tuple[SeenIn, ...] = ("feed", "listing")
    headlines = [
        Headline(url, "A headline", "sample", kind, SEEN, seen_on=f"{BASE_URL}/fr/{kind}")
        for url in urls
        for kind in kinds
    ]
    answers = [(kind, f"{BASE_URL}/fr/{kind}", b"") for kind in kinds]
    return Probe(answers, headlines, pages, list(outcomes))


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


def test_an_empty_section_is_passed_over_for_the_next() -> None:
    found = looked(articles=3)
    found.answers.insert(1, ("listing", f"{BASE_URL}/fr/empty", b""))
    assert problems(found) == ()
    assert found.lists["listing"][0] == f"{BASE_URL}/fr/listing"
    found.headlines = [one for one in found.headlines if one.seen_in != "listing"]
    (said,) = problems(found)
    assert said.startswith("no listing gave a headline, ")
