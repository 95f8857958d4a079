"""The headline without site and section, in whatever place a page has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.fields.article_fields import title_of
from pipelines.fields.titles import best_title, first_words, folded, is_folded_to, printed_title, without_names
from pipelines.items import Candidate

URL = "https://www.le-messager.example/a/1"


@pytest.mark.parametrize(
    ("title", "names", "domain", "expected"),
    [
        ("Le port rouvre | Le Messager", ["Le Messager"], "", "Le port rouvre"),
        ("Le Messager : Le port rouvre", ["Le Messager"], "", "Le port rouvre"),
        ("Le port rouvre - Économie - Le Messager", ["Le Messager", "Économie"], "", "Le port rouvre"),
        ("Le port rouvre — LeMessager", [], "lemessager", "Le port rouvre"),
        ("Nord-Sud : le port - un débat", ["Le Messager"], "", "Nord-Sud : le port - un débat"),
        ("« Un bien commun »", ["Le Messager"], "", "« Un bien commun »"),
        ("Le Messager", ["Le Messager"], "", "Le Messager"),
        ("", ["Le Messager"], "lemessager", ""),
    ],
)
def test_without_names(title: str, names: list[str], domain: str, expected: str) -> None:
    assert without_names(title, names, domain) == expected


@pytest.mark.parametrize(
    ("headings", "named", "expected"),
    [
        (["Le port rouvre"], ["Le port rouvre enfin"], "Le port rouvre"),
        (["Sport", "Le port rouvre lundi"], ["Le port rouvre lundi matin"], "Le port rouvre lundi"),
        (["Local News | Harbour reopens"], ["Harbour reopens"], "Harbour reopens"),
        (["« Un bien commun »"], ["Un bien commun"], "« Un bien commun »"),
        (
            ["The quantum phantom"],
            ["A particle rooted in an old mystery could change computing"],
            "The quantum phantom",
        ),
        (["Opinion"], ["Le port rouvre"], "Le port rouvre"),
        (
            [],
            ["Un sénateur qualifie le port de ", 'Un sénateur qualifie le port de "ruine"'],
            'Un sénateur qualifie le port de "ruine"',
        ),
        (["Le port rouvre"], [], "Le port rouvre"),
        ([], [], ""),
    ],
)
def test_best_title(headings: list[str], named: list[str], expected: str) -> None:
    assert best_title(headings, named) == expected


def test_a_title_without_a_heading_is_the_one_that_is_printed() -> None:
    lines = ["Menu", "Le port rouvre lundi", "Le port rouvre lundi matin à six heures précises dit le maire"]
    assert printed_title(lines, ["Réouverture du port", "Le port rouvre lundi | Le Messager"]) == "Le port rouvre lundi"
    assert printed_title(lines, ["Réouverture du port"]) == ""


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ([("title", "De la règle", "site-rule"), ("title", "Autre", "visible")], "De la règle"),
        ([("title", "Le Messager", "visible"), ("title", "Le port rouvre", "opengraph")], "Le port rouvre"),
        (
            [("title", "Le port rouvre - Le Messager", "meta"), ("publisher", "Le Messager", "opengraph")],
            "Le port rouvre",
        ),
        ([("title", "Le port rouvre | Le Messager", "meta")], "Le port rouvre"),
        ([("title", "Du fil", "feed")], "Du fil"),
        ([], ""),
    ],
)
def test_title_of(candidates: list[tuple[str, str, str]], expected: str) -> None:
    assert title_of([Candidate(*one) for one in candidates], URL) == expected


WRITTEN = st.text(st.sampled_from("aéeE\u0301ﬁ½ª\u037aß …—'«1_") | st.characters(codec="utf-8"), max_size=250)

SPOKEN = st.lists(
    st.sampled_from(
        ["Le", "L’eau", "NAÏVE", "ﬁn", "½", "Straße", "e\u0301t", "_", "1973", "«", "…", "-", "ª", "\u0301"]
    )
    | st.text(max_size=3),
    min_size=4,
    max_size=9,
).map(" ".join)


@given(WRITTEN, SPOKEN)
def test_folding_in_part_is_folding(one: str, other: str) -> None:
    for text in (one, other, one.upper()):
        assert first_words(text) == " ".join(folded(text).split()[:5])
        if wanted := folded(one):
            assert is_folded_to(text, wanted) == (folded(text) == wanted)


TEXTS = st.lists(
    st.sampled_from(["Le", "port", "L’eau", "rouvre", "-", "|", "À", "l'aube", "_", "12", "«", "…"]), max_size=7
)


@given(st.lists(TEXTS.map(" ".join), max_size=6), st.lists(TEXTS.map(" ".join), max_size=3))
def test_printed_title_is_the_longest_line_that_is_most_of_a_title(lines: list[str], titles: list[str]) -> None:
    def is_title(text: str, title: str) -> bool:
        part = title.startswith(f"{text} ") or title.endswith(f" {text}")
        return text == title or (2 * len(text) > len(title) and part)

    wanted = [folded(title) for title in titles]
    fitting = [
        line for line in lines if len(folded(line).split()) > 2 and any(is_title(folded(line), one) for one in wanted)
    ]
    assert printed_title(lines, titles) == max(fitting, key=len, default="")
