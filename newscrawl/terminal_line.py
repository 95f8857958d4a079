"""A line that is rewritten on a terminal must fit into it: one that wraps could not be taken back."""

from __future__ import annotations

import os
import sys

__all__ = ["fitted"]


def fitted(line: str, columns: int | None = None) -> str:
    """The line, cut to one cell less than stderr's terminal is wide, so that the cursor stays on it.

    >>> fitted("maghress: 48 fetched, 40 stored; 12 waiting", 24)
    'maghress: 48 fetched, …'
    """
    from rich.cells import cell_len, set_cell_size

    room = (columns or _columns()) - 1
    return line if cell_len(line) <= room else f"{set_cell_size(line, room - 1)}…"


def _columns() -> int:
    """How wide stderr's terminal is; 80 where nobody knows (a terminal without a size says 0)."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
