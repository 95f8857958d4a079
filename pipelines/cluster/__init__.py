"""Extraction on a Dask cluster: the same rulebook over the same pages, on machines that others run.

``connection.py`` is the only importer of ``distributed``, which is an optional extra: import it when a cluster is asked
for, and not before.
"""

from __future__ import annotations

from pipelines.cluster.fitness import ClusterError

__all__ = ["ClusterError"]
