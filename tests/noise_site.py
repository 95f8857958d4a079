"""The articles and tickers of an aggregator that never existed, for the tests of the learned noise.

Its pages are in :mod:`tests.noise_layouts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from math import prod
from random import Random

_WORDS = {
    "fr": [
        ["Le maire de Sarbonne", "La coopérative des pêcheurs", "Un juge du tribunal d’Ankour", "L’équipe de Valdrine",
         "La ministre des Ports", "Le syndicat des tisserands", "Une chercheuse de Tilmas", "Le conseil régional"],
        ["annonce", "reporte", "défend", "critique", "présente", "réclame", "finance"],
        ["la rénovation du marché couvert", "un moratoire sur les forages", "la liaison ferroviaire du littoral",
         "un fonds pour les oliveraies", "le calendrier des examens", "la réouverture du musée des sels",
         "une enquête sur les tarifs de l’eau", "le nouveau règlement des taxis", "la fusion des deux hôpitaux"],
        ["après des semaines de débat", "malgré l’avis des riverains", "avant la saison des pluies",
         "à la demande des élus", "sous la pression des usagers"],
    ],
    "en": [
        ["The mayor of Sandmere", "A fishing cooperative", "The Oldcastle court", "Valdrine’s football team",
         "The ports minister", "A weavers’ union", "The Tilmas laboratory", "The regional council"],
        ["announces", "postpones", "defends", "criticises", "presents", "demands", "funds"],
        ["the repair of the covered market", "a halt to new drilling", "the coastal railway link",
         "a fund for olive growers", "the examination calendar", "the reopening of the salt museum",
         "an inquiry into water prices", "the new taxi rules", "the merger of two hospitals"],
        ["after weeks of debate", "despite the neighbours", "before the rainy season",
         "at the request of councillors", "under pressure from passengers"],
    ],
    "es": [
        ["El alcalde de Sarbona", "La cooperativa de pescadores", "Un juez de Ancur", "El equipo de Valdrina",
         "La ministra de Puertos", "El sindicato de tejedores", "Una investigadora de Tilmas", "El consejo regional"],
        ["anuncia", "aplaza", "defiende", "critica", "presenta", "reclama", "financia"],
        ["la reforma del mercado cubierto", "una moratoria de perforaciones", "el enlace ferroviario del litoral",
         "un fondo para los olivares", "el calendario de exámenes", "la reapertura del museo de la sal",
         "una investigación sobre el precio del agua", "el nuevo reglamento de taxis", "la fusión de dos hospitales"],
        ["tras semanas de debate", "pese a los vecinos", "antes de las lluvias", "a petición de los concejales",
         "bajo la presión de los usuarios"],
    ],
}  # fmt: skip
_MORE = {
    "fr": ["selon un communiqué lu mardi devant la presse", "et promet de publier les comptes avant l’été",
           "alors que trois communes voisines hésitent encore", "ce que ses adversaires contestent point par point"],
    "en": ["according to a statement read to reporters on Tuesday", "and promises to publish the accounts by summer",
           "while three neighbouring towns are still hesitating", "which opponents dispute point by point"],
    "es": ["según un comunicado leído el martes ante la prensa", "y promete publicar las cuentas antes del verano",
           "mientras tres municipios vecinos todavía dudan", "lo que sus adversarios discuten punto por punto"],
}  # fmt: skip
LANGUAGES = ("fr", "en", "es")
QUOTATION = "« Nous ne vendrons jamais le marché aux sels, ni aujourd’hui ni demain », a répété la mairesse à la foule."
DISPATCH = [
    "Le cargo Belle-Étoile s’est échoué dimanche soir au large de Sarbonne, sans faire de victime, selon les secours.",
    "Les autorités portuaires ont ouvert une enquête et interdit la baignade sur quatre plages jusqu’à nouvel ordre.",
    "L’armateur assure que les soutes ne fuient pas et attend la marée de mercredi pour dégager le navire.",
]
CROSSHEAD = "Le contexte"
DIALOG = "Merci de votre message. Notre équipe le lira dans les meilleurs délais et masquera l’image s’il y a lieu."
LEGAL = "© Le Relais des Sels. Toute reproduction, même partielle, est interdite sans l’accord écrit de la rédaction."
LABELS = {"fr": "Les plus lus", "en": "Most read", "es": "Lo más leído"}


@dataclass(frozen=True)
class Story:
    """One article and what the site prints around it that day."""

    url: str
    title: str
    paragraphs: list[str]
    ticker: list[str]
    most_read: list[str]
    language: str
    number: int

    @property
    def around(self) -> set[str]:
        """The headlines of other articles on its page."""
        return {*self.ticker, *self.most_read} - {self.title}


class Texts:
    """Headlines and sentences without end, no two alike."""

    def __init__(self, start: int = 0) -> None:
        self._numbers = count(start)

    def headline(self, language: str) -> str:
        """A headline: no full stop."""
        return self._clause(language, next(self._numbers))

    def sentence(self, language: str) -> str:
        """A sentence of 15 to 30 words."""
        number = next(self._numbers)
        more = _MORE[language]
        return f"{self._clause(language, number)}, {more[number % len(more)]}, dossier {number}."

    @staticmethod
    def _clause(language: str, number: int) -> str:
        parts = _WORDS[language]
        number = number * 1_009 % prod(map(len, parts))
        chosen = []
        for words in parts:
            number, place = divmod(number, len(words))
            chosen.append(words[place])
        return " ".join(chosen)


def stories(pages: int, *, seed: int, first_text: int = 0) -> list[Story]:
    """Articles of one site, one after the other in three languages.

    The ticker shows 10 of 60 headlines, half of them titles of these articles. Stories 5, 6 and 7 print one dispatch,
    11 and 12 share a quotation, every eighth has the same crosshead, every tenth is one sentence long.
    """
    chance, texts = Random(seed), Texts(first_text)
    titles = [texts.headline(LANGUAGES[number % 3]) for number in range(pages)]
    headlines = titles[:30] + [texts.headline(chance.choice(LANGUAGES)) for _ in range(60 - len(titles[:30]))]
    return [
        Story(
            url=f"news.example/{first_text}/{number}", title=title,
            paragraphs=_body(number, LANGUAGES[number % 3], chance, texts),
            ticker=chance.sample(headlines, 10), most_read=chance.sample(headlines, 5),
            language=LANGUAGES[number % 3], number=number,
        )
        for number, title in enumerate(titles)
    ]  # fmt: skip


def _body(number: int, language: str, chance: Random, texts: Texts) -> list[str]:
    if number % 10 == 9:
        return [texts.sentence(language)]
    lengths = [chance.randint(1, 3) for _ in range(chance.randint(3, 6))]
    body = [" ".join(texts.sentence(language) for _ in range(length)) for length in lengths]
    if number in (5, 6, 7):
        return [*DISPATCH, body[0]]
    if number in (11, 12):
        body.insert(1, QUOTATION)
    if number % 8 == 3:
        body.insert(2, CROSSHEAD)
    return body
