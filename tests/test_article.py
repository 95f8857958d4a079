"""A page becomes an article: folders of pages with what is to be read, and the laws that hold for any page."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.article import to_article
from pipelines.extraction import MAX_BYTES
from pipelines.items import Extraction, NoiseModel, Page, SiteRules
from tests.article_cases import RULES, Case, cases, page_of

CASES = cases()
SEEN = datetime(2025, 4, 1, tzinfo=UTC)
PAGE_OF_AN_EVENING = """<html lang="en"><head><title>Fog over the bay</title>
<meta property="article:published_time" content="2025-03-01T21:18:11-05:00"></head><body><article class="evening">
<h1>Fog over the bay</h1><p>The ferries stayed in port on Saturday evening, when the fog came down over the bay and
the harbour master closed both channels to anything longer than a rowing boat.</p><p>Traffic resumed at dawn, and the
first crossing carried four hundred commuters and a brass band that had missed its own concert.</p></article>
</body></html>"""
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def read(case: Case) -> Extraction:
    return to_article(case.page, headline=case.headline, rules=(RULES,))


@every_case
def test_case(case: Case) -> None:
    extraction = read(case)
    wanted = case.expected
    assert (extraction.rejected.reason if extraction.rejected else None) == wanted.get("rejected"), extraction.rejected
    if extraction.article is None:
        assert "article" not in wanted
    else:
        read_fields = {name: getattr(extraction.article, name) for name in wanted["article"]}
        found = {name: list(value) if isinstance(value, tuple) else value for name, value in read_fields.items()}
        assert found == wanted["article"]
        assert extraction.article.body.split("\n\n") == wanted["body"]
    removed = {(one.reason, line) for one in extraction.segments for line in one.text.split("\n")}
    assert set(wanted.get("removed", {}).items()) - removed == set()
    assert [[one.url, one.language] for one in extraction.headlines] == wanted.get("ticker", [])


@every_case
def test_nothing_that_was_removed_is_in_the_body(case: Case) -> None:
    extraction = read(case)
    body = extraction.article.body.split("\n\n") if extraction.article else []
    assert not {one.text for one in extraction.segments} & set(body)


@every_case
def test_every_field_that_is_filled_has_a_chosen_candidate(case: Case) -> None:
    extraction = read(case)
    if extraction.article is None:
        return
    kept = {"title", "subtitle", "lead", "authors", "publisher", "section", "keywords", "image_url", "source_url"}
    filled = {
        one.name for one in fields(extraction.article) if one.name in kept and getattr(extraction.article, one.name)
    }
    chosen = [one.field for one in extraction.candidates if one.chosen]
    assert filled - set(chosen) == set()
    assert len(chosen) == len(set(chosen)), "one candidate a field"


def test_the_same_page_gives_the_same_article_in_any_order() -> None:
    first = {case.name: read(case) for case in CASES}
    for seed in range(3):
        mixed = random.Random(seed).sample(CASES, len(CASES))
        assert {case.name: read(case) for case in mixed} == first


def test_other_languages_end_as_outcomes_and_are_shown() -> None:
    text = (
        "<p>A câmara municipal aprovou ontem a construção de uma nova ponte sobre o rio, que abrirá em dois anos.</p>"
    )
    page = page_of(f"<html><body><article><h1>Nova ponte sobre o rio</h1>{text * 3}</article></body></html>")
    extraction = to_article(page)
    assert extraction.rejected is not None
    assert extraction.rejected.reason == "language-pt"
    assert extraction.article is not None
    assert to_article(page, languages=("pt",)).rejected is None


def test_a_noise_model_is_asked() -> None:
    page = CASES[0].page
    empty = NoiseModel(site="", version=1, blocks=frozenset())
    assert to_article(page, rules=(RULES,), noise=empty) == to_article(page, rules=(RULES,))


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (page_of(b"<p>x</p>", status=404), "http-404"),
        (page_of(b"", status=503), "http-503"),
        (page_of(b""), "no-text"),
        (page_of(b" \r\n\t "), "no-text"),
        (page_of(b"<!DOCTYPE html>"), "no-text"),
        (page_of(b"<html><body><img src=x></body></html>"), "no-text"),
        (page_of(b"%PDF-1.7 ...", content_type="application/pdf"), "not-html"),
        (page_of(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50), "not-html"),
        (page_of(bytes(range(256)) * 40), "not-html"),
        (page_of(b"{}", content_type="application/json"), "not-html"),
        (page_of(b"<p>" + b"x" * MAX_BYTES), "too-large"),
        (page_of(b"<html><body>" + b"<p>Hello</p>" * 200_000), "too-large"),
        (page_of(b"<html><body>" + b'<a href="/x">l</a>' * 400_000), "too-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_rejected(page: Page, reason: str) -> None:
    extraction = to_article(page, rules=(RULES,))
    assert extraction.rejected is not None
    assert extraction.rejected.reason == reason
    assert extraction.rejected.detail.endswith(".")
    assert extraction.article is None


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>" + b"<b>x" * 5_000,
        b"<html><body>" + b"<p><b>x" * 2_000,
        b"<html><body>" + b"<div>" * 5_000 + b"deep",
        b"<html><body><table>" + b"<tr><td>" * 2_000,
        b"<html><body class='" + b"comment " * 50_000 + b"'><p>x</p>",
        b"<p>he\x00llo\x0b w\x1forld</p>",
        b"<p>&#xD800; &#0; &#55296; &#x110000;</p>",
        "<p>été</p>".encode("utf-16"),
        b"<html><body>" + b'<script type="application/ld+json">' + b"[" * 50_000 + b"</script><p>x</p>",
        b"<html><body>"
        + b'<script type="application/ld+json">{"@graph":{"@graph":[null,[1]]},"author":[[{}]]}</script><p>x</p>',
        b'<link rel=canonical href="http://[bad"><a href="http://[x">x</a><base href="::"><p>x</p>',
        b"<meta property='article:published_time' content='99999999999999999999'><p>x</p>",
    ],
)
def test_hostile_pages_are_read_or_rejected_with_a_reason(body: bytes) -> None:
    rejected = to_article(page_of(body), rules=(RULES,)).rejected
    assert rejected is None or rejected.reason != "unreadable", rejected


PIECES = st.sampled_from(
    """<p>|</p>|<div class='comment'>|</div>|<a href='/x'>|</a>|<br>|<h1>|</h1>|<table><tr><td>|<article>|</span>|<li>
<span class=articlecontent>|<span class='articletitle'>|<marquee id=marquee><span class=marquee>|<!--|-->|<title>
<script type='application/ld+json'>{"@type":"NewsArticle","headline":1}</script>|<time datetime='2024-01-01'>|&nbsp;
<meta property=og:title content='x'>|Publié le 3 mars 2024|Lire aussi : rien|&#0;|\x00|\udcff|<![CDATA[|<?xml?>
Un texte assez long pour que ce soit un paragraphe, avec une virgule, un verbe et deux noms propres. """.replace(
        "\n", "|"
    ).split("|")
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES | st.text(max_size=30), max_size=40))
def test_no_fragment_of_html_raises(pieces: list[str]) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass")
    for page in (page_of(body), page_of(body, content_type="text/plain"), page_of(body, content_type="")):
        extraction = to_article(page, rules=(RULES,))
        assert extraction.rejected is None or extraction.rejected.reason != "unreadable", extraction.rejected
        assert to_article(replace(page), rules=(RULES,)) == extraction


@settings(deadline=None, max_examples=50)
@given(
    st.binary(max_size=300), st.sampled_from(["text/html", "text/html; charset=utf-16", "text/plain; charset=x", ""])
)
def test_no_bytes_raise(body: bytes, content_type: str) -> None:
    rejected = to_article(page_of(body, content_type=content_type)).rejected
    assert rejected is None or rejected.reason != "unreadable", rejected


def test_the_day_of_an_evening_is_the_one_it_was_written_on() -> None:
    html = PAGE_OF_AN_EVENING.encode()
    page = Page("https://example.org/a/1", "https://example.org/a/1", 200, (("content-type", "text/html"),), html, SEEN)
    article = to_article(page).article
    assert article is not None
    assert (article.published_at, article.published_day) == ("2025-03-02T02:18:11Z", "2025-03-01")


def test_a_page_of_a_sites_own_mark_up_belongs_to_the_site() -> None:
    rules = SiteRules(engine="evening", recognised_by="article.evening", site="evening")
    page = Page("https://x.org/a/1", "https://x.org/a/1", 200, (), PAGE_OF_AN_EVENING.encode(), SEEN)
    found, unknown = to_article(page, rules=[rules]).article, to_article(page).article
    assert found is not None
    assert unknown is not None
    assert (found.site, unknown.site) == ("evening", "")
