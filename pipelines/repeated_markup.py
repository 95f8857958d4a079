"""The mark-up of parts that a site repeats and that leave its pages whole, found in a page's bytes before it is parsed.

What is known here changes how long a page takes and nothing else: what is left out can be filled in again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.extraction import parse_alone
from pipelines.left_out import Fragment, Inside
from pipelines.noise.repeated import digest_of
from pipelines.visible_text import MAY_BE_KNOWN
from pipelines.well_formed import elements_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from pipelines.items import NoiseModel
    from pipelines.left_out import Place

__all__ = ["RepeatedMarkup", "repeated_on"]

_START = 48
"""Bytes by which a fragment is looked up."""
_SHORTEST, _LONGEST = 400, 256 * 1024
"""Bytes of a fragment: a shorter one is as soon parsed."""
_SIGHTINGS = 2
"""So often a part must have left a page whole before its mark-up is looked for."""
_FREE, _USES = 64, 16
"""Fragments of a site that are learned at once; then one more for so many that were left out. To learn one takes 2 ms,
and there are sites whose parts change with every third page."""
_PATIENCE = 16
"""A fragment is given up that is filled in again, but for so many times, more often than not."""
_MOST_BYTES = 2 * 1024 * 1024
_MOST_DIGESTS = 8192
_MOST_SITES = 8
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xef\xbf[\xbe\xbf]")
"""What a page's repair would take away: control characters, U+FFFE, U+FFFF."""


class RepeatedMarkup:
    """The fragments of one site's pages that its noise model takes away."""

    def __init__(self) -> None:
        self._by_start: dict[bytes, list[Fragment]] = {}
        self._tags: re.Pattern[bytes] | None = None
        self._sightings: dict[bytes, int] = {}
        self._bytes = self._learned = self._used = 0

    def places(self, markup: bytes) -> list[Place]:
        """Where known fragments are on a page, one after the other."""
        found: list[Place] = []
        at = 0
        while self._tags and (tag := self._tags.search(markup, at)):
            start, at = tag.start(), tag.end()
            for fragment in self._by_start.get(markup[start : start + _START], ()):
                if markup.startswith(fragment.markup, start):
                    found.append((start, fragment))
                    at = start + len(fragment.markup)
                    break
        self._used += len(found)
        for fragment in {fragment for _, fragment in found}:
            if 2 * fragment.fills > fragment.cuts + _PATIENCE:
                self._forget(fragment)
        return found

    def notice(self, markup: bytes, element: HtmlElement, digest: bytes) -> None:
        """A part that came again has left a page whole, whose mark-up this is.

        The element may be empty by now; ``digest`` is what :func:`digest_of` said of it before.
        """
        sightings = self._sightings.get(digest, 0) + 1
        if sightings > _SIGHTINGS or self._learned >= _FREE + self._used // _USES:
            return
        if len(self._sightings) >= _MOST_DIGESTS:
            self._sightings.clear()
        self._sightings[digest] = sightings
        if sightings == _SIGHTINGS:
            self._learned += 1
            if fragment := next(_fragments(markup, element, digest), None):
                self._remember(fragment)

    def _remember(self, fragment: Fragment) -> None:
        self._bytes += len(fragment.markup)
        if self._bytes > _MOST_BYTES:
            self._by_start.clear()
            self._sightings.clear()
            self._bytes = len(fragment.markup)
        alike = self._by_start.setdefault(fragment.markup[:_START], [])
        alike.append(fragment)
        alike.sort(key=lambda one: -len(one.markup))
        tags = {one.tag for some in self._by_start.values() for one in some}
        self._tags = re.compile(rf"<(?:{'|'.join(sorted(tags))})[\s>]".encode())

    def _forget(self, fragment: Fragment) -> None:
        start = fragment.markup[:_START]
        self._by_start[start] = [one for one in self._by_start[start] if one is not fragment]
        self._bytes -= len(fragment.markup)


def _fragments(markup: bytes, element: HtmlElement, digest: bytes) -> Iterator[Fragment]:
    """The mark-up of an element on its page, if it is strictly well-formed and parsed alone to what it is there."""
    if element.tag not in MAY_BE_KNOWN:
        return
    names = [name.encode() for name in (element.get("id"), element.get("class")) if name and name.isalnum()]
    for start in re.finditer(rf"<{element.tag}(?:\s[^<>]*)?>".encode(), markup):
        if any(name not in start[0] for name in names) or not (found := elements_at(markup, start.start())):
            continue
        end, outline = found
        text = markup[start.start() : end]
        if not _SHORTEST <= len(text) <= _LONGEST or _FORBIDDEN.search(text):
            continue
        parsed = parse_alone(text)
        if parsed is not None and digest_of(parsed) == digest and _outline(parsed) == outline:
            yield Fragment(text, Inside(parsed))


def _outline(element: HtmlElement) -> list[tuple[int, str]]:
    found = [(0, element.tag)]
    todo = [(1, one) for one in reversed(element)]
    while todo:
        depth, one = todo.pop()
        found.append((depth, one.tag))
        todo += [(depth + 1, child) for child in reversed(one)]
    return found


_by_site: dict[tuple[str, int], RepeatedMarkup] = {}


def repeated_on(model: NoiseModel) -> RepeatedMarkup:
    """What this process knows of the site that a noise model was learned of."""
    key = (model.site, model.version)
    known = _by_site.get(key)
    if known is None:
        if len(_by_site) >= _MOST_SITES:
            _by_site.pop(next(iter(_by_site)), None)
        known = _by_site[key] = RepeatedMarkup()
    return known
