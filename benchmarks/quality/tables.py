"""Tables for a terminal and, with the same bytes, for docs/quality.md (Markdown reads both ways)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["table"]

WHOLE = frozenset({"pages", "empty", "errors", "texts", "dates"})
TENTHS = frozenset({"ms", "us"})


def table(rows: Sequence[tuple[str, Mapping[str, float]]], columns: Sequence[str]) -> str:
    """A Markdown table: one row a name, the columns that any row has, ``-`` where one has none."""
    shown = [column for column in columns if any(column in row for _, row in rows)]
    cells = [["", *shown]] + [[name, *(_cell(column, row) for column in shown)] for name, row in rows]
    widths = [max(len(line[at]) for line in cells) for at in range(len(shown) + 1)]
    lines = [_line(line, widths) for line in cells]
    rule = "|" + "|".join("-" * (width + 1) + (":" if at else "-") for at, width in enumerate(widths)) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _cell(column: str, row: Mapping[str, float]) -> str:
    if column not in row:
        return "-"
    if column in WHOLE:
        return str(int(row[column]))
    return format(row[column], ".1f" if column in TENTHS else ".3f")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    aligned = [
        cell.rjust(width) if at else cell.ljust(width)
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "| " + " | ".join(aligned) + " |"
