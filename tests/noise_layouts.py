"""The pages of the made-up aggregator of :mod:`tests.noise_site`: tickers of many kinds in articles of many kinds.

A newcomer adds a line to ``LAYOUTS``, and a function where no ticker or article of its kind is there yet.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.noise_site import CROSSHEAD, DIALOG, LABELS, LEGAL, Story


def _each(texts: list[str], form: str, between: str = "") -> str:
    """The form once a text: ``{0}`` is the text, ``{1}`` its number."""
    return between.join(form.format(escape(text), number) for number, text in enumerate(texts))


# Tickers


def spans(story: Story) -> str:
    return f'<div class="flash"><em>Flash :</em> {_each(story.ticker, "<span><a href=/n{1}>{0}</a></span> ")}</div>'


def unlinked_spans(story: Story) -> str:
    return f'<div class="now">{_each(story.ticker, "<span>{0}</span> ")}</div>'


def items(story: Story) -> str:
    return f"<ul>{_each(story.ticker, '<li><span>1{1}:05</span> <a href=/n{1}>{0}</a></li>')}</ul>"


def ages(story: Story) -> str:
    minutes = [f"il y a {(story.number * 7 + place * 3) % 59 + 1} min" for place in range(len(story.ticker))]
    rows = (f"<li>{age} <a href=/n>{escape(head)}</a></li>" for age, head in zip(minutes, story.ticker, strict=True))
    return f'<ul class="latest">{"".join(rows)}</ul>'


def papers(story: Story) -> str:
    return f"<ol>{_each(story.ticker, '<li>Le Quotidien des Sels : <a href=/n{1}>{0}</a></li>')}</ol>"


def table(story: Story) -> str:
    return f"<table>{_each(story.ticker, '<tr><td>•</td><td><a href=/n{1}>{0}</a></td></tr>')}</table>"


def slides(story: Story) -> str:
    first, *rest = story.ticker
    form = '<div class="slide{2}"><h3><a href="/n">{0}</a></h3></div>'
    shown = [form.format(escape(head), 0, state) for head, state in [(first, " active"), *((one, "") for one in rest)]]
    return f'<div class="slides">{"".join(shown)}</div>'


def cards(story: Story) -> str:
    form = "<div class=card><a href=/n{1}>{0}</a><p>{0}, a déclaré hier le porte-parole de la préfecture.</p></div>"
    return f'<section class="deck">{_each(story.ticker, form)}</section>'


def bullets(story: Story) -> str:
    return f'<div class="run">{_each(story.ticker, "{0}", " • ")}</div>'


def dashes(story: Story) -> str:
    return f'<p class="run">{_each(story.ticker, "{0}", " - ")}</p>'


def linked_lines(story: Story) -> str:
    return _each(story.ticker, "<a href=/n{1}>{0}</a>", "<br>") + "<br>"


def linked_paragraphs(story: Story) -> str:
    return _each(story.ticker, "<p><a href=/n{1}>{0}</a></p>")


def coloured(story: Story) -> str:
    ticker = _each(story.ticker, "<a href=/n{1}><font color=red>{0}</font></a>", " | ")
    return f"<center><font size=2>{ticker}</font></center>"


def row_of_gaps(story: Story) -> str:
    return f"<span>{_each(story.ticker, '<a href=/n{1}>{0}</a>', '&nbsp;&nbsp;&nbsp;')}</span>"


# Articles: what a page's body is, with the ticker in it


def _paragraphs(story: Story) -> list[str]:
    """Paragraphs with the site's automatic links on words of the text."""
    marked = [escape(text).replace("Sarbonne", '<a href="/tag/sarbonne">Sarbonne</a>') for text in story.paragraphs]
    return [f"<h2>{text}</h2>" if text == CROSSHEAD else f"<p>{text}</p>" for text in marked]


def _share(story: Story) -> str:
    shares = f"<span>{story.number * 7 % 90} partages</span>"
    return f'<div class="bar">{shares} <a href="#f">Facebook</a> <a href="#x">X</a></div>'


def above(story: Story, ticker: str) -> str:
    body = "".join(_paragraphs(story))
    return f'<div class="art">{ticker}<h1>{escape(story.title)}</h1>{_share(story)}{body}</div>'


def amid(story: Story, ticker: str) -> str:
    """An article whose id and classes are its own; after the first paragraph the ticker."""
    first, *rest = _paragraphs(story)
    names = f'id="post-{story.number}" class="post-{story.number} tag-{story.number}"'
    title = f"<h1>{escape(story.title)}</h1>"
    return f"<article {names}>{title}{first}{ticker}{''.join(rest)}{_share(story)}</article>"


def no_h1(story: Story, ticker: str) -> str:
    """The title is no h1 but a link to the page itself."""
    first, *rest = _paragraphs(story)
    title = f'<div class="head"><a href="">{escape(story.title)}</a></div>'
    return f"<main>{title}{first}{ticker}{''.join(rest)}</main>"


def cell(story: Story, ticker: str) -> str:
    """Everything in one table cell, parted by line breaks."""
    body = "<br><br>".join(escape(text) for text in story.paragraphs)
    return f"<table><tr><td><h1>{escape(story.title)}</h1>{ticker}{body}</td></tr></table>"


def in_a_sentence(story: Story, ticker: str) -> str:
    """The ticker is part of the first paragraph."""
    first, *rest = _paragraphs(story)
    return f"<main><h1>{escape(story.title)}</h1>{first.replace('</p>', f' {ticker}</p>')}{''.join(rest)}</main>"


def wandering(story: Story, ticker: str) -> str:
    """The ticker stands above, amid or below the text."""
    paragraphs = _paragraphs(story)
    place = story.number % 3
    top, middle, bottom = (ticker * (place == number) for number in range(3))
    body = f"<section>{paragraphs[0]}{middle}{''.join(paragraphs[1:])}</section>"
    return f'<div class="art">{top}<h1>{escape(story.title)}</h1>{body}{bottom}</div>'


def page(story: Story, ticker: Callable[[Story], str], article: Callable[[Story, str], str]) -> str:
    """The whole page: menu, article, "most read" box, dialog and legal line."""
    read = _each(story.most_read, '<div class="row"><b>{1}</b> <a href="/m{1}">{0}</a></div>')
    return (
        f"<html><head><title>{escape(story.title)} | Le Relais</title></head><body>"
        f'<div class="top"><a href="/">Accueil</a> <a href="/sport">Sport</a> <a href="/eco">Économie</a></div>'
        f'<div id="main">{article(story, ticker(story))}'
        f'<div class="box"><div class="label">{LABELS[story.language]}</div>{read}</div></div>'
        f'<div class="popup"><p>{DIALOG}</p></div><div class="low"><p>{LEGAL}</p></div></body></html>'
    )


LAYOUTS = [
    (spans, above), (spans, amid), (unlinked_spans, amid), (items, amid), (items, wandering), (ages, no_h1),
    (papers, amid), (table, amid), (table, no_h1), (slides, above), (slides, amid), (cards, amid), (bullets, amid),
    (dashes, above), (linked_lines, cell), (linked_paragraphs, no_h1), (coloured, above), (row_of_gaps, in_a_sentence),
]  # fmt: skip
