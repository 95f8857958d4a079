"""Names without labels, dates, credits and e-mail protection; where a page marks or prints them."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from pipelines.fields.authors import author_names, visible_authors
from pipelines.fields.beside_title import author_line


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Par Leïla Amrani", ["Leïla Amrani"]),
        ("By LEILA AMRANI and Jean Duval", ["LEILA AMRANI", "Jean Duval"]),
        ("Por Marina Olmedo y Saúl Piñeiro", ["Marina Olmedo", "Saúl Piñeiro"]),
        ("Leïla Amrani, Jean Duval | 12/03/2024", ["Leïla Amrani", "Jean Duval"]),
        ("De notre envoyée spéciale, Leïla Amrani", ["Leïla Amrani"]),
        ("Propos recueillis par Leïla Amrani", ["Leïla Amrani"]),
        ("Interview by Noor Ellison", ["Noor Ellison"]),
        ("Entrevista de Elías Navarrete", ["Elías Navarrete"]),
        ("Texto: Celia Robledo - Fotos: Mateo Fonseca", ["Celia Robledo", "Mateo Fonseca"]),
        ("Words by Anouk Bremer, pictures by Pavel Dusek", ["Anouk Bremer", "Pavel Dusek"]),
        ("Lauren Maker, RDN, LD", ["Lauren Maker"]),
        ("Jeremy Ward | Shore Media for Shore.com", ["Jeremy Ward", "Shore Media"]),
        ("Fiona Leish (Image: DNA Solutions)", ["Fiona Leish"]),
        ("AFP", ["AFP"]),
        ("[email protected]", []),
        ("email protected", []),
        ("https://facebook.example/lemessager", []),
        ("La rédaction", []),
        ("admin", []),
        ("View Comments", []),
        ("Voir les commentaires", []),
        ("Compartir | Leïla Amrani", ["Leïla Amrani"]),
        ("Le Messager", []),
        ("", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert list(author_names([text], ["Le Messager"])) == names


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("<p itemprop=author><span itemprop=name>Leïla Amrani</span></p>", "Leïla Amrani"),
        (
            "<p><a rel=author href=/a>Leïla Amrani</a> et <a rel=author href=/b>Jean Duval</a></p>",
            "Leïla Amrani; Jean Duval",
        ),
        ("<div class='post-byline'>Par Leïla Amrani</div><div class=author>Autre Nom</div>", "Par Leïla Amrani"),
        ("<div class='firma'>Marina Olmedo</div>", "Marina Olmedo"),
        ("<div class=comments><a rel=author href=/a>Marcel Toussaint</a></div>", ""),
        ("<p>Leïla Amrani</p>", ""),
    ],
)
def test_marked(markup: str, line: str) -> None:
    assert visible_authors(fromstring(f"<html><body>{markup}</body></html>")) == line


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["Local", "Par Leïla Amrani", "Mardi 4 mars 2025"], "Par Leïla Amrani"),
        (["Wed 7 Feb 2018 - 23:10 | Saskia Thorne"], "Saskia Thorne"),
        (["lundi 22 avril 2024 Émilie SANGUINET"], "Émilie SANGUINET"),
        (["Port Regent", "4 mars 2025"], ""),
        (["Par temps de brume, le phare siffle"], ""),
    ],
)
def test_beside_the_title(lines: list[str], line: str) -> None:
    assert author_line(lines) == line
