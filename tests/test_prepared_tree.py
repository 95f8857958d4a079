"""How a tree is prepared for trafilatura, and what its text is checked against: each step alone."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import tostring
from lxml.html import HtmlElement
from trafilatura.utils import load_html

from pipelines.body.clutter import take_clutter
from pipelines.body.container import mark_article
from pipelines.body.continued import join_continued
from pipelines.body.embedded_text import embedded_lines
from pipelines.body.line_breaks import split_at_breaks
from pipelines.body.teasers import take_menus, take_teasers
from pipelines.decoding import decode
from pipelines.extraction import body_lines, last_resort_date, parse, parse_text
from pipelines.fields import json_ld_body
from pipelines.fields.json_ld_body import confirmed_lines, plain_body
from pipelines.fields.titles import folded
from pipelines.visible_text import lines_of
from tests.article_cases import SEEN

PROSE = "Le port a rouvert lundi à l'aube, après trois semaines de travaux sur le quai des pêcheurs et sous la criée."
TEXT = "".join(f"<p>{PROSE} ({number})</p>" for number in range(8))


def tree_of(markup: str) -> HtmlElement:
    tree = parse_text(f"<html><body>{markup}</body></html>")
    assert tree is not None
    return tree


@given(st.text(st.sampled_from("aé’“–€ \u0301\u2000\u2001\u2002\u203f\u20bf\u2126\u0300\u0340\u212b\uac00ǅ\u02ff")))
def test_text_is_composed(text: str) -> None:
    assert decode(text.encode()) == unicodedata.normalize("NFC", text)


def test_letters_and_signs_that_are_composed_anyway() -> None:
    for code in [*range(0x300), *range(0x2002, 0x2040), *range(0x2080, 0x20C0)]:
        assert unicodedata.is_normalized("NFC", f"e{chr(code)}e\u00e9")
        assert not unicodedata.combining(chr(code))


@given(st.lists(st.text(st.sampled_from("aÉß ’.\u0301ﬁ\u00b4")), max_size=4))
def test_lines_are_folded_one_by_one(lines: list[str]) -> None:
    assert folded(" ".join(lines)).split() == [word for line in lines for word in folded(line).split()]


@given(st.recursive(st.sampled_from(["a", "é &amp; b", "&nbsp;", "<!-- c -->", "<?d e?>", "<br>", "<![CDATA[f]]>"]),
                    lambda inner: st.lists(inner, max_size=4).map(lambda some: f"<b>{''.join(some)}</b> g"),
                    max_leaves=12))  # fmt: skip
def test_text_of_an_element_is_what_xpath_says(markup: str) -> None:
    for element in tree_of(markup).iter("*"):
        assert element.text_content() == element.xpath("string()")


HEADS = (
    "<html>\n",
    "<html/>\n<body>",
    "\n<!DOCTYPE html>",
    "<!DOCTYPE html PUBLIC '-//W3C//DTD' 'a/b'>\n<html lang=fr />\n",
    "<!doctype html SYSTEM 'about:legacy-compat'/><html>\n",
    "<html><?xml version='1.0' encoding='latin-1'?>\n",
    "\ufeff<html>\n",
    "\u00a0<html>\n<p>Été",
)
RESTS = ("<p>Un\x0b.\n<p>Deux.", f"<p>{PROSE}\n<html/>\n<!DOCTYPE a/b>{TEXT * 20}", "\ufffe<p>", "")


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("rest", RESTS)
def test_a_page_is_parsed_as_trafilatura_parses_it(head: str, rest: str) -> None:
    found, expected = parse_text(head + rest), load_html(head + rest)
    assert (found is None) is (expected is None)
    assert found is None or expected is None or tostring(found) == tostring(expected)


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("été".encode(), "text/html; charset=iso-8859-1", "été"),
        ("été".encode("latin-1"), "text/html; charset=ISO-8859-1", "été"),
        ("“été”".encode("cp1252"), "text/html; charset=iso-8859-1", "“été”"),
        (b"<meta charset='windows-1256'>" + "مغرب".encode("cp1256"), "", "<meta charset='windows-1256'>مغرب"),
        ("été".encode("latin-1"), "text/html; charset=utf-8", "été"),
        ("été".encode("latin-1"), "", "été"),
        ("un été, un hiver, une éclaircie".encode() + b"\xff", "", "un été, un hiver, une éclaircie\ufffd"),
        ("été".encode("latin-1"), "text/html; charset=no-such", "été"),
        (b"\xef\xbb\xbfa", "", "a"),
        ("été".encode("utf-16"), "", "été"),
        ("e\u0301te\u0301".encode(), "", "été"),
        (b"", "", ""),
    ],
)
def test_bytes_are_decoded(body: bytes, content_type: str, text: str) -> None:
    assert decode(body, content_type) == text


def test_an_xml_declaration_does_not_stop_the_parser() -> None:
    tree = parse(
        b"<?xml version='1.0' encoding='UTF-8' ?>\n<!DOCTYPE html>\n<html><body><p>\xc3\xa9t\xc3\xa9</p></body></html>"
    )
    assert tree is not None
    assert lines_of(tree) == ["été"]
    fragment = parse(b"<p>x</p>")
    assert fragment is not None
    assert lines_of(fragment) == ["x"]
    assert parse(b"  ") is None


@pytest.mark.parametrize(
    ("markup", "stays", "goes"),
    [
        (f"{TEXT}<div class='newsletter-form'><p>Recevez tout.</p></div>", PROSE, "Recevez tout."),
        (f"{TEXT}<section id='xenforo-comments'>{TEXT.replace('port', 'bac')}</section>", "Le port a", "Le bac a"),
        (f"{TEXT}<ul class='mostRead'><li>Autre chose</li></ul>", PROSE, "Autre chose"),
        (f"{TEXT}<p><a href=/x>Un tout autre titre d'article</a></p>", PROSE, "Un tout autre"),
        (f"<div class='comments-enabled'><h1>Titre</h1>{TEXT}</div>", PROSE, ""),
        (f"<div class='live-comments'>{TEXT}</div>", PROSE, ""),
        (f"<div class='entry-content no-share'>{TEXT}</div>", PROSE, ""),
        (f"<div class='related'>{TEXT}</div>", PROSE, ""),
        (f"<p>{PROSE} <a href=/x>Un mot lié dans le texte</a></p>{TEXT}", "Un mot lié", ""),
        (f"<div class='elementor-widget'>{TEXT}</div>", PROSE, ""),
    ],
)
def test_clutter(markup: str, stays: str, goes: str) -> None:
    tree = tree_of(markup)
    take_clutter(tree)
    text = " ".join(body_lines(tree))
    assert stays in text
    assert not goes or goes not in text


def test_clutter_inside_the_text_is_kept_as_segments() -> None:
    tree = tree_of(
        f"{TEXT}<div class='related-box'>À lire ailleurs</div>{TEXT}<div class='share'><b>Partager</b></div>"
    )
    assert next((one.reason, one.text) for one in take_clutter(tree)) == ("related", "À lire ailleurs")


TEASER = "<div class=t><h3><a href=/{0}>Un titre d'article bien à part numéro {0}</a></h3><p>Une phrase.</p></div>"


def test_three_teasers_are_a_list_and_two_are_not() -> None:
    for count, reasons in ((3, ["related"]), (2, [])):
        teasers = "".join(TEASER.format(number) for number in range(count))
        tree = tree_of(f"<div><h2>Ailleurs</h2>{teasers}</div><div>{TEXT}</div>")
        assert [one.reason for one in take_teasers(tree)] == reasons


def test_linked_paragraphs_of_an_article_are_no_teasers() -> None:
    linked = "".join(
        f"<p><a href=/{number}>Un mot assez long</a> puis la suite de la phrase.</p>" for number in range(6)
    )
    tree = tree_of(f"<div>{linked}{TEXT}</div>")
    assert take_teasers(tree) == []


def test_menus_go_and_texts_with_links_stay() -> None:
    menu = " | ".join(f"<a href=/{name}>{name}</a>" for name in ("Politique", "Sport", "Culture", "Mer"))
    tree = tree_of(
        f"<p>{menu}</p>{TEXT}<p>{PROSE} <a href=/1>a</a> <a href=/2>b</a> <a href=/3>c</a> <a href=/4>d</a></p>"
    )
    take_menus(tree)
    assert "Politique" not in tree.text_content()
    assert len(tree.findall(".//a")) == 4


def test_a_text_cut_in_two_is_one_again_and_other_articles_are_not_joined() -> None:
    part = f"<div class='article__body'>{TEXT}</div>"
    tree = tree_of(f"<div>{part}</div><hr><div>{part}</div>")
    join_continued(tree)
    assert [len(one) for one in tree.iter("div") if one.get("class")] == [16, 0]
    apart = tree_of(f"<article>{part}</article><article>{part}</article>")
    join_continued(apart)
    assert [len(one) for one in apart.iter("div")] == [8, 8]


def test_the_element_with_the_prose_becomes_the_article() -> None:
    tree = tree_of(f"<div class=a><div>Menu</div><div class=b><h2>Sous-titre</h2>{TEXT}</div></div>")
    mark_article(tree)
    assert [one.get("class") for one in tree.iter("article")] == ["b"]
    named = tree_of(f"<main><div>{TEXT}</div></main>")
    mark_article(named)
    assert list(named.iter("article")) == []
    mark_article(tree_of(""))


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        (
            f"<div>{PROSE}<br><br>{PROSE} <a href=/x>lien</a> fin.<br/>{PROSE}</div>",
            [PROSE, f"{PROSE} lien fin.", PROSE],
        ),
        (f"<td>{PROSE}<br><table></table><br>{PROSE}</td>", [PROSE, PROSE]),
        ("<div>1, rue du Port<br>Sidi Amar<br>Maroc</div>", []),
        (f"<p>{PROSE}<br>{PROSE}</p>", []),
    ],
)
def test_breaks(markup: str, paragraphs: list[str]) -> None:
    tree = tree_of(markup.replace("<td>", "<table><tr><td>").replace("</td>", "</td></tr></table>"))
    before = lines_of(tree)
    split_at_breaks(tree)
    assert lines_of(tree) == before, "nothing is lost"
    if paragraphs:
        assert [" ".join(lines_of(one)) for one in tree.iter("p")] == paragraphs


STORY = [f"{PROSE} Acte {number}." for number in range(1, 7)]
OTHER = "Une tout autre affaire occupe la ville voisine, où le maire a promis de repeindre les bancs avant la fête."


@pytest.mark.parametrize(
    ("lines", "claimed", "kept"),
    [
        ([*STORY[:3], OTHER, *STORY[3:], OTHER], STORY, STORY),
        (["Accueil", *STORY], STORY, STORY),
        ([STORY[0], "Intertitre", *STORY[1:]], STORY, [STORY[0], "Intertitre", *STORY[1:]]),
        (STORY, STORY[:2], STORY),
        (STORY, [*STORY[:5], "La suite est réservée..."], STORY),
        ([OTHER], STORY, STORY),
        (STORY, [], STORY),
    ],
)
def test_the_claimed_body(lines: list[str], claimed: list[str], kept: list[str]) -> None:
    assert confirmed_lines(lines, "\n".join(claimed), tree_of("")) == kept


PIECES = st.sampled_from([*STORY, OTHER, "Intertitre", "Le ﬁn mot", "un deux trois quatre", "\u0301a", "Acte 1.", ""])
GAPS = st.sampled_from([" ", "\n", "\u00a0\n", "", ", ", "x ", "\u0301"])


@given(st.lists(PIECES, max_size=9), st.lists(st.tuples(PIECES, GAPS), min_size=2, max_size=9), st.booleans())
def test_lines_that_stand_in_the_claim_need_no_comparison(
    lines: list[str], claimed: list[tuple[str, str]], shown: bool
) -> None:
    lines = [line for piece, _ in claimed for line in (piece, *lines[:1])] if shown else lines
    claim, tree = "".join(piece + gap for piece, gap in claimed), tree_of(TEXT)
    with pytest.MonkeyPatch.context() as compared:
        compared.setattr(json_ld_body, "_verbatim", lambda _lines, claim: (set(), len(claim)))
        expected = confirmed_lines(lines, claim, tree)
    assert confirmed_lines(lines, claim, tree) == expected


def test_missing_paragraphs_are_taken_as_the_page_shows_them() -> None:
    tree = tree_of("".join(f"<div>{line}</div>" for line in [*STORY, OTHER]))
    assert confirmed_lines(STORY[:1], " ".join(STORY), tree) == STORY


def test_a_claimed_body_may_be_markup_or_no_text_at_all() -> None:
    assert plain_body("<p>Un &amp; deux</p><p>3 &lt; 4</p>").split() == ["Un", "&", "deux", "3", "<", "4"]
    assert plain_body(None) == plain_body(["x"]) == ""


def scripts(state: object, prefix: str = "") -> list[HtmlElement]:
    padded = json.dumps([state, ["x" * 30] * 200])
    return list(tree_of(f"<script>{prefix}{padded}</script>").iter("script"))


@pytest.mark.parametrize(
    ("state", "prefix", "found"),
    [
        ({"body": [{"type": "p", "children": [{"text": line}]} for line in STORY]}, "", STORY),
        ({"body": STORY}, "window.__STATE__ = ", STORY),
        ({"body": [{"html": f"<p>{line}</p>"} for line in STORY]}, "", STORY),
        ({"body": [OTHER] * 4}, "", []),
        ({"body": STORY[:1]}, "", []),
        ({"body": STORY}, "run(", []),
        ({"body": STORY}, "{{", []),
    ],
)
def test_a_text_in_a_script(state: object, prefix: str, found: list[str]) -> None:
    assert embedded_lines(scripts(state, prefix), [STORY[0]]) == found


def test_the_last_resort_for_a_date_does_not_depend_on_today() -> None:
    tree = tree_of("<p class='post-date'>2031-02-03</p>")
    assert last_resort_date(tree, "https://example.org/a", SEEN) == ""
    assert last_resort_date(tree, "https://example.org/a", SEEN.replace(year=2032)) == "2031-02-03"
