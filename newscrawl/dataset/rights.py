"""How much of the texts a bundle gives: what was asked for, and never more than pages and robots.txt allow.

The texts are their publishers'. A bundle that leaves the house may hold all of them, the beginnings, or none; beside
that, a page behind a paywall gives its beginning at the most, a page that asks robots not to keep copies likewise, and
one that robots.txt has closed or that asks for no snippets or no text mining gives none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, get_args

from pipelines.rows import Row

__all__ = ["MODES", "SNIPPET_CHARACTERS", "Kept", "Mode", "keep", "snippet"]

Mode = Literal["full", "snippet", "metadata"]
Kept = Literal["full", "snippet", "none"]

MODES: tuple[Mode, ...] = get_args(Mode)
SNIPPET_CHARACTERS = 280
_TEXTS = ("body", "lead", "subtitle")
_LESS: dict[Kept, int] = {"full": 0, "snippet": 1, "none": 2}


def keep(rows: Iterable[Row], mode: Mode, allowed: Callable[[Row], Kept], tally: Counter[str]) -> Iterator[Row]:
    """The rows with as much text as may be, and the columns ``text_kept`` and ``text_reason`` that say so.

    ``allowed``: what the article's page allows. ``robots_forbids`` is used up. What was kept, and why, is counted.
    """
    asked: Kept = "none" if mode == "metadata" else mode
    for row in rows:
        reasons: list[tuple[Kept, str]] = [(asked, "asked")]
        if row["paywalled"]:
            reasons.append(("snippet", "paywall"))
        if row["robots_forbids"]:
            reasons.append(("none", "robots"))
        elif asked != "none":  # else no page could allow less
            reasons.append((allowed(row), "robots"))
        kept, reason = max(reasons, key=lambda pair: _LESS[pair[0]])
        given = {name: value for name, value in row.items() if name != "robots_forbids"}
        for name in _TEXTS:
            given[name] = _text(row[name], kept, required=name == "body")
        tally[kept] += 1
        if kept != "full":
            tally[reason] += 1
        yield given | {"text_kept": kept, "text_reason": None if kept == "full" else reason}


def _text(text: str | None, kept: Kept, *, required: bool) -> str | None:
    if kept == "full" or text is None:
        return text
    if kept == "snippet":
        return snippet(text)
    return "" if required else None


def snippet(text: str) -> str:
    """The beginning of a text: whole words, at most 280 characters with the ellipsis that says that there was more.

    >>> snippet("Un titre court"), len(snippet("mot " * 100)), snippet("x" * 300)[-2:]
    ('Un titre court', 280, 'x…')
    """
    if len(text) <= SNIPPET_CHARACTERS:
        return text
    start = text[: SNIPPET_CHARACTERS - 1]
    whole = start.rsplit(None, 1)[0] if not text[len(start)].isspace() else start
    return whole.rstrip() + "…"
