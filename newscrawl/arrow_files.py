"""Articles as Arrow record batches, in Parquet and Feather files: the only importer of pyarrow.

Every column has the type of its kind in the data dictionary, and its description in the field's metadata.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any, BinaryIO

from newscrawl.exit_codes import USAGE, fail
from pipelines.store.dictionary import Column, Kind

try:
    import pyarrow as pa
    import pyarrow.feather
    import pyarrow.parquet as pq
except ModuleNotFoundError:
    fail("Parquet and Feather files need pyarrow: pip install 'newscrawl[parquet]'.", USAGE)

__all__ = ["Chunk", "in_chunks", "write_feather", "write_parquet"]

MOST_ROWS = 20_000
MOST_BYTES = 4_000_000
"""In one batch, which is one row group: what is in memory at a time, and what a reader skips or reads at a time."""
_CHUNK = 256

Chunk = Sequence[Sequence[Any]]
"""Some rows, each with a value for every column: texts as ``str`` or as UTF-8, lists as such or as JSON."""

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


def write_parquet(chunks: Iterable[Chunk], stream: BinaryIO, columns: Sequence[Column]) -> int:
    """Write a Parquet file and return the number of rows."""
    schema = _schema(columns)
    few = [column.name for column in columns if column.name in _FEW_VALUES]
    with pq.ParquetWriter(stream, schema, compression="zstd", use_dictionary=few) as writer:
        return _write_all(writer.write_batch, _batches(chunks, columns, schema))


def write_feather(chunks: Iterable[Chunk], stream: BinaryIO, columns: Sequence[Column]) -> int:
    """Write a Feather (version 2) file and return the number of rows."""
    schema = _schema(columns)
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_file(stream, schema, options=options) as writer:
        return _write_all(writer.write_batch, _batches(chunks, columns, schema))


def in_chunks(rows: Iterable[Mapping[str, Any]], columns: Sequence[Column]) -> Iterator[Chunk]:
    """Rows by name as chunks of values."""
    names, left = [column.name for column in columns], iter(rows)
    while chunk := [tuple(row[name] for name in names) for row in islice(left, _CHUNK)]:
        yield chunk


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


def _batches(chunks: Iterable[Chunk], columns: Sequence[Column], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    texts = [place for place, own in enumerate(columns) if own.name in ("body", "articleBody")]
    waiting: list[Sequence[Any]] = []
    size = 0
    for chunk in chunks:
        waiting += chunk
        size += sum(len(row[place] or "") for place in texts for row in chunk)
        if len(waiting) >= MOST_ROWS or size >= MOST_BYTES:
            yield _batch(waiting, columns, schema)
            waiting, size = [], 0
    if waiting:
        yield _batch(waiting, columns, schema)


def _batch(rows: Sequence[Sequence[Any]], columns: Sequence[Column], schema: pa.Schema) -> pa.RecordBatch:
    by_column = zip(*rows, strict=True)
    arrays = [_ARRAYS.get(own.kind, pa.array)(values, field.type)
              for own, field, values in zip(columns, schema, by_column, strict=True)]  # fmt: skip
    return pa.record_batch(arrays, schema=schema)


def _lists(values: Sequence[Any], wanted: pa.DataType) -> pa.Array:
    """Lists, or the JSON of lists: that repeats, and each is read once."""
    if not any(isinstance(value, bytes) for value in values):
        return pa.array(values, wanted)
    coded = pa.array(values, pa.string()).dictionary_encode()
    return pa.array([json.loads(text) for text in coded.dictionary.to_pylist()], wanted).take(coded.indices)


_ARRAYS: dict[Kind, Callable[[Sequence[Any], pa.DataType], pa.Array]] = {
    "list": _lists,
    "flag": lambda values, wanted: pa.array(values).cast(wanted),  # 0 and 1, or False and True
    # Days and moments are text that Arrow reads itself, many times faster than Python would.
    "date": lambda values, wanted: pa.array(values, pa.string()).cast(wanted),
    "moment": lambda values, wanted: pa.array(values, pa.string()).cast(wanted),
}
