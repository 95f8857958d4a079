"""The text of a page that no site rules describe: trafilatura on a prepared tree, and the remedies around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipelines.body.boilerplate import clean_lines
from pipelines.body.clutter import take_clutter
from pipelines.body.container import mark_article
from pipelines.body.continued import join_continued
from pipelines.body.embedded_text import embedded_lines
from pipelines.body.line_breaks import split_at_breaks
from pipelines.body.standfirst import standfirst
from pipelines.body.teasers import take_menus, take_teasers
from pipelines.extraction import body_lines
from pipelines.fields.choices import values
from pipelines.fields.json_ld_body import confirmed_lines
from pipelines.fields.titles import folded
from pipelines.finding import Finder
from pipelines.items import Candidate, Segment, SiteRules
from pipelines.site_rules import body_paragraphs

__all__ = ["Body", "read_body", "ruled_body"]


@dataclass(frozen=True, slots=True)
class Body:
    """A text and what was taken out of it."""

    lines: tuple[str, ...]
    removed: tuple[Segment, ...]


def ruled_body(finder: Finder, site: SiteRules, named: Sequence[Candidate]) -> Body | None:
    """The text that the site's rules point at, be it empty; None where the page has no such element."""
    lines = body_paragraphs(finder, site)
    if lines is None:
        return None
    kept, removed = clean_lines(lines, values(named, "title"))
    return Body(tuple(kept), tuple(removed))


def read_body(tree: HtmlElement, named: Sequence[Candidate], claimed: str) -> Body:
    """The paragraphs of the article in a tree (which is changed), without title, promotions and prompts.

    ``named`` are the fields' candidates; ``claimed`` is the text that the JSON-LD claims (``articleBody``) or empty.
    """
    descriptions = values(named, "lead")
    scripts = list(tree.iter("script"))
    summary = standfirst(tree, descriptions)
    clutter = [*take_clutter(tree), *take_teasers(tree)]
    take_menus(tree)
    split_at_breaks(tree)
    join_continued(tree)
    mark_article(tree)
    found = body_lines(tree)
    lines = confirmed_lines(found, claimed, tree) if claimed else found
    if sum(map(len, lines)) < _TEASER:
        hidden = embedded_lines(scripts, [*lines, *descriptions])
        lines = max(lines, hidden, key=lambda some: sum(map(len, some)))
    unclaimed = [Segment("unclaimed", line) for line in found if line not in set(lines)] if lines != found else []
    labels = [label for field in ("publisher", "section", "authors") for label in values(named, field)]
    kept, removed = clean_lines(lines, values(named, "title"), labels)
    if summary and not any(_same(summary, line) for line in kept[:4]):
        kept.insert(0, summary)
    return Body(tuple(kept), (*clutter, *unclaimed, *removed))


_TEASER = 1500
"""Characters; a shorter text may be the beginning of one that the page keeps in a script."""


def _same(summary: str, line: str) -> bool:
    return len(line) < 1.3 * len(summary) and folded(line)[:60] == folded(summary)[:60]
