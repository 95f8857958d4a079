"""On which line of a TOML text a key is set. Python's reader gives values without their places."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

__all__ = ["lines_of"]


def lines_of(text: str) -> dict[tuple[str, ...], int]:
    """The line, from 1, that every key and table of a valid TOML text begins on, by its path.

    The reader itself is asked: lines are given to it one more at a time, and whatever it finds that was not there
    before was set by the lines since it last accepted the text. Nothing here has to know strings, arrays or tables.

    >>> lines_of("a = 1\\n[b]\\n# c\\nd = [\\n 2,\\n]")
    {('a',): 1, ('b',): 2, ('b', 'd'): 4}
    """
    found: dict[tuple[str, ...], int] = {}
    lines = text.splitlines(keepends=True)
    begun = 1
    for number, line in enumerate(lines, 1):
        if begun == number and (not line.strip() or line.lstrip().startswith("#")):
            begun = number + 1
            continue
        try:
            read = tomllib.loads("".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a value that goes on
        for path in _paths(read):
            found.setdefault(path, begun)
        begun = number + 1
    return found


def _paths(table: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, value in table.items():
        path = (*above, name)
        yield path
        if isinstance(value, dict):
            yield from _paths(value, path)
