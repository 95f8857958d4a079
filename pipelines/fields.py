"""The article's fields, each chosen among what the site's rules, the page, the feed and its text say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipelines.authors import author_names
from pipelines.canonical import canonical_of, foreign_addresses
from pipelines.choices import first, marked, values
from pipelines.dates import read_date
from pipelines.extraction import last_resort_date
from pipelines.items import Article, Candidate, Headline, Language, Page, ReadDate
from pipelines.titles import best_title, without_site_name

__all__ = ["feed_candidates", "language_hint", "read_fields", "title_of"]


def feed_candidates(headline: Headline | None) -> list[Candidate]:
    """What the listing or feed promised of the article, as candidates of origin ``feed``."""
    if headline is None:
        return []
    promised = {
        "title": headline.title, "publisher": headline.publisher, "published": headline.published_raw, "lead": headline.summary,
    }  # fmt: skip
    return [Candidate(field, value, "feed") for field, value in promised.items() if value]


def language_hint(named: Sequence[Candidate], page: Page) -> str:
    """The ISO 639-1 code that the page or its address (an edition such as ``/fr/``) claims; empty when neither does."""
    claimed = first(named, "language")[:2].lower()
    edition = urlsplit(page.final_url).path.strip("/").split("/")[0]
    return claimed or (edition if edition in ("fr", "en", "es", "ar", "pt") else "")


def title_of(named: Sequence[Candidate]) -> str:
    """The headline, without the site's name."""
    if ruled := first(named, "title", "site-rule"):
        return ruled
    sites = values(named, "publisher")
    headings = values(named, "title", "visible")
    others = [
        without_site_name(title, sites) for title in values(named, "title", "json-ld", "opengraph", "meta", "feed")
    ]
    return best_title([without_site_name(heading, sites) for heading in headings], others)


def _first_readable(raws: Sequence[str], dated: Callable[[str], ReadDate]) -> ReadDate:
    """The first date that can be read; else the first as written, unread."""
    read = [dated(raw) for raw in raws[:1]]
    while read and read[-1].at is None and len(read) < len(raws):
        read.append(dated(raws[len(read)]))
    return next((one for one in read if one.at), read[0] if read else ReadDate("", None, None, None))


def read_fields(
    page: Page, tree: HtmlElement, named: Sequence[Candidate], lines: Sequence[str], language: Language, timezone: str
) -> tuple[Article, tuple[Candidate, ...]]:
    """The article, and all candidates with the chosen ones marked."""
    addresses = values(named, "canonical_url")
    canonical = canonical_of(page.final_url, addresses, crawled=bool(page.site))
    extra = [Candidate("source_url", url, "meta") for url in foreign_addresses(canonical, page.final_url, addresses)]
    named = [*named, *extra]

    def dated(raw: str) -> ReadDate:
        return read_date(raw, language=language.code, reference=page.fetched_at, timezone=timezone)

    published = _first_readable(values(named, "published"), dated)
    if published.at is None and (day := last_resort_date(tree, page.final_url, page.fetched_at)):
        named = [*named, Candidate("published", day, "trafilatura")]
        published = replace(dated(day), raw=published.raw or day)
    modified = _first_readable(values(named, "modified"), dated)
    authors = next((names for text in values(named, "authors") if (names := author_names(text.split(";")))), ())
    article = Article(
        canonical_url=canonical,
        site=page.site,
        title=title_of(named),
        body="\n\n".join(lines),
        language=language.code,
        language_confidence=language.confidence,
        subtitle=first(named, "subtitle"),
        lead=first(named, "lead"),
        authors=authors,
        publisher=first(named, "publisher"),
        section=first(named, "section"),
        keywords=tuple(dict.fromkeys(word.strip() for word in first(named, "keywords").split(",") if word.strip())),
        image_url=first(named, "image_url"),
        source_url=first(named, "source_url"),
        published_raw=published.raw,
        published_at=published.at,
        published_precision=published.precision,
        timezone_source=published.zone_source,
        published_ambiguous=published.ambiguous,
        modified_raw=modified.raw,
        modified_at=modified.at,
        paywalled=bool(values(named, "paywalled")),
        word_count=sum(len(line.split()) for line in lines),
    )
    chosen = {
        name: value
        for name in ("title", "subtitle", "lead", "publisher", "section", "keywords", "image_url")
        if (value := first(named, name))
    }
    return article, marked(named, chosen)
