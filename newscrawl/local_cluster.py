"""A Dask scheduler and workers as processes of this machine: for trying a cluster, for its tests and its benchmark."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.cluster import ClusterError
from pipelines.extractor import needs_dask

__all__ = ["LOOPBACK", "LocalCluster", "local_cluster"]

LOOPBACK = "127.0.0.1"
START_SECONDS = 60.0
"""How long the scheduler and the workers may take to come up; each imports Dask first, which takes one or two."""
END_SECONDS = 5.0
"""How long a process may take to end before it is killed."""
_QUIET = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "500ms",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "2s",
    "DASK_DISTRIBUTED__WORKER__MEMORY__MONITOR_INTERVAL": "1s",
    "DASK_DISTRIBUTED__SCHEDULER__WORK_STEALING_INTERVAL": "1s",
}
"""Dask's configuration: it looks at itself up to a hundred times a second, which costs 3 % of a processor a worker."""


@dataclass
class LocalCluster:
    """What runs, until :func:`local_cluster` ends it."""

    address: str
    """The scheduler's, for --cluster."""
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self, *options: str, host: str = LOOPBACK, environment: dict[str, str] | None = None) -> None:
        """Start another worker, with further options of ``dask worker``; it is there some seconds later."""
        given = ("--host", host, "--nthreads", "1", "--no-dashboard", "--dashboard-address", f"{LOOPBACK}:0")
        plain = () if "--nanny" in options else ("--no-nanny",)
        self.workers.append(_start("dask_worker", self.address, *given, *plain, *options, environment=environment))

    def end(self) -> None:
        """End all processes; a worker's extraction processes end with it."""
        for process in (*self.workers, self.scheduler):  # a worker whose scheduler is gone looks for it for long
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(END_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


@contextmanager
def local_cluster(workers: int, *, host: str = LOOPBACK, port: int = 0) -> Iterator[LocalCluster]:
    """Start a scheduler and so many workers, and end them; raises ClusterError when that cannot be.

    ``port`` is the scheduler's, 0 for any that is free.
    """
    wait_for_workers = _dask()
    with tempfile.TemporaryDirectory(prefix="newscrawl-cluster-") as folder:
        told = Path(folder) / "scheduler.json"
        options = ("--host", host, "--port", str(port), "--scheduler-file", str(told))
        scheduler = _start("dask_scheduler", *options, "--no-dashboard", "--dashboard-address", f"{LOOPBACK}:0")
        cluster = LocalCluster("", scheduler)
        try:
            cluster.address = _address(scheduler, told, port)
            for _ in range(workers):
                cluster.add_worker(host=host)
            if workers and not wait_for_workers(cluster.address, workers, START_SECONDS):
                raise ClusterError(f"the workers did not reach their scheduler in {START_SECONDS:g} s.")
            yield cluster
        finally:
            cluster.end()


def _start(program: str, *arguments: str, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", f"distributed.cli.{program}", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**_QUIET, **os.environ, **(environment or {})},
        start_new_session=True,  # Ctrl-C is for whoever started them, which ends them in order
    )


def _address(scheduler: subprocess.Popen[bytes], told: Path, port: int) -> str:
    """The scheduler's address, once it has written it down."""
    until = time.monotonic() + START_SECONDS
    while scheduler.poll() is None and time.monotonic() < until:
        if told.exists() and (text := told.read_text(encoding="utf-8")).endswith("}"):
            return str(json.loads(text)["address"])
        time.sleep(0.05)
    where = f"port {port}" if port else "this machine"
    raise ClusterError(f"a scheduler does not start on {where}: is the port taken? --port names another.")


def _dask() -> Callable[[str, int, float], bool]:
    """What waits for workers; raises ClusterError where Dask is not installed."""
    try:
        from pipelines.cluster.connection import wait_for_workers
    except ModuleNotFoundError as error:
        raise needs_dask(error.name or "distributed") from error
    return wait_for_workers
