"""What a site's pages show, counted article by article: the ground on which noise is told from text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.noise.articles import PageBlocks, Sighting, articles_of, content_places
from pipelines.noise.places import Region

__all__ = ["HEADLINE_WORDS", "LearnedBlock", "SiteCounts"]

HEADLINE_WORDS = 4
"""Texts with fewer words are labels, tags or table cells rather than headlines."""
_SERIES = 3
"""A title of so many articles ("Revue de presse") names a series and says nothing about where it stands elsewhere."""
_TITLE_PARTS = re.compile(r"\s[|–—·»:-]+\s")


@dataclass(frozen=True, slots=True)
class LearnedBlock:
    """One name of a model and the evidence for it."""

    name: str
    """As in ``NoiseModel.blocks``."""
    articles: int
    """How many different articles showed it."""
    share: float
    """Of all articles that were looked at."""
    sample: str
    """The text, or for a place its path."""
    why: str
    """One sentence for a person."""


class SiteCounts:
    """The blocks of each article of a site, and what is known about all of them."""

    def __init__(self, pages: Mapping[str, PageBlocks]) -> None:
        article_of = articles_of(pages)
        self.region = Region(content_places(pages, article_of))
        """Where the articles stand."""
        self.sightings: defaultdict[str, set[Sighting]] = defaultdict(set)
        """By article, whatever addresses it has."""
        self.written: dict[str, str] = {}
        """Each folded text as it was written somewhere."""
        self._titles: defaultdict[str, set[str]] = defaultdict(set)
        for url, page in pages.items():
            self.sightings[article_of[url]] |= page.sightings
            for text, written in page.written.items():
                self.written[text] = min(self.written.get(text, written), written)
            for title in page.titles:
                for part in (title, *_TITLE_PARTS.split(title)):
                    self._titles[part].add(article_of[url])

    @property
    def articles(self) -> int:
        """How many different articles there are."""
        return len(self.sightings)

    def is_title_of(self, text: str, article: str) -> bool:
        """Whether a text is the article's own title."""
        return article in self._titles.get(text, ())

    def is_title_elsewhere(self, text: str, article: str) -> bool:
        """Whether a text is a headline: the title of another article."""
        if text.count(" ") + 1 < HEADLINE_WORDS:
            return False
        articles = self._titles.get(text, set())
        return 0 < len(articles) < _SERIES and article not in articles

    def learned(self, name: str, articles: int, sample: str, why: str) -> LearnedBlock:
        """A name with its evidence."""
        return LearnedBlock(name, articles, round(articles / self.articles, 4), sample, why)
