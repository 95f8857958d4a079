"""Floors: scores on our own pages that may rise and not fall."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import floor
from pathlib import Path

from benchmarks.quality.fields import FIELDS, field_scores
from benchmarks.quality.scores import Measured, score

__all__ = ["PINNED", "Scores", "fallen", "own_scores", "raise_floors", "read_floors"]

Scores = Mapping[str, Mapping[str, float]]
"""Language, then name of a score, then its value."""

PINNED = ("F1", "segF1", "title", "near", "day", "lang", *FIELDS, "paragraphs")
"""What has a floor: body and segment F1, shares of right titles, days, languages and fields, of whole paragraphs."""

DIGITS = 4
"""Floors are cut to so many digits, never rounded up: what is reached today must not fail tomorrow."""


def own_scores(pages: Sequence[Measured]) -> dict[str, dict[str, float]]:
    """All pinned scores of own pages, language by language."""
    languages = sorted({page.document.language for page in pages})
    found = {}
    for language in languages:
        members = [page for page in pages if page.document.language == language]
        scores = score(members) | field_scores(members)
        found[language] = {name: floor(scores[name] * 10**DIGITS) / 10**DIGITS for name in PINNED if name in scores}
    return found


def read_floors(file: Path) -> dict[str, dict[str, float]]:
    """The floors of a file; none when it is not there yet."""
    floors: dict[str, dict[str, float]] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return floors


def fallen(floors: Scores, scores: Scores) -> list[str]:
    """A sentence for each score that is below its floor; a score that is missing counts as nothing."""
    return [
        f"{language} {name}: {scores.get(language, {}).get(name, 0.0)} is below its floor {pinned}"
        for language, pins in floors.items()
        for name, pinned in pins.items()
        if scores.get(language, {}).get(name, 0.0) < pinned
    ]


def raise_floors(file: Path, scores: Scores) -> None:
    """Write the better of floor and score for each: floors rise and do not fall. (To lower one, edit the file.)"""
    floors = read_floors(file)
    for language, found in scores.items():
        pins = floors.setdefault(language, {})
        for name, value in found.items():
            pins[name] = max(value, pins.get(name, 0.0))
    file.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
