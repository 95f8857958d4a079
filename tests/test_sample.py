"""The sample aggregator's texts, its special addresses and what is expected of them."""

from __future__ import annotations

from collections import Counter

import lxml.html
import pytest

from newscrawl.sample import ExpectedArticle, SampleWeb, expected_articles, expected_outcomes, noise_lines, redirects
from newscrawl.sample.articles import load_articles

BASE = "http://sample.test:8000"
WEB = SampleWeb()
ALL_LANGUAGES = ("fr", "en", "es", "ar", "pt")


def texts(path: str, selector: str) -> list[str]:
    return [each.text_content() for each in lxml.html.fromstring(WEB.answer(path, BASE).body).cssselect(selector)]


def test_enough_articles_in_every_language() -> None:
    counted = Counter(each.language for each in expected_articles(ALL_LANGUAGES))
    assert counted["fr"] >= 16
    assert counted["en"] >= 12
    assert counted["es"] >= 10
    assert counted["ar"] == counted["pt"] == 3
    assert {each.language for each in expected_articles()} == {"fr", "en", "es"}


@pytest.mark.parametrize("article", expected_articles(ALL_LANGUAGES), ids=lambda each: each.path)
def test_articles_have_a_real_length(article: ExpectedArticle) -> None:
    words = len(article.body.split())
    if len(article.paragraphs) > 1:
        assert 5 <= len(article.paragraphs) <= 9
        assert 180 <= words <= 520
    assert "  " not in article.body


def test_addresses_titles_and_sources_are_unique() -> None:
    articles = load_articles()
    for values in (
        [each.path for each in articles],
        [each.id for each in articles],
        [each.title for each in articles],
        [each.source_url for each in articles],
    ):
        assert len(values) == len(set(values))


def test_no_expected_body_holds_a_noise_line() -> None:
    lines = noise_lines()
    assert len(lines) > 150
    for article in expected_articles(ALL_LANGUAGES):
        assert [line for line in lines if line in article.body] == [], article.path


def test_irregular_texts_are_there() -> None:
    articles = expected_articles()
    assert [each.path for each in articles if len(each.paragraphs) == 1] == ["/fr/lerivage/41264"]
    assert any("l´hôpital" in each.title and "l´idée" in each.body.casefold() for each in articles)
    assert any("14 - 3 - 2025" in each.title and "27- 6- 2024" in each.body for each in articles)
    dispatch = [each for each in articles if each.story == "swell"]
    assert len({each.publisher for each in dispatch}) == 2
    assert len(set(dispatch[0].paragraphs) & set(dispatch[1].paragraphs)) == 1
    quoted = "L'eau que l'on ne perd pas est la moins chère de toutes celles que nous pourrons jamais trouver"
    assert sum(quoted in each.body for each in articles) == 2


def test_special_addresses() -> None:
    assert Counter(expected_outcomes().values()) == {
        "language-ar": 3,
        "language-pt": 3,
        "http-404": 2,
        "stored": 2,
        "robots": 1,
        "no-text": 1,
    }
    assert "language-ar" not in expected_outcomes(ALL_LANGUAGES).values()
    for path, outcome in expected_outcomes().items():
        assert WEB.answer(path, BASE).status == (404 if outcome == "http-404" else 200)
        if outcome == "robots":
            assert f"Disallow: {path}\n" in WEB.answer("/robots.txt", BASE).body.decode()
        if outcome == "no-text":
            assert "".join(texts(path, "span.articlecontent")) == ""


def test_redirect_leads_to_an_article_that_listings_name_too() -> None:
    for old, new in redirects().items():
        answer = WEB.answer(old, BASE)
        assert (answer.status, answer.location) == (301, BASE + new)
        assert expected_outcomes()[new] == "stored"


def test_page_without_a_date_line_has_no_date_anywhere() -> None:
    undated = [each for each in expected_articles() if each.published_day is None]
    assert [each.path for each in undated] == ["/fr/courbe/63166"]
    assert not texts("/fr/courbe/63166", "span.articlenewspaper")
    assert "feed" not in undated[0].reached_by


@pytest.mark.parametrize(
    "path", ["/fr/nosuchpaper", "/fr/lerivage/1", "/nosuchpaper/rss", "/author/Nobody", "/faces/x"]
)
def test_unknown_addresses_answer_404(path: str) -> None:
    assert WEB.answer(path, BASE).status == 404


@pytest.mark.parametrize(
    "path", ["/", "/fr", "/fr/", "/en?utm_source=x", "/about", "/fr/about", "/author/Samia+Louardi"]
)
def test_other_pages_answer(path: str) -> None:
    assert WEB.answer(path, BASE).status == 200
