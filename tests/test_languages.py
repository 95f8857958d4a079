"""The language of single texts; how many of a corpus are right is in test_languages_floor.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.items import Language
from pipelines.languages import detect, warm_up
from pipelines.languages.text import PIECE, PIECES, pieces, prepared

ROOT = Path(__file__).parents[1]
HEADLINES = [
    json.loads(line)["text"]
    for line in (Path(__file__).parent / "corpus" / "headlines.jsonl").read_text("utf-8").splitlines()
]

FRENCH = "Le conseil communal a adopté mardi le budget de la ville, malgré les réserves de plusieurs élus du groupe. "
ENGLISH = "We never thought the river would rise so quickly, and nobody had told us that the bridge was closed. "
SPANISH = "El ayuntamiento aprobó el martes las cuentas del próximo año con los votos de los dos grupos mayoritarios. "


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Les écoles rouvrent lundi après la tempête", "fr"),
        ("Schools reopen on Monday after the storm", "en"),
        ("Las escuelas reabren el lunes tras la tormenta", "es"),
        # capitals, with and without accents
        ("LES ÉCOLES ROUVRENT LUNDI APRÈS LA TEMPÊTE", "fr"),
        ("LES ECOLES ROUVRENT LUNDI APRES LA TEMPETE", "fr"),
        ("SCHOOLS REOPEN ON MONDAY AFTER THE STORM", "en"),
        ("LAS ESCUELAS REABREN EL LUNES TRAS LA TORMENTA", "es"),
        ("ALERTE: les écoles fermées à Taza", "fr"),
        # foreign names
        ("Al Othmani reçoit Sánchez à Marrakech", "fr"),
        ("Ben Ahmed et Schweinsteiger à l'affiche du gala de Dubrovnik", "fr"),
        ("Zapatero meets Lefebvre in San Sebastián", "en"),
        ("Macron visita el Hassan II Golf Trophy de Rabat", "es"),
        # numbers, addresses and emoji around the words
        ("12,5 % : la hausse du prix des œufs au 1er trimestre 2026", "fr"),
        ("The storm in pictures https://exemple.example/fr/les-photos-de-la-tempete", "en"),
        ("🔴 Los bomberos siguen en la zona 🔥🔥 @bomberos_norte", "es"),
        ("Qu&#039;attend-on de la r&eacute;forme ?", "fr"),
        # its neighbours are not pressed into one of ours
        ("As escolas reabrem na segunda-feira depois da tempestade", "pt"),
        ("Le scuole riaprono lunedì dopo la tempesta", "it"),
        ("Les escoles reobren dilluns després de la tempesta", "ca"),
        ("As escolas abren de novo o luns despois da treboada", "gl"),
        ("Școlile se redeschid luni după furtună", "ro"),
        ("De scholen gaan maandag na de storm weer open", "nl"),
        ("Die Schulen öffnen am Montag nach dem Sturm wieder", "de"),
        ("Iɣerbazen ad ldin ass n letnayen deffir n ubeḥri", "kab"),
        # scripts
        ("المدارس تفتح أبوابها يوم الاثنين بعد العاصفة", "ar"),
        ("مدرسه‌ها روز دوشنبه پس از توفان باز می‌شوند", "fa"),
        ("طوفان کے بعد پیر کو اسکول دوبارہ کھلیں گے", "ur"),
        ("رئيس الوزراء يستقبل Emmanuel Macron في الرباط", "ar"),
        ("Le mot « كتاب » veut dire livre", "fr"),
        ("暴风雨后学校周一重新开学", "zh"),
        ("Школы откроются в понедельник после бури", "ru"),
        # one word that says enough
        ("Sociedad", "es"),
        ("Économie", "fr"),
        ("فبراير", "ar"),
    ],
)
def test_language_of_a_line(text: str, code: str) -> None:
    assert detect(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\n\u00a0",
        "0",
        "12:45",
        "03 - 08 - 2025",
        "2025-08-03T10:00:00Z",
        "15 % / 20 %",
        "+212 5 37 00 00 00",
        "N° 7",
        "https://www.exemple.example/la-ville-et-les-routes",
        "www.exemple.example",
        "redaction@exemple.example",
        "😀 ⚽🏆",
        "— … «»",
        "Rabat",
        "Khouribga",
        "Rabat - Khouribga",
        "\ud800",
        "\x00",
    ],
)
def test_a_text_that_does_not_say(text: str) -> None:
    assert detect(text) == Language("und", 0.0)


@pytest.mark.parametrize(
    ("text", "hint", "code"),
    [
        ("Última hora", "es", "es"),
        ("Última hora", "pt", "pt"),
        ("Última hora", "pt-BR", "pt"),
        ("Última hora", "ES_es", "es"),
        ("Las escuelas reabren el lunes", "fr", "es"),
        ("Schools reopen on Monday", "fr-MA", "en"),
        ("LES ÉCOLES ROUVRENT LUNDI", "ar", "fr"),
        ("Les écoles rouvrent lundi", "klingon", "fr"),
        ("Les écoles rouvrent lundi", "", "fr"),
        ("Rabat - Khouribga", "fr", "und"),
        ("12:45", "fr", "und"),
    ],
)
def test_a_hint_decides_near_ties_only(text: str, hint: str, code: str) -> None:
    assert detect(text, hint=hint).code == code


def test_what_is_found_with_three_quarters_stands_against_every_hint() -> None:
    for text in HEADLINES:
        found = detect(text)
        if found.confidence >= 0.75:
            assert {detect(text, hint=hint).code for hint in ("fr", "en", "es", "pt", "ar")} == {found.code}, text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (FRENCH * 40, "fr"),
        (ENGLISH * 40, "en"),
        (SPANISH * 40, "es"),
        (FRENCH * 6 + f"« {ENGLISH * 3} »" + FRENCH * 6, "fr"),
        (f"« {ENGLISH * 3} »" + FRENCH * 9, "fr"),
        (ENGLISH * 9 + f'"{SPANISH * 3}"', "en"),
        (SPANISH + FRENCH * 20 + SPANISH, "fr"),
        ("المدارس تفتح أبوابها يوم الاثنين. " * 4 + FRENCH * 12, "fr"),
    ],
)
def test_language_of_an_article_is_that_of_most_of_it(text: str, code: str) -> None:
    assert detect(text).code == code


def test_confidence_of_a_mixed_article_is_the_share_of_the_text() -> None:
    whole, mixed = detect(FRENCH * 20), detect(FRENCH * 14 + ENGLISH * 6)
    assert whole.confidence > 0.99
    assert mixed.code == "fr"
    assert 0.55 < mixed.confidence < 0.85


def test_a_long_text_is_looked_at_from_start_to_end_at_a_bounded_cost() -> None:
    text = "".join(f"mot{number} " for number in range(200_000))
    taken = list(pieces(text))
    assert len(taken) == PIECES
    assert all(len(piece) <= PIECE for piece in taken)
    assert "mot1 " in taken[0]
    assert "mot199998" in taken[-1]


@given(text=st.text(max_size=2000), hint=st.text(max_size=8))
@settings(max_examples=150, deadline=None)
def test_never_raises(text: str, hint: str) -> None:
    found = detect(text, hint=hint)
    assert 0.0 <= found.confidence <= 1.0
    assert found.code == found.code.lower()
    assert found == detect(text, hint=hint)
    assert (found.code == "und") == (found.confidence == 0.0)


@given(st.text(alphabet=st.characters(categories=("Nd", "P", "S", "Z")), max_size=200))
@settings(max_examples=100, deadline=None)
def test_without_letters_there_is_no_language(text: str) -> None:
    assert detect(text).code == "und"


ANSWER_IN_THREADS = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from pipelines.languages import detect
texts = json.load(sys.stdin)
with ThreadPoolExecutor(4) as pool:
    found = list(pool.map(detect, texts))
json.dump([[one.code, one.confidence] for one in found], sys.stdout)
"""


def test_a_fresh_process_whose_threads_meet_unloaded_tables_gives_the_same_answers_in_another_order() -> None:
    texts = [*HEADLINES, FRENCH * 20, FRENCH * 14 + ENGLISH * 6]
    process = subprocess.run(
        [sys.executable, "-c", ANSWER_IN_THREADS],
        input=json.dumps(texts[::-1]),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)},
    )
    assert [Language(*found) for found in json.loads(process.stdout)][::-1] == [detect(text) for text in texts]


def test_threads_agree() -> None:
    warm_up()
    texts = [f"{text} {FRENCH * 4}" for text in HEADLINES[::5]]
    alone = [detect(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        for answers in pool.map(lambda _: [detect(text) for text in texts], range(8)):
            assert answers == alone


@given(st.text(st.sampled_from("aàzAÀZ 1ß\ud800İ"), max_size=30))
def test_a_text_is_in_small_letters_where_capitals_prevail(text: str) -> None:
    loud = sum(map(str.isupper, text)) > sum(map(str.islower, text))
    assert prepared(text) == (text.lower() if loud else text)
