"""Mark-up that is parsed alike wherever it stands: every element closed, every attribute quoted, nothing to repair."""

from __future__ import annotations

import re

__all__ = ["elements_at"]

# Plain repetition: Python 3.11.2 lets a possessive group with a choice inside match more than it says.
_ATTRIBUTE = rb"""\s+[a-zA-Z_:@][\w:.@-]*(?:="[^"<>]*"|='[^'<>]*')?"""
_TOKEN = re.compile(
    rb"[^<]+"
    rb"|<!--(?!-?>)[^-]*(?:-[^-]+)*-->"
    rb"|</(?P<end>[a-zA-Z][a-zA-Z0-9-]*)\s*>"
    rb"|<(?P<start>[a-zA-Z][a-zA-Z0-9-]*)(?:" + _ATTRIBUTE + rb")*\s*(?P<closed>/?)>"
)
_LIKE_A_TAG = re.compile(rb"<[/!?a-zA-Z]")
_RAW = (b"script", b"style")
"""Elements with no mark-up inside, that only their end tag ends."""
_VOID = frozenset(
    b"area base br col embed hr img input link meta param source track wbr".split()  # HTML, "Void elements"
)


def elements_at(markup: bytes, at: int) -> tuple[int, list[tuple[int, str]]] | None:
    """Where the element that begins at a place ends, and the depth and name of it and of all inside, in order.

    None where it is not well-formed in the strictest sense: then what stands around it, or a parser's repairs, may have
    a part in how it is parsed.

    >>> elements_at(b'-<div><p class="a">Un<br></p></div>-', 1)
    (35, [(0, 'div'), (1, 'p'), (2, 'br')])
    >>> elements_at(b"<div><p>Un</div>", 0), elements_at(b"<div class=a></div>", 0)
    (None, None)
    """
    inside: list[bytes] = []
    found: list[tuple[int, str]] = []
    while token := _TOKEN.match(markup, at):
        at = token.end()
        if name := token["start"]:
            name = name.lower()
            found.append((len(inside), name.decode()))
            if name not in _VOID and not token["closed"]:
                inside.append(name)
            if name in _RAW and (token["closed"] or (at := _end_of_text(markup, at, name)) < 0):
                return None
        elif (name := token["end"]) and (not inside or inside.pop() != name.lower()):
            return None
        if not inside:
            return (at, found) if found and found[0][1].encode() not in _VOID else None
    return None


def _end_of_text(markup: bytes, at: int, name: bytes) -> int:
    """Where the end tag of a script begins that has nothing like a tag or a comment in it, else -1."""
    found = _LIKE_A_TAG.search(markup, at)
    if found is None or found[0][:2] != b"</":
        return -1
    return found.start() if markup[found.start() + 2 :][: len(name)].lower() == name else -1
