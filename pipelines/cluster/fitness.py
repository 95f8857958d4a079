"""What must be the same on both sides for the same page to become the same article, and what a worker must be able to.

A cluster with other versions is refused before anything is fetched: its articles would differ from those that this
machine makes, and nobody could say afterwards which was made by which.
"""

from __future__ import annotations

import multiprocessing
import sys
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipelines.rule_version import code_version, library_versions

__all__ = ["ClusterError", "Fitness", "misfit", "own_fitness"]

_CARRIERS = ("dask", "distributed")
"""What carries pages: Dask asks for the same release at both ends."""
_OWN_FILES = ("extraction_pool.py", "parcels.py", "duplicates.py", "cluster/batches.py", "cluster/connection.py")
"""What is at work on both sides, beside what :mod:`pipelines.rule_version` counts."""


class ClusterError(Exception):
    """The cluster cannot be used, or was lost; its text is one sentence for the user that says what to do."""


@dataclass(frozen=True, slots=True)
class Fitness:
    """What a process has to say of itself before it reads pages for another."""

    python: str
    """For example ``3.11``: the third number changes no article."""
    libraries: tuple[tuple[str, str], ...]
    """Names and versions."""
    code: str
    """A checksum of newscrawl's own files that read pages or carry them."""
    daemonic: bool = False
    """Whether it may not start processes."""


@cache
def own_fitness() -> Fitness:
    """This process's."""
    here = Path(__file__).parent.parent
    found = sha256(code_version().encode())
    for name in _OWN_FILES:
        found.update((here / name).read_bytes())
    return Fitness(
        python=f"{sys.version_info.major}.{sys.version_info.minor}",
        libraries=(*library_versions(), *((name, _version(name)) for name in _CARRIERS)),
        code=found.hexdigest()[:8],
        daemonic=bool(multiprocessing.current_process().daemon),
    )


def misfit(who: str, there: Fitness, here: Fitness) -> str:
    """Why a process cannot read pages for this one, as a sentence; empty when it can. ``who``: its name for people.

    >>> here = Fitness("3.11", (("lxml", "6.1.0"), ("trafilatura", "2.3.1")), "a1")
    >>> misfit("the worker tcp://10.0.0.2:4000", Fitness("3.11", (("lxml", "6.0.0"),), "a1"), here)
    'the worker tcp://10.0.0.2:4000 has lxml 6.0.0 (here 6.1.0), no trafilatura (here 2.3.1): install the same there.'
    >>> misfit("the worker tcp://10.0.0.2:4000", here, here)
    ''
    """
    if there.daemonic:
        return (
            f"{who} runs under a nanny as a daemonic process, which may not start the processes that deadlines end: "
            "start it with --no-nanny, or with distributed.worker.daemon: false in Dask's configuration."
        )
    differences = [f"Python {there.python} (here {here.python})"] if there.python != here.python else []
    found = dict(there.libraries)
    for name, wanted in here.libraries:
        if (has := found.get(name, "")) != wanted:
            differences.append(f"{name} {has} (here {wanted})" if has else f"no {name} (here {wanted})")
    if not differences and there.code != here.code:
        differences = [f"another newscrawl ({there.code}, here {here.code})"]
    return f"{who} has {', '.join(differences)}: install the same there." if differences else ""


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
