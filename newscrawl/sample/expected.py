"""What a correct crawl of the sample aggregator ends with: for the tests and for the demo's own check."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from newscrawl.sample.article_page import related
from newscrawl.sample.articles import SampleArticle, load_articles, load_moved_headlines
from newscrawl.sample.editions import EDITIONS, PUBLIC_HOST, WORDINGS, Wording

__all__ = ["KEPT_LANGUAGES", "ExpectedArticle", "expected_articles", "expected_outcomes", "noise_lines", "redirects"]

KEPT_LANGUAGES = ("fr", "en", "es")
"""The languages that newscrawl keeps unless it is told otherwise."""


@dataclass(frozen=True, slots=True)
class ExpectedArticle:
    """One article as it should be stored."""

    path: str
    canonical_url: str
    """The address the page calls its own, whatever port served it."""
    edition: str
    reached_by: frozenset[str]
    """Of ``section``, ``newspaper``, ``feed``, ``ticker``: where the article is linked from."""
    title: str
    subtitle: str
    language: str
    publisher: str
    authors: tuple[str, ...]
    section: str
    """As printed, in the edition's language."""
    printed_date: str
    """``01 - 07 - 2025``; empty for a page without a date line."""
    published_day: date | None
    source_url: str
    image_url: str
    paragraphs: tuple[str, ...]
    story: str
    """The same word for articles that print the same dispatch; empty for all others."""

    @property
    def body(self) -> str:
        """The paragraphs, separated by one blank line."""
        return "\n\n".join(self.paragraphs)


def expected_articles(languages: Collection[str] = KEPT_LANGUAGES) -> list[ExpectedArticle]:
    """Every article that a crawl which follows feeds, listings and tickers of all editions stores, once each."""
    return [_expected(each) for each in load_articles() if _has_text(each) and each.language in languages]


def expected_outcomes(languages: Collection[str] = KEPT_LANGUAGES) -> dict[str, str]:
    """The outcome of every special address, by path.

    Among them the page without a date line and the target of the redirect, both ``stored``. The address that
    redirects is in :func:`redirects` instead: what it leads to is stored once, under the target's address.
    """
    outcomes = {each.path: _outcome(each, languages) for each in load_articles()}
    special = {path: outcome for path, outcome in outcomes.items() if outcome != "stored"}
    special |= {each.path: "http-404" for each in load_moved_headlines() if not each.moves_to}
    special |= dict.fromkeys(redirects().values(), "stored")
    return special | {each.path: "stored" for each in load_articles() if not each.dated}


def redirects() -> dict[str, str]:
    """Old path to new path, for every address that answers 301."""
    return {each.path: each.moves_to for each in load_moved_headlines() if each.moves_to}


def noise_lines() -> tuple[str, ...]:
    """Every text the pages print around or between paragraphs that must never be part of a body, sorted.

    Ticker and related headlines, dialog, report buttons, date, source and read-also lines, bylines.
    """
    return tuple(sorted(set(_noise())))


def _noise() -> Iterator[str]:
    articles = load_articles()
    for edition in EDITIONS.values():
        yield from (edition.thanks, edition.thanks_text, edition.report_image, edition.report_advertisement)
        yield from (edition.related, edition.indexed, edition.about)
    yield from (wording.source_sentence for wording in WORDINGS.values())
    for article in articles:
        yield from article.read_also
        yield from (each.subtitle for each in related(article, articles) if each.subtitle)
        yield from (text for text in (article.byline, _date_line(article, WORDINGS[article.language])) if text)
        yield article.title


def _date_line(article: SampleArticle, wording: Wording) -> str:
    before, between = wording.published
    return f"{before} {article.newspaper.name} {between} {article.printed_date}" if article.dated else ""


def _has_text(article: SampleArticle) -> bool:
    return bool(article.blocks) and not article.forbidden


def _outcome(article: SampleArticle, languages: Collection[str]) -> str:
    if article.forbidden:
        return "robots"
    if not article.blocks:
        return "no-text"
    return "stored" if article.language in languages else f"language-{article.language}"


def _expected(article: SampleArticle) -> ExpectedArticle:
    paper = article.newspaper
    return ExpectedArticle(
        path=article.path,
        canonical_url=f"https://{PUBLIC_HOST}{article.path}",
        edition=paper.edition,
        reached_by=article.places,
        title=article.title,
        subtitle=article.subtitle,
        language=article.language,
        publisher=paper.name,
        authors=_authors(article),
        section=EDITIONS[paper.edition].section_name(article.section),
        printed_date=article.printed_date if article.dated else "",
        published_day=article.day if article.dated else None,
        source_url=article.source_url,
        image_url=f"https://images.sample-press.example/{paper.slug}/{article.id}",
        paragraphs=article.paragraphs,
        story=article.story,
    )


def _authors(article: SampleArticle) -> tuple[str, ...]:
    """The author's link, or the byline without its first word where there is none; a hidden address is no name."""
    if article.author and "@" not in article.author:
        return (article.author,)
    return (article.byline.partition(" ")[2],) if article.byline else ()
