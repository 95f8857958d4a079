"""A piece whose known words leave no doubt gets the language that all of the evidence gives it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.items import Language
from pipelines.languages import detector
from pipelines.languages.known_words import _WORD, LONGEST_GAP, MOST_AGAINST, KnownWords
from pipelines.languages.news_words import NEWS_WORDS
from pipelines.languages.stop_words import STOP_WORDS

CODES = tuple(sorted({*STOP_WORDS, *NEWS_WORDS, "xx"}))
WORDS = KnownWords(CODES)
CORPUS = Path(__file__).parent / "corpus"
HEADLINES = [json.loads(line)["text"] for line in (CORPUS / "headlines.jsonl").read_text("utf-8").splitlines()]
VOCABULARY = [
    *sorted({*STOP_WORDS["fr"], *STOP_WORDS["es"], *STOP_WORDS["ca"], *NEWS_WORDS["en"]}),
    *("Le", "Zagora", "ș"),
]

NEIGHBOURS = {
    "ht": (
        "Prezidan an te di yo ke gouvènman an pral ede moun yo ki pèdi kay yo nan tanpèt la. Lapolis te arete twa moun "
        "nan vil la, yo te jwenn zam ak lajan lakay yo. Se yon pwoblèm ki la depi lontan, yo pa janm rezoud li. "
        "Majistra a mande tout moun pou yo rete lakay yo paske dlo a ap monte. Se yo menm ki pou deside si yo vle yon "
        "lòt misyon, li di."
    ),
    "ga": (
        "Dúirt an Taoiseach go bhfuil an rialtas ag obair ar phlean nua chun tithe a thógáil sna bailte móra. Is é an "
        "fhadhb is mó atá ann ná nach bhfuil go leor talún ar fáil. Is as an Daingean do Sheán agus is é an chéad "
        "duine a bhuaigh an duais. Tá an tír ag fanacht le toradh an vótála a bhí ann an tseachtain seo caite."
    ),
    "gd": (
        "Thuirt am Ministear an-diugh gu bheil an Riaghaltas a' dol a chur airgead a bharrachd ann an sgoiltean na "
        "Gàidhlig. Is e an duilgheadas as motha nach eil tidsearan gu leòr ann. Do na h-eileanan tha an t-seirbheis "
        "aiseig ro dhona. An dèidh na stoirme bha am bàta fad thrì latha aig a' chidhe, agus cha robh aran ann."
    ),
    "gug": (
        "Mburuvicha Paraguái ome'ẽta pirapire umi tapicha oñembyasýva ama rehe. Ministro he'i que la situación ijetu'u "
        "ha oñeikotevê ayuda. Policía ojapyhy mokõi kuimba'épe Asunción-pe kuehe, oñemonda haguére peteĩ tienda-pe. "
        "La gente oñembyaty plaza-pe, ha mburuvicha he'i upéicha avei. Opavave tapicha oipota ayuda."
    ),
    "ca": (
        "El govern ha anunciat un nou pla per ajudar les famílies que han perdut la casa pel temporal. El ministre va "
        "dir que els preus pujaran abans de final d'any. La policia va detenir ahir dos homes al centre de la ciutat, "
        "segons les mateixes fonts. Els veïns demanen que es facin més obres i que no es tanqui el pont de nit."
    ),
    "gl": (
        "O goberno anunciou un novo plan para axudar ás familias que perderon a casa polo temporal. O ministro dixo "
        "que os prezos van subir antes de fin de ano. A policía detivo onte dous homes no centro da cidade, segundo as "
        "mesmas fontes. Os veciños piden que se fagan máis obras e que non se peche a ponte pola noite."
    ),
    "oc": (
        "Lo conselh regional a votat un ajuda per las escòlas que fan l'ensenhament en occitan. Lo president diguèt "
        "que la lenga es un ben comun e que cal la transmetre als mai joves. Los parents d'escolans demandan mai de "
        "mejans e mai de professors dins los collègis e los licèus. La policia ne comptèt solament uèch mila."
    ),
}
"""Languages that share short words with the expected ones, with texts that are full of them."""


@pytest.fixture(params=["staged", "in full"])
def judged(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "in full":
        ask_everything(monkeypatch)
    return str(request.param)


def ask_everything(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(detector, "BEYOND_DOUBT", float("inf"))
    patch.setattr(detector, "AMONG_ITS_LIKE", float("inf"))


def in_full(text: str) -> Language:
    with pytest.MonkeyPatch.context() as patch:
        ask_everything(patch)
        return detector._detect(text, "")


@pytest.mark.parametrize("code", NEIGHBOURS)
def test_a_neighbour_is_not_taken_for_what_is_expected(code: str, judged: str) -> None:
    text = NEIGHBOURS[code]
    assert detector._detect(text, "").code == code, judged
    for start in range(0, len(text) - 200, 10):
        assert detector._detect(text[start : start + 200], "").code not in detector.EXPECTED, judged


def test_headlines_and_their_confidence_are_those_of_all_evidence() -> None:
    assert [detector._detect(text, "") for text in HEADLINES] == [in_full(text) for text in HEADLINES]


@given(st.lists(st.sampled_from(HEADLINES), min_size=1, max_size=30), st.integers(60, 2000))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_text_of_any_mixture_has_the_language_of_all_evidence(lines: list[str], most: int) -> None:
    text = ". ".join(lines)[:most]
    assert detector._detect(text, "").code == in_full(text).code


@given(st.lists(st.sampled_from(VOCABULARY), max_size=40))
@settings(max_examples=300, deadline=None)
def test_the_leader_is_the_one_of_all_words_each_once(words: list[str]) -> None:
    text = " ".join(words)
    position, lead = WORDS.leader(text)
    evidence = {word: WORDS.evidence(word) for word in set(_WORD.findall(text)) if word == word.lower()}
    sums = sum(evidence.values(), np.zeros(len(CODES)))
    assert sums[position] == pytest.approx(sums.max())
    against = sum((of for of in evidence.values() if not of[position]), np.zeros(len(CODES))).max()
    owned = "".join("x" if word in evidence and evidence[word][position] else " " for word in _WORD.findall(text))
    gap = max(map(len, owned.split("x")))
    apart = "ș" in words or gap > LONGEST_GAP or against > MOST_AGAINST + 1e-9
    first, second = sorted(sums, reverse=True)[:2]
    assert lead == pytest.approx(0.0 if apart else first - second)
