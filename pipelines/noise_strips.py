"""Which places of a site's pages are noise: tickers, "most read" boxes, carousels.

Their texts turn over, but stand in one place of the page, so that a headline never seen before is known for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil

from pipelines.noise_blocks import names_of, place_name
from pipelines.noise_evidence import LearnedBlock, SiteCounts
from pipelines.noise_places import Region
from pipelines.noise_texts import EVERYWHERE

__all__ = ["noise_places"]

_LEAST = (5, 0.10)
"""Number and share of the articles that must have the place."""
_TURNS_OVER = 0.60
"""Share of the texts at a place that are known as headlines: shown here by other articles too, or their titles."""
_COMMON = 0.50
_SLOT_TURNS_OVER = 0.40
_LINKS_TURN_OVER = 0.25
"""The same where half of the articles have the place, outside their paragraphs: a ticker may turn over fast."""
_LIST = 5
_LIST_TURNS_OVER = 0.20
_LIST_PAGES = 0.20
"""The same for places with five links an article on a fifth of the articles."""
_FIXED = 0.80
"""Lists of five links on this share of the articles are noise whatever recurs: no author ends every article with five
references. Crossheads, captions and table cells, which recur by an author's habit, need this share besides."""
_TEASERS_TURN_OVER = 0.80
"""For running sentences."""
_PRINTED_LIST = 3
"""Where nothing but texts of half of the articles ever stood, so many different ones are a list."""
_CROSSHEADS = frozenset(["h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "figcaption"])
_CALLED = {"link": "links", "line": "lines", "prose": "sentences"}
_WORDS = 3
"""A place whose texts have fewer words on average holds labels or table cells, not headlines."""


@dataclass(slots=True)
class _Place:
    """What stood at one path, over all articles."""

    articles: set[str] = field(default_factory=set)
    shown_in: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By name of the text (in links with numbers folded: clocks run), the articles that showed it here."""
    titles: set[tuple[str, str]] = field(default_factory=set)
    """Pairs (article, name) where the text is another article's title."""
    places: set[str] = field(default_factory=set)
    words: int = 0
    sightings: int = 0

    def turnover(self, articles: int) -> float:
        """Share of what stood here that is known as headlines; what is printed everywhere is left out."""
        rotating = {name: shown for name, shown in self.shown_in.items() if len(shown) < EVERYWHERE * articles}
        if not rotating:
            return float(len(self.shown_in) >= _PRINTED_LIST)
        pairs = [(article, name) for name, shown in rotating.items() for article in shown]
        return sum(len(rotating[name]) > 1 or (article, name) in self.titles for article, name in pairs) / len(pairs)


def noise_places(counts: SiteCounts) -> Iterator[LearnedBlock]:
    """The places whose headlines turn over, so that new ones there are noise too."""
    for (stream, path), place in sorted(_places(counts).items()):
        if why := _why_noise(stream, path, place, counts):
            yield counts.learned(place_name(stream, path), len(place.articles), path, why)


def _places(counts: SiteCounts) -> dict[tuple[str, str], _Place]:
    found: dict[tuple[str, str], _Place] = {}
    for article, sightings in counts.sightings.items():
        for one in sightings:
            if counts.is_title_of(one.text, article):
                continue  # its own title says nothing about the place, and must not make noise of where titles stand
            names = names_of(one.text)
            name = names.counted if one.stream == "link" else names.exact
            place = found.setdefault((one.stream, one.path), _Place())
            place.articles.add(article)
            place.shown_in[name].add(article)
            place.places.add(one.place)
            place.words += one.text.count(" ") + 1
            place.sightings += 1
            if counts.is_title_elsewhere(one.text, article):
                place.titles.add((article, name))
    return found


def _why_noise(stream: str, path: str, place: _Place, counts: SiteCounts) -> str:
    """Why a place is noise, in a few words; empty where it is not."""
    number, least = _LEAST
    if len(place.articles) < max(number, ceil(least * counts.articles)) or place.words < _WORDS * place.sightings:
        return ""
    share, turnover = len(place.articles) / counts.articles, place.turnover(counts.articles)
    among_paragraphs = not counts.region.places.isdisjoint(place.places) and not path.endswith("|")
    if stream == "link":
        noise = turnover >= _TURNS_OVER or (not among_paragraphs and _is_list(place, share, turnover))
    elif among_paragraphs:
        noise = False
    elif stream == "prose":
        noise = turnover >= _TEASERS_TURN_OVER and share >= _COMMON
    elif _may_be_crossheads(place, counts.region):
        noise = turnover >= _TURNS_OVER and share >= _FIXED
    else:
        noise = turnover >= _TURNS_OVER or (turnover >= _SLOT_TURNS_OVER and share >= _COMMON)
    return f"a list of {_CALLED[stream]}, {turnover:.0%} headlines" if noise else ""


def _is_list(place: _Place, share: float, turnover: float) -> bool:
    long = place.sightings >= _LIST * len(place.articles)
    return (
        (long and share >= _FIXED)
        or (share >= _COMMON and turnover >= _LINKS_TURN_OVER)
        or (long and share >= _LIST_PAGES and turnover >= _LIST_TURNS_OVER)
    )


def _may_be_crossheads(place: _Place, region: Region) -> bool:
    elements = {one.rpartition(">")[2].partition(".")[0].partition("#")[0] for one in place.places}
    return not _CROSSHEADS.isdisjoint(elements) and any(one in region for one in place.places)
