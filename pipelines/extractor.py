"""Who reads pages: this process, processes of this machine, or a cluster. Chosen here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from pipelines.cluster import ClusterError
from pipelines.extraction_pool import DEADLINE_SECONDS, ExtractionPool, Rulebook
from pipelines.items import Extraction, Headline, Page

__all__ = ["Extractor", "check_cluster", "extractor_for", "needs_dask"]


class Extractor(Protocol):
    """Reads pages by a rulebook, several at a time; whoever does it, the results are the same."""

    rulebook: Rulebook

    @property
    def look_ahead(self) -> int:
        """How many pages may wait for their answer, so that none of the readers does."""

    def submit(self, page: Page, headline: Headline | None = None) -> Future[Extraction]:
        """A page's extraction, later. It raises nothing for whatever a page holds; ClusterError with a lost cluster."""

    def languages_of(self, titles: Sequence[str]) -> Future[list[str]]:
        """The languages of headlines, as :func:`pipelines.languages.detect` says; raises when nobody can find them."""

    def close(self, *, at_once: bool = False) -> None:
        """Finish what was submitted, or with ``at_once`` leave it."""


def extractor_for(
    rulebook: Rulebook, *, workers: int = 0, cluster: str = "", deadline: float = DEADLINE_SECONDS
) -> Extractor:
    """A cluster where ``cluster`` names its scheduler, else ``workers`` processes, else this process.

    ``deadline`` is in seconds a page. Raises ClusterError when the cluster cannot be used.
    """
    if not cluster:
        return ExtractionPool(rulebook, workers=workers, deadline=deadline)
    try:
        from pipelines.cluster.pool import ClusterPool
    except ModuleNotFoundError as error:
        raise needs_dask(error.name or "distributed") from error
    return ClusterPool(rulebook, cluster, deadline=deadline)


def needs_dask(missing: str) -> ClusterError:
    """What to say where the optional extra is missing."""
    return ClusterError(
        f"a cluster needs Dask, which is not installed here (no module {missing}): `pip install newscrawl[cluster]`."
    )


def check_cluster(rulebook: Rulebook, cluster: str) -> None:
    """Raise ClusterError when the cluster cannot be used; nothing where none is named."""
    if cluster:
        extractor_for(rulebook, cluster=cluster).close()
