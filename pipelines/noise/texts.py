"""Which texts of a site are noise: those that recur from article to article more than any author's words do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import ceil

from pipelines.noise.articles import Sighting
from pipelines.noise.blocks import names_of
from pipelines.noise.evidence import HEADLINE_WORDS, LearnedBlock, SiteCounts
from pipelines.noise.places import Region

__all__ = ["EVERYWHERE", "noise_texts"]

EVERYWHERE = 0.5
"""A text on this share of the articles is the site's own, with its numbers folded ("12 partages", "13 partages")."""
_LEAST = {"link": (3, 0.05), "aside": (4, 0.08), "prose": (5, 0.10), "line": (8, 0.30)}
"""Number and share of articles by what a text is. Two or three articles share a quotation or a dispatch's sentence, so
5 for sentences. Authors repeat short lines ("Le contexte"), so 8 and 30 % inside the article. A link that is a line of
its own refers to another page."""
_LEAST_FOR_A_TITLE = 1
"""A line that is the title of another article is a reference to it, were it printed once."""


def noise_texts(counts: SiteCounts) -> Iterator[LearnedBlock]:
    """The texts that recur, each under the kind of name (``link``, ``text``, ``aside``) that says where it is noise."""
    exact: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    counted: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for article, sightings in counts.sightings.items():
        for one in sightings:
            kind, strength = _kind(one, counts.region)
            exact[kind, one.text, strength].add(article)
            counted[kind, names_of(one.text).counted].add(article)
    for (kind, text, strength), articles in sorted(exact.items()):
        names = names_of(text)
        often = len(counted[kind, names.counted])
        if often >= max(_LEAST[strength][0], EVERYWHERE * counts.articles):
            yield counts.learned(f"{kind}*:{names.counted}", often, counts.written[text], "is printed everywhere")
        elif why := _why_noise(text, strength, articles, counts):
            yield counts.learned(f"{kind}:{names.exact}", len(articles), counts.written[text], why)


def _kind(one: Sighting, region: Region) -> tuple[str, str]:
    """The kind of name a block would get, and which threshold it must reach."""
    if one.stream == "link":
        cell = one.text.count(" ") + 1 < HEADLINE_WORDS and one.place in region and ">td" in one.place
        return "link", "line" if cell else "prose" if one.running else "link"
    if one.quoted or (one.stream == "line" and one.place in region):
        return "text", "line"
    return ("text", "prose") if one.stream == "prose" else ("aside", "aside")


def _why_noise(text: str, strength: str, articles: set[str], counts: SiteCounts) -> str:
    number, share = _LEAST[strength]
    if len(articles) >= max(number, ceil(share * counts.articles)):
        return "recurs in different articles"
    others = sum(counts.is_title_elsewhere(text, article) for article in articles)
    return "is the title of another article" if strength != "prose" and others >= _LEAST_FOR_A_TITLE else ""
