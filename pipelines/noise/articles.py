"""Which pages of a site are the same article, and where on its pages the articles stand.

A dispatch that three papers print counts once: for :mod:`pipelines.noise.learning`, "recurs" means "in different
articles".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

__all__ = ["PageBlocks", "Sighting", "articles_of", "content_places"]

_RARE = 0.2
"""A text on a larger share of the pages says nothing about two pages being one article: it is printed everywhere."""
_SAME = 0.5
"""Two pages are one article where they share so much (in letters) of the shorter one's running text."""
_OWN_PAGES = 0.25
_OWN_TEXT = 0.40
"""A place holds articles where this share of its pages has running text there that no other page has, and this share of
the running text is such (what the site prints everywhere left out): teasers in a carousel come again."""
_LEAST_PAGES = 3


class Sighting(NamedTuple):
    """One block on one page."""

    text: str
    """Folded."""
    stream: str
    path: str
    place: str
    running: bool
    """It reads as sentences, in a link too."""
    quoted: bool


@dataclass(slots=True)
class PageBlocks:
    """What one address showed, however often it was stored."""

    sightings: set[Sighting] = field(default_factory=set)
    prose: set[Sighting] = field(default_factory=set)
    """The running texts among them."""
    titles: set[str] = field(default_factory=set)
    written: dict[str, str] = field(default_factory=dict)
    """Each folded text as it was written; of several ways the first in alphabetical order."""

    def add(self, one: Sighting) -> None:
        """Take a block into what was shown."""
        self.sightings.add(one)
        if one.stream == "prose":
            self.prose.add(one)

    def prose_texts(self, places: set[str]) -> set[str]:
        """The running texts at some places; at all where none are given."""
        return {one.text for one in self.prose if not places or one.place in places}


def content_places(pages: Mapping[str, PageBlocks], article_of: Mapping[str, str]) -> set[str]:
    """The places where this site's articles stand: those whose running text differs from article to article."""
    articles: defaultdict[str, set[str]] = defaultdict(set)
    for url, page in pages.items():
        for one in page.prose:
            articles[one.text].add(article_of[url])
    most = max(_LEAST_PAGES, _RARE * len(set(article_of.values())))
    rare: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for url, page in pages.items():
        for one in page.prose:
            if len(articles[one.text]) <= most:
                rare[one.place].add((article_of[url], one.text))
    return {place for place, shown in rare.items() if _is_content(shown, articles)}


def _is_content(shown: set[tuple[str, str]], articles: Mapping[str, set[str]]) -> bool:
    """Whether the (article, text) pairs of a place are an article's own text."""
    own = [article for article, text in shown if len(articles[text]) == 1]
    everyone = {article for article, _ in shown}
    return len(set(own)) >= max(_LEAST_PAGES, _OWN_PAGES * len(everyone)) and len(own) >= _OWN_TEXT * len(shown)


def articles_of(pages: Mapping[str, PageBlocks]) -> dict[str, str]:
    """For each address the first address (in alphabetical order) of the article it shows."""
    leader = {url: url for url in pages}

    def find(url: str) -> str:
        while leader[url] != url:
            leader[url] = leader[leader[url]]
            url = leader[url]
        return url

    for one, other in (*_same_in_all(pages), *_same_in_most(pages)):
        low, high = sorted((find(one), find(other)))
        leader[high] = low
    return {url: find(url) for url in pages}


def _same_in_all(pages: Mapping[str, PageBlocks]) -> list[tuple[str, str]]:
    """Pages with one title and exactly the same running text."""
    alike: defaultdict[tuple[frozenset[str], frozenset[str]], list[str]] = defaultdict(list)
    for url in sorted(pages):
        page = pages[url]
        alike[frozenset(page.titles), frozenset(one.text for one in page.prose)].append(url)
    return [(urls[0], url) for urls in alike.values() for url in urls[1:]]


def _same_in_most(pages: Mapping[str, PageBlocks]) -> list[tuple[str, str]]:
    """Pages that share half of their running text, leaving out what the site prints everywhere."""
    places = content_places(pages, {url: url for url in pages})
    texts = {url: page.prose_texts(places) for url, page in pages.items()}
    counts = Counter(text for own in texts.values() for text in own)
    most = max(_LEAST_PAGES, _RARE * len(pages))
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for url in sorted(texts):
        for text in texts[url]:
            if 1 < counts[text] <= most:
                holders[text].append(url)
    shared: Counter[tuple[str, str]] = Counter()
    for text, urls in holders.items():
        for pair in combinations(urls, 2):
            shared[pair] += len(text)
    size = {url: sum(len(text) for text in own if counts[text] <= most) for url, own in texts.items()}
    return [pair for pair, letters in shared.items() if letters >= _SAME * min(size[pair[0]], size[pair[1]])]
