"""Reading quality on our own labelled pages: no score may fall below tests/corpus/floors.json.

A better pipeline raises the floors: ``python -m benchmarks.quality --pin tests/corpus/floors.json``.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.quality.documents import Document, load_documents
from benchmarks.quality.floors import PINNED, fallen, own_scores, read_floors
from benchmarks.quality.metrics import flat, title_words
from benchmarks.quality.readers import OURS, warm_reader
from benchmarks.quality.readings import block_lines, decoded
from benchmarks.quality.scores import Measured, measure
from benchmarks.quality.tables import table

CORPUS = Path(__file__).parent / "corpus"
PAGES = load_documents(CORPUS / "pages")


@pytest.fixture(scope="module")
def measured() -> list[Measured]:
    read = warm_reader(OURS)
    return [measure(read, page) for page in PAGES]


def test_no_score_falls_below_its_floor(measured: list[Measured]) -> None:
    scores = own_scores(measured)
    below = fallen(read_floors(CORPUS / "floors.json"), scores)
    assert not below, "\n".join([*below, "", table(sorted(scores.items()), PINNED)])


def test_every_score_has_a_floor(measured: list[Measured]) -> None:
    floors = read_floors(CORPUS / "floors.json")
    assert {language: set(pins) for language, pins in floors.items()} == {
        language: set(found) for language, found in own_scores(measured).items()
    }


def test_every_page_gives_an_article(measured: list[Measured]) -> None:
    assert [page.document.id for page in measured if page.error or not page.reading.text] == []


def test_the_corpus_is_wide() -> None:
    languages = Counter(page.language for page in PAGES)
    layouts = Counter(page.labels["layout"] for page in PAGES)
    assert len(PAGES) >= 60
    assert min(languages[language] for language in ("fr", "en", "es")) >= 20
    assert len(layouts) >= 22
    assert max(layouts.values()) <= 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_labels_fit_their_page(page: Document) -> None:
    """Every labelled paragraph is on the page, and no segment that must go is part of the text that must stay."""
    words = f" {' '.join(title_words(_whole(page)))} "
    lost = [
        text for text in (*page.texts[0].split("\n\n"), page.title) if f" {' '.join(title_words(text))} " not in words
    ]
    both = [segment for segment in page.removed if flat(segment) in flat(page.texts[0])]
    assert (lost, both) == ([], [])


def _whole(page: Document) -> str:
    """A page's text with, where the article stands in its JSON-LD alone, its source."""
    source = decoded(page).removeprefix("<?xml version='1.0' encoding='UTF-8' ?>")
    return block_lines(source) + (source.replace("\\n", " ") if page.labels["layout"] == "jsonld_body" else "")
