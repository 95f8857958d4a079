"""What sites print around and between an article's paragraphs, in French, English and Spanish, read from a table.

``boilerplate_phrases.tsv`` has a phrase a line: kind, language, phrase; a newcomer adds a line. Phrases are written
plainly: lower case, no accents, no apostrophes (``lire l article``). They are the trade's, not a site's. The kinds:

=================  ==================================================================================================
``prompt``         asks to read something else: alone on a line, or with a sign after it (``Lire aussi : ...``)
``prompt-signed``  the same, where only the sign tells it from a text (``More: ...``)
``firm``           a prompt that needs no sign where a title follows
``list``           alone on a line it heads a list of other articles; ``list-start`` begins such a heading
``comments``       alone on a line it heads what readers wrote
``advertising``    alone on a line, and so is ``share``: buttons and measures (``4 min read``), numbers aside
``byline``         begins a line that says who wrote the article; ``date`` one that says when
``x-ask``          begins a line that asks for something, where one of the words of ``x-word`` follows
``x-sure``         begins such a line by itself
=================  ==================================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

__all__ = ["PHRASES", "REASONS"]

REASONS = {
    "newsletter": "newsletter",
    "social": "share",
    "app": "share",
    "paywall": "paywall",
    "copyright": "copyright",
    "contact": "contact",
}
"""Why a line is removed, by what stands before ``-ask``, ``-word`` and ``-sure``."""


def _read() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    text = Path(__file__).with_suffix(".tsv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        kind, _language, phrase = line.split("\t")
        table.setdefault(kind, set()).add(phrase)
    return {kind: frozenset(phrases) for kind, phrases in table.items()}


PHRASES: Mapping[str, frozenset[str]] = _read()
"""The phrases of each kind."""
