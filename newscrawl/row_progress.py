"""How far an export is, on stderr: one line that is rewritten on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

__all__ = ["counted"]

One = TypeVar("One")

TERMINAL_SECONDS = 0.5
PLAIN_SECONDS = 10.0
_LOOK_EVERY = 256
"""Rows between two looks at the clock."""


def counted(rows: Iterable[One], what: str, *, quiet: bool = False) -> Iterator[One]:
    """The rows as they are, while their number is printed; ``what`` names the file."""
    if quiet:
        yield from rows
        return
    terminal = sys.stderr.isatty()
    every = TERMINAL_SECONDS if terminal else PLAIN_SECONDS
    start = shown = time.monotonic()
    for count, row in enumerate(rows, 1):
        if count % _LOOK_EVERY == 0 and (now := time.monotonic()) - shown >= every:
            shown = now
            line = f"{what}: {count:,} articles, {count / (now - start):,.0f} a second"
            sys.stderr.write(f"\r\x1b[K{line}" if terminal else f"{line}\n")
            sys.stderr.flush()
        yield row
    if terminal and shown != start:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
