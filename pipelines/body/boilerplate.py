"""Lines that are no part of an article's text: which, and why. Removed lines come back as segments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from pipelines.body.boilerplate_phrases import PHRASES, REASONS
from pipelines.fields.beside_title import is_date_line
from pipelines.fields.titles import first_words, folded
from pipelines.items import Segment

__all__ = ["clean_lines", "reason_for"]

_LONGEST = 320
"""Characters; a longer line is a paragraph, whatever it starts with."""
_LONGEST_PHRASE = 7
"""Words of the longest phrase that is looked up."""
_NEAR_EDGE = 4
"""Bylines are looked for in so many lines at the start, and half as many at the end."""
_NEAR_TOP = 6
"""A line that is but the title, a name or a date is looked for in so many lines."""
_REPEATED = 80
"""Characters; a shorter line may well stand in a text twice."""
_WORD = re.compile(r"[^\W_]+|@")
_BASE_LETTERS = {code: unicodedata.normalize("NFD", chr(code))[0] for code in range(0xC0, 0x250)}
"""The letter under each accent of the Latin scripts."""
_SIGN = re.compile(r"\s*(?:[:|»>→►▶–—/]|-\s|\.\.\.|…)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”»)\]]*$")
_CREDIT = re.compile(
    r"^\W*(?:photos?|fotos?|fotograf[íi]as?|im[aá]g(?:e|en|es)|illustration|cr[ée]dits?(?: photos?)?)\s*[:/|©]"
    r"|^\W*photo by\b",
    re.I,
)
_CREDIT_WORD = re.compile("photo|foto|im[aá]g|illus|cr[ée]d", re.I)
_BUTTONS = ("advertising", "share")
_BUTTON_STARTS = frozenset(phrase.split()[0] for reason in _BUTTONS for phrase in PHRASES[reason])
_NONE: frozenset[str] = frozenset()
_ASKING = ("prompt", "prompt-signed", *(kind for kind in PHRASES if kind.endswith(("-ask", "-sure"))))
_STARTS = frozenset(tuple(phrase.split()[:2]) for kind in (*_BUTTONS, *_ASKING) for phrase in PHRASES[kind])
"""The first two words of all phrases that :func:`reason_for` looks up, or all that a phrase has."""
_FIRST_WORDS = frozenset(start[0] for start in _STARTS)
_BEGINNING = 40
"""Characters that hold the first two words of most lines."""
_COMMON_WORD = re.compile(r"([A-Za-zÀ-ÖØ-öø-ÿ]+)[ ,'’]")
_COPYRIGHT_SIGN = re.compile(r"^\W*(?:©|\(c\)\s|&copy;)", re.I)


def reason_for(line: str) -> str:
    """Why a line is boilerplate wherever it stands, or an empty string.

    >>> reason_for("Lire aussi | Le port rouvre")
    'read-also'
    >>> reason_for("Lire aussi les classiques reste un plaisir.")
    ''
    """
    return "" if len(line) > _LONGEST or _begins_otherwise(line) else _looked_up(line)


def _begins_otherwise(line: str) -> bool:
    """Whether the beginning of a line tells that no reason applies: so do most lines of a text."""
    if (common := _COMMON_WORD.match(line)) and _begins_no_line(common[1]):
        return True
    beginning = _plain(line[:_BEGINNING])
    words = [word for word in islice(_WORD.finditer(beginning), 2) if word.end() < len(beginning)]
    if not words or any(word[0].isdigit() for word in words) or (words[0][0],) in _STARTS:
        return False
    if words[0][0] in _FIRST_WORDS and (len(words) == 1 or (words[0][0], words[1][0]) in _STARTS):
        return False
    return not (_CREDIT.match(line) or _COPYRIGHT_SIGN.match(line))


@lru_cache(maxsize=16_384)
def _begins_no_line(word: str) -> bool:
    """Whether no line that has a reason begins with the word (of letters that have no more than an accent)."""
    return _plain(word) not in _FIRST_WORDS and not _CREDIT_WORD.match(word)


def _looked_up(line: str) -> str:
    plain = _plain(line)
    words = list(islice(_WORD.finditer(plain), _LONGEST_PHRASE))
    if not words:
        return ""
    if _COPYRIGHT_SIGN.match(line):
        return "copyright"
    if reason := _button(plain):
        return reason
    if len(line) < 120 and _CREDIT.match(line):
        return "credit"
    starts = [" ".join(word[0] for word in words[:count]) for count in range(len(words), 0, -1)]
    return _prompt(line, words, starts) or _request(plain, starts)


def _worded(plain: str) -> str:
    """The words of a line, numbers aside."""
    return " ".join(word for word in _WORD.findall(plain) if not word.isdigit())


def _button(plain: str) -> str:
    """``advertising`` or ``share`` for a line that says nothing else."""
    first = next((word[0] for word in _WORD.finditer(plain) if not word[0].isdigit()), "")
    if first not in _BUTTON_STARTS:
        return ""
    alone = _worded(plain)
    return next((reason for reason in _BUTTONS if alone in PHRASES[reason]), "")


def _plain(line: str) -> str:
    """Lower case without accents; every character keeps its place, so that positions hold in the line."""
    return line.lower() if line.isascii() else line.lower().translate(_BASE_LETTERS)


def _prompt(line: str, words: Sequence[re.Match[str]], starts: Sequence[str]) -> str:
    """``read-also`` for a prompt with a sign or nothing after it, or a firm one before a title."""
    for start in starts:
        known = start in PHRASES["prompt"]
        if not known and start not in PHRASES["prompt-signed"]:
            continue
        end = words[start.count(" ")].end()
        firm = start in PHRASES["firm"] and not _SENTENCE_END.search(line)
        alone = known and end >= len(line.rstrip(" .!…"))
        if firm or alone or _SIGN.match(line, end):
            return "read-also"
    return ""


def _request(plain: str, starts: Sequence[str]) -> str:
    """Why a line that asks the reader for something is removed, or an empty string."""
    for kind, reason in REASONS.items():
        if not PHRASES.get(f"{kind}-sure", _NONE).isdisjoint(starts):
            return reason
        asks = not PHRASES.get(f"{kind}-ask", _NONE).isdisjoint(starts)
        if asks and any(f" {word} " in f" {_worded(plain)} " for word in PHRASES[f"{kind}-word"]):
            return reason
    return ""


def clean_lines(
    lines: Sequence[str], titles: Sequence[str] = (), names: Sequence[str] = ()
) -> tuple[list[str], list[Segment]]:
    """The lines that stay, and those removed, each with its reason, in order.

    Removed: before the text the title (one of ``titles``) and lines that are but a name (one of ``names``: site,
    section, authors) or a date; boilerplate phrases, bylines at either end, lists under a heading such as "Related
    articles", what readers commented, and long lines said a second time.
    """
    known = dict.fromkeys(map(folded, names), "label") | dict.fromkeys(map(folded, titles), "title")
    known.pop("", None)
    reasons = list(_reasons(lines, known))
    kept = [line for line, reason in zip(lines, reasons, strict=True) if not reason]
    return kept, [Segment(reason, line) for line, reason in zip(lines, reasons, strict=True) if reason]


def _reasons(lines: Sequence[str], known: Mapping[str, str]) -> Iterator[str]:
    under, started = "", False
    seen, first_of_known = _Seen(), {text.partition(" ")[0] for text in known}
    for number, line in enumerate(lines):
        start = first_words(line)
        repeated = seen.holds(line, start)
        under = _heading(line, started) or (under if under in ("", "comments") or _is_item(line) else "")
        edge = number < _NEAR_EDGE or number >= len(lines) - _NEAR_EDGE // 2
        reason = under or reason_for(line)
        if not reason and (not started or number < _NEAR_TOP):
            named = known.get(folded(line)) if start.partition(" ")[0] in first_of_known else None
            reason = named or ("date-line" if is_date_line(line) else "")
        if not reason and edge and _is_byline(line):
            reason = "byline"
        elif not reason and len(line) > _REPEATED and repeated:
            reason = "repeated"
        started = started or (not reason and len(line) > _REPEATED)
        yield reason


class _Seen:
    """The lines that were said, as they are folded: in full where two begin alike."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._texts: set[str] = set()

    def holds(self, line: str, start: str) -> bool:
        """Whether a line was said before; it is from now on. ``start``: its first words, as they are folded."""
        if start not in self._first:
            self._first[start] = line
            return False
        self._texts.add(folded(self._first[start]))
        text = folded(line)
        found = text in self._texts
        self._texts.add(text)
        return found


def _heading(line: str, started: bool) -> str:
    """What a line that stands alone heads: "comments", "read-also" (a list of other articles), or nothing."""
    if len(line) > 80:
        return ""
    words = [word for word in _WORD.findall(_plain(line)) if not word.isdigit()]
    text = " ".join(words)
    if started and text in PHRASES["comments"]:
        return "comments"
    if text in PHRASES["list"] or text in PHRASES["prompt"]:
        return "read-also"
    starts = {" ".join(words[:count]) for count in range(1, _LONGEST_PHRASE)}
    titled = not line.startswith("-") and not _SENTENCE_END.search(line) and len(words) <= _LONGEST_PHRASE
    return "read-also" if titled and starts & PHRASES["list-start"] else ""


def _is_item(line: str) -> bool:
    """Whether a line under a list's heading belongs to it: an item, or a title (no sentence, not of few words)."""
    return line.startswith("- ") or (len(line) < 160 and len(line.split()) >= 5 and not _SENTENCE_END.search(line))


def _is_byline(line: str) -> bool:
    """A line that only says who wrote the article, or when it was published."""
    if len(line) > 120 or _SENTENCE_END.search(line):
        return False
    words = _WORD.findall(_plain(line))
    starts = {" ".join(words[:count]) for count in range(1, _LONGEST_PHRASE)}
    if starts & PHRASES["date"]:
        return any(word.isdigit() for word in words)
    return bool(starts & PHRASES["byline"]) and bool(re.search(r"\s[A-ZÀ-Þ]", line)) and len(words) <= 12
