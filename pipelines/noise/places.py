"""Where on a page the article stands: the question that keeps what authors write from being taken for noise."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Region"]


class Region:
    """The part of a page around the places of its article's paragraphs, with everything that stands inside it.

    >>> region = Region({"div.article>p"})
    >>> "div.article>table>tr>td" in region, "ul.menu>li" in region
    (True, False)
    """

    def __init__(self, content: Iterable[str]) -> None:
        self.places = frozenset(content)
        self._containers = tuple(sorted({f">{place.rpartition('>')[0] or place}>" for place in self.places}))
        self._known: dict[str, bool] = {}

    def __contains__(self, place: str) -> bool:
        if place not in self._known:
            self._known[place] = place in self.places or any(one in f">{place}>" for one in self._containers)
        return self._known[place]
