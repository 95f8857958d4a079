"""What the blocks of a page are, and how they leave a tree: tables, and laws that hold for any mark-up."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring, tostring

from pipelines.extraction import parse_text
from pipelines.items import NoiseModel
from pipelines.noise import strip_noise
from pipelines.noise.blocks import Block, blocks_of, folded, is_prose, names_of, place_name

LONG = "Les pêcheurs du port ont repris la mer lundi matin après dix jours de tempête."

BLOCKS = [
    ("<p>Un <b>mot</b> et un <a>lien</a>.</p>", ["line|Un mot et un lien."]),
    (f"<p>{LONG}</p>", [f"prose|{LONG}"]),
    ("<p>Un<br>Deux<br/>Trois</p>", ["line|Un", "line|Deux", "line|Trois"]),
    ("<div>Un<p>Deux</p>Trois</div>", ["line|Un", "line|Deux", "line|Trois"]),
    ("<p><a>Un titre</a> | <a>Un autre</a></p>", ["link|Un titre", "link|Un autre"]),
    ("<div>Flash : <a>Un titre en une</a> <a>Un autre titre</a></div>", ["line|Flash :", "link|Un titre en une",
                                                                         "link|Un autre titre"]),
    ("<li>12:05 <a>Un titre</a></li>", ["link|Un titre"]),
    ("<li>il y a 5 min <a>Un titre bien plus long que cela</a></li>", ["line|il y a 5 min",
                                                                       "link|Un titre bien plus long que cela"]),
    ("<li>Le Relais : <a>Un titre bien plus long</a></li>", ["link|Le Relais : Un titre bien plus long"]),
    ("<p>Selon <a>Le Relais des Sels</a></p>", ["line|Selon Le Relais des Sels"]),
    ("<a><h3>Un titre</h3><p>Une suite</p></a>", ["link|Un titre", "link|Une suite"]),
    ("<div>Crue au nord • Grève au port • Fête au sud</div>", ["line|Crue au nord", "line|Grève au port",
                                                               "line|Fête au sud"]),
    ("<div>Un mot &#160;&#160; Deux mots &#160;&#160;&#160; Trois &#160;&#160;&#160; Fin</div>",
     ["line|Un mot Deux mots", "line|Trois", "line|Fin"]),
    ("<p>Le vin - dit-elle - est bon - très bon</p>", ["line|Le vin - dit-elle - est bon - très bon"]),
    ("<div><span>Le port ferme</span> <span>Un pont rouvre</span></div>", ["line|Le port ferme",
                                                                           "line|Un pont rouvre"]),
    ("<p><span>Le port ferme</span> <span>et un pont rouvre</span></p>", ["line|Le port ferme et un pont rouvre"]),
    ("<script>var a = 1</script><style>p {}</style><select><option>A</option></select><p>2020</p>", []),
    ("<!-- un --><p>Deux<!-- trois --> quatre</p>", ["line|Deux quatre"]),
]  # fmt: skip


def page(markup: str) -> HtmlElement:
    return document_fromstring(f"<html><head><title>T</title></head><body>{markup}</body></html>")


@pytest.mark.parametrize(("markup", "expected"), BLOCKS)
def test_the_blocks_of_a_page(markup: str, expected: list[str]) -> None:
    assert [f"{block.stream}|{block.text}" for block in blocks_of(page(markup))] == expected


PATHS = [
    ('<div class="a b"><p>Mot</p></div>', "body>div.a>p"),
    ('<div id="post-12"><i>Mot</i></div>', "div#post-0>i"),
    ('<ul class="x9f2_c"><li><a>Mot</a> 3</li></ul>', "body>ul.0_c>li>a"),
    ('<div id="le-maire-annonce-un-moratoire-sur-tout"><p>Mot</p></div>', "body>div>p"),
    ("<p><b>Un</b> <i>deux</i></p>", "body>p"),
    ("<div>Crue au nord • Grève au port • Fête au sud</div>", "body>div>|"),
]


@pytest.mark.parametrize(("markup", "expected"), PATHS)
def test_where_a_block_stands(markup: str, expected: str) -> None:
    assert next(iter(blocks_of(page(markup)))).path == expected


SAME_TEXT = [
    ("Été", "E\u0301te\u0301"), ("  À la\n une ", "À LA UNE"), ("» Crue", "Crue"), ("Fi\u00adn", "fin"), ("ﬁn", "fin"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME_TEXT)
def test_texts_that_count_as_one(one: str, other: str) -> None:
    assert names_of(one) == names_of(other)


def test_numbers_are_folded_in_one_name_only() -> None:
    assert names_of("12 partages").counted == names_of("7 partages").counted
    assert names_of("12 partages").exact != names_of("7 partages").exact


@pytest.mark.parametrize(("text", "expected"), [
    (LONG, True), ("Le port ferme", False), ("Le port ferme.", False), ("mot " * 30, True),
    ("Pourquoi le port a-t-il été fermé par le nouveau préfet ?", False),
])  # fmt: skip
def test_running_text(text: str, expected: bool) -> None:
    assert is_prose(" ".join(text.split())) is expected


REMOVED = [
    ("<div><p>Garder.</p>Bruit<p>Garder aussi.</p></div>", "<div><p>Garder.</p> <p>Garder aussi.</p></div>"),
    ("<p>Garder.</p><ul><li>12:05 <a>Bruit</a></li></ul><p>Fin.</p>", "<p>Garder.</p><p>Fin.</p>"),
    ("<p>Un<br>Bruit<br>Deux</p>", "<p>Un<br> <br>Deux</p>"),
    ("<div><a>Bruit</a> | <a>Autre</a></div>", "<div><a>Autre</a></div>"),
    ("<div><a>Bruit</a> Garder tout ceci, même après un lien.</div>", None),
    ("<div>Garder un mot • Bruit • Fin du mot</div>", "<div>Garder un mot • Fin du mot</div>"),
    ("<h1>Un bruit</h1><p>Un bruit</p>", None),
    ("<h1>Titre</h1><div><h1><img></h1><p>Bruit</p></div>", "<h1>Titre</h1><div><h1><img></h1></div>"),
]


@pytest.mark.parametrize(("markup", "expected"), REMOVED)
def test_removal_moves_nothing_else(markup: str, expected: str | None) -> None:
    tree = page(markup)
    strip_noise(tree, NoiseModel("any", 1, frozenset(f"{kind}:{names_of('Bruit').exact}" for kind in ("link", "text"))))
    body = tree.find("body")
    assert body is not None
    assert tostring(body, encoding="unicode") == f"<body>{markup if expected is None else expected}</body>"


def everything(blocks: list[Block]) -> NoiseModel:
    """A model for which all of these blocks are noise, by text and by place."""
    texts = (f"{'link' if block.stream == 'link' else 'text'}:{names_of(block.text).exact}" for block in blocks)
    return NoiseModel("any", 1, frozenset([*texts, *(place_name(b.stream, b.path) for b in blocks if b.path)]))


def test_a_page_keeps_its_main_text_whatever_the_model_says() -> None:
    tree = page(f"<h1>Titre</h1><div class=a><p>{LONG}</p><p>{LONG[:40]}</p></div><p>Autre chose que voici.</p>")
    strip_noise(tree, everything(list(blocks_of(tree))))
    assert "".join(tree.itertext()) == f"TTitre{LONG}{LONG[:40]}"


def test_what_is_printed_everywhere_is_no_main_text() -> None:
    tree = page(f"<h1>Titre</h1><div class=dialog><p>{LONG}</p></div>")
    strip_noise(tree, NoiseModel("any", 1, frozenset([f"text*:{names_of(LONG).counted}"])))
    assert "".join(tree.itertext()) == "TTitre"


_TAGS = st.sampled_from(["p", "div", "a", "span", "li", "ul", "h1", "h2", "td", "table", "br", "b", "font", "script"])
_GAP = "\u00a0\u00a0\u00a0"
_TEXT = st.text(alphabet="abÉ 1.•|\u00a0-", max_size=24) | st.sampled_from([LONG, "Un titre en une", _GAP])


def _inside(markup: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", _TAGS, st.lists(markup, max_size=4))


_MARKUP = st.recursive(_TEXT, _inside)
_SCRAPS = st.sampled_from(["<p>", "</p>", "<a>", "</b>", "<!--", "-->", "&", "<", ">", "<td>", "mot", "\x0b", "<?x"])


def letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalpha, text))


def visible(tree: HtmlElement) -> Counter[str]:
    return sum((letters(block.text) for block in blocks_of(tree)), Counter[str]())


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(_MARKUP, max_size=6).map("".join), st.randoms(use_true_random=False))
def test_every_letter_stays_in_the_page_or_is_in_a_segment(markup: str, chance: object) -> None:
    tree = page(markup)
    before, blocks = visible(tree), list(blocks_of(tree))
    headings = ["".join(h1.itertext()) for h1 in tree.iter("h1")]
    model = everything([block for block in blocks if chance.random() < 0.5])  # type: ignore[attr-defined]
    removed = strip_noise(tree, model)
    assert visible(tree) + letters("".join(segment.text for segment in removed)) == before
    assert ["".join(h1.itertext()) for h1 in tree.iter("h1")] == headings
    again = page(markup)
    assert (strip_noise(again, model), tostring(again)) == (removed, tostring(tree))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=300) | st.lists(_SCRAPS).map("".join))
def test_any_text_is_read_as_a_page(markup: str) -> None:
    tree = parse_text(f"<html><p>mot</p>{markup}")
    assert tree is not None
    strip_noise(tree, everything(list(blocks_of(tree))))


@settings(derandomize=True)
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
