"""How far an export is, on stderr: one line that is rewritten on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from newscrawl.terminal_line import fitted

__all__ = ["counted"]

One = TypeVar("One")

TERMINAL_SECONDS = 0.5
PLAIN_SECONDS = 10.0
_LOOK_EVERY = 256
"""Rows between two looks at the clock."""


def counted(
    parts: Iterable[One], what: str, *, quiet: bool = False, size: Callable[[One], int] = lambda part: 1
) -> Iterator[One]:
    """The rows, or parts of ``size`` rows, as they are, while their number is printed; ``what`` names the file."""
    if quiet:
        yield from parts
        return
    terminal = sys.stderr.isatty()
    every = TERMINAL_SECONDS if terminal else PLAIN_SECONDS
    start = shown = time.monotonic()
    count = looked = 0
    for part in parts:
        count += size(part)
        if count - looked >= _LOOK_EVERY:
            looked, now = count, time.monotonic()
            if now - shown >= every:
                shown = now
                line = f"{what}: {count:,} articles, {count / (now - start):,.0f} a second"
                sys.stderr.write(f"\r\x1b[K{fitted(line)}" if terminal else f"{line}\n")
                sys.stderr.flush()
        yield part
    if terminal and shown != start:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
