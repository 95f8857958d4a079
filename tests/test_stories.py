"""Stories in data/news.db: who was first, how alike, what an update, a withdrawal and a rebuild leave."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored_news import ARTICLE, NOON
from story_edits import labelled_texts

from pipelines.duplicates import LEAST_CONTAINMENT, LEAST_RESEMBLANCE, Text, compare, may_be_same
from pipelines.items import Article
from pipelines.store import Store, story_shelf

TEXTS = {text.edit: text.text for text in labelled_texts(edits_each=9) if text.cluster == "fr-agence-ferry"}
OTHER = next(text.text for text in labelled_texts(edits_each=1) if text.cluster == "fr-gare-fermee")
WHOLE, CUT = TEXTS["whole"], TEXTS["first_paragraphs"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "news.db") as opened:
        yield opened


@pytest.fixture
def run(store: Store) -> int:
    return store.begin_run(kind="crawl")


def paper(name: str, body: str = WHOLE, date: str | None = "2025-07-01", **more: str) -> Article:
    return replace(
        ARTICLE, canonical_url=f"https://{name}.example/1", publisher=name, body=body, published_at=date, **more
    )


def keep(store: Store, run: int, *articles: Article) -> None:
    for article in articles:
        store.save(article, run_id=run, at=NOON)


def publishers(store: Store, number: int | None = None) -> list[str]:
    (story,) = store.stories.most_printed() if number is None else [None]
    return [row["publisher"] for row in store.stories.prints(number or story.id)]  # type: ignore[union-attr]


def test_one_print_is_no_story(store: Store, run: int) -> None:
    keep(store, run, paper("a"))
    assert store.stories.most_printed() == []
    assert store.stories.prints(1) == []


def test_the_prints_of_a_text_are_one_story(store: Store, run: int) -> None:
    keep(store, run, paper("a", CUT, "2025-07-02"), paper("b", OTHER), paper("c", WHOLE, "2025-07-01T18:00:00Z"))
    (story,) = store.stories.most_printed()
    assert (story.articles, story.publishers, story.first_publisher) == (2, 2, "c")
    assert (story.first_published, story.first_certain, story.last_published) == (
        "2025-07-01T18:00:00Z",
        True,
        "2025-07-02",
    )
    first, second = store.stories.prints(story.id)
    assert (first["publisher"], first["is_first"], second["publisher"], second["is_first"]) == ("c", 1, "a", 0)
    assert second["containment"] > 0.95 > 0.6 > second["resemblance"]


@pytest.mark.parametrize(
    ("dates", "first", "certain"),
    [
        (("2025-07-02", "2025-07-01"), "b", True),
        (("2025-07-01", "2025-07-01"), "a", False),  # the same day: the address decides, and it is said
        (("2025-07-01T10:00:00Z", "2025-07-01"), "b", False),  # any minute of the day
        (("2025-07-03", "2025-07"), "b", False),
        ((None, "2025-07-05"), "b", False),
        ((None, None), "a", False),
        (("1990-01-01", "2090-01-01"), "a", True),
    ],
)
def test_who_was_first(store: Store, run: int, dates: tuple[str | None, str | None], first: str, certain: bool) -> None:
    keep(store, run, paper("b", date=dates[1]), paper("a", date=dates[0]))
    (story,) = store.stories.most_printed()
    assert (story.first_publisher, story.first_certain) == (first, certain)


def test_the_agency_that_most_prints_name(store: Store, run: int) -> None:
    keep(
        store,
        run,
        paper("a", f"RABAT, 1 juil. (MAP) - {WHOLE}"),
        paper("b", f"{WHOLE}\n\n(avec MAP)"),
        paper("c", f"{WHOLE}\n\nAFP"),
    )
    (story,) = store.stories.most_printed()
    assert story.agency == "MAP"
    assert [(row["agency"], row["agency_seen"]) for row in store.stories.prints(story.id)] == [
        ("MAP", "dateline"),
        ("MAP", "sign-off"),
        ("AFP", "sign-off"),
    ]


def test_a_print_between_two_stories_joins_them(store: Store, run: int) -> None:
    paragraphs = WHOLE.split("\n\n")
    start, end = "\n\n".join(paragraphs[:3]), "\n\n".join(paragraphs[3:])
    keep(store, run, paper("a", start), paper("b", start), paper("c", end), paper("d", end))
    assert [story.articles for story in store.stories.most_printed()] == [2, 2]
    numbers = sorted(story.id for story in store.stories.most_printed())
    keep(store, run, paper("e", WHOLE))
    (story,) = store.stories.most_printed()
    assert (story.id, story.articles) == (numbers[0], 5)
    # The number that was merged still leads there.
    assert publishers(store, numbers[1]) == publishers(store, numbers[0]) == ["a", "b", "c", "d", "e"]
    assert len(list(store.articles(story=numbers[1]))) == 5

    # What held the two together goes: they are two again, and nothing is lost.
    store.withdraw("e.example/1", run_id=run, at=NOON)
    assert [story.articles for story in store.stories.most_printed()] == [2, 2]
    assert len(list(store.articles())) == 4


def test_an_article_whose_text_changes_changes_its_story(store: Store, run: int) -> None:
    keep(store, run, paper("a"), paper("b"), paper("c", OTHER))
    keep(store, run, paper("b", OTHER))
    assert publishers(store) == ["b", "c"]
    keep(store, run, paper("b", WHOLE))
    assert publishers(store) == ["a", "b"]


def test_a_corrected_date_changes_who_was_first(store: Store, run: int) -> None:
    keep(store, run, paper("a", date="2025-07-01"), paper("b", date="2025-07-02"))
    keep(store, run, paper("b", date="2025-06-30"))
    assert publishers(store) == ["b", "a"]


def test_rows_that_a_person_deletes_leave_no_prints(store: Store, run: int, tmp_path: Path) -> None:
    keep(store, run, paper("a"), paper("b"))
    store.commit()
    with sqlite3.connect(tmp_path / "news.db") as connection:
        connection.execute("PRAGMA foreign_keys = on")
        connection.execute("DELETE FROM articles")
        for table in ("article_stories", "story_prints", "story_links"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    keep(store, run, paper("a"), paper("b"))
    assert publishers(store) == ["a", "b"]


def test_a_text_that_many_print_is_found_still(store: Store, run: int) -> None:
    number = 2 * story_shelf.MOST_HOLDERS
    keep(store, run, *(paper(f"p{n}") for n in range(number)))
    (story,) = store.stories.most_printed()
    assert story.articles == number


def test_captions_are_nobodys_copy(store: Store, run: int) -> None:
    keep(store, run, paper("a", "Photo d'archives."), paper("b", "Photo d'archives."))
    assert store.stories.most_printed() == []


def test_one_article_a_story_is_the_first_that_passes_the_filters(store: Store, run: int) -> None:
    keep(
        store,
        run,
        paper("a", date="2025-07-02"),
        paper("b", date="2025-07-01"),
        paper("c", OTHER),
        paper("d", date=None),
    )
    names = [row["publisher"] for row in store.articles(one_per_story=True)]
    assert names == ["b", "c"]
    assert [row["publisher"] for row in store.articles(one_per_story=True, since="2025-07-02")] == ["a"]
    assert [row["publisher"] for row in store.articles(one_per_story=True, publishers=["d"])] == ["d"]
    assert len(list(store.articles(one_per_story=True, limit=1))) == 1


def test_what_older_rules_placed_is_placed_anew(store: Store, run: int, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(store, run, paper("a"), paper("b"), paper("c", OTHER))
    monkeypatch.setattr(story_shelf, "METHOD", "next")
    before = publishers(store)
    list(store.stories.place_all())
    assert publishers(store) == before
    assert list(store.stories.place_all()) == []


def test_no_prints_of_one_text_are_told_apart_by_their_outlines_alone() -> None:
    texts = [Text(text) for one in labelled_texts() for text in (one.text, " ".join(one.text.split()[:80]))][:80]
    pairs = [(one, other) for at, one in enumerate(texts) for other in texts[:at]]
    assert any(compare(*pair).same for pair in pairs)
    assert all(may_be_same(one.outline, other.outline) for one, other in pairs if compare(one, other).same)
    assert sum(may_be_same(one.outline, other.outline) for one, other in pairs) < len(pairs) / 4


WORDS = st.lists(st.sampled_from([f"{letter}{number}" for letter in "abc" for number in range(9)]), max_size=120)


@given(WORDS, WORDS, WORDS)
def test_an_outline_counts_no_shingle_too_few(start: list[str], one: list[str], other: list[str]) -> None:
    texts = Text(" ".join(start + one)), Text(" ".join(start + other))
    shared = len(texts[0].shingles & texts[1].shingles)
    fewest, most = sorted(len(text.shingles) for text in texts)
    enough = shared >= min(LEAST_RESEMBLANCE * (fewest + most - shared), LEAST_CONTAINMENT * fewest)
    assert [text.outline.shingles for text in texts] == [len(text.shingles) for text in texts]
    assert may_be_same(texts[0].outline, texts[1].outline) or not (shared and enough)


def test_a_story_is_the_same_whoever_worked_out_the_outline(store: Store, run: int, tmp_path: Path) -> None:
    articles = [paper("a"), paper("b", OTHER), paper("c", CUT), paper("d", f"{OTHER} \ud800\0")]
    keep(store, run, *articles)
    with Store.open(tmp_path / "other.db") as other:
        number = other.begin_run(kind="crawl")
        for one in articles:
            other.save(one, outline=Text(one.body).outline, run_id=number, at=NOON)
        for table in ("article_stories", "story_prints", "story_links", "stories"):
            found = [
                store.connection.execute(f"SELECT * FROM {table}"),
                other.connection.execute(f"SELECT * FROM {table}"),
            ]
            assert [tuple(row) for row in found[0]] == [tuple(row) for row in found[1]]


LETTERS = "".join(map(chr, [*b"\t\n\r", *range(0x20, 0x250), *range(0x2010, 0x2040), 0x20AC]))


@given(
    st.text(st.one_of(st.sampled_from(LETTERS), st.sampled_from("aé1 '’ß\u0301\u0130ｱ"), st.characters()), max_size=60)
)
def test_words_are_numbered_as_they_are_without_marks_and_capitals(body: str) -> None:
    for text in (body, *body.split(), "".join(c for c in body if c in LETTERS)):
        words = Text(text).words
        assert Text(text)._numbers.tolist() == [_numbered(word) for word in words]


def _numbered(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())
