"""The only importer of ``distributed``: a connection to a Dask scheduler, and what its workers run for us.

Dask does what a cluster needs: it finds a worker that is free, and does the work of a lost one again. The rulebook is
a task of its own, by its version: its result goes once to each worker, is kept as long as a run uses it, and is made
again where it was lost. TLS, time limits and compression are Dask's own configuration (docs/scaling.md).
"""

from __future__ import annotations

import asyncio
import logging
import pickle
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import uuid4

from distributed import Client, get_worker
from distributed.client import FutureCancelledError, FuturesCancelledError
from distributed.scheduler import KilledWorker
from distributed.security import Security

from pipelines.cluster.batches import Batch, Entry, RulebookCopy, languages_of, read, rulebook_version
from pipelines.cluster.fitness import ClusterError, Fitness, misfit, own_fitness
from pipelines.extraction_pool import Rulebook
from pipelines.items import Extraction
from pipelines.parcels import packed_pages, unpacked_extractions

__all__ = ["CONNECT_SECONDS", "Connection", "WorkersDiedError", "wait_for_workers"]

CONNECT_SECONDS = 5.0
"""How long to wait for the scheduler, and then for a first worker."""
ANSWER_SECONDS = 15.0
"""How long the scheduler may take for a question that it answers from memory."""
SETTLE_SECONDS = 0.02
"""What Dask sends in the background ends by itself within 2 ms; before that Python complains of what is left open."""
CLOSE_SECONDS = 2.0
"""How long a farewell may take."""


class WorkersDiedError(Exception):
    """Every worker that had these pages died (Dask tries four, ``distributed.scheduler.allowed-failures``)."""


class Connection:
    """To be used within one event loop."""

    def __init__(self, client: Any, address: str, deadline: float) -> None:
        """Use :meth:`open`."""
        self._client = client
        self._address = address
        self._deadline = deadline
        self._rules: Any = None

    @classmethod
    async def open(cls, address: str, rulebook: Rulebook, deadline: float) -> Connection:
        """Connect, compare versions and leave the rulebook there; raises ClusterError when that cannot be."""
        for name in ("distributed", "distributed.client"):  # what goes wrong is one sentence, and ours
            logging.getLogger(name).setLevel(logging.CRITICAL)
        _check_tls(address)
        try:
            client = await Client(  # type: ignore[no-untyped-call]
                address, asynchronous=True, timeout=CONNECT_SECONDS, set_as_default=False
            )
        except (OSError, ValueError, ImportError, RuntimeError) as error:
            raise ClusterError(
                f"no Dask scheduler answers at {address} ({_first_line(error)}): start one with `dask scheduler`, or "
                "`newscrawl cluster --local 2` to try it on this machine."
            ) from error
        connection = cls(client, address, deadline)
        try:
            await connection._check()
        except BaseException:
            await connection.close()
            raise
        version = rulebook_version(rulebook)
        # A key that is there already is the same rulebook: Dask takes that one.
        connection._rules = client.submit(
            RulebookCopy, version, pickle.dumps(rulebook, protocol=5), key=f"newscrawl-rulebook-{version}", pure=False
        )
        return connection

    async def _check(self) -> None:
        try:
            await self._client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError:
            raise ClusterError(
                f"the Dask scheduler at {self._address} has no worker: start some with "
                f"`dask worker {self._address} --no-nanny`."
            ) from None
        asked = self._client.run(own_fitness, on_error="return")
        found: dict[str, Any] = await asyncio.wait_for(asked, 2 * ANSWER_SECONDS)
        try:
            scheduler = await asyncio.wait_for(self._client.run_on_scheduler(own_fitness), ANSWER_SECONDS)
        except Exception as error:
            scheduler = error
        everyone = [(f"the scheduler {self._address}", scheduler)]
        everyone += [(f"the worker {name}", fitness) for name, fitness in sorted(found.items())]
        for who, fitness in everyone:
            if unfit := _unfit(who, fitness):
                raise ClusterError(unfit)

    async def slots(self) -> int:
        """How many pages all workers read at a time; 0 when there is no worker. Raises ClusterError when it is lost."""
        try:
            found: dict[str, int] = await asyncio.wait_for(self._client.nthreads(), ANSWER_SECONDS)
        except (OSError, TimeoutError) as error:
            raise self._lost() from error
        return sum(found.values())

    async def read(self, entries: Sequence[Entry]) -> list[Extraction]:
        """Read pages on some worker.

        :raises ClusterError: the scheduler is lost, or a worker cannot read for us.
        :raises WorkersDiedError: all that tried it died.
        """
        batch = Batch(packed_pages(entries), self._deadline, own_fitness())
        future = self._client.submit(_read, self._rules, batch, key=f"newscrawl-pages-{uuid4().hex}", pure=False)
        try:
            return unpacked_extractions(await future)
        except KilledWorker as error:
            raise WorkersDiedError(str(error)) from error
        except (FutureCancelledError, FuturesCancelledError, OSError) as error:
            raise self._lost() from error
        except ClusterError:
            raise
        except Exception as error:
            raise ClusterError(f"a worker of {self._address} failed ({_first_line(error)}).") from error

    async def languages_of(self, titles: Sequence[str]) -> list[str]:
        """The languages of headlines, found by some worker; raises whatever goes wrong."""
        key = f"newscrawl-languages-{uuid4().hex}"
        found: list[str] = await self._client.submit(_languages_of, own_fitness(), titles, key=key, pure=False)
        return found

    def _lost(self) -> ClusterError:
        return ClusterError(
            f"the Dask scheduler at {self._address} was lost. Pages that were not read are read by the next run."
        )

    async def close(self) -> None:
        """Leave; never takes long, also when nobody is there any more."""
        with suppress(TimeoutError, OSError):
            await self._client.close(timeout=CLOSE_SECONDS)
        await asyncio.sleep(SETTLE_SECONDS)


def _check_tls(address: str) -> None:
    """Raise ClusterError where TLS is asked for without a certificate, which Dask answers with a traceback."""
    if not address.startswith("tls://"):
        return
    try:
        found = Security().get_connection_args("client").get("ssl_context")  # type: ignore[no-untyped-call]
        reason = "" if found else "none is named"
    except (OSError, ValueError) as error:  # no such file, no certificate in it
        reason = _first_line(error)
    if reason:
        raise ClusterError(
            f"{address} is spoken to by TLS, and Dask's configuration gives no certificate for it here ({reason}): "
            "docs/scaling.md says how it is named."
        )


def wait_for_workers(address: str, number: int, seconds: float) -> bool:
    """Whether so many workers have come to a scheduler in that time."""

    async def wait() -> bool:
        found = await ask()
        await asyncio.sleep(SETTLE_SECONDS)
        return found

    async def ask() -> bool:
        async with Client(address, asynchronous=True, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            try:
                await client.wait_for_workers(number, timeout=seconds)
            except TimeoutError:
                return False
            return True

    return asyncio.run(wait())


def _unfit(who: str, fitness: Any) -> str:
    """A sentence when ``fitness``, or the error that came instead of it, does not let a process read for us."""
    if isinstance(fitness, Fitness):
        return misfit(who, fitness, own_fitness())
    return f"{who} cannot read pages ({_first_line(fitness)}): install the same newscrawl and libraries there."


def _read(rules: RulebookCopy, batch: Batch) -> bytes:
    """What a worker runs."""
    worker = get_worker()
    return read(rules, batch, who=f"the worker {worker.address}", processes=worker.state.nthreads)


def _languages_of(sender: Fitness, titles: Sequence[str]) -> list[str]:
    """What a worker runs."""
    worker = get_worker()
    if unfit := misfit(f"the worker {worker.address}", own_fitness(), sender):
        raise ClusterError(unfit)
    return languages_of(titles, worker.state.nthreads)


def _first_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".partition("\n")[0].strip(" :.")[:200]
