"""A site's noise is learned from its archived pages: what recurs from article to article, and where it stands.

Pure: the pages may come in any order and any number of times. Nothing is learned from fewer than 20 articles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipelines.items import NoiseModel
from pipelines.noise.articles import PageBlocks, Sighting
from pipelines.noise.blocks import blocks_of, folded, is_prose, titles_of
from pipelines.noise.evidence import LearnedBlock, SiteCounts
from pipelines.noise.strips import noise_places
from pipelines.noise.texts import noise_texts

__all__ = ["LEAST_ARTICLES", "LearnedBlock", "Lesson", "learn"]

LEAST_ARTICLES = 20
"""Fewer articles than this say too little about what a site repeats."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned."""

    model: NoiseModel
    blocks: tuple[LearnedBlock, ...]
    """Evidence for every name that these pages gave, by name; names kept from the previous model have none here."""
    pages: int
    articles: int
    changed: bool
    """Whether the model says anything else than the previous one (an empty one when there was none)."""


def learn(
    pages: Iterable[tuple[str, HtmlElement]],
    site: str,
    version: int,
    previous: NoiseModel | None = None,
    undone: frozenset[str] = frozenset(),
) -> Lesson:
    """The noise of a site from (address, parsed page) pairs of its articles; trees are read one by one, not changed.

    Addresses are identities (``url_key``): a page stored twice counts once. What ``previous`` knew stays known, except
    the names in ``undone``, which a person called no noise. Without a change the previous model itself is returned;
    else the model carries ``version``.
    """
    seen: defaultdict[str, PageBlocks] = defaultdict(PageBlocks)
    for url, tree in pages:
        _look_at(tree, seen[url])
    counts = SiteCounts(seen)
    learned: dict[str, LearnedBlock] = {}
    if counts.articles >= LEAST_ARTICLES:
        found = (*noise_texts(counts), *noise_places(counts))
        learned = {one.name: one for one in found if one.name not in undone}
    before = previous.blocks if previous else frozenset[str]()
    blocks = before.union(learned) - undone  # a frozen set: with ``|`` a dictionary's keys would make it another
    changed = blocks != before
    model = NoiseModel(site, version, blocks) if changed or previous is None else previous
    return Lesson(model, tuple(learned[name] for name in sorted(learned)), len(seen), counts.articles, changed)


def _look_at(tree: HtmlElement, page: PageBlocks) -> None:
    page.titles.update(titles_of(tree))
    for block in blocks_of(tree):
        if not block.heading:
            where = (block.stream, block.path, block.place)
            text = folded(block.text)
            page.add(Sighting(text, *where, is_prose(block.text), block.quoted))
            page.written[text] = min(page.written.get(text, block.text), block.text)
