"""Export formats, one file each: the file's name is the format, its `write` takes rows and a binary stream.

A row is a dictionary of the columns of :data:`COLUMNS`, in that order. Formats write as they read, so that memory
does not grow with the number of articles.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from typing import Any, BinaryIO

__all__ = ["Row", "Write", "format_names", "writer"]

Row = Mapping[str, Any]
Write = Callable[[Iterable[Row], BinaryIO], int]
"""Writes the rows to the stream and returns how many there were."""


def format_names() -> list[str]:
    """The formats there are, in alphabetical order."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def writer(name: str) -> Write:
    """The `write` function of a format; raises ModuleNotFoundError for a name that :func:`format_names` lacks."""
    write: Write = importlib.import_module(f"{__name__}.{name}").write
    return write
