"""Which lines leave a text, and why. A newcomer adds a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.body.boilerplate import _looked_up, clean_lines, reason_for
from pipelines.body.boilerplate_phrases import PHRASES, REASONS

PROSE = (
    "Le port a rouvert lundi à l'aube, après trois semaines de travaux sur le quai des pêcheurs et la criée voisine."
)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Lire aussi | Le port rouvre", "read-also"),
        ("À lire aussi : La criée change de mains", "read-also"),
        ("Lire également La criée change de mains", "read-also"),
        ("(Re)lire : notre dossier sur la pêche", "read-also"),
        ("Voir aussi >> Le quai en images", "read-also"),
        ("READ MORE: Harbour reopens after storm", "read-also"),
        ("Related: Harbour reopens after storm", "read-also"),
        ("Also read", "read-also"),
        ("LEE TAMBIÉN: La lonja cambia de manos", "read-also"),
        ("Te puede interesar: La lonja cambia de manos", "read-also"),
        ("PUEDES VER: ¿Quién compra el pescado?", "read-also"),
        ("Vea también La lonja cambia de manos", "read-also"),
        ("PUBLICIDAD", "advertising"),
        ("La suite après cette publicité", "advertising"),
        ("Article continues below advertisement", "advertising"),
        ("Partager sur Facebook", "share"),
        ("Temps de lecture : 4 min", "share"),
        ("3 min read", "share"),
        ("Copiar enlace", "share"),
        ("Suivez-nous sur WhatsApp et Telegram", "share"),
        ("Follow the Harbour Post on Facebook and Instagram", "share"),
        ("Síguenos en nuestro canal de WhatsApp", "share"),
        ("Inscrivez-vous à notre newsletter gratuite", "newsletter"),
        ("Sign up for our newsletter and never miss a tide", "newsletter"),
        ("Suscríbete a nuestro boletín de noticias", "newsletter"),
        ("Cet article est réservé aux abonnés.", "paywall"),
        ("Already a subscriber? Log in", "paywall"),
        ("Suscríbete para seguir leyendo", "paywall"),
        ("© 2024 Le Messager. Tous droits réservés.", "copyright"),
        ("Copyright 2024 Harbour Post", "copyright"),
        ("Photo : Samir Haddad / Agence du Port", "credit"),
        ("Got a tip? Email our newsroom at tips@harbour.example", "contact"),
    ],
)
def test_boilerplate(line: str, reason: str) -> None:
    assert reason_for(line) == reason


@pytest.mark.parametrize(
    "line",
    [
        PROSE,
        "Lire aussi les classiques reste un plaisir, dit-elle en refermant le volume.",
        "Related research at two other universities has come to the same conclusion.",
        "Next week the council will vote on the bridge.",
        "Leer más es la única receta que conoce para escribir mejor, confiesa la autora.",
        "Share prices fell sharply in early trading on Monday.",
        "Follow the river upstream and the houses give way to reeds.",
        "Partager le pain est ici un geste politique.",
        "C'est au tour de Cherki de tirer, mais le gardien sort bien.",
        "Publicidad engañosa: multan a tres tiendas del centro",
        "The photo shows a man on a ladder.",
        "Il vous reste deux jours pour voir l'exposition.",
        "",
        "« ! »",
    ],
)
def test_what_an_author_wrote_stays(line: str) -> None:
    assert reason_for(line) == ""


def test_the_title_names_and_dates_go_before_the_text_only() -> None:
    lines = ["Économie", "Le port rouvre", "Mardi 4 mars 2025 - 18h20", PROSE, "Le port rouvre", "Économie"] + [
        PROSE + "!"
    ] * 4
    kept, removed = clean_lines(lines, ["Le port rouvre !"], ["économie"])
    assert [(one.reason, one.text) for one in removed[:3]] == [
        ("label", "Économie"),
        ("title", "Le port rouvre"),
        ("date-line", "Mardi 4 mars 2025 - 18h20"),
    ]
    assert kept[0] == PROSE


def test_bylines_go_at_the_edges_only() -> None:
    text = [f"{PROSE[:-1]}, {number} fois." for number in range(8)]
    byline = "Par Nawal Bensaïd"
    kept, removed = clean_lines([byline, *text[:4], byline, *text[4:], byline])
    assert [one.reason for one in removed] == ["byline", "byline"]
    assert kept.count(byline) == 1


def test_a_list_of_other_articles_goes_until_prose_returns() -> None:
    lines = [
        PROSE,
        "Sur le même sujet",
        "- Le quai en images",
        "La criée change de mains après dix ans",
        PROSE + " Et puis.",
        "Fin",
    ]
    kept, removed = clean_lines(lines)
    assert kept == [PROSE, PROSE + " Et puis.", "Fin"]
    assert {one.reason for one in removed} == {"read-also"}


def test_a_subhead_after_a_prompt_stays() -> None:
    kept, _ = clean_lines([PROSE, "Read more", "Deep water", PROSE + " Again."])
    assert kept == [PROSE, "Deep water", PROSE + " Again."]


def test_comments_go_to_the_end_but_only_after_a_text() -> None:
    kept, removed = clean_lines(["Commentaires", PROSE, "3 commentaires", "Marcel", PROSE + " Bof."])
    assert kept == ["Commentaires", PROSE]
    assert {one.reason for one in removed} == {"comments"}


def test_a_long_line_is_said_once_and_a_short_one_as_often_as_written() -> None:
    kept, removed = clean_lines([PROSE, "Non.", PROSE, "Non."])
    assert kept == [PROSE, "Non.", "Non."]
    assert [one.reason for one in removed] == ["repeated"]


def test_a_line_is_repeated_whatever_its_signs() -> None:
    other = f"{PROSE[:40]} la criée, que le port entretient depuis l'hiver dernier sans aide de la ville ni de l'État."
    kept, removed = clean_lines([PROSE, other, f"« {PROSE.upper()} »", other, other])
    assert kept == [PROSE, other]
    assert [one.reason for one in removed] == ["repeated"] * 3


def test_no_line_is_lost() -> None:
    lines = ["PUBLICIDAD", PROSE, "Lire aussi : rien", "Non."]
    kept, removed = clean_lines(lines)
    assert sorted([*kept, *(one.text for one in removed)]) == sorted(lines)


def test_the_table_of_phrases_is_plain_and_complete() -> None:
    assert all(
        phrase == phrase.lower().strip() and phrase.isascii() for phrases in PHRASES.values() for phrase in phrases
    )
    kinds = {kind.rsplit("-", 1)[0] for kind in PHRASES if kind.endswith(("-ask", "-sure"))}
    assert kinds == set(REASONS)
    assert all(f"{kind}-word" in PHRASES for kind in REASONS if f"{kind}-ask" in PHRASES)


SAID = st.sampled_from([*sorted(set().union(*PHRASES.values())), "photo", "©", "(c) ", "@", "3", "İΣ", "un", "_"])
SIGNS = st.sampled_from([" ", ": ", " | ", "", "'", "\u0301", "."])


@given(st.lists(st.tuples(SAID, SIGNS), max_size=12), st.text(max_size=4), st.booleans())
def test_a_line_that_begins_otherwise_has_no_reason(parts: list[tuple[str, str]], start: str, loud: bool) -> None:
    line = start + "".join(word + sign for word, sign in parts)
    line = line.upper() if loud else line
    assert reason_for(line) == (_looked_up(line) if len(line) <= 320 else "")
