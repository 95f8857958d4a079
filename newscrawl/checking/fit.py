"""Whether a site's layout still fits its spider and rules: judged on a probe, without fetching anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newscrawl.checking.probe import Probe
from pipelines.article import to_article
from pipelines.items import Extraction, Page, SiteRules
from pipelines.store.ledger import key_of

__all__ = ["FIELDS", "Fit", "fit"]

FIELDS = {
    "title": "title",
    "body": "body",
    "published": "published_at",
    "publisher": "publisher",
    "authors": "authors",
    "subtitle": "subtitle",
    "section": "section",
    "source_url": "source_url",
    "image_url": "image_url",
    "canonical_url": "canonical_url",
    "language": "language",
}
"""Name of a candidate field to the article's attribute."""
RULED = ("title", "published", "publisher")
"""What a site's own rule, where it has one, should find."""
NEEDED = ("title", "body", "published")
"""Without these a page is no use to anyone: when no article has one, the layout has changed."""
FINE = ("listed", "not-selected", "over-limit")
BLOCKED = {401, 403, 429, 451, 503}


@dataclass(frozen=True)
class Fit:
    """The findings of a check."""

    rows: tuple[tuple[str, ...], ...]
    """A field and, for each article, which rule found it, ``missing``; ``missing``, or why there is no article."""
    problems: tuple[str, ...]
    """One sentence each; empty when the layout fits."""


def fit(found: Probe, own: SiteRules, rules: Sequence[SiteRules]) -> Fit:
    """Hold a probe against a site's ``own`` rules; extraction gets ``rules``, those of all sites, as in a crawl."""
    extractions = [to_article(page, rules=rules) for page in found.articles]
    rows = [(name, *(_origin(one, name) for one in extractions)) for name in FIELDS]
    tickers = tuple(str(len(one.headlines)) for one in extractions)
    return Fit((*rows, ("ticker headlines", *tickers)), (*_lists(found), *_articles(found.articles, own, rows)))


def _lists(found: Probe) -> list[str]:
    """What is wrong with the feed and the listing; with articles too, where none was reached.

    A single article that robots.txt forbids or that is slow says nothing of the layout.
    """
    promised = {key_of(one.url) for one in found.headlines} if found.articles else set()
    told = [one for one in found.outcomes if one.outcome not in FINE]
    problems = [f"{one.url}: {one.outcome}. {one.detail}" for one in told if key_of(one.url) not in promised]
    for kind in ("feed", "listing"):
        if kind in found.lists and not any(one.seen_in == kind for one in found.headlines):
            problems.append(f"no {kind} gave a headline, {found.lists[kind][0]} neither: its selectors no longer fit.")
    if not found.headlines and not problems:
        problems.append("no feed and no listing answered.")
    return problems


def _articles(pages: Sequence[Page], own: SiteRules, rows: Sequence[tuple[str, ...]]) -> list[str]:
    """What is wrong with the articles."""
    if not pages:
        return ["no article was reached."]
    problems = []
    if blocked := [page for page in pages if page.status in BLOCKED]:
        problems.append(f"{blocked[0].url} answered {blocked[0].status}: the site blocks or limits us.")
    for name, *origins in rows:
        if name in NEEDED and "missing" in origins and len(set(origins)) == 1:
            problems.append(f"no article has a {name}.")
        elif name in RULED and getattr(own, name) and "site-rule" not in origins:
            problems.append(f"the site's rule for the {name} finds nothing.")
    return problems


def _origin(extraction: Extraction, name: str) -> str:
    """Where the chosen value of a field came from."""
    if extraction.article is None or not getattr(extraction.article, FIELDS[name]):
        return "missing"
    origins = [one.origin for one in extraction.candidates if one.field == name and one.chosen]
    return origins[0] if origins else "page"
