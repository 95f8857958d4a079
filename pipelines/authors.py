"""Who wrote it: names without "Par", "By", dates or e-mail protection."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.visible_text import one_line

__all__ = ["author_names"]

_LABEL = re.compile(
    r"^(?:(?:publi[ée]e?|[ée]crite?|r[ée]dig[ée]e?|propos recueillis|textes?|reportage|article|entretien|written|posted|"
    r"reported|words|escrito|publicado|redactado|textos?)\s+)?"
    r"(?:par|by|por|de notre (?:envoy[ée]e? sp[ée]ciale?e?|correspondante?))\s*:?\s+",
    re.I,
)
_AGENT = re.compile(r"\s*(?:,|\||•|·|;|/|\bet\b|\band\b|\by\b|&|\bwith\b|\bavec\b|\bcon\b)\s*", re.I)
_NO_NAME = re.compile(
    r"@|\[?email|e-mail|https?:|www\.|\d|^(?:la )?r[ée]daction$|^redacci[óo]n$|^staff$|^admin(?:istrator)?$|^null$|^none$",
    re.I,
)


def author_names(texts: Iterable[str]) -> tuple[str, ...]:
    """The names in what a page prints as its authors, in order, each once.

    >>> author_names(["Par Leïla Amrani et Jean Duval | 12/03/2024"])
    ('Leïla Amrani', 'Jean Duval')
    >>> author_names(["[email protected]"])
    ()
    """
    names: dict[str, str] = {}
    for text in texts:
        for part in _AGENT.split(_LABEL.sub("", one_line(text))):
            name = part.strip(" .,-–—:()")
            if 2 < len(name) <= 60 and len(name.split()) <= 6 and not _NO_NAME.search(name):
                names.setdefault(name.casefold(), name)
    return tuple(names.values())
