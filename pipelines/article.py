"""READ FIRST: how a fetched page becomes an article. The whole flow is ``to_article``; every step has its own file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from lxml.html import HtmlElement

from pipelines.body.reader import read_body, ruled_body
from pipelines.fields.article_fields import byline_candidates, feed_candidates, language_hint, read_fields, title_of
from pipelines.fields.json_ld import claimed_body, json_ld_nodes
from pipelines.fields.metadata import page_candidates
from pipelines.fields.printed_fields import printed_candidates
from pipelines.fields.publication_dates import DateReading
from pipelines.finding import Finder
from pipelines.items import Extraction, Headline, Names, NoiseModel, Page, Rejected, SiteRules
from pipelines.languages import detect
from pipelines.left_out import Gaps
from pipelines.noise import strip_noise
from pipelines.opening import open_with_gaps
from pipelines.repeated_markup import repeated_on
from pipelines.site_rules import matching_rules, named_values, rule_candidates, take_segments, ticker_headlines
from pipelines.visible_text import VisibleLines

__all__ = ["to_article"]

NO_RULES = SiteRules(engine="", recognised_by="")


def to_article(
    page: Page,
    *,
    headline: Headline | None = None,
    rules: Sequence[SiteRules] = (),
    languages: Sequence[str] = ("fr", "en", "es"),
    noise: NoiseModel | None = None,
    names: Names = (),
) -> Extraction:
    """All that can be read out of one page: the article or why there is none, what was removed, the ticker's headlines.

    Pure: the same page, rules and noise model give the same answer in any process and order. Never raises.
    ``headline`` is the promise that led here; ``rules`` are all known sites' (those whose ``recognised_by`` matches
    apply); ``languages`` are the ISO 639-1 codes that are kept; ``names`` say where else the page leads, in place of
    the rules'. Reasons of rejection: docs/outcomes.md.
    """
    try:
        opened = open_with_gaps(page, noise)
        if isinstance(opened, Rejected):
            return Extraction(None, opened)
        tree, gaps = opened
        finder = Finder(tree, gaps)
        site = matching_rules(finder, rules) or NO_RULES
        found = tuple(named_values(finder, names or site.names))
        return replace(_read(page, tree, gaps, finder, site, headline, languages, noise), names=found)
    except Exception as error:  # a page must never stop a run; the reason is stored and countable
        return Extraction(None, Rejected("unreadable", f"{type(error).__name__}: {error}"[:300]))


def _read(
    page: Page,
    tree: HtmlElement,
    gaps: Gaps,
    finder: Finder,
    site: SiteRules,
    headline: Headline | None,
    languages: Sequence[str],
    noise: NoiseModel | None,
) -> Extraction:
    headlines = ticker_headlines(finder, site, page)
    named = rule_candidates(finder, site, page.final_url)
    removed = take_segments(finder, site)
    nodes, visible = json_ld_nodes(tree, gaps), VisibleLines(tree, gaps.text if gaps else None)
    named += page_candidates(tree, nodes, page.final_url, visible, gaps) + feed_candidates(headline)
    title, hint = title_of(named, page.final_url), language_hint(named, page)
    named += printed_candidates(tree, visible, named, title, DateReading(page, hint, site.timezone), site, gaps)
    removed += strip_noise(tree, noise, gaps, partial(repeated_on(noise).notice, page.body)) if noise else []
    gaps.fill_all()

    body = ruled_body(finder, site, named) or read_body(tree, named, claimed_body(nodes))
    named += byline_candidates(body.removed)
    segments = (*removed, *body.removed)
    if not body.lines:
        return Extraction(None, Rejected("no-text", "The page has no text."), segments, tuple(named), headlines)

    language = detect("\n".join([title, *body.lines]), hint=hint)
    article, candidates = read_fields(page, named, title, body.lines, language, site)
    return Extraction(article, _unwanted(language.code, languages), segments, candidates, headlines)


def _unwanted(code: str, languages: Sequence[str]) -> Rejected | None:
    if code in languages:
        return None
    return Rejected(f"language-{code}", f"The article's language is {code}; {', '.join(languages)} are kept.")
