"""The JSON-LD ``articleBody`` beside the text that was found on the page: where they disagree, which is right?"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import chain

from lxml.html import HtmlElement

from pipelines.fields.titles import first_words, folded
from pipelines.visible_text import lines_of, one_line

__all__ = ["confirmed_lines", "plain_body"]

_GRAM = 4
"""Words that are compared at a time; as in the public article extraction benchmarks."""
_LEAST_WORDS = 40
_HELD = 0.95
"""Share of a claim from which on it is held."""
_BREAK = re.compile(r"<(?:br|/p|/div|/h\d|/li)\b[^>]*>", re.I)
_TAG = re.compile(r"<[^>]{1,500}>")
_CUT_OFF = re.compile(r"(?:\.\.\.|…|\[…\])\s*$")
_SENTENCE = re.compile(r"[.!?…][\"'”»)\]]*$")


def plain_body(raw: object) -> str:
    """An ``articleBody`` as text: entities resolved, tags gone, their line breaks kept."""
    if not isinstance(raw, str):
        return ""
    text = html.unescape(html.unescape(raw))
    return _TAG.sub(" ", _BREAK.sub("\n", text)) if "<" in text else text


def confirmed_lines(lines: Sequence[str], claimed: str, tree: HtmlElement) -> list[str]:
    """The lines that stay once the page's own claim of its text was heard.

    Where the lines hold all that is claimed and more, what stands outside it goes; where most of the claimed text is
    missing, the page's visible lines that are claimed are taken instead, or the claim itself. A claim that is cut off
    or shorter than half of the text decides nothing.
    """
    words = folded(claimed).split()
    if len(words) < _LEAST_WORDS:
        return list(lines)
    claim = _grams(words)
    verbatim, missing = _verbatim(lines, claimed)
    shares = [_claimed_share(line, claim, number in verbatim) for number, line in enumerate(lines)]
    held = 1 - missing / len(claim)
    if held < _HELD:
        found = _grams([*chain.from_iterable(folded(line).split() for line in lines)])
        held = len(found & claim) / len(claim)
    total = sum(len(line.split()) for line in lines)
    if held < _HELD and (shown := _claimed_lines(tree, claim, held)):
        return shown
    if held >= 0.85 and len(words) >= 0.5 * total and not _CUT_OFF.search(claimed):
        return list(_inside(lines, shares, len(words)))
    confirmed = sum(len(line.split()) for line, share in zip(lines, shares, strict=True) if share >= 0.5)
    if held < 0.7 and len(words) > 1.2 * confirmed:
        return [line for raw in claimed.split("\n") if (line := one_line(raw))]
    return list(lines)


def _verbatim(lines: Sequence[str], claimed: str) -> tuple[set[int], int]:
    """The numbers of the lines that stand in the claim as they are, and how much of it the lines may miss at most.

    White space is around such a line, so that its words are words of the claim. Missed can be what begins at a word
    outside those lines, or near the end of a run of them.
    """
    found, rest, runs, at = set[int](), [], 0, 0
    for number, line in enumerate(lines):
        start = claimed.find(line, at)
        end = start + len(line)
        if not line or start < 0 or not f"{claimed[max(start - 1, 0) : start]} {claimed[end : end + 1]}".isspace():
            continue
        between = claimed[at:start]
        runs += number - 1 not in found or not f"{between} ".isspace()
        found.add(number)
        rest.append(between)
        at = end
    rest.append(claimed[at:])
    return found, len(folded(" ".join(rest)).split()) + (_GRAM - 1) * (runs - 1)


def _claimed_share(line: str, claim: set[tuple[str, ...]], verbatim: bool) -> float:
    if verbatim:
        return 1.0 if first_words(line).count(" ") >= _GRAM - 1 else 0.0
    return _share(folded(line).split(), claim)


def _grams(words: Sequence[str]) -> set[tuple[str, ...]]:
    if len(words) < _GRAM:
        return {tuple(words)}
    return set(zip(*(words[start:] for start in range(_GRAM)), strict=False))


def _share(words: Sequence[str], claim: set[tuple[str, ...]]) -> float:
    """How much of a line is claimed; 0.0 for lines too short to tell."""
    if len(words) < _GRAM:
        return 0.0
    grams = _grams(words)
    return len(grams & claim) / len(grams)


def _inside(lines: Sequence[str], shares: Sequence[float], claimed_words: int) -> Iterator[str]:
    """Claimed lines, short lines between them (subheads, items), and an unclaimed end long enough to be text."""
    anchors = [number for number, share in enumerate(shares) if share >= 0.5]
    first, last = (anchors[0], anchors[-1]) if anchors else (0, len(lines))
    tail = sum(len(line.split()) for line in lines[last + 1 :] if _SENTENCE.search(line) and len(line) > 80)
    for number, line in enumerate(lines):
        unclaimed = shares[number] < 0.5
        if unclaimed and (number < first or (number > last and tail < 0.25 * claimed_words)):
            continue
        if unclaimed and first < number < last and len(line.split()) >= 15 and _SENTENCE.search(line):
            continue
        yield line


def _claimed_lines(tree: HtmlElement, claim: set[tuple[str, ...]], held: float) -> list[str]:
    """The page's visible lines that are claimed, when they are nearly all of the claim and more than what is held."""
    lines = [line for line in lines_of(tree) if _share(folded(line).split(), claim) > 0.8]
    shown = len(_grams(folded(" ".join(lines)).split()) & claim) / len(claim)
    return lines if shown > 0.9 and shown > held + 0.03 else []
