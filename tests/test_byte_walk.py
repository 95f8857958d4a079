"""The walk over py3langid's automaton gives py3langid's own numbers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier, visit_counts

from pipelines.languages.byte_walk import LetterScores, _Walk

IDENTIFIER = LanguageIdentifier.from_model_file(MODEL_FILE)
CODES = ("ar", "en", "es", "fr", "kab", "xx", "zh")
SAME = {"wuu": "zh", "yue": "zh"}
SCORES = LetterScores(IDENTIFIER, CODES, SAME)
NEWS = (
    "Le conseil municipal a voté mardi le budget des écoles, sans débat. القاهرة 2025. The council voted on Tuesday.",
    "El ayuntamiento aprobó ayer la renovación de los huertos; los vecinos esperaban desde 2019 «una respuesta».",
)


def by_rank(text: str) -> list[float]:
    ranking = IDENTIFIER.rank(text)
    found: dict[str, float] = {}
    for label, score in ranking:
        found.setdefault(SAME.get(label, label), score)
    return [found.get(code, ranking[-1][1]) - ranking[0][1] for code in CODES]


@given(st.lists(st.text(max_size=200), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_any_texts(texts: list[str]) -> None:
    assert SCORES(texts).tolist() == [by_rank(text) for text in texts]


@given(st.lists(st.one_of(st.text(max_size=200), st.sampled_from(NEWS)), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_arrays_find_what_the_library_finds(texts: list[str]) -> None:
    encoded = [IDENTIFIER._encode(text) for text in texts]
    found = [list(visits.items()) for visits in _Walk(IDENTIFIER).visits(encoded)]
    model = (IDENTIFIER.tk_nextmove, IDENTIFIER._rowbase, IDENTIFIER.tk_output)
    assert found == [list((visit_counts(*model, text) or {}).items()) for text in encoded]
