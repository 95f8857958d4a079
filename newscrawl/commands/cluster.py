"""`newscrawl cluster`: a Dask scheduler and workers on this machine, to try what `--cluster` does."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from newscrawl.exit_codes import CLUSTER, fail

if TYPE_CHECKING:
    from newscrawl.local_cluster import LocalCluster

__all__ = ["command"]

LOOK_SECONDS = 0.5


@click.command("cluster")
@click.option(
    "--local", "workers", type=click.IntRange(min=1), required=True, metavar="N", help="Start N workers here."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8786, show_default=True, help="0 for any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
def command(workers: int, port: int, host: str) -> None:
    """Try a cluster: a Dask scheduler and N workers on this machine.

    \b
    newscrawl cluster --local 2
    newscrawl crawl maghress --cluster tcp://127.0.0.1:8786      in another terminal

    For trying it: on one machine `--workers` does the same for less. Whoever reaches a scheduler can run programs on
    it and on its workers: listen on loopback, or on a network of your own with TLS (docs/scaling.md).
    """
    from newscrawl.local_cluster import LOOPBACK, local_cluster

    with local_cluster(workers, host=host, port=port) as cluster:
        click.echo(cluster.address)
        click.echo(_how_to_use(cluster.address), err=True)
        if host not in (LOOPBACK, "localhost", "::1"):
            click.echo(f"Whoever reaches {cluster.address} can run programs on this machine.", err=True)
        with suppress(KeyboardInterrupt):  # Ctrl-C is how it ends, and no failure
            _wait(cluster)


def _how_to_use(address: str) -> str:
    return f"""A scheduler and its workers are running; Ctrl-C ends them. In another terminal:

  newscrawl crawl SITE --cluster {address}
  newscrawl reextract --cluster {address}

or cluster = "{address}" in newscrawl.toml. On real machines, each with the same newscrawl[cluster]:

  dask scheduler --no-dashboard                                    on one of them
  dask worker tcp://SCHEDULER:8786 --no-nanny --nthreads CORES     on each of the others"""


def _wait(cluster: LocalCluster) -> None:
    """Wait until somebody ends it, or nothing of it is left."""
    dead: set[int] = set()
    while True:
        time.sleep(LOOK_SECONDS)
        for worker in cluster.workers:
            if worker.poll() is not None and worker.pid not in dead:
                dead.add(worker.pid)
                click.echo(f"newscrawl: a worker has ended with code {worker.returncode}.", err=True)
        if cluster.scheduler.poll() is not None or len(dead) == len(cluster.workers):
            fail("the cluster has ended by itself: start it again.", CLUSTER)
