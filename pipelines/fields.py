"""The article's fields, each chosen among what the site's rules, the page, the feed and its text say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from pipelines.authors import author_names
from pipelines.canonical import canonical_of, foreign_addresses
from pipelines.choices import first, marked, values
from pipelines.items import Article, Candidate, Headline, Language, Page, Segment, SiteRules
from pipelines.publication_dates import DateReading, publication_day
from pipelines.titles import best_title, folded, without_names
from pipelines.urls import canonical_url, host_of, is_web_url

__all__ = ["byline_candidates", "feed_candidates", "language_hint", "read_fields", "title_of"]

_EDITIONS = ("ar", "en", "es", "fr", "pt")
_MOST_KEYWORDS = 50
_AS_FOUND = ("subtitle", "lead", "publisher", "section", "image_url", "source_url")
"""Fields that take their first candidate as it is."""


def feed_candidates(headline: Headline | None) -> list[Candidate]:
    """What the listing or feed promised of the article, as candidates of origin ``feed``."""
    if headline is None:
        return []
    # A summary that is cut off is the text's own beginning, and no standfirst.
    lead = "" if headline.summary.rstrip(" )").endswith(("...", "…")) else headline.summary
    promised = {
        "title": headline.title,
        "publisher": headline.publisher,
        "published": headline.published_raw,
        "lead": lead,
    }
    return [Candidate(field, value, "feed") for field, value in promised.items() if value]


def byline_candidates(removed: Sequence[Segment]) -> list[Candidate]:
    """The lines of a text that named its author, as candidates of origin ``visible``."""
    return [Candidate("authors", one.text, "visible") for one in removed if one.reason == "byline"]


def language_hint(named: Sequence[Candidate], page: Page) -> str:
    """The ISO 639-1 code that the page, or its address (an edition: ``/fr/``), claims; empty when neither does."""
    claimed = first(named, "language")[:2].lower()
    edition = urlsplit(page.final_url).path.strip("/").split("/")[0]
    return claimed if claimed.isalpha() else (edition if edition in _EDITIONS else "")


def title_of(named: Sequence[Candidate], page_url: str) -> str:
    """The headline, without the site's name."""
    if ruled := first(named, "title", "site-rule"):
        return ruled
    sites, domain = [*values(named, "publisher"), host_of(page_url)], _domain(page_url)
    known = {folded(site) for site in sites} | {domain}
    headings = [without_names(heading, sites) for heading in values(named, "title", "visible")]
    titles = [
        without_names(title, sites, domain) for title in values(named, "title", "json-ld", "opengraph", "meta", "feed")
    ]
    best = best_title(
        [heading for heading in headings if folded(heading) not in known],
        [title for title in titles if folded(title) not in known],
    )
    return best or next(iter([*titles, *headings]), "")


def _domain(url: str) -> str:
    """The longest label of the host but for its last: the site's own name."""
    return max(host_of(url).split(".")[:-1], key=len, default="").replace("-", "")


def read_fields(
    page: Page, named: Sequence[Candidate], title: str, lines: Sequence[str], language: Language, site: SiteRules
) -> tuple[Article, tuple[Candidate, ...]]:
    """The article of a page's candidates, title and paragraphs, and all candidates with the chosen ones marked.

    ``language`` is the text's; ``site`` are the rules that the page matched, or rules that say nothing.
    """
    addresses = values(named, "canonical_url")
    canonical = canonical_of(page.final_url, addresses, crawled=bool(page.site))
    elsewhere = foreign_addresses(canonical, page.final_url, addresses)
    named = [*named, *(Candidate("source_url", url, "meta") for url in elsewhere)]
    reading = DateReading(page, language.code, site.timezone)
    published, modified = reading.first(values(named, "published")), reading.first(values(named, "modified"))
    by, authors = _authors(named, page)
    taken = {field: first(named, field) for field in _AS_FOUND}
    article = Article(
        canonical_url=canonical,
        site=page.site or site.site,
        title=title,
        body="\n\n".join(lines),
        language=language.code,
        language_confidence=language.confidence,
        authors=authors,
        keywords=_keywords(first(named, "keywords")),
        published_raw=published.raw,
        published_at=published.at,
        published_day=publication_day(published, canonical),
        published_precision=published.precision,
        timezone_source=published.zone_source,
        published_ambiguous=published.ambiguous,
        modified_raw=modified.raw,
        modified_at=modified.at,
        paywalled=bool(values(named, "paywalled")),
        word_count=sum(len(line.split()) for line in lines),
        **taken,
    )
    chosen = {
        **taken,
        "title": _source_of(title, values(named, "title")),
        "authors": by,
        "published": published.raw if published.at else "",
        "modified": modified.raw if modified.at else "",
        "canonical_url": _source_of_address(canonical, addresses),
        "keywords": first(named, "keywords"),
        "language": next((claim for claim in values(named, "language") if claim[:2].lower() == language.code), ""),
        "paywalled": first(named, "paywalled"),
    }
    return article, marked(named, chosen)


def _source_of_address(canonical: str, addresses: Sequence[str]) -> str:
    """The named address that is the article's, before it was cleaned."""
    return next((url for url in addresses if is_web_url(url) and canonical_url(url) == canonical), "")


def _authors(named: Sequence[Candidate], page: Page) -> tuple[str, tuple[str, ...]]:
    """The first candidate that holds a name, and the names in it."""
    sites = [*values(named, "publisher"), host_of(page.final_url)]
    for text in values(named, "authors"):
        if names := author_names(text.split(";"), sites):
            return text, names
    return "", ()


def _keywords(text: str) -> tuple[str, ...]:
    words = (word.strip() for word in re.split("[,;]", text))
    return tuple(dict.fromkeys(word for word in words if word))[:_MOST_KEYWORDS]


def _source_of(title: str, candidates: Sequence[str]) -> str:
    """The candidate that a cleaned title came from."""
    wanted = folded(title)
    exact = (one for one in candidates if folded(one) == wanted)
    return next(exact, next((one for one in candidates if wanted and wanted in folded(one)), ""))
