"""Futures that other threads answer, awaited in an event loop which is woken once for all that were answered meanwhile.

``asyncio.wrap_future`` wakes it for each, and to wait for the end of the waiting too takes ``asyncio.wait``: a tenth of
a millisecond a page.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

__all__ = ["Awaiting"]

T = TypeVar("T")


class Awaiting:
    """Used in one event loop, until :meth:`end`: what is not answered by then is not waited for any longer."""

    def __init__(self) -> None:
        self.ended = False
        self._waiting: set[asyncio.Future[None]] = set()
        self._answered: deque[asyncio.Future[None]] = deque()
        self._woken = False

    async def answer_of(self, asked: Future[T]) -> Future[T] | None:
        """The future itself once it is done, whatever its answer; None when the waiting ended before."""
        if not asked.done() and not self.ended:
            loop = asyncio.get_running_loop()
            waiting = loop.create_future()
            self._waiting.add(waiting)
            asked.add_done_callback(partial(self._answer, loop, waiting))
            await waiting
        return asked if asked.done() else None

    def end(self) -> None:
        """Wait no longer."""
        self.ended = True
        for waiting in self._waiting:
            _release(waiting)
        self._waiting.clear()

    def _answer(self, loop: asyncio.AbstractEventLoop, waiting: asyncio.Future[None], asked: Future[T]) -> None:
        """In whatever thread answers."""
        self._answered.append(waiting)
        if not self._woken and not loop.is_closed():
            self._woken = True  # before: the loop may be at it before the next line
            loop.call_soon_threadsafe(self._go_on)

    def _go_on(self) -> None:
        self._woken = False  # before: what is answered from here on wakes the loop once more, or is seen below
        while self._answered:
            waiting = self._answered.popleft()
            self._waiting.discard(waiting)
            _release(waiting)


def _release(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
