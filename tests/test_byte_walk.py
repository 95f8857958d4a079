"""The walk over py3langid's automaton gives py3langid's own numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipelines.languages import byte_walk
from pipelines.languages.byte_walk import LetterScores

IDENTIFIER = LanguageIdentifier.from_model_file(MODEL_FILE)
CODES = ("ar", "en", "es", "fr", "kab", "xx", "zh")
SAME = {"wuu": "zh", "yue": "zh"}
SCORES = LetterScores(IDENTIFIER, CODES, SAME)


def by_rank(text: str) -> list[float]:
    ranking = IDENTIFIER.rank(text)
    found: dict[str, float] = {}
    for label, score in ranking:
        found.setdefault(SAME.get(label, label), score)
    return [found.get(code, ranking[-1][1]) - ranking[0][1] for code in CODES]


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text(text: str) -> None:
    assert SCORES(text).tolist() == by_rank(text)


def test_steps_that_are_not_remembered_lead_to_the_same_states(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(byte_walk, "MOST_STEPS", 10)
    forgetful = LetterScores(IDENTIFIER, CODES, SAME)
    text = "Le conseil a voté mardi. القاهرة 2025. The council voted."
    assert np.array_equal(forgetful(text), SCORES(text))
