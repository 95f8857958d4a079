"""What a site's declared mark-up rules say about one page.

The rules are data (:class:`pipelines.items.SiteRules`); this file is all that ever applies them. One
:class:`~pipelines.finding.Finder` serves all selectors of a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from pipelines.finding import Finder
from pipelines.items import Candidate, Headline, Names, Page, Segment, SiteRules
from pipelines.languages import detect
from pipelines.ticker import Ticker, TickerLinks, turned
from pipelines.urls import host_of, is_web_url
from pipelines.visible_text import absolute, lines_of

__all__ = ["body_paragraphs", "matching_rules", "named_values", "rule_candidates", "take_segments", "ticker_headlines"]

_FIELDS = ("title", "subtitle", "authors", "publisher", "published", "section")


def matching_rules(finder: Finder, rules: Sequence[SiteRules]) -> SiteRules | None:
    """The first rules whose ``recognised_by`` matches the page, whatever host served it."""
    return next((site for site in rules if finder.find(site.recognised_by)), None)


def ticker_headlines(finder: Finder, site: SiteRules, page: Page) -> Sequence[Headline]:
    """The ticker's links as headlines, each with its own language; the same address twice counts once.

    A page saved as plain text has lost the addresses: its headlines have an empty ``url``.
    """
    links = tuple((finder.text_of(link), (link.get("href") or "").strip()) for link in finder.find(site.ticker))
    at, aggregator = page.final_url, page.site or host_of(page.final_url)
    rooted = all(href[:1] == "/" != href[1:2] for _, href in links)
    promised, start = _promised(links, absolute(at, "/") if rooted else at)
    return Ticker(promised, aggregator, page.fetched_at, at, start) if promised else ()


@lru_cache(maxsize=64)  # all pages of one moment have the same ticker
def _promised(links: Sequence[tuple[str, str]], base: str) -> tuple[TickerLinks, int]:
    """Address, title and language of each article that a ticker's texts and links lead to, and which is the first."""
    found: dict[str, tuple[str, str, str]] = {}
    for title, href in links:
        url = absolute(base, href) if href else ""
        if title and (is_web_url(url) or not href) and (url or title) not in found:
            found[url or title] = (url, title, detect(title).code)
    return turned(tuple(found.values()))


def named_values(finder: Finder, names: Names) -> list[str]:
    """Where else a page leads, each once: what attributes say. Call it before ``take_segments``."""
    found = chain.from_iterable(finder.values(selector, name) for selector, name in names)
    return list(filter(None, dict.fromkeys(map(str.strip, filter(None, found)))))


def rule_candidates(finder: Finder, site: SiteRules, page_url: str) -> list[Candidate]:
    """What the rules' selectors find, as candidates of origin ``site-rule``. Call it before ``take_segments``."""
    found = [
        Candidate(name, text, "site-rule")
        for name in _FIELDS
        for element in finder.find(getattr(site, name))
        if (text := finder.text_of(element))
    ]
    found += _from_scripts(finder, site.scripts)
    for link in finder.find(site.source_link):
        url = absolute(page_url, link.get("href") or "")
        if is_web_url(url) and host_of(url) != host_of(page_url):
            found.append(Candidate("source_url", url, "site-rule"))
    return found


def _from_scripts(finder: Finder, patterns: Sequence[tuple[str, str]]) -> list[Candidate]:
    """The first match of each pattern; JavaScript's escapes of quotes and backslashes are undone."""
    scripts = [script.text or "" for script in finder.find("script")] if patterns else []
    found = []
    for field, pattern in patterns:
        match = next((hit for text in scripts if (hit := re.search(pattern, text))), None)
        if match and (value := re.sub(r"\\(.)", r"\1", match[1]).strip()):
            found.append(Candidate(field, value, "site-rule"))
    return found


def take_segments(finder: Finder, site: SiteRules) -> list[Segment]:
    """Take what the rules call noise out of the tree: the ticker as one segment, then each element of ``remove``."""
    ticker = finder.take(finder.find(site.ticker))
    taken = [Segment("ticker", "\n".join(ticker))] if ticker else []
    for selector, reason in site.remove:
        for element in finder.find(selector):
            if lines := finder.take([element]):
                taken.append(Segment(reason, "\n".join(lines)))
    return taken


def body_paragraphs(finder: Finder, site: SiteRules) -> list[str] | None:
    """The lines of the rules' body elements, in order; None where no such element is on the page.

    They are read as they are laid out, not through trafilatura, which loses short and link-rich paragraphs here. An
    element inside another body element counts once.
    """
    elements = finder.find(site.body)
    known = set(elements)
    outer = [element for element in elements if not any(above in known for above in element.iterancestors())]
    return [line for element in outer for line in lines_of(element)] if elements else None
