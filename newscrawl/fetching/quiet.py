"""Scrapy's signals and counts at the price of what is heard and counted: it sends fifteen signals a page.

Eight of them have no receiver in a crawl, and to find that out takes pydispatch as long as a call. Receivers that are
plain functions are called where Scrapy makes a task for each.
"""

from __future__ import annotations

from inspect import iscoroutinefunction
from typing import Any

from pydispatch import dispatcher  # type: ignore[import-untyped]
from scrapy.signalmanager import SignalManager
from scrapy.statscollectors import MemoryStatsCollector
from twisted.python.failure import Failure

__all__ = ["QuickStats", "QuietSignals"]


class QuietSignals(SignalManager):
    """Signals that nobody was ever connected to are not sent."""

    def __init__(self, sender: Any = dispatcher.Anonymous) -> None:
        super().__init__(sender)
        self._heard: set[Any] = set()
        self._awaited: set[Any] = set()
        """Signals of which a receiver may give what has to be awaited."""

    def connect(self, receiver: Any, signal: Any, **kwargs: Any) -> None:
        """As Scrapy's."""
        self._heard.add(signal)
        if iscoroutinefunction(receiver) or not _is_known(receiver):
            self._awaited.add(signal)
        super().connect(receiver, signal, **kwargs)

    def send_catch_log(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """As Scrapy's: receivers and what they answered."""
        return super().send_catch_log(signal, **kwargs) if self._is_heard(signal) else []

    async def send_catch_log_async(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """The same, for receivers that are awaited."""
        if not self._is_heard(signal):
            return []
        if signal in self._awaited or dispatcher.Any in self._heard:
            return await super().send_catch_log_async(signal, **kwargs)
        answers = super().send_catch_log(signal, **kwargs)
        return [(by, answer.value if isinstance(answer, Failure) else answer) for by, answer in answers]

    def _is_heard(self, signal: Any) -> bool:
        return signal in self._heard or dispatcher.Any in self._heard


def _is_known(receiver: Any) -> bool:
    """Whether a function is Scrapy's or ours: they give nothing to await. A user's may, by Scrapy's older ways, too."""
    return str(getattr(receiver, "__module__", "")).partition(".")[0] in {"scrapy", "newscrawl", "pipelines"}


class QuickStats(MemoryStatsCollector):
    """Scrapy's, without what it lays around each call to warn of an argument that went out of use."""

    __getattribute__ = object.__getattribute__
