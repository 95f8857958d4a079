"""A cluster behind the interface of the local pool: pages go in as they come, and out as tasks of several pages.

Each thread of each worker is to have one task in its hands and one that waits, and no more: so memory is bounded, a
worker that joins gets its share, and pages share a task only when there are more of them than free hands.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Coroutine, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Thread
from typing import Any, TypeVar

from pipelines.cluster.connection import Connection, WorkersDiedError
from pipelines.cluster.fitness import ClusterError
from pipelines.extraction_pool import DEADLINE_SECONDS, LOOK_AHEAD, Rulebook
from pipelines.items import Extraction, Headline, Page, Rejected

__all__ = ["BATCH_BYTES", "BATCH_PAGES", "ClusterPool"]

BATCH_PAGES = 16
"""Pages of a task at most: where Dask's own costs are small beside theirs. See `python -m benchmarks.cluster`."""
BATCH_BYTES = 2 << 20
"""Bytes of pages that a task has at most, if it has more than one."""
TASKS_A_THREAD = 2
FILL_SECONDS = 0.02
"""How long pages wait for others to fill their task while all hands are busy: a task takes several times as long."""
GATHER_SECONDS = 0.002
"""How long they wait when a hand is free: pages often come many at once."""
WATCH_SECONDS = 2.0
"""How often the workers are counted."""
ALONE_SECONDS = 60.0
"""How long there may be no worker at all."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Waiting:
    page: Page
    headline: Headline | None
    answer: Future[Extraction]


class ClusterPool:
    """Runs a rulebook over pages on a Dask cluster; the results are those of the local pool."""

    def __init__(self, rulebook: Rulebook, address: str, *, deadline: float = DEADLINE_SECONDS) -> None:
        """``address`` is the scheduler's; raises ClusterError when it cannot be used."""
        self.rulebook = rulebook
        self.deadline = deadline
        self._waiting: deque[_Waiting] = deque()
        self._lonely: deque[_Waiting] = deque()
        """Pages that may have killed their workers: each goes alone."""
        self._under_way: dict[asyncio.Task[None], list[_Waiting]] = {}
        self._lost: ClusterError | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._slots = 1
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="newscrawl-cluster", daemon=True)
        self._thread.start()
        try:
            self._connection = self._await(Connection.open(address, rulebook, deadline))
            self._slots = max(1, self._await(self._connection.slots()))
        except BaseException:
            self._end_loop()
            raise
        self._watcher = asyncio.run_coroutine_threadsafe(self._watch(), self._loop)

    @property
    def look_ahead(self) -> int:
        """How many pages may wait, so that every worker has a full task and another."""
        return max(LOOK_AHEAD, TASKS_A_THREAD * BATCH_PAGES * self._slots)

    def submit(self, page: Page, headline: Headline | None = None) -> Future[Extraction]:
        """A future like the local pool's; it raises ClusterError when the cluster is lost before the page was read."""
        answer: Future[Extraction] = Future()
        answer.set_running_or_notify_cancel()  # nobody cancels it: it is answered whatever happens
        self._loop.call_soon_threadsafe(self._accept, _Waiting(page, headline, answer))
        return answer

    def languages_of(self, titles: Sequence[str]) -> Future[list[str]]:
        """As the local pool's, by some worker of the cluster."""
        return asyncio.run_coroutine_threadsafe(self._connection.languages_of(titles), self._loop)

    def close(self, *, at_once: bool = False) -> None:
        """Finish what was submitted, or with ``at_once`` leave it, and let the cluster go."""
        if not self._loop.is_closed():
            self._await(self._end(at_once))
            self._end_loop()

    async def _end(self, at_once: bool) -> None:
        if not at_once:
            self._send_all()
            while self._under_way:
                await asyncio.wait(self._under_way)
                self._send_all()
        self._watcher.cancel()
        self._lose(ClusterError("the run was ended before the page was read."))
        await self._connection.close()

    def _await(self, work: Coroutine[Any, Any, T]) -> T:
        """What a coroutine of the pool's own loop gives."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _end_loop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    # From here on in the loop's thread alone.

    def _accept(self, one: _Waiting) -> None:
        if self._lost:
            one.answer.set_exception(self._lost)
            return
        self._waiting.append(one)
        self._send()

    def _send(self, *, all_of_them: bool = False) -> None:
        """Give the free hands work: full tasks, and after a moment what does not fill one."""
        while (free := TASKS_A_THREAD * self._slots - len(self._under_way)) > 0:
            if not self._lonely and len(self._waiting) < (1 if all_of_them else BATCH_PAGES):
                if self._waiting and self._timer is None:
                    moment = GATHER_SECONDS if len(self._under_way) < self._slots else FILL_SECONDS
                    self._timer = self._loop.call_later(moment, self._send_all)
                return
            batch = self._next_batch(free)
            task = self._loop.create_task(self._carry(batch))
            self._under_way[task] = batch
            task.add_done_callback(self._sent)

    def _send_all(self) -> None:
        self._timer = None
        self._send(all_of_them=True)

    def _sent(self, task: asyncio.Task[None]) -> None:
        self._under_way.pop(task, None)
        self._send()

    def _next_batch(self, free: int) -> list[_Waiting]:
        """The pages that wait, in equal parts for all free hands."""
        if self._lonely:
            return [self._lonely.popleft()]
        most = min(BATCH_PAGES, math.ceil(len(self._waiting) / free))
        batch: list[_Waiting] = []
        size = 0
        while self._waiting and len(batch) < most:
            size += len(self._waiting[0].page.body)
            if batch and size > BATCH_BYTES:
                break
            batch.append(self._waiting.popleft())
        return batch

    async def _carry(self, batch: list[_Waiting]) -> None:
        """Have a batch read, and answer."""
        try:
            found = await self._connection.read([(one.page, one.headline) for one in batch])
        except WorkersDiedError:
            if len(batch) > 1:
                self._lonely.extend(batch)
                return
            found = [Extraction(None, Rejected("crashed", "Every worker of the cluster that read the page died."))]
        except ClusterError as error:
            self._lose(error)
            return
        for one, extraction in zip(batch, found, strict=True):
            one.answer.set_result(extraction)

    async def _watch(self) -> None:
        """Count the workers now and then, and give up when there are none for long."""
        alone = 0.0
        while not self._lost:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                slots = await self._connection.slots()
            except ClusterError as error:
                self._lose(error)
                return
            alone = 0.0 if slots else alone + WATCH_SECONDS
            if alone >= ALONE_SECONDS:
                self._lose(ClusterError(f"the cluster had no worker for {ALONE_SECONDS:g} s."))
            self._slots = max(1, slots)
            self._send()

    def _lose(self, error: ClusterError) -> None:
        """Nothing is read any more: all that was not answered is told why."""
        self._lost = self._lost or error
        unanswered = [*self._waiting, *self._lonely, *(one for batch in self._under_way.values() for one in batch)]
        self._waiting.clear()
        self._lonely.clear()
        for task in self._under_way:
            if task is not asyncio.current_task():
                task.cancel()
        for one in unanswered:
            if not one.answer.done():
                one.answer.set_exception(error)
