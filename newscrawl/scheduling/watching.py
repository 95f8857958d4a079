"""Crawl after crawl, each in a process of its own, with pauses that a signal ends at once."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import click

from newscrawl.exit_codes import USAGE
from pipelines.store.rows import to_second

__all__ = ["Watch", "program"]


def program() -> list[str]:
    """How this program is called again."""
    return [sys.executable, "-m", "newscrawl"]


class Watch:
    """Runs one command again and again until a signal comes."""

    def __init__(self, command: Sequence[str], every: int, jitter: int) -> None:
        """``every`` and ``jitter`` are in seconds."""
        self.command = command
        self.every = every
        self.jitter = jitter
        self.ended = False
        self._child: subprocess.Popen[bytes] | None = None

    def run(self, passes: int | None) -> int | None:
        """The exit code of the last of so many crawls; None when a signal ended it before, or without a number."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        done = 0
        while True:
            begun = time.monotonic()
            code = self._crawl()
            done += 1
            if self.ended:
                return None
            if done == passes or code == USAGE:  # what is wrong with the words is wrong every time
                return code
            self._pause(max(0.0, self.every - (time.monotonic() - begun)) + random.uniform(0, self.jitter), code)
            if self.ended:
                return None

    def _crawl(self) -> int:
        if self.ended:
            return 0
        # A session of its own: Ctrl-C on the terminal reaches this process alone, which hands it on once.
        self._child = subprocess.Popen(self.command, start_new_session=True)
        if self.ended:  # the signal came in between
            self._child.terminate()
        code = self._child.wait()
        self._child = None
        return code

    def _pause(self, seconds: float, code: int) -> None:
        following = to_second(datetime.now(UTC) + timedelta(seconds=seconds))
        click.echo(
            f"newscrawl watch: that crawl ended with exit code {code}; the next begins at {following}.", err=True
        )
        deadline = time.monotonic() + seconds
        # A signal that was handled does not end a sleep: look up now and then.
        while not self.ended and (left := deadline - time.monotonic()) > 0:
            time.sleep(min(left, 0.2))

    def _end(self, number: int, frame: object) -> None:
        self.ended = True
        if self._child is not None:
            self._child.terminate()
