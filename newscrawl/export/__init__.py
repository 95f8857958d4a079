"""Export formats, one file each: the file's name is the format, its `write` takes rows, a stream and their columns.

A row is a dictionary with a value for each column, in their order. Formats write as they read, so that memory does not
grow with the number of articles, and the same rows give the same bytes.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from pipelines.store.dictionary import ARTICLES, Column

__all__ = [
    "ENDINGS",
    "Row",
    "Write",
    "WriteChunks",
    "chunk_writer",
    "default_columns",
    "format_names",
    "format_of",
    "writer",
]

Row = Mapping[str, Any]
Write = Callable[[Iterable[Row], BinaryIO, Sequence[Column]], int]
"""Writes the rows to the stream and returns how many there were."""
WriteChunks = Callable[[Iterable[Sequence[Sequence[Any]]], BinaryIO, Sequence[Column]], int]
"""The same for rows that come as :meth:`pipelines.store.selected.Selected.chunks` gives them, some hundred at once."""

ENDINGS = {"arrow": "feather", "db": "sqlite", "ndjson": "jsonl"}
"""Endings of file names that mean a format of another name."""
_TYPED = frozenset(["feather", "parquet"])
"""Formats with types for days and moments."""


def format_names() -> list[str]:
    """The formats there are, in alphabetical order."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def format_of(path: str) -> str | None:
    """The format that a file's ending means; None when it means none."""
    ending = Path(path).suffix.lstrip(".").lower()
    name = ENDINGS.get(ending, ending)
    return name if name in format_names() else None


def writer(name: str) -> Write:
    """The `write` function of a format; raises ModuleNotFoundError for a name that :func:`format_names` lacks."""
    write: Write = importlib.import_module(f"{__name__}.{name}").write
    return write


def chunk_writer(name: str) -> WriteChunks | None:
    """The `write_chunks` function of a format that holds columns, which is faster; None for a format without."""
    write: WriteChunks | None = getattr(importlib.import_module(f"{__name__}.{name}"), "write_chunks", None)
    return write


def default_columns(name: str) -> tuple[str, ...]:
    """The columns that a format has when nothing else is asked for.

    ``published_at`` may be a day or a month, so that it is text everywhere. Formats with types also have the moment,
    empty where the time of day is not known.
    """
    if name not in _TYPED:
        return ARTICLES
    columns: list[str] = []
    for own in ARTICLES:
        columns.append(own)
        if own in ("published_at", "modified_at"):
            columns.append(own.replace("_at", "_time"))
    return tuple(columns)
