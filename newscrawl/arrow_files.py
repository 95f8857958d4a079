"""Articles as Arrow record batches, in Parquet and Feather files: the only importer of pyarrow.

Every column has the type of its kind in the data dictionary, and its description in the field's metadata.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

from newscrawl.exit_codes import USAGE, fail
from newscrawl.export import Row
from pipelines.dictionary import Column, Kind

try:
    import pyarrow as pa
    import pyarrow.feather
    import pyarrow.parquet as pq
except ModuleNotFoundError:
    fail("Parquet and Feather files need pyarrow: pip install 'newscrawl[parquet]'.", USAGE)

__all__ = ["write_feather", "write_parquet"]

MOST_ROWS = 20_000
MOST_CHARACTERS = 4_000_000
"""In one batch, which is one row group: what is in memory at a time, and what a reader skips or reads at a time."""

_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "list": pa.list_(pa.string()),
    "integer": pa.int64(),
    "real": pa.float64(),
    "flag": pa.bool_(),
    "date": pa.date32(),
    "moment": pa.timestamp("us", tz="UTC"),
    "blob": pa.binary(),
}
_FEW_VALUES = frozenset(["language", "site", "publisher", "section", "published_precision", "timezone_source",
                         "extractor_version", "change", "inLanguage", "provider", "articleSection"])  # fmt: skip
"""Columns that repeat few values: stored once a row group. Tried on all others, it costs time and wins nothing."""


def write_parquet(rows: Iterable[Row], stream: BinaryIO, columns: Sequence[Column]) -> int:
    """Write a Parquet file and return the number of rows."""
    schema = _schema(columns)
    few = [column.name for column in columns if column.name in _FEW_VALUES]
    with pq.ParquetWriter(stream, schema, compression="zstd", use_dictionary=few) as writer:
        return _write_all(writer.write_batch, _batches(rows, columns, schema))


def write_feather(rows: Iterable[Row], stream: BinaryIO, columns: Sequence[Column]) -> int:
    """Write a Feather (version 2) file and return the number of rows."""
    schema = _schema(columns)
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_file(stream, schema, options=options) as writer:
        return _write_all(writer.write_batch, _batches(rows, columns, schema))


def _write_all(write: Callable[[pa.RecordBatch], None], batches: Iterable[pa.RecordBatch]) -> int:
    """Write each batch while the next one is read: Arrow compresses outside of Python's lock."""
    count = 0
    with ThreadPoolExecutor(max_workers=1) as thread:
        writing = None
        for batch in batches:
            if writing is not None:
                writing.result()
            writing = thread.submit(write, batch)
            count += batch.num_rows
        if writing is not None:
            writing.result()
    return count


def _schema(columns: Sequence[Column]) -> pa.Schema:
    return pa.schema(
        [pa.field(own.name, _TYPES[own.kind], metadata={"description": own.description}) for own in columns]
    )


def _batches(rows: Iterable[Row], columns: Sequence[Column], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    texts = [own.name for own in columns if own.name in ("body", "articleBody")]
    waiting: list[Row] = []
    characters = 0
    for row in rows:
        waiting.append(row)
        characters += sum(len(row[name] or "") for name in texts)
        if len(waiting) >= MOST_ROWS or characters >= MOST_CHARACTERS:
            yield _batch(waiting, columns, schema)
            waiting, characters = [], 0
    if waiting:
        yield _batch(waiting, columns, schema)


def _batch(rows: Sequence[Row], columns: Sequence[Column], schema: pa.Schema) -> pa.RecordBatch:
    arrays = []
    for own, field in zip(columns, schema, strict=True):
        values = [row[own.name] for row in rows]
        # Days and moments are text that Arrow reads itself, many times faster than Python would.
        dated = own.kind in ("date", "moment")
        arrays.append(pa.array(values, pa.string()).cast(field.type) if dated else pa.array(values, field.type))
    return pa.record_batch(arrays, schema=schema)
