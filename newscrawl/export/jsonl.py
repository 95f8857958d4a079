"""JSON Lines: one object a line, UTF-8, keys in column order, lists as arrays, null for what is not known."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from newscrawl.export import Row

__all__ = ["write"]


def write(rows: Iterable[Row], stream: BinaryIO) -> int:
    """Write the rows and return their number."""
    count = 0
    for row in rows:
        stream.write(json.dumps(dict(row), ensure_ascii=False).encode() + b"\n")
        count += 1
    return count
