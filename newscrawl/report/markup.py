"""Pieces of HTML: escaped text, links, tables, and a plot with its numbers beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["figure", "link", "number", "section", "table", "text"]


LONG = 28
"""Characters of HTML."""


def text(value: object) -> str:
    """Any value as escaped text; nothing for None."""
    return "" if value is None else escape(str(value), quote=True)


def number(value: float | None) -> str:
    """``12 345`` with narrow spaces, which French, English and Spanish readers all understand."""
    return "" if value is None else f"{value:,.0f}".replace(",", "\u202f")


def link(url: str, label: str) -> str:
    """A link to a web address; the label alone for any other address, such as ``javascript:``."""
    shown = f'<bdi dir="auto">{text(label)}</bdi>'
    return f'<a href="{text(url)}" rel="noreferrer">{shown}</a>' if url.startswith(("http://", "https://")) else shown


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, label: str) -> str:
    """A table that scrolls in itself, also by keyboard. Cells are HTML; a name that ends in ``#`` means numbers."""
    numeric = [name.endswith("#") for name in columns]

    def cells(tag: str, values: Sequence[str]) -> str:
        # Dates and names stay on one line; long cells may wrap.
        pairs = zip(numeric, values, strict=True)
        marked = ((' class="n"' if right else ' class="w"' * (len(cell) > LONG), cell) for right, cell in pairs)
        return "".join(f"<{tag}{mark}>{cell}</{tag}>" for mark, cell in marked)

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    if not body:
        return '<p class="none">Nothing to show yet.</p>'
    head = cells("th", [text(name.rstrip("#")) for name in columns])
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{text(label)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def figure(plot: str, numbers: str) -> str:
    """A plot with its numbers beside it, below it on a narrow screen."""
    return f'<div class="pair"><div>{plot}</div><div>{numbers}</div></div>' if plot else numbers


def section(name: str, title: str, says: str, *content: str) -> str:
    """A part of the page that the navigation names. ``says``: one sentence, as text."""
    return f'<section id="{name}"><h2>{text(title)}</h2><p>{text(says)}</p>{"".join(content)}</section>'
