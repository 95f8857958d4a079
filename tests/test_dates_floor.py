"""How many of the strings of tests/corpus/dates.jsonl are read as they were meant: scores that may rise and not fall.

A line of the corpus is a text as a page could print it, the language of that page, when the page was seen, and the
date a careful reader takes from it, or null where it is no date of publication. A wall clock without an offset means
that the text names no zone. A change that lowers a number below needs a better reason than one string it repairs; one
that raises it raises the number here.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.dates import read_date

STRINGS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "corpus" / "dates.jsonl").read_text("utf-8").splitlines()
]
NO_DATE = "no date"

FLOORS = {
    "fr": (250, 252),
    "en": (266, 267),
    "es": (151, 152),
    "ar": (78, 78),
    "other": (6, 6),
    NO_DATE: (537, 537),
}
"""Right, of so many."""


def verdict(string: dict[str, Any]) -> tuple[str, str]:
    """The group of a string, and ``right``, ``unread``, ``accepted`` (as a date), ``wrong day`` or ``wrong time``."""
    seen = datetime.fromisoformat(string["reference_time"])
    at = read_date(string["raw"], language=string["lang_hint"], reference=seen).at
    wanted = string["expected_iso"]
    if wanted is None:
        return NO_DATE, "accepted" if at else "right"
    group = string["lang_hint"] if string["lang_hint"] in FLOORS else "other"
    if "T" in wanted and not wanted.endswith("Z"):
        wanted += "Z"
    if at == wanted:
        return group, "right"
    if at is None:
        return group, "unread"
    return group, "wrong time" if at[:10] == wanted[:10] else "wrong day"


def test_the_scores_do_not_fall() -> None:
    verdicts = [(string, *verdict(string)) for string in STRINGS]
    right = Counter(group for _, group, found in verdicts if found == "right")
    total = Counter(group for _, group, _ in verdicts)
    others = [(found, string["raw"]) for string, _, found in verdicts if found != "right"]
    assert {group: total[group] for group in FLOORS} == {group: many for group, (_, many) in FLOORS.items()}
    assert all(right[group] >= floor for group, (floor, _) in FLOORS.items()), (right, others)


def test_no_day_is_wrong_and_nothing_is_taken_for_a_date_that_is_none() -> None:
    found = Counter(verdict(string)[1] for string in STRINGS)
    assert (found["wrong day"], found["wrong time"], found["accepted"]) == (0, 0, 0)


def test_the_corpus_is_large_and_half_of_it_is_hard_to_leave_alone() -> None:
    assert len(STRINGS) >= 250
    assert sum(string["expected_iso"] is None for string in STRINGS) >= 80
    assert len({(string["raw"], string["lang_hint"]) for string in STRINGS}) == len(STRINGS)
