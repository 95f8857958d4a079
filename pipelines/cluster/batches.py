"""Pages on their way to a worker's machine and back: several at once, and the rulebook once a version.

Dask spends about two milliseconds of processor time on a task, on three machines together, while a page takes ten:
so several pages share a task. They are packed once, and nothing between the two ends looks into them.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from pipelines.cluster.fitness import ClusterError, Fitness, misfit, own_fitness
from pipelines.extraction_pool import ExtractionPool, Rulebook
from pipelines.items import Headline, Page
from pipelines.rule_version import fingerprint

__all__ = ["Batch", "Entry", "RulebookCopy", "languages_of", "read", "rulebook_version"]

Entry: TypeAlias = tuple[Page, Headline | None]

_lock = Lock()
_pool: ExtractionPool | None = None


@dataclass(frozen=True)
class Batch:
    """Pages that one task reads."""

    pages: bytes
    """Packed; see :func:`pipelines.parcels.packed_pages`."""
    deadline: float
    """Seconds a page."""
    sender: Fitness
    """A worker that joined after the others were asked compares itself."""


def rulebook_version(rulebook: Rulebook) -> str:
    """The same for rulebooks that read every page alike, learned noise and all."""
    noise = [(name, model.version, sorted(model.blocks)) for name, model in sorted(rulebook.noise.items())]
    beside = (noise, sorted(rulebook.names.items()))
    return f"{fingerprint(rulebook)}-{sha256(repr(beside).encode()).hexdigest()[:8]}"


class RulebookCopy:
    """A rulebook on a worker's machine: a file that each extraction process reads once.

    Dask hands it from worker to worker, keeps it as long as somebody uses it, and makes it anew where it was lost.
    """

    def __init__(self, version: str, packed: bytes) -> None:
        self.version = version
        self.packed = packed
        self._path: Path | None = None

    def __reduce__(self) -> tuple[type[RulebookCopy], tuple[str, bytes]]:
        return RulebookCopy, (self.version, self.packed)

    def path(self) -> Path:
        """The file; it goes away with this copy."""
        with _lock:
            if self._path is None:
                handle, name = tempfile.mkstemp(prefix=f"newscrawl-{self.version}-", suffix=".rules")
                with os.fdopen(handle, "wb") as file:
                    file.write(self.packed)
                self._path = Path(name)
                weakref.finalize(self, self._path.unlink, missing_ok=True)
            return self._path


def read(rules: RulebookCopy, batch: Batch, *, who: str, processes: int) -> bytes:
    """On a worker: read the pages in this machine's own processes, under their deadline; packed extractions.

    ``who`` and ``processes``: the worker's name for people, and how many pages it may read at a time.
    """
    if unfit := misfit(who, own_fitness(), batch.sender):
        raise ClusterError(unfit)
    return _processes(processes).read_packed(batch.pages, rulebook_at=rules.path(), deadline=batch.deadline)


def languages_of(titles: Sequence[str], processes: int) -> list[str]:
    """On a worker: the languages of headlines, found by one of this machine's own processes."""
    return _processes(processes).languages_of(titles).result()


def _processes(number: int) -> ExtractionPool:
    """This worker's extraction processes, the same for all rulebooks and as long as the worker lives."""
    global _pool
    with _lock:
        if _pool is None:
            _pool = ExtractionPool(Rulebook(), workers=number)
        return _pool
