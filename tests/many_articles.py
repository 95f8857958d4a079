"""The sample aggregator enlarged: thousands of generated articles, the same ones each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cached_property

from newscrawl.sample.articles import Newspaper, SampleArticle, load_articles
from newscrawl.sample.web import Answer, SampleWeb

PAPERS = 20


class ManyArticles(SampleWeb):
    """A web whose pages are looked up by their path and made once: the sample's linear search is made for fifty."""

    @cached_property
    def by_path(self) -> dict[str, SampleArticle]:
        return {article.path: article for article in self.articles}

    @cached_property
    def answers(self) -> dict[str, Answer]:
        return {}

    def answer(self, target: str, base_url: str) -> Answer:
        if target not in self.answers:
            article = self.by_path.get(target.partition("?")[0])
            self.answers[target] = self._article(article) if article else super().answer(target, base_url)
        return self.answers[target]


def many_articles(number: int) -> ManyArticles:
    """So many articles in twenty French papers, each listed by its paper alone; one in fifty is in no kept language."""
    french = [one for one in load_articles() if one.language == "fr" and one.blocks and not one.forbidden and one.dated]
    foreign = next(one for one in load_articles() if one.language == "pt" and one.blocks)
    papers = [Newspaper(f"paper{i}", f"Journal {i}", "fr", "fr", f"paper{i}.example") for i in range(PAPERS)]
    made = []
    for i in range(number):
        model = foreign if i % 50 == 7 else french[i % len(french)]
        first = model.blocks[0].replace(".", f", écrit la rédaction sous le numéro {i}.", 1)
        places = {"newspaper", "feed"} if i % 2 else {"newspaper"}
        made.append(
            replace(
                model,
                newspaper=papers[i % PAPERS],
                id=1000 + i,
                title=f"{model.title} ({i})",
                day=model.day - timedelta(days=i % 300),
                source=f"archives/{i}",
                places=frozenset(places | ({"section"} if i < PAPERS else set())),
                blocks=(first, *model.blocks[1:3]),
                story="",
            )
        )
    return ManyArticles(articles=made, moved=())
