"""CSV as RFC 4180 has it: UTF-8, comma, CRLF, a header; texts in quotes, numbers without; lists joined with ``; ``.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, quotes or not, and runs it. Such
a text therefore gets an apostrophe in front, which is a character of the cell like any other: every program reads the
same cell, and none runs it. A text that already begins with apostrophes before such a character gets one more, so that
:func:`original` can take away exactly what was put there. https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO

from newscrawl.export import Row
from pipelines.store.dictionary import Column

__all__ = ["EXCEL_CELL", "cell", "original", "write"]

EXCEL_CELL = 32_767
"""UTF-16 units that a cell of Excel holds; the rest of a longer one would run over the rows below it.

https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
"""

_RISKY = re.compile(r"'*[\s\ufeff\u200b]*[=+\-@\uff0b\uff0d\uff1d\uff20]|'*[\t\r\n]")
"""Blanks before the sign are no help: some programs trim a cell first. The last four signs are full-width."""
_GUARDED = re.compile(rf"'(?:{_RISKY.pattern})")


def write(
    rows: Iterable[Row],
    stream: BinaryIO,
    columns: Sequence[Column],
    *,
    excel: bool = False,
    say: Callable[[str], None] = lambda sentence: None,
) -> int:
    """Write the header and the rows, and return the number of rows.

    ``excel``: begin with a byte order mark, without which Excel takes UTF-8 for something else, and cut what is longer
    than its cells; ``say`` then gets a sentence that tells of how many.
    """
    names = [column.name for column in columns]
    stream.write((b"\xef\xbb\xbf" if excel else b"") + _line(names))
    count = cut = 0
    for row in rows:
        cells = [cell(row[name]) for name in names]
        if excel:
            fitting = [_fitting(value) for value in cells]
            cut += sum(new is not old for old, new in zip(cells, fitting, strict=True))
            cells = fitting
        stream.write(_line(cells))
        count += 1
    if cut:
        say(f"{cut} texts are longer than a cell of Excel ({EXCEL_CELL:,} characters) and were cut; they end in …")
    return count


def _line(cells: Iterable[Any]) -> bytes:
    """A line. The csv module goes through a text letter by letter, which takes most of an export's time."""
    parts = ["" if value is None else _quoted(value) if isinstance(value, str) else repr(value) for value in cells]
    return (",".join(parts) + "\r\n").encode()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if '"' in text else f'"{text}"'


def cell(value: Any) -> Any:
    """A value as a CSV cell: None is empty, a list is joined, a truth value is 0 or 1, a text is no formula.

    >>> cell("=1+1"), cell("-5 °C"), cell("'=1"), cell("'Ndrangheta"), cell(["A", "B"]), cell(True)
    ("'=1+1", "'-5 °C", "''=1", "'Ndrangheta", 'A; B', 1)
    """
    if isinstance(value, str):
        if "\r" in value:  # a lone carriage return inside a cell would end the row for some readers
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        # Nearly all begin with a letter or figure: asking that first saves a quarter of an export's time.
        return f"'{value}" if not value[:1].isalnum() and _RISKY.match(value) else value
    if isinstance(value, list | tuple):
        return cell("; ".join(str(part) for part in value))
    return int(value) if isinstance(value, bool) else value


def original(text: str) -> str:
    """The text of a cell as it was before it was made safe.

    >>> original("'=1+1"), original("''=1"), original("'Ndrangheta"), original("plain")
    ('=1+1', "'=1", "'Ndrangheta", 'plain')
    """
    return text[1:] if _GUARDED.match(text) else text


def _fitting(value: Any) -> Any:
    if not isinstance(value, str) or len(value) * 2 <= EXCEL_CELL:
        return value
    units = value.encode("utf-16-le")
    if len(units) <= EXCEL_CELL * 2:
        return value
    return units[: (EXCEL_CELL - 1) * 2].decode("utf-16-le", errors="ignore") + "…"
