"""One line on stderr for work that is no crawl: rewritten on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Self

from newscrawl.progress import PLAIN_SECONDS, TERMINAL_SECONDS
from newscrawl.terminal_line import fitted

__all__ = ["ProgressLine"]


class ProgressLine:
    """Use it as a context manager and :meth:`show` as often as there is news; it prints seldom enough by itself."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.terminal = sys.stderr.isatty()
        self.line = ""
        self.printed = time.monotonic()

    def show(self, line: str) -> None:
        """Print the line if it is time for one."""
        self.line = line
        pause = TERMINAL_SECONDS if self.terminal else PLAIN_SECONDS
        if time.monotonic() - self.printed >= pause:
            self._print("" if self.terminal else "\n")

    def _print(self, end: str) -> None:
        self.printed = time.monotonic()
        if self.line and not self.quiet:
            sys.stderr.write(f"\r\x1b[K{fitted(self.line)}" if self.terminal else self.line)
            sys.stderr.write(end)
            sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self.terminal:  # elsewhere the command's own last sentence says it
            self._print("\n")
