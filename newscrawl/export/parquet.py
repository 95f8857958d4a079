"""Parquet: typed columns, zstd, row groups of some megabytes; needs pyarrow (``newscrawl[parquet]``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from newscrawl import arrow_files
from newscrawl.export import Row
from pipelines.store.dictionary import Column

__all__ = ["write", "write_chunks"]


def write(rows: Iterable[Row], stream: BinaryIO, columns: Sequence[Column]) -> int:
    """Write the rows and return their number."""
    return write_chunks(arrow_files.in_chunks(rows, columns), stream, columns)


def write_chunks(chunks: Iterable[arrow_files.Chunk], stream: BinaryIO, columns: Sequence[Column]) -> int:
    """Write rows as :meth:`pipelines.store.selected.Selected.chunks` gives them, and return their number."""
    return arrow_files.write_parquet(chunks, stream, columns)
