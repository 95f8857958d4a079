"""The noise of an aggregator never seen before: learned from 50 pages, removed from these and from 20 new ones."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from lxml.html import HtmlElement, tostring

from pipelines.article import to_article
from pipelines.extraction import body_lines, parse_text
from pipelines.items import NoiseModel, Page
from pipelines.noise import TICKER, strip_noise
from pipelines.noise.blocks import names_of
from pipelines.noise.learning import Lesson, learn
from tests.noise_layouts import LAYOUTS, above, amid, cards, items, no_h1, page, spans
from tests.noise_site import CROSSHEAD, DIALOG, DISPATCH, LEGAL, QUOTATION, Story, stories

Ticker = Callable[[Story], str]
Article = Callable[[Story, str], str]

SITE = stories(50, seed=1)
LATER = stories(20, seed=2, first_text=1_000)


def tree_of(story: Story, ticker: Ticker = items, article: Article = amid) -> HtmlElement:
    tree = parse_text(page(story, ticker, article))
    assert tree is not None
    return tree


def lesson_of(told: list[Story], ticker: Ticker = items, article: Article = amid) -> Lesson:
    return learn(((story.url, tree_of(story, ticker, article)) for story in told), "relais", 1)


def text_of(tree: HtmlElement) -> str:
    return " ".join(" ".join(tree.itertext()).split())


def knows(model: NoiseModel, text: str) -> bool:
    names = names_of(text)
    kinds = ("link", "text", "aside")
    return any(f"{kind}:{names.exact}" in model.blocks or f"{kind}*:{names.counted}" in model.blocks for kind in kinds)


@pytest.mark.parametrize(("ticker", "article"), LAYOUTS, ids=[f"{t.__name__}-{a.__name__}" for t, a in LAYOUTS])
def test_no_headline_stays_and_no_sentence_goes(ticker: Ticker, article: Article) -> None:
    model = lesson_of(SITE, ticker, article).model
    for story in [*SITE, *LATER]:
        tree = tree_of(story, ticker, article)
        segments = "\n".join(segment.text for segment in strip_noise(tree, model))
        left, body = text_of(tree), " ".join(body_lines(tree))
        assert [head for head in story.around if head in left and head not in " ".join(story.paragraphs)] == []
        assert [text for text in story.paragraphs if text not in body] == []
        assert story.title in left
        assert [text for text in (DIALOG, LEGAL, "partages") if text in left] == []
        assert all(head in segments for head in story.ticker)


def test_what_articles_share_is_no_noise() -> None:
    model = lesson_of(SITE).model
    assert [text for text in (*DISPATCH, QUOTATION, CROSSHEAD) if knows(model, text)] == []
    assert knows(model, LEGAL)
    assert knows(model, DIALOG)


def test_an_article_at_many_addresses_is_one_article() -> None:
    pages = [(f"{story.url}?print={number}", tree_of(story)) for story in SITE[20:48] for number in range(5)]
    lesson = learn(pages, "relais", 1)
    assert (lesson.pages, lesson.articles) == (140, 28)
    assert [text for story in SITE[20:48] for text in story.paragraphs if knows(lesson.model, text)] == []


def test_a_title_in_other_pages_tickers_stays_the_title_of_its_page() -> None:
    model = lesson_of(SITE, spans, no_h1).model
    told = next(story for story in SITE if knows(model, story.title) and story.title not in story.around)
    tree = tree_of(told, spans, no_h1)
    strip_noise(tree, model)
    assert [link.text for link in tree.iterfind(".//div[@class='head']/a")] == [told.title]


def test_a_headline_never_seen_is_known_by_its_place() -> None:
    model = lesson_of(SITE, spans, above).model
    assert not any(knows(model, head) for story in LATER for head in story.ticker)
    tickers = [one for one in strip_noise(tree_of(LATER[0], spans, above), model) if one.reason == TICKER]
    assert "\n".join(LATER[0].ticker) in tickers[0].text


def test_order_and_repetition_of_the_pages_change_nothing() -> None:
    told = list(SITE)
    expected = lesson_of(told)
    for seed in range(3):
        Random(seed).shuffle(told)
        assert lesson_of(told) == expected
    assert lesson_of(told + told[:10]) == expected


def test_learning_leaves_the_trees_alone() -> None:
    trees = [tree_of(story) for story in SITE]
    before = [tostring(tree) for tree in trees]
    learn(((story.url, tree) for story, tree in zip(SITE, trees, strict=True)), "relais", 1)
    assert [tostring(tree) for tree in trees] == before


def names_and_segments() -> str:
    model = lesson_of(SITE).model
    return f"{sorted(model.blocks)} {strip_noise(tree_of(LATER[0]), model)}"


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same(seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", "from tests.test_noise import *; print(names_and_segments())"],
        capture_output=True, encoding="utf-8", check=True, cwd=Path(__file__).parent.parent,
        env={"PYTHONHASHSEED": seed},
    )  # fmt: skip
    assert done.stdout.strip() == names_and_segments()


def test_few_articles_teach_nothing() -> None:
    lesson = lesson_of(SITE[:15])
    assert (lesson.model.blocks, lesson.blocks, lesson.changed) == (frozenset(), (), False)


def test_every_name_has_its_evidence() -> None:
    lesson = lesson_of(SITE)
    assert {one.name for one in lesson.blocks} == lesson.model.blocks
    legal = next(one for one in lesson.blocks if one.sample == LEGAL)
    assert (legal.articles, legal.share) == (lesson.articles, 1.0)


def test_a_model_grows_and_forgets_only_what_was_undone() -> None:
    first = lesson_of(SITE).model
    legal = next(one.name for one in lesson_of(SITE).blocks if one.sample == LEGAL)
    later = [(story.url, tree_of(story)) for story in stories(50, seed=3, first_text=2_000)]
    grown = learn(later, "relais", 2, previous=first, undone=frozenset([legal]))
    assert grown.model.version == 2
    assert grown.model.blocks > first.blocks - {legal}
    assert legal not in grown.model.blocks
    again = learn(later, "relais", 3, previous=grown.model, undone=frozenset([legal]))
    assert again.model is grown.model
    assert not again.changed


def test_what_is_undone_stays_in_the_page() -> None:
    lesson = lesson_of(SITE)
    legal = {one.name for one in lesson.blocks if one.sample == LEGAL}
    tree = tree_of(LATER[0])
    strip_noise(tree, NoiseModel("relais", 2, lesson.model.blocks - legal))
    assert LEGAL in text_of(tree)
    assert DIALOG not in text_of(tree)


@pytest.mark.parametrize("told", LATER[:4], ids=lambda told: told.language)
def test_an_article_is_read_without_the_noise_and_keeps_it_as_segments(told: Story) -> None:
    fetched = Page(
        url=f"https://{told.url}", final_url=f"https://{told.url}", status=200, headers=(),
        body=page(told, cards, amid).encode(), fetched_at=datetime(2025, 7, 1, tzinfo=UTC), site="relais",
    )  # fmt: skip
    extraction = to_article(fetched, noise=lesson_of(SITE, cards, amid).model)
    assert extraction.article is not None
    assert extraction.article.body.split("\n\n") == told.paragraphs
    removed = "\n".join(segment.text for segment in extraction.segments if segment.reason.startswith("learned-noise"))
    assert all(head in removed for head in told.ticker)
