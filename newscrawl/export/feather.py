"""Feather, that is an Arrow file: typed columns, zstd; needs pyarrow (``newscrawl[parquet]``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from newscrawl import arrow_files
from newscrawl.export import Row
from pipelines.dictionary import Column

__all__ = ["write"]


def write(rows: Iterable[Row], stream: BinaryIO, columns: Sequence[Column]) -> int:
    """Write the rows and return their number."""
    return arrow_files.write_feather(rows, stream, columns)
