"""Which agency a text came from. A newcomer adds a line."""

from __future__ import annotations

import pytest

from pipelines.agencies import agency_of

TEXT = "Le port s'étend vers le nord, a annoncé le ministre mardi."
CASES = [
    (f"RABAT, 1er juil. (MAP) - {TEXT}", "MAP", "dateline"),
    (f"Alger, 3 mai (APS) – {TEXT}", "APS", "dateline"),
    (f"ALGER - APS - {TEXT}", "APS", "dateline"),
    (f"TUNIS (TAP) - {TEXT}", "TAP", "dateline"),
    (f"TAP - {TEXT}", "TAP", "dateline"),
    (f"Madrid, 9 ene (EFE).- {TEXT}", "EFE", "dateline"),
    (f"MADRID, 9 (EUROPA PRESS) - {TEXT}", "Europa Press", "dateline"),
    (f"LONDON (Reuters) - {TEXT}", "Reuters", "dateline"),
    (f"PARIS (AFP) — {TEXT}", "AFP", "dateline"),
    (f"KHARTOUM, July 1 (SUNA) - {TEXT}", "SUNA", "dateline"),
    (f"{TEXT} (avec AFP)", "AFP", "sign-off"),
    (f"{TEXT}\n\nAvec MAP", "MAP", "sign-off"),
    (f"{TEXT}\n\nAFP", "AFP", "sign-off"),
    (f"{TEXT} (APS)", "APS", "sign-off"),
    (f"{TEXT}\n\nSource : Reuters", "Reuters", "sign-off"),
    (f"{TEXT}\n\n(Con información de EFE)", "EFE", "sign-off"),
    (f"{TEXT} EFE", "EFE", "sign-off"),
    (f"{TEXT}\n\nAvec agences", None, None),
    (TEXT, None, None),
    (f"{TEXT} Le drapeau est sur la map", None, None),
    ("L'AFP a publié une photo du port, selon la MAP, qui ne l'a pas reprise à son tour.", None, None),
    ("Selon Reuters, le port s'étend vers le nord et la ville attend la suite des travaux.", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("body", "code", "seen"), CASES)
def test_where_a_body_names_its_agency(body: str, code: str | None, seen: str | None) -> None:
    found = agency_of(body)
    assert (found and found.code, found and found.seen) == (code, seen)


@pytest.mark.parametrize(
    ("authors", "publisher", "code"),
    [
        (("MAP",), "Le Matin", "MAP"),
        (("Nadia B. avec AFP",), "Le Matin", "AFP"),
        (("AFP/Jean Dupont",), "", "AFP"),
        (("Agence France-Presse",), "", "AFP"),
        ((), "APS : Algérie Presse Service", "APS"),
        ((), "Algérie Presse Service", "APS"),
        ((), "Map", None),
        (("Ana", "Petra Novak"), "El Ana", None),
    ],
)
def test_authors_and_publishers_that_are_agencies(authors: tuple[str, ...], publisher: str, code: str | None) -> None:
    found = agency_of(TEXT, authors=authors, publisher=publisher)
    assert (found and found.code) == code
