"""What papers do to a dispatch: cut it, head it anew, touch up words, drop and move sentences, add of their own.

Each edit is a function of a text and a seeded random source; the labelled set of stories is made of them.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["LabelledText", "labelled_texts"]

CORPUS = Path(__file__).parent / "corpus"
Paragraphs = list[str]
Edit = Callable[[Paragraphs, random.Random, list[str]], Paragraphs]


@dataclass(frozen=True)
class LabelledText:
    """A text and the cluster it belongs to: every text with the same name, and no other, is the same story."""

    cluster: str
    edit: str
    language: str
    text: str


def whole(paragraphs: Paragraphs, chance: random.Random, words: list[str]) -> Paragraphs:
    return paragraphs


def dateline(paragraphs: Paragraphs, chance: random.Random, words: list[str]) -> Paragraphs:
    city, agency = chance.choice(["RABAT", "Alger", "Tunis", "MADRID"]), chance.choice(["MAP", "APS", "TAP", "EFE"])
    return [f"{city}, {chance.randint(2, 28)} juil. ({agency}) - {paragraphs[0]}", *paragraphs[1:], f"({agency})"]


def first_paragraphs(paragraphs: Paragraphs, chance: random.Random, words: list[str]) -> Paragraphs:
    return paragraphs[: max(1, len(paragraphs) // 3)]


def half(paragraphs: Paragraphs, chance: random.Random, words: list[str]) -> Paragraphs:
    return paragraphs[: (len(paragraphs) + 1) // 2]


def touched_up(paragraphs: Paragraphs, chance: random.Random, words: list[str]) -> Paragraphs:
    """One ordinary word in twelve is another."""
    return [_replaced(paragraph, chance, words, 1 / 12) for paragraph in paragraphs]


def reworked(paragraphs: Paragraphs, chance: random.Random, words: list[str]) -> Paragraphs:
    """One ordinary word in seven is another, a sentence in six is gone."""
    return _without_sentences([_replaced(paragraph, chance, words, 1 / 7) for paragraph in paragraphs], chance, 1 / 6)


def shortened(paragraphs: Paragraphs, chance: random.Random, words: list[str]) -> Paragraphs:
    """One sentence in three is gone."""
    return _without_sentences(paragraphs, chance, 1 / 3)


def moved(paragraphs: Paragraphs, chance: random.Random, words: list[str]) -> Paragraphs:
    return [paragraphs[0], *chance.sample(paragraphs[1:], len(paragraphs) - 1)]


def without_accents(paragraphs: Paragraphs, chance: random.Random, words: list[str]) -> Paragraphs:
    """As an old system prints it: no accents, straight quotes, the first words in capitals."""
    text = "\n\n".join(paragraphs).translate(str.maketrans("«»“”’", '""""\''))
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).split("\n\n")
    head, *rest = plain[0].split(" ", 5)[::-1]
    return [" ".join(word.upper() for word in rest[::-1]) + " " + head, *plain[1:]]


def own_frame(paragraphs: Paragraphs, chance: random.Random, words: list[str]) -> Paragraphs:
    """A paragraph of the paper's own before and after, the last two of the dispatch left out."""
    own = [" ".join(chance.choice(words) for _ in range(35)).capitalize() + "." for _ in range(2)]
    return [own[0], *(paragraphs[:-2] or paragraphs), own[1]]


EDITS: tuple[Edit, ...] = (
    dateline, first_paragraphs, half, touched_up, reworked, shortened, moved, without_accents, own_frame,
)  # fmt: skip


def _replaced(paragraph: str, chance: random.Random, words: list[str], share: float) -> str:
    def one(match: re.Match[str]) -> str:
        return chance.choice(words) if chance.random() < share else match[0]

    return re.sub(r"\b[a-zà-ÿ]{3,}\b", one, paragraph)


def _without_sentences(paragraphs: Paragraphs, chance: random.Random, share: float) -> Paragraphs:
    kept = [" ".join(s for s in re.split(r"(?<=[.!?»”]) ", p) if chance.random() >= share) for p in paragraphs]
    return [paragraph for paragraph in kept if paragraph] or paragraphs[:1]


def _dispatches() -> Iterator[tuple[str, str, Paragraphs]]:
    for file in sorted((CORPUS / "pages").glob("*/labels.json")):
        page = json.loads(file.read_text(encoding="utf-8"))
        yield file.parent.name, page["language"], page["body"]


def labelled_texts(*, edits_each: int = 4, seed: int = 1) -> list[LabelledText]:
    """The labelled set: invented dispatches as several papers print them, and texts that only look alike."""
    dispatches = list(_dispatches())
    vocabulary: dict[str, list[str]] = {}
    for _, language, paragraphs in dispatches:
        vocabulary.setdefault(language, []).extend(re.findall(r"\b[a-zà-ÿ]{3,}\b", " ".join(paragraphs)))
    found = []
    for name, language, paragraphs in dispatches:
        chance = random.Random(f"{seed} {name}")
        for edit in (whole, *chance.sample(EDITS, edits_each)):
            text = "\n\n".join(edit(paragraphs, chance, vocabulary[language]))
            found.append(LabelledText(name, edit.__name__, language, text))
    lines = (CORPUS / "stories.jsonl").read_text(encoding="utf-8").splitlines()
    written = [json.loads(line) for line in lines]
    return found + [LabelledText(one["story"], one["why"], one["language"], one["text"]) for one in written]
