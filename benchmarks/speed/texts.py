"""Invented news texts in French, English and Spanish: the same for the same number, no two alike.

A sentence is a template whose slots are filled from lists, two levels deep, so that a language has many millions of
sentences; what repeats from text to text is a run of a few words, as in news. Articles are as long as those of
labelled news pages: 6 to 30 paragraphs (median 16) of one to three sentences. One article in ten prints another's
text again under a title of its own, as papers do with a dispatch.
"""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

__all__ = ["LANGUAGES", "Story", "story", "vocabulary"]

LANGUAGES = ("fr", "en", "es")
PRINTED_AGAIN = 0.1
FIRST_DAY = datetime(2022, 1, 3, 6, tzinfo=UTC)
DAYS = 1100

_SLOT = re.compile(r"\{(\w+)\}")


@cache
def vocabulary(language: str) -> dict[str, Any]:
    """The lists of a language and its ``words``, what a site prints around articles."""
    return tomllib.loads((files(__package__) / "vocabulary" / f"{language}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Story:
    """One invented article without mark-up. What is not asked for is not made up."""

    number: int
    language: str

    @cached_property
    def title(self) -> str:
        chance = random.Random(self.number * 4)
        text = _filled(chance.choice(vocabulary(self.language)["titles"]), self.language, chance)
        return text[0].upper() + text[1:]

    @cached_property
    def subtitle(self) -> str:
        chance = random.Random(self.number * 4 + 1)
        text = _filled(chance.choice(vocabulary(self.language)["subtitles"]), self.language, chance)
        return f"{text[0].upper()}{text[1:]}."

    @cached_property
    def author(self) -> str:
        return _filled("{person}", self.language, random.Random(self.number // 7 * 4 + 2))

    @cached_property
    def published(self) -> datetime:
        """UTC, to the second."""
        chance = random.Random(self.number * 4 + 2)
        return FIRST_DAY + timedelta(days=chance.randrange(DAYS), seconds=chance.randrange(50_000))

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        chance = random.Random(self.number * 4 + 3)
        origin = self.number
        if chance.random() < PRINTED_AGAIN and self.number > 300:
            # an article of the same language: number and language go in step of three
            origin = self.number - 3 * chance.randrange(1, 100)
            chance = random.Random(origin * 4 + 3)
            chance.random()
        sentences = vocabulary(self.language)["sentences"]
        count = min(30, max(6, round(chance.gauss(16, 5))))
        return tuple(
            " ".join(
                _filled(one, self.language, chance) for one in chance.sample(sentences, chance.choice((1, 1, 2, 2, 3)))
            )
            for _ in range(count)
        )


def story(number: int) -> Story:
    """The article of a number; neighbours have different languages."""
    return Story(number, LANGUAGES[number % 3])


def _filled(template: str, language: str, chance: random.Random) -> str:
    lists = vocabulary(language)

    def fill(match: re.Match[str]) -> str:
        slot = match[1]
        text = _value(slot.lower(), lists, language, chance)
        return text[0].upper() + text[1:] if slot[0].isupper() else text

    return _SLOT.sub(fill, template)


def _value(slot: str, lists: dict[str, Any], language: str, chance: random.Random) -> str:
    pick = chance.random
    if slot == "person":
        return f"{_of(lists['first'], pick())} {_of(lists['last'], pick())}"
    if slot in {"n", "count"}:
        return str(20 + int(pick() * 980))
    if slot in {"small", "percent"}:
        return str(2 + int(pick() * 40))
    if slot == "percent2":
        return str(43 + int(pick() * 50))
    if slot == "plan_short":
        words = (_of(lists["kind"], pick()), _of(lists["aim"], pick()), _of(lists["noun"], pick()))
        return f"{words[0]} {words[1]} {'de ' if language == 'fr' else ''}{words[2]}"
    if slot == "plan":
        return _filled(_of(lists["plan"], pick()), language, chance)
    return _of(lists[slot], pick())


def _of(values: list[str], share: float) -> str:
    return values[int(share * len(values))]
