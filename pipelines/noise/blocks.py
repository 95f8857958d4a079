"""The blocks of a page: what a reader sees as one unit of text, where it stands, and its names in a noise model.

A block is a paragraph, a list item, a table cell, a headline link in a ticker, a piece between two ``<br>``. Words of a
link inside a running sentence are no block of their own: the sentence is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import takewhile
from typing import Literal, NamedTuple

from lxml.html import HtmlElement

from pipelines.noise.runs import Node, Run, runs_of
from pipelines.noise.units import split_run

__all__ = [
    "Block",
    "Names",
    "blocks_of",
    "blocks_of_run",
    "fingerprint",
    "folded",
    "is_prose",
    "names_of",
    "place_name",
    "says_title",
    "titles_of",
]

Stream = Literal["link", "line", "prose"]

_LETTER = re.compile(r"[^\W\d_]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_WORDS = re.compile(r"[^\W_](?:.*[^\W_])?")
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[^.][.。؟۔।]['\"»”’)\]]*$")
_SENTENCES = re.compile(r"[.!?؟]['\"»”’)\]]*\s+['\"«“‘(\[]*[^\W\d_a-z]")
_QUOTED = re.compile(r"^\s*[«“\"„‘'].*[»”\"‟’'][\s.!?…]*$", re.S)

_RUNNING_WORDS = 25
"""A text of so many words is running prose however it ends: the longest headlines have about 20."""
_SENTENCE_WORDS = 8
"""Fewer words than this are a line (a label, a crosshead, a headline) even with a full stop."""


@dataclass(slots=True)
class Block:
    """One unit of a page's text."""

    stream: Stream
    """``link``: all of it is link text; ``prose``: running sentences; ``line``: any other text."""
    text: str
    """As a reader sees it, white space collapsed."""
    path: str
    """Where it stands: element names with id and first class, from the nearest ancestor with an id, at most ten."""
    place: str
    """The same for the block-level element around it: blocks of one place are each other's neighbours or alike."""
    heading: bool
    """It stands in an ``h1``."""
    nodes: list[Node]
    """The text nodes that hold it."""
    span: tuple[int, int] | None = None
    """Start and end of it in its only text node, where it shares that with other blocks."""

    @property
    def quoted(self) -> bool:
        """Whether the whole of it is a quotation."""
        return "blockquote" in self.path or _QUOTED.match(self.text) is not None


class Names(NamedTuple):
    """The two names of a text: as it is, and with every number folded to ``0``."""

    exact: str
    counted: str


def blocks_of(tree: HtmlElement) -> Iterator[Block]:
    """The blocks of a parsed page in document order; the tree is not changed. Blocks without any letter are left out.

    >>> from lxml.html import fromstring
    >>> page = fromstring("<div><p>Il a <a>parlé</a>.</p><ul class=flash><li><a>Un titre</a> 12:04</ul></div>")
    >>> [(block.stream, block.text, block.path) for block in blocks_of(page)]
    [('line', 'Il a parlé.', 'div>p'), ('link', 'Un titre', 'div>ul.flash>li>a')]
    """
    for run in runs_of(next(tree.iter("body"), tree)):
        yield from blocks_of_run(run)


def blocks_of_run(run: Run) -> Iterator[Block]:
    """The blocks of one line."""
    for atoms, link, span in split_run(run):
        text = atoms[0].text if len(atoms) == 1 else "".join([atom.text for atom in atoms])
        text = text[slice(*span)] if span else text
        if block := _block(" ".join(text.split()), atoms, link, span):
            yield block


def _block(text: str, atoms: Run, link: HtmlElement | None, span: tuple[int, int] | None) -> Block | None:
    if not _LETTER.search(text):
        return None
    around = atoms[0].around
    stream: Stream = "link" if link is not None else "prose" if is_prose(text) else "line"
    if link is not None:
        first = atoms[0] if atoms[0].link is link else next(atom for atom in atoms if atom.link is link)
        path = first.around.link_path
    else:
        path = around.path + ">|" if span else _shared(atoms)
    return Block(stream, text, path, around.place, around.heading, [atom.node for atom in atoms], span)


def _shared(atoms: Run) -> str:
    """The steps that the paths of all texts begin with."""
    around = atoms[0].around
    if len(atoms) == 1 or all(atom.around is around for atom in atoms):
        return around.path
    steps = zip(*(atom.around.path.split(">") for atom in atoms), strict=False)
    return ">".join(same[0] for same in takewhile(lambda same: len(set(same)) == 1, steps))


@lru_cache(maxsize=16_384)
def is_prose(text: str) -> bool:
    """Whether a text is running sentences rather than a headline, a label or a crosshead.

    >>> is_prose("Le ministre a annoncé jeudi un plan pour les ports du nord.")
    True
    >>> is_prose("Le ministre annonce un plan pour les ports du nord")
    False
    """
    words = text.count(" ") + 1
    if words < _SENTENCE_WORDS:
        return False
    return words >= _RUNNING_WORDS or bool(_SENTENCE_END.search(text) or _SENTENCES.search(text))


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """A text as it is compared: NFKC, case folded, white space single, no invisible signs, bullets or quotes around it.

    >>> folded("»  L’Été à Fès ")
    'l’été à fès'
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    words = _WORDS.search(" ".join(text.casefold().split()))
    return words[0] if words else ""


def fingerprint(text: str) -> str:
    """BLAKE2b of a text, 64 bits in hexadecimal: short, and the same in every process, unlike ``hash``."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@lru_cache(maxsize=16_384)
def names_of(text: str) -> Names:
    """The fingerprints of a block's text: exact, and with numbers folded, so that a counter or a clock keeps its name.

    Which of the two counts is the learner's decision: "12 partages" and "13 partages" on every page are one block, two
    sports results on a few pages are not.

    >>> names_of("12 partages").counted == names_of("7 Partages").counted
    True
    """
    plain = folded(text)
    exact = fingerprint(plain)
    counted = _DIGITS.sub("0", plain)
    return Names(exact, exact if counted == plain else fingerprint(counted))


@lru_cache(maxsize=16_384)
def place_name(stream: str, path: str) -> str:
    """The name in a model of the place where blocks of a stream stand."""
    return f"at-{stream}:{fingerprint(path)}"


def says_title(element: HtmlElement) -> bool:
    """Whether :func:`titles_of` looks at an element."""
    return element.tag in ("title", "h1", "meta")


def titles_of(tree: HtmlElement) -> list[str]:
    """What a page says its title is: ``<title>``, ``og:title`` and every ``h1``, folded; without empty ones."""
    texts = ["".join(title.itertext()) for title in tree.iter("title", "h1")]
    texts += [meta.get("content") or "" for meta in tree.iter("meta") if meta.get("property") == "og:title"]
    return [title for title in map(folded, texts) if title]
