"""A page saved as plain text becomes mark-up that the rules of its engine can read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import groupby

from pipelines.visible_text import one_line

__all__ = ["markup_of_text"]

_TICKER_GAP = re.compile(r"[ \u00a0]{4,}")
_LEAST_TICKER = 4
"""A line with fewer headlines than this is no ticker."""
_DATE_LINE = re.compile(
    r"^(?P<author>.{0,80}?)\s*(?P<before>Publié dans|Published in|Publicado en|نشر في)\s+(?P<publisher>\S.{0,80}?)\s+"
    r"(?P<after>(?:le|on|el|يوم)\s+\d{1,2}\s*-\s*\d{1,2}\s*-\s*\d{4})$"
)
_DIALOG = re.compile(
    r"^(?:Merci d['’]avoir signalé|Thank you for reporting|Gracias por (?:informar|reportar)|شكرا على الإبلاغ)"
)
_SOURCE_LINE = re.compile(r"(?:depuis sa source|from (?:the|its) source|desde su fuente|من مصدره)\s*\.?$")


def markup_of_text(text: str) -> str:
    """HTML for a text: the -ress engine's where the text is laid out like one of its pages, else plain paragraphs.

    Such a page is a ticker line (headlines four spaces apart), a dialog, then title, date line, body and source line.
    Of any other text the first line is the title and every other line a paragraph.
    """
    lines = text.splitlines()
    ticker = next((heads for line in lines if len(heads := _headlines(line)) >= _LEAST_TICKER), [])
    rest = [one_line(line) for line in lines if not ticker or _headlines(line) != ticker]
    if ticker or any(map(_DATE_LINE.match, rest)):
        return _ress_markup(ticker, rest)
    title, *others = [line for line in rest if line] or [""]
    if not others:
        return f"<html><body><article><p>{escape(title)}</p></article></body></html>"
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in others)
    return (
        f"<html><head><title>{escape(title)}</title></head>"
        f"<body><article><h1>{escape(title)}</h1>{paragraphs}</article></body></html>"
    )


def _headlines(line: str) -> list[str]:
    return [one for part in _TICKER_GAP.split(line) if (one := one_line(part))]


def _ress_markup(ticker: Sequence[str], lines: Sequence[str]) -> str:
    """The engine's elements around the parts of a page's text."""
    above, date_line, body = _parts(lines)
    dialog = [line for block in above if _DIALOG.match(block[0]) for line in block]
    headings = [block for block in above if not _DIALOG.match(block[0])]
    related = [line for block in headings[:-1] for line in block]
    title, *subtitle = headings[-1] if headings else [""]
    source = body.pop() if body and _SOURCE_LINE.search(body[-1]) else ""
    links = _joined(ticker, "<a>{}</a>&nbsp;&nbsp;&nbsp;&nbsp;")
    return (
        f"<html><head><title>{escape(title)}</title></head><body>"
        f'<marquee id="marquee"><span class="marquee">{links}</span></marquee>'
        f'<div class="ui-dialog">{_joined(dialog, "<div>{}</div>")}</div>'
        f'<div class="tablesgroup">{_joined(related, "<div>{}</div>")}</div>'
        f'<span class="articletitle">{escape(title)}</span><br />'
        f'<span class="articlesubtitle">{escape(" ".join(subtitle))}</span>{_date_markup(date_line)}<br />'
        f'<span class="articlecontent">{_joined(body, "{}<br />")}</span>'
        f'<div><a class="link">{escape(source)}</a></div></body></html>'
    )


def _joined(lines: Sequence[str], form: str) -> str:
    return "".join(form.format(escape(line)) for line in lines)


def _parts(lines: Sequence[str]) -> tuple[list[list[str]], str, list[str]]:
    """The blocks of lines above the body (the last holds the title), the date line or nothing, and the body's lines."""
    dated = next((number for number, line in enumerate(lines) if _DATE_LINE.match(line)), None)
    if dated is not None:
        return _blocks(lines[:dated]), lines[dated], [line for line in lines[dated + 1 :] if line]
    blocks = _blocks(lines)
    first = next((number for number, block in enumerate(blocks) if not _DIALOG.match(block[0])), len(blocks))
    body = [line for block in blocks[first:] for line in block]
    return [*blocks[:first], *([body[:1]] if body else [])], "", body[1:]


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    return [list(block) for filled, block in groupby(lines, key=bool) if filled]


def _date_markup(line: str) -> str:
    match = _DATE_LINE.match(line)
    if not match:
        return ""
    author = f'<a class="articleauthor link">{escape(match["author"])}</a> ' if match["author"] else ""
    return (
        f'<div>{author}<span class="articlenewspaper">{escape(match["before"])} '
        f'<a class="articlenewspaper link">{escape(match["publisher"])}</a> {escape(match["after"])}</span></div>'
    )
