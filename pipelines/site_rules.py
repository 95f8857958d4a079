"""What a site's declared mark-up rules say about one page.

The rules are data (:class:`pipelines.items.SiteRules`); this file is all that ever applies them. One
:class:`~pipelines.finding.Finder` serves all selectors of a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from pipelines.finding import Finder
from pipelines.items import Candidate, Headline, Names, Page, Segment, SiteRules
from pipelines.languages import detect
from pipelines.urls import host_of, is_web_url
from pipelines.visible_text import absolute, detach, lines_of, text_of

__all__ = ["body_paragraphs", "matching_rules", "named_values", "rule_candidates", "take_segments", "ticker_headlines"]

_FIELDS = ("title", "subtitle", "authors", "publisher", "published", "section")


def matching_rules(finder: Finder, rules: Sequence[SiteRules]) -> SiteRules | None:
    """The first rules whose ``recognised_by`` matches the page, whatever host served it."""
    return next((site for site in rules if finder.find(site.recognised_by)), None)


def ticker_headlines(finder: Finder, site: SiteRules, page: Page) -> list[Headline]:
    """The ticker's links as headlines, each with its own language; the same address twice counts once.

    A page saved as plain text has lost the addresses: its headlines have an empty ``url``.
    """
    found: dict[str, Headline] = {}
    for link in finder.find(site.ticker):
        title, href = text_of(link), (link.get("href") or "").strip()
        url = absolute(page.final_url, href) if href else ""
        if title and (is_web_url(url) or not href):
            found.setdefault(url or title, _headline(page, url, title))
    return list(found.values())


def _headline(page: Page, url: str, title: str) -> Headline:
    return Headline(
        url=url, title=title, aggregator=page.site or host_of(page.final_url), seen_in="ticker",
        seen_at=page.fetched_at, seen_on=page.final_url, language=detect(title).code,
    )  # fmt: skip


def named_values(finder: Finder, names: Names) -> list[str]:
    """Where else a page leads, each once: what attributes say. Call it before ``take_segments``."""
    found = (element.get(name) for selector, name in names for element in finder.find(selector))
    return list(dict.fromkeys(value for raw in found if raw and (value := raw.strip())))


def rule_candidates(finder: Finder, site: SiteRules, page_url: str) -> list[Candidate]:
    """What the rules' selectors find, as candidates of origin ``site-rule``. Call it before ``take_segments``."""
    found = [
        Candidate(name, text, "site-rule")
        for name in _FIELDS
        for element in finder.find(getattr(site, name))
        if (text := text_of(element))
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
    ticker = [line for link in finder.find(site.ticker) for line in _taken_lines(link)]
    taken = [Segment("ticker", "\n".join(ticker))] if ticker else []
    for selector, reason in site.remove:
        for element in finder.find(selector):
            if lines := _taken_lines(element):
                taken.append(Segment(reason, "\n".join(lines)))
    return taken


def _taken_lines(element: HtmlElement) -> list[str]:
    lines = lines_of(element)
    detach(element)
    return lines


def body_paragraphs(finder: Finder, site: SiteRules) -> list[str] | None:
    """The lines of the rules' body elements, in order; None where no such element is on the page.

    They are read as they are laid out, not through trafilatura, which loses short and link-rich paragraphs here. An
    element inside another body element counts once.
    """
    elements = finder.find(site.body)
    known = set(elements)
    outer = [element for element in elements if not any(above in known for above in element.iterancestors())]
    return [line for element in outer for line in lines_of(element)] if elements else None
