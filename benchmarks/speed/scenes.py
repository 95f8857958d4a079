"""What an invented engine has to print: an article, the site around it, and who comments on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.speed.texts import Story, vocabulary

__all__ = ["Linked", "Scene"]


@dataclass(frozen=True, slots=True)
class Linked:
    """Another article as a page names it."""

    path: str
    title: str
    subtitle: str
    day: str


@dataclass(frozen=True)
class Scene:
    """One page. Lists may be cut by the engine that prints them."""

    story: Story
    path: str
    paper: int
    paper_name: str
    paper_path: str
    host: str
    section: int
    related: Sequence[Linked]
    most_read: Sequence[Linked]
    ticker: Sequence[Linked]
    papers: Sequence[tuple[str, str]]
    """Path and name of the newspapers that the menu lists."""

    @property
    def words(self) -> dict[str, Any]:
        """What the site says in the article's language."""
        words: dict[str, Any] = vocabulary(self.story.language)["words"]
        return words

    @property
    def url(self) -> str:
        return f"https://{self.host}{self.path}"

    @property
    def section_name(self) -> str:
        sections: list[str] = self.words["sections"]
        return sections[self.section]

    @property
    def image(self) -> str:
        return f"https://media.{self.host}/{self.story.published:%Y/%m}/{self.story.number}"

    @property
    def day(self) -> str:
        """As a reader sees it, for example ``3 mars 2024``."""
        at = self.story.published
        return f"{at.day} {vocabulary(self.story.language)['months'][at.month - 1]} {at.year}"

    @property
    def tags(self) -> list[str]:
        chance = Random(self.story.number * 5)
        return [str(one) for one in chance.sample(vocabulary(self.story.language)["noun"], 4)]

    def comments(self, most: int) -> list[tuple[str, str, int]]:
        """Name, text and days after publication of what readers wrote; half of the articles have none."""
        chance = Random(self.story.number * 5 + 1)
        lists = vocabulary(self.story.language)
        count = chance.choice((0, 0, 0, 2, most // 3, most))
        return [
            (
                f"{chance.choice(lists['first'])} {chance.choice('ABCDEFGHKLMNRST')}.",
                " ".join(chance.sample(self.words["comment_sentences"], chance.randint(1, 3))),
                chance.randint(0, 9),
            )
            for _ in range(count)
        ]
