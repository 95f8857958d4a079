"""The article's fields, each chosen among what the site's rules, the page, the feed and its text say."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit


from pipelines.authors import author_names
from pipelines.canonical import canonical_of, foreign_addresses
from pipelines.choices import first, marked, values
from pipelines.items import Article, Candidate, Headline, Language, Page
from pipelines.publication_dates import DateReading
from pipelines.titles import best_title, folded, without_names
from pipelines.urls import host_of

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


def title_of(named: Sequence[Candidate], page_url: str = "") -> str:
    """The headline, without the site's name."""
    if ruled := first(named, "title", "site-rule"):
        return ruled
    sites, domain = [*values(named, "publisher"), host_of(page_url)], _domain(page_url)
    known = {folded(site) for site in sites} | {domain}
    headings = [without_names(heading, sites) for heading in values(named, "title", "visible")]
    titles = [
        without_names(title, sites, domain) for title in values(named, "title", "json-ld", "opengraph", "meta", "feed")
    ]
    return best_title(
        [heading for heading in headings if folded(heading) not in known],
        [title for title in titles if folded(title) not in known],
    ) or next(iter([*titles, *headings]), "")


def _domain(url: str) -> str:
    """The longest label of the host but for its last: the site's own name."""
    return max(host_of(url).split(".")[:-1], key=len, default="").replace("-", "")


def read_fields(
    page: Page, named: Sequence[Candidate], lines: Sequence[str], language: Language, timezone: str
) -> tuple[Article, tuple[Candidate, ...]]:
    """The article, and all candidates with the chosen ones marked."""
    addresses = values(named, "canonical_url")
    canonical = canonical_of(page.final_url, addresses, crawled=bool(page.site))
    extra = [Candidate("source_url", url, "meta") for url in foreign_addresses(canonical, page.final_url, addresses)]
    named = [*named, *extra]

    reading = DateReading(page, language.code, timezone)
    published = reading.first(values(named, "published"))
    modified = reading.first(values(named, "modified"))
    sites = [*values(named, "publisher"), host_of(page.final_url)]
    authors = next((names for text in values(named, "authors") if (names := author_names(text.split(";"), sites))), ())
    article = Article(
        canonical_url=canonical,
        site=page.site,
        title=title_of(named, page.final_url),
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
