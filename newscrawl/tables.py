"""Tables for people on stdout, with the columns that matter kept whole.

rich measures double-width and right-to-left text and the terminal's width, which string formatting does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

__all__ = ["MATCH", "bytes_text", "print_hits", "print_table"]

GAP = 1
"""Terminal columns of padding after a cell."""
WIDEST_CELL = 32
"""Terminal columns that a cell may take where it is not in the last column."""

MATCH = ("\x02", "\x03")
"""Control characters that no article holds, around a match."""


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """Print rows under their column names; the last column takes what width is left and is cut with an ellipsis.

    Without a terminal the width is 120 characters, so that a log reads the same everywhere.
    """
    console = _console()
    table = Table(
        title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, GAP, 0, 0)
    )
    lines = [["" if cell is None else str(cell) for cell in row] for row in rows]
    left = console.width - 2  # the box draws a space at either side
    for index, column in enumerate(columns):
        # rich would squeeze all columns alike: only the last one may give way.
        widest = max([cell_len(column), *(cell_len(line[index]) for line in lines)])
        width = max(1, left) if index == len(columns) - 1 else min(widest, WIDEST_CELL)
        table.add_column(column, no_wrap=True, overflow="ellipsis", width=min(widest, width))
        left -= width + GAP + 1  # the box draws one space between columns
    for line in lines:
        table.add_row(*(escape(cell) for cell in line))
    console.print(table)


def bytes_text(count: int) -> str:
    """A size for people.

    >>> bytes_text(999), bytes_text(1_234_567)
    ('999 B', '1.2 MB')
    """
    size = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{count} B" if unit == "B" else f"{size:.1f} {unit}"


def print_hits(hits: Iterable[Mapping[str, Any]]) -> None:
    """Print search hits: day, language, publisher and title, the address, and the passage with its matches set off.

    In ``snippet`` a match stands between :data:`MATCH`, which is coloured on a terminal and dropped elsewhere.
    """
    console = _console()
    for hit in hits:
        day = (hit["published_at"] or "undated")[:10]
        facts = " · ".join(part for part in (day, hit["language"], hit["publisher"]) if part)
        console.print(Text(hit["title"], style="bold"), Text(facts, style="dim"), sep="\n", soft_wrap=True)
        console.print(Text(hit["canonical_url"], style="dim"), soft_wrap=True)
        console.print(_marked(" ".join(hit["snippet"].split())), "", sep="\n", soft_wrap=True)


def _marked(snippet: str) -> Text:
    text = Text()
    before, after = MATCH
    for index, part in enumerate(snippet.replace(after, before).split(before)):
        text.append(part, style="bold yellow" if index % 2 else "")
    return text


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=120)
