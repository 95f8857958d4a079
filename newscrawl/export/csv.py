"""CSV as RFC 4180 has it: UTF-8, comma, CRLF, a header line, quotes where needed; lists joined with ``; ``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, BinaryIO

from newscrawl.export import Row

__all__ = ["write"]


def write(rows: Iterable[Row], stream: BinaryIO) -> int:
    """Write the rows and return their number; without a row nothing but an empty file is written."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=False)
    output = csv.writer(text)
    count = 0
    for row in rows:
        if count == 0:
            output.writerow(row)
        output.writerow([cell(value) for value in row.values()])
        count += 1
    text.flush()
    text.detach()  # the stream is the caller's to close
    return count


def cell(value: Any) -> Any:
    """A value as a CSV cell: None is empty, a list is joined, a truth value is 0 or 1."""
    if isinstance(value, list | tuple):
        return "; ".join(str(part) for part in value)
    if isinstance(value, bool):
        return int(value)
    # A lone carriage return inside a cell would end the row for some readers.
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value
