"""Answers of other threads in an event loop: each arrives, with few awakenings, and the end comes in time."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from pipelines.awaiting import Awaiting


def test_every_answer_arrives_whoever_gives_it_and_whenever() -> None:
    async def answers() -> list[object]:
        awaiting = Awaiting()
        with ThreadPoolExecutor(8) as threads:
            asked = [threads.submit(int, number) for number in range(500)]
            return [one and one.result() for one in await asyncio.gather(*map(awaiting.answer_of, asked))]

    assert asyncio.run(answers()) == list(range(500))


def test_what_went_wrong_is_the_answer_too() -> None:
    async def answer() -> None:
        asked: Future[int] = Future()
        waiting = asyncio.ensure_future(Awaiting().answer_of(asked))
        await asyncio.sleep(0)
        asked.set_exception(ValueError("broken"))
        found = await waiting
        assert found is asked
        with pytest.raises(ValueError, match="broken"):
            found.result()

    asyncio.run(answer())


def test_the_loop_is_woken_once_for_what_is_answered_together() -> None:
    async def awakenings() -> int:
        awaiting, loop, woken = Awaiting(), asyncio.get_running_loop(), 0
        call = loop.call_soon_threadsafe

        def counted(*arguments: object) -> object:
            nonlocal woken
            woken += 1
            return call(*arguments)  # type: ignore[arg-type]

        loop.call_soon_threadsafe = counted  # type: ignore[assignment, method-assign]
        asked: list[Future[int]] = [Future() for _ in range(4)]
        waiting = asyncio.gather(*map(awaiting.answer_of, asked))
        await asyncio.sleep(0)
        for number, one in enumerate(asked):
            one.set_result(number)
        assert [one and one.result() for one in await waiting] == [0, 1, 2, 3]
        return woken

    assert asyncio.run(awakenings()) == 1


def test_after_the_end_nothing_is_waited_for_and_what_is_there_is_taken() -> None:
    async def ends() -> None:
        awaiting = Awaiting()
        never: Future[int] = Future()
        waiting = asyncio.ensure_future(awaiting.answer_of(never))
        await asyncio.sleep(0)
        awaiting.end()
        assert await waiting is None
        assert await awaiting.answer_of(Future()) is None
        there: Future[int] = Future()
        there.set_result(1)
        assert await awaiting.answer_of(there) is there
        never.set_result(2)  # too late: nobody minds

    asyncio.run(ends())
