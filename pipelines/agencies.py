"""Which news agency a text came from, as papers say it: in the dateline, at the end, as author or publisher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["AGENCIES", "Agency", "agency_of"]

AGENCIES: dict[str, tuple[str, ...]] = {
    "AA": ("Anadolu", "Anadolu Agency", "Agence Anadolu", "Anadolu Ajansı", "Agencia Anadolu"),
    "AFP": ("Agence France-Presse", "Agence France Presse"),
    "AMI": ("Agence Mauritanienne d'Information",),
    "ANA": ("Agencia de Noticias Argentinas",),
    "ANSA": ("Agenzia Nazionale Stampa Associata", "Ansamed"),
    "AP": ("Associated Press", "The Associated Press"),
    "APA": ("Agence de Presse Africaine", "African Press Agency", "APAnews"),
    "APS": ("Algérie Presse Service", "Agence Algérie Presse Service", "Algeria Press Service"),
    "DPA": ("Deutsche Presse-Agentur",),
    "EFE": ("Agencia EFE", "EFE Agencia"),
    "Europa Press": ("Europa Press", "Agencia Europa Press"),
    "KUNA": ("Kuwait News Agency",),
    "LANA": ("Libyan News Agency", "Agence de presse libyenne"),
    "MAP": ("Maghreb Arabe Presse", "Agence Maghreb Arabe Presse", "Maghreb Arab Press", "Agencia Magrebí de Prensa"),
    "MENA": ("Middle East News Agency", "Agence de presse du Moyen-Orient"),
    "NNA": ("National News Agency", "Agence nationale d'information"),
    "PA": ("PA Media", "Press Association"),
    "PANA": ("Panapress", "Agence Panafricaine d'Information", "Panafrican News Agency"),
    "Petra": ("Jordan News Agency", "Agence Petra"),
    "QNA": ("Qatar News Agency",),
    "Reuters": ("Reuters", "Thomson Reuters", "Agence Reuters"),
    "SABA": ("Yemen News Agency", "Saba News Agency"),
    "SANA": ("Syrian Arab News Agency",),
    "SPA": ("Saudi Press Agency", "Agence de presse saoudienne"),
    "SUNA": ("Sudan News Agency", "Agence de presse soudanaise"),
    "TAP": ("Tunis Afrique Presse", "Agence Tunis Afrique Presse"),
    "TASS": ("TASS", "Itar-Tass"),
    "Télam": ("Télam", "Agencia Télam"),
    "WAFA": ("Palestine News Agency", "Palestinian News Agency"),
    "WAM": ("Emirates News Agency",),
    "Xinhua": ("Xinhua", "Chine nouvelle", "Agence Xinhua", "Xinhua News Agency"),
}
"""Codes as agencies sign, with their names as papers write them."""

Place = Literal["author", "dateline", "sign-off", "publisher"]


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency and where the article names it."""

    code: str
    seen: Place


_CODE_OF = {name.casefold(): code for code, names in AGENCIES.items() for name in (code, *names)}
_ANY = "|".join(sorted((re.escape(name) for name in {*AGENCIES, *sum(AGENCIES.values(), ())}), key=len, reverse=True))
_PLAIN = "|".join(sorted((re.escape(code) for code in AGENCIES), key=len, reverse=True))
_DASH = r"\.?[-–—:/]"
_DATELINE = re.compile(
    rf"^[^\n]{{0,70}}?\((?:[^()\n]{{0,20}}[\s/])?((?i:{_ANY}))(?:[\s/][^()\n]{{0,20}})?\)\s*{_DASH}"  # RABAT (MAP) -
    rf"|^({_PLAIN})\s*{_DASH}\s"  # TAP - Le ministre
    rf"|^[A-ZÀ-Ý][^\n.]{{1,50}}[,.]?\s*{_DASH}\s*({_PLAIN})\s*{_DASH}\s"  # Alger - APS - Le
)
_SIGN_OFF = re.compile(
    rf"(?:\(|\b(?:avec|with|con|source|fuente|par|by|por|información de)\b\s*:?\s*(?:l['’]agence\s+|agences?\s+)?"
    rf"|\n|/|[.»”\"!?]\s+)"
    rf"({_ANY})(?:\s*(?:et|and|y|[/,&-])\s*[\w. ]{{2,24}})?\s*[).]*\s*$",
    re.IGNORECASE,
)
_AUTHOR_SPLIT = re.compile(r"\s*(?:[/,;&|()]|\s-\s|\b(?:avec|with|con|et|and|y|par|by|por)\b)\s*", re.IGNORECASE)
_LEAD, _TAIL = 140, 90
"""Characters of the body in which a dateline and a sign-off stand."""


def agency_of(body: str, *, authors: Sequence[str] = (), publisher: str = "") -> Agency | None:
    """The agency that an article names as its origin; None when it names none.

    Mentions within the text do not count: a paper quotes agencies without printing their dispatches.

    >>> agency_of("RABAT, 1 juil. (MAP) - Le port s'étend.")
    Agency(code='MAP', seen='dateline')
    >>> agency_of("Le port s'étend. (avec AFP)").seen
    'sign-off'
    >>> agency_of("AFP journalists were there, the MAP said.") is None
    True
    """
    match = _DATELINE.match(body.lstrip()[:_LEAD])
    if match and _signed(name := next(filter(None, match.groups()))):
        return Agency(_code(name), "dateline")
    end = body.rstrip()[-_TAIL:]
    match = _SIGN_OFF.search("\n" + end if len(end) == len(body.strip()) else end)
    if match and _signed(match[1]):
        return Agency(_code(match[1]), "sign-off")
    for author in authors:
        for part in _AUTHOR_SPLIT.split(author):
            if part.strip().casefold() in _CODE_OF and _signed(part.strip()):
                return Agency(_code(part.strip()), "author")
    name = re.split(r"\s+[:|-]\s+", publisher)[0].strip()
    return Agency(_code(name), "publisher") if name.casefold() in _CODE_OF and _signed(name) else None


def _signed(text: str) -> bool:
    """Whether a short code is written in capitals: "map", "ap" and "pa" are words."""
    return len(text) > 4 or text in AGENCIES


def _code(name: str) -> str:
    return _CODE_OF[name.casefold()]
