"""JSON Lines: one object a line, UTF-8, keys in column order, lists as arrays, null for what is not known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from newscrawl.export import Row
from pipelines.dictionary import Column

__all__ = ["write"]


def write(rows: Iterable[Row], stream: BinaryIO, columns: Sequence[Column]) -> int:
    """Write the rows and return their number. They are written as they are, whatever the columns."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    count = 0
    for row in rows:
        stream.write(encode(dict(row)).encode() + b"\n")
        count += 1
    return count
