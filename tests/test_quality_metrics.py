"""The benchmark's metrics, by examples that were counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.quality.__main__ import main
from benchmarks.quality.dates import judge_date, measure_dates
from benchmarks.quality.documents import load_documents
from benchmarks.quality.fields import field_scores
from benchmarks.quality.floors import fallen, raise_floors, read_floors
from benchmarks.quality.headlines import measure_headlines
from benchmarks.quality.metrics import (
    SegmentCount,
    body_score,
    day_is_right,
    f1,
    segment_count,
    title_is_exact,
    title_is_near,
)
from benchmarks.quality.readings import Reading, block_lines
from benchmarks.quality.scores import Measured
from benchmarks.quality.scores import score as score_of
from benchmarks.quality.tables import table

OWN_PAGES = Path(__file__).parent / "corpus" / "pages"
SIX = "one two three four five six"  # three shingles: 1-4, 2-5, 3-6

BODIES = [
    # (gold texts, predicted, precision, recall)
    ([SIX], SIX, 1.0, 1.0),
    ([SIX], "", None, 0.0),
    ([SIX], "one two three four", 1.0, 1 / 3),
    ([SIX], "zero one two three four five six", 3 / 4, 1.0),
    ([SIX], "six five four three two one", 0.0, 0.0),
    ([SIX], "One two three four five six", 2 / 3, 2 / 3),  # case counts
    ([SIX], "one, two; three - four (five) six!", 1.0, 1.0),  # punctuation does not
    (["one two"], "one two", 1.0, 1.0),  # shorter than a shingle: one run
    ([f"{SIX} {SIX}"], SIX, 1.0, 1 / 3),  # nine shingles, three of them found; what occurs twice counts twice
    (["été à la plage"], "e\u0301te\u0301 a\u0300 la plage", 1.0, 1.0),  # decomposed accents
    (["nothing like it at all", SIX], SIX, 1.0, 1.0),  # the gold text that fits best
]


@pytest.mark.parametrize(("gold", "predicted", "precision", "recall"), BODIES)
def test_bodies(gold: list[str], predicted: str, precision: float | None, recall: float) -> None:
    score = body_score(gold, predicted)
    assert score.precision == pytest.approx(precision)
    assert score.recall == pytest.approx(recall)


def test_f1_is_the_harmonic_mean() -> None:
    assert f1(0.5, 1.0) == pytest.approx(2 / 3)
    assert f1(0.0, 1.0) == 0.0


def test_segments() -> None:
    text = "The bridge opened\n on Monday.  Read more: tides"
    one = segment_count(["The bridge opened on Monday.", "It rained."], ["Read more: tides", "Share"], text)
    assert one == SegmentCount(kept=1, lost=1, leaked=1, removed=1)
    assert one.f1 == pytest.approx(2 * 1 / (2 * 1 + 1 + 1))
    assert (one + SegmentCount(3, 0, 0, 2)) == SegmentCount(4, 1, 1, 3)
    assert SegmentCount(0, 2, 0, 5).f1 == 0.0


TITLES = [
    # (gold, predicted, exact, near)
    ("A bridge opens", "a bridge  opens!", True, True),
    ("L’été au parc", "L'ÉTÉ AU PARC", True, True),
    ("The ﬁnal", "The final", True, True),  # compatibility forms
    ("A bridge opens", "A bridge opens - The Paper", False, False),  # 3 of 5 words: F1 .75
    ("one two three four five six seven eight nine", "one two three four five six seven eight", False, True),  # F1 .94
    ("one two three four", "four three two one", False, True),
    ("A bridge opens", "", False, False),
]


@pytest.mark.parametrize(("gold", "predicted", "exact", "near"), TITLES)
def test_titles(gold: str, predicted: str, exact: bool, near: bool) -> None:
    assert (title_is_exact(gold, predicted), title_is_near(gold, predicted)) == (exact, near)


DAYS = [
    # (accepted days, predicted, right)
    (["2024-03-12"], "2024-03-12", True),
    (["2024-03-12"], "2024-03-12T23:00:00Z", True),
    (["2024-03-12"], "2024-03-13", False),
    (["2024-03-12"], "2024-03", False),
    (["2024-03-12"], "", False),
    (["2024-03-12", "2024-03-11"], "2024-03-11T23:00:00Z", True),
    ([], "", True),  # a page without a date
    ([], "2024-03-12", False),  # an invented one
]


@pytest.mark.parametrize(("days", "predicted", "right"), DAYS)
def test_days(days: list[str], predicted: str, right: bool) -> None:
    assert day_is_right(days, predicted) is right


DATES = [
    # (expected, found, verdict)
    (None, None, "right"),
    (None, "2024-03-12", "accepted"),
    ("2024-03", "2024-03", "right"),
    ("2024-03", "2024-03-12", "right"),
    ("2024-03-12", None, "missed"),
    ("2024-03-12", "2024-03-12T08:00:00Z", "right"),
    ("2024-03-12", "2024-12-03", "wrong"),
    ("2024-03-12T08:00", "2024-03-12T08:00:00Z", "right"),
    ("2024-03-12T08:00", "2024-03-12T07:00:00Z", "clock"),
    ("2024-03-12T08:00", "2024-03-12", "clock"),
    ("2024-03-12T08:00+01:00", "2024-03-12T07:00:00Z", "right"),
    ("2024-03-12T08:00+01:00", "2024-03-12T08:00:00Z", "wrong"),
    ("2024-03-12T08:00", "2024-03", "wrong"),
]


@pytest.mark.parametrize(("expected", "found", "verdict"), DATES)
def test_date_verdicts(expected: str | None, found: str | None, verdict: str) -> None:
    assert judge_date(expected, found) == verdict


def test_date_file(tmp_path: Path) -> None:
    rows = [
        '{"raw": "1", "lang_hint": "fr", "reference_time": "2024-04-01T00:00:00+00:00", "expected_iso": "2024-03-12"}',
        '{"raw": "2", "lang_hint": "fr", "reference_time": "2024-04-01T00:00:00+00:00", "expected_iso": "2024-03-13"}',
        '{"raw": "3", "lang_hint": "fr", "reference_time": "2024-04-01T00:00:00+00:00", "expected_iso": null}',
    ]
    file = tmp_path / "dates.jsonl"
    file.write_text("\n".join(rows))
    (name, french), (other, none) = measure_dates(file, lambda row: "2024-03-12")
    assert (name, french["dates"], french["right"], french["wrong"]) == ("fr", 2, 0.5, 0.5)
    assert (other, none["dates"], none["accepted"]) == ("not dates", 1, 1.0)


def test_headline_file(tmp_path: Path) -> None:
    file = tmp_path / "headlines.jsonl"
    file.write_text('{"text": "a", "lang": "fr"}\n{"text": "b", "lang": "es"}\n{"text": "c", "lang": "pt"}\n')
    rows = dict(measure_headlines(file, lambda text: "fr"))
    assert rows["headline fr"]["right"] == 1.0
    assert (rows["headline es"]["right"], rows["headline es"]["wrong"]) == (0.0, 1.0)
    assert (rows["headline other"]["right"], rows["headline other"]["wrong"]) == (0.0, 1.0)


def test_block_lines_keep_inline_text_together() -> None:
    assert block_lines("<div><p>One <b>two</b>,<br>three</p><!-- no --><ul><li>four</li></ul></div>") == (
        "One two,\nthree\nfour"
    )


def public_set(folder: Path) -> Path:
    (folder / "page.html").write_text("<html><body><p>one two three four five six</p></body></html>")
    file = folder / "docs.jsonl"
    file.write_text(
        '{"id": "a", "set": "s", "html": "page.html", "url": "http://a.test/", "text": "one two three four five six", '
        '"title": "A bridge", "date": ["2024-03-12"], "lang": "en", "with": ["two three"], "without": ["seven"]}\n'
    )
    return file


def test_public_sets_are_scored(tmp_path: Path) -> None:
    (document,) = load_documents(public_set(tmp_path))
    assert document.fetched_at == datetime(2024, 3, 13, 12, tzinfo=UTC)
    found = Measured(document, Reading("A bridge", SIX, published="2024-03-12", language="en"), 0.002)
    lost = Measured(document, Reading(), 0.004, "ValueError: no")
    row = score_of([found, lost])
    assert row == pytest.approx(
        # precision is the mean of what was predicted, recall the mean of all
        {"pages": 2, "P": 1.0, "R": 0.5, "F1": 2 / 3, "empty": 1, "segF1": 2 / 3, "title": 0.5, "near": 0.5}
        | {"day": 0.5, "lang": 0.5, "ms": 3.0, "errors": 1}
    )


def test_the_command_prints_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = tmp_path / "figures.json"
    assert main(["--corpus", str(public_set(tmp_path)), "--json", str(figures)]) == 0
    assert "| newscrawl |" in capsys.readouterr().out
    assert '"en"' in figures.read_text()


BAD_ARGUMENTS = [
    ["--corpus", "/no/such/file.jsonl"],
    ["--peers", "nobody"],
    ["--languages", "xx"],
    ["--dates", "/no/such/file.jsonl"],
]


@pytest.mark.parametrize("arguments", BAD_ARGUMENTS)
def test_the_command_says_what_it_cannot_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("quality: ")


def test_own_fields() -> None:
    page = load_documents(OWN_PAGES)[0]
    labels = page.labels
    perfect = Reading(
        text="\n\n".join(page.kept),
        published=labels["published"],
        authors=tuple(name.upper() for name in labels["authors"]),
        publisher=labels["publisher"],
        section=labels["section"] or "",
        modified=labels["modified"] or "",
        paywalled=labels["paywalled"],
    )
    scores = field_scores([Measured(page, perfect, 0.0)])
    assert {name for name, value in scores.items() if value == 1.0} >= {
        "authors",
        "publisher",
        "paywalled",
        "paragraphs",
    }
    glued = Reading(text=" ".join(page.kept), authors=("Somebody Else",))
    scores = field_scores([Measured(page, glued, 0.0)])
    assert (scores["authors"], scores["paragraphs"]) == (0.0, 0.0)


def test_floors_rise_and_do_not_fall(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    raise_floors(file, {"fr": {"F1": 0.9, "title": 0.8}})
    raise_floors(file, {"fr": {"F1": 0.95, "title": 0.7}})
    assert read_floors(file) == {"fr": {"F1": 0.95, "title": 0.8}}
    assert fallen(read_floors(file), {"fr": {"F1": 0.95, "title": 0.7}}) == ["fr title: 0.7 is below its floor 0.8"]
    assert fallen(read_floors(file), {}) != []


def test_a_table_shows_what_there_is() -> None:
    shown = table(
        [("ours", {"pages": 3, "F1": 0.5}), ("peer", {"pages": 3, "ms": 12.34})], ("pages", "F1", "ms", "day")
    )
    assert shown.splitlines() == [
        "|      | pages |    F1 |   ms |",
        "|------|------:|------:|-----:|",
        "| ours |     3 | 0.500 |    - |",
        "| peer |     3 |     - | 12.3 |",
    ]
