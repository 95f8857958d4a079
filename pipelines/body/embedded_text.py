"""The text of a page that keeps it in a script: some applications lay their articles out in the browser, from JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from pipelines.fields.json_ld_body import plain_body
from pipelines.fields.titles import folded
from pipelines.visible_text import one_line

__all__ = ["embedded_lines"]

_SMALLEST, _LARGEST = 3_000, 3_000_000
"""Characters of a script that may hold an article."""
_MOST_VALUES = 200_000
_TEXT_KEYS = ("text", "value", "data", "content", "children", "html", "body", "paragraph", "items")
_STATE = re.compile(r"^[^{\[]{0,200}?=\s*(?=[{\[])")
_PROSE = 60
_LEAST_PARAGRAPHS = 3
_SAME = 40
"""Characters by which a paragraph is known."""


def embedded_lines(scripts: Iterable[HtmlElement], known: Sequence[str]) -> list[str]:
    """The longest run of paragraphs in JSON scripts that holds one of the known lines; empty when there is none.

    A run is a list of at least three objects or texts with prose in them. Link targets and numbers are not read.
    ``known`` are lines of the article that the page does show (its first paragraph, its summary).
    """
    starts = {start for line in known if len(start := folded(line)[:_SAME]) == _SAME}
    runs = (run for script in scripts for run in _runs(_loaded(script)))
    ours = (run for run in runs if any(folded(line)[:_SAME] in starts for line in run))
    return max(ours, key=lambda run: sum(map(len, run)), default=[])


def _loaded(script: HtmlElement) -> Any:
    text = (script.text or "").strip()
    if not _SMALLEST <= len(text) <= _LARGEST or "ld+json" in (script.get("type") or ""):
        return None
    if "json" not in (script.get("type") or ""):
        text = _STATE.sub("", text, count=1)
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _runs(state: Any) -> Iterator[list[str]]:
    todo = [state]
    for _ in range(_MOST_VALUES):
        if not todo:
            return
        value = todo.pop()
        if isinstance(value, dict):
            todo.extend(value.values())
        elif isinstance(value, list):
            todo.extend(value)
            if len(value) >= _LEAST_PARAGRAPHS:
                lines = [line for item in value for line in _paragraphs(item)]
                if sum(len(line) >= _PROSE for line in lines) >= _LEAST_PARAGRAPHS:
                    yield lines


def _paragraphs(item: Any) -> list[str]:
    return [line for raw in plain_body("".join(_texts(item, 8))).split("\n") if (line := one_line(raw))]


def _texts(item: Any, depth: int) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    elif depth and isinstance(item, list):
        for part in item:
            if not isinstance(part, str):
                yield from _texts(part, depth - 1)
    elif depth and isinstance(item, dict):
        for key in _TEXT_KEYS:
            if key in item:
                yield from _texts(item[key], depth - 1)
