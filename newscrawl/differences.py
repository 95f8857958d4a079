"""Two states of an article side by side, for people: short fields on a line each, texts as a unified diff."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from typing import Any

import click

__all__ = ["difference_lines", "readable_fields"]

CONTEXT = 1
"""Paragraphs around a change that are shown; a paragraph is long."""
LONG = 70
"""Characters. A longer value is shown as a diff of its lines."""
_COLOURS = {"-": "red", "+": "green", "@": "cyan"}


def difference_lines(fields: Mapping[str, tuple[Any, Any]], *, indent: str = "  ") -> Iterator[str]:
    """One or more lines a field; ``-`` before what was and ``+`` before what is, coloured.

    click takes the colours out where the output is no terminal.
    """
    for name, (before, after) in readable_fields(fields).items():
        old, new = _text(before), _text(after)
        if max(len(old), len(new)) <= LONG and "\n" not in old + new:
            yield f"{indent}{name}: {_changed(old, new)}"
            continue
        yield f"{indent}{name}:"
        for line in unified_diff(_lines(old), _lines(new), lineterm="", n=CONTEXT):
            if not line.startswith(("---", "+++")):
                yield indent * 2 + _coloured(line)


def readable_fields(fields: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """The fields with lists as lists, as they are in an export."""
    return {name: (_read(name, before), _read(name, after)) for name, (before, after) in fields.items()}


def _read(name: str, value: Any) -> Any:
    """Revisions keep values as text."""
    if value is None:
        return None
    if name in ("authors", "keywords") and isinstance(value, str):
        return json.loads(value)
    if name in ("paywalled", "published_ambiguous"):
        return bool(int(value))
    return int(value) if name == "word_count" else value


def _changed(old: str, new: str) -> str:
    parts = [click.style(f"- {old}", fg="red")] if old else []
    parts += [click.style(f"+ {new}", fg="green")] if new else []
    return "  ".join(parts)


def _coloured(line: str) -> str:
    return click.style(line, fg=_COLOURS.get(line[:1]))


def _text(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _lines(text: str) -> list[str]:
    """Paragraphs; the blank lines between them say nothing in a diff."""
    return [line for line in text.split("\n") if line]
