"""READ FIRST: how a fetched page becomes an article. The whole flow is ``to_article``; every step has its own file."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from pipelines.body import read_body, ruled_body
from pipelines.choices import values
from pipelines.extraction import MAX_NODES, decode, node_count, parse_text
from pipelines.fields import feed_candidates, language_hint, read_fields, title_of
from pipelines.items import Extraction, Headline, NoiseModel, Page, Rejected, Segment, SiteRules
from pipelines.json_ld import claimed_body, json_ld_nodes
from pipelines.languages import detect
from pipelines.metadata import page_candidates
from pipelines.plain_text import markup_of_text
from pipelines.publication_dates import DateReading, unstated_dates
from pipelines.refusals import is_plain_text, refusal
from pipelines.site_rules import matching_rules, rule_candidates, take_segments, ticker_headlines

__all__ = ["to_article"]

NO_RULES = SiteRules(engine="", recognised_by="")


def to_article(
    page: Page,
    *,
    headline: Headline | None = None,
    rules: Sequence[SiteRules] = (),
    languages: Sequence[str] = ("fr", "en", "es"),
    noise: NoiseModel | None = None,
) -> Extraction:
    """All that can be read out of one page: the article or why there is none, what was removed, the ticker's headlines.

    Pure: the same page, rules and noise model give the same answer in any process and order. Never raises.
    ``headline`` is the promise that led here; ``rules`` are all known sites' (those whose ``recognised_by`` matches
    apply); ``languages`` are the ISO 639-1 codes that are kept.
    """
    if refused := refusal(page):
        return Extraction(None, refused)
    try:
        return _opened(page, headline, rules, languages, noise)
    except Exception as error:  # a page must never stop a run; the reason is stored and countable
        return Extraction(None, Rejected("unreadable", f"{type(error).__name__}: {error}"[:300]))


def _opened(
    page: Page,
    headline: Headline | None,
    rules: Sequence[SiteRules],
    languages: Sequence[str],
    noise: NoiseModel | None,
) -> Extraction:
    tree = _tree_of(page)
    if tree is None:
        return Extraction(None, Rejected("no-text", "There is no mark-up in the page."))
    if (nodes := node_count(tree)) > MAX_NODES:
        return Extraction(None, Rejected("too-large", f"The page has {nodes} elements; {MAX_NODES} are read at most."))

    site = matching_rules(tree, rules) or NO_RULES
    headlines = tuple(ticker_headlines(tree, site, page))
    named = rule_candidates(tree, site, page.final_url)
    removed = take_segments(tree, site)
    nodes = json_ld_nodes(tree)
    named += page_candidates(tree, nodes, page.final_url) + feed_candidates(headline)
    hint = language_hint(named, page)
    title = title_of(named, page.final_url)
    named += unstated_dates(named, tree, title, DateReading(page, hint, site.timezone))
    removed += learned_noise(tree, noise)

    body = ruled_body(tree, site, title) or read_body(tree, title, values(named, "lead"), claimed_body(nodes))
    segments = (*removed, *body.removed)
    kept = body.lines
    if not kept:
        return Extraction(
            None, Rejected("no-text", "No text was found in the page."), segments, tuple(named), headlines
        )

    language = detect("\n".join([title, *kept]), hint=hint)
    article, candidates = read_fields(page, named, kept, language, site.timezone)
    unwanted = (
        None if language.code in languages else Rejected(f"language-{language.code}", _other(language.code, languages))
    )
    return Extraction(article, unwanted, segments, candidates, headlines)


def learned_noise(tree: HtmlElement, noise: NoiseModel | None) -> list[Segment]:
    """What the learned model takes out of the tree; nothing without a model."""
    if noise is None:
        return []
    from pipelines.noise import strip_noise

    return strip_noise(tree, noise)


def _tree_of(page: Page) -> HtmlElement | None:
    text = decode(page.body, page.header("content-type"))
    return parse_text(markup_of_text(text) if is_plain_text(page) else text)


def _other(code: str, languages: Sequence[str]) -> str:
    return f"The article's language is {code}; {', '.join(languages)} are kept."
