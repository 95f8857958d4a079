"""A page from whose bytes the parts were left out that a site repeats says what the whole page says."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.etree import tostring
from lxml.html import HtmlElement

from pipelines import repeated_markup
from pipelines.article import to_article
from pipelines.extraction import parse_alone
from pipelines.items import Extraction, NoiseModel, Rejected, SiteRules
from pipelines.left_out import Gaps
from pipelines.noise.blocks import blocks_of, names_of
from pipelines.noise.repeated import digest_of
from pipelines.opening import open_page, open_with_gaps
from pipelines.repeated_markup import RepeatedMarkup, repeated_on
from tests.article_cases import page_of

URL = "https://www.sample-press.example/fr/x/1"
HEAD = "<!DOCTYPE html>\n<html lang=fr>\n<head>\n<meta name='a' content='b'>\n" + "<link href='/a'>\n" * 8
FILL = "<p>Le port, la criée et le bac.</p>\n<p>Tous les titres du jour.</p>\n" * 8
"""What makes a part long enough."""
_models = count()

PIECES = (
    "", "\r\n", "Un titre en une", " | ", "12:05", "<br>", "<a href='/b'>Un lien</a>", "<!-- c -->tard",
    "<script>var a</script>", "&nbsp;&amp; &eacute", "<img alt='La Une'>", "<a href='/'>La Gazette</a>",
    "<a rel='category tag'>Monde</a>",
    "<time datetime='2024-03-02'>hier</time>", "<time>3 mars 2024</time>", "<address>Jean Duval</address>",
    "<b class='byline'>Par Anne Petit</b>", "<i itemprop='author'>Luc Noir</i>", "<i itemprop='datePublished'>2024</i>",
    "<h1>Un autre titre</h1>", "<h2>Le port rouvre lundi</h2>", "Publié le 4 mars 2024",
    "<meta name='author' content='A'>",
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Le bac"}</script>', "<P>Haut</P>",
    "<div class='x'>Trois</div>", "<title>Autre</title>", "<svg><title>Un</title></svg>", "e\u0301te\u0301",
)  # fmt: skip
BROKEN = (
    "<p>Ouvert", "</p>", "<a href=/c>nu", "<li>libre", "<form>", "</form>", "<td>seul", "<tr>", "<table>", "</div>",
    "<![CDATA[x]]>", "<!-- ", "-->", "<?php ?>", "<textarea>", "</textarea>", "<script>'", "</script>", "<select>",
    "<body class=b>", "</body>", "<div ", "<b", "<noscript>", "\u0338", "<style>", "<frameset>", "<a>", "<h1>",
    "<option>",
    "<template>", "<dd>", "<head>", "<title>", "<ul", "<plaintext>", "'", '"', "<nav>",
)  # fmt: skip
FORMS = (
    "<div>{}</div>", "<div class='a'>{}</div>", "<ul id=\"b\">\n{}</ul>", "<li>{}</li>", "<p>{}</p>", "<span>{}</span>",
    "<a>{}</a>", "<section>{} </section>fin", "<table><tr><td>{}</td></tr></table>", "<form>{}</form>", "<h1>{}</h1>",
    "<NAV>{}</NAV>", "<noscript>{}</noscript>", "<marquee>{}</marquee>", "<dl><dt>{}</dt></dl>", "<em>{}</em>",
)  # fmt: skip
ROOTS = (
    "<div class='box'>{}</div>", "<section>{}</section>", "<ul>{}</ul>", "<table>{}</table>",
    "<header id='h'>{}</header>",
    "<marquee>{}</marquee>", "<form>{}</form>", "<td>{}</td>", "<li class='byline'>{}</li>", "<DIV id=\"d\">{}</DIV>",
    "<p>{}</p>", "<h2>{}</h2>", "<details>{}</details>",
)  # fmt: skip


def nested(pieces: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from(pieces),
        lambda inner: st.tuples(st.sampled_from(FORMS), st.lists(inner, min_size=1, max_size=3).map("".join)).map(
            lambda pair: pair[0].format(pair[1])
        ),
        max_leaves=8,
    )


sound = st.tuples(st.sampled_from(ROOTS), nested(PIECES)).map(lambda pair: pair[0].format(pair[1] + FILL))
any_part = st.tuples(st.sampled_from(ROOTS), nested(PIECES + BROKEN)).map(lambda pair: pair[0].format(pair[1] + FILL))
MILD = (
    "<p>Ouvert",
    "</p>",
    "<a href=/c>nu",
    "<li>libre",
    "</div>",
    "<td>seul",
    "<form>",
    "<div class=byline>Anne Petit",
)
mild = st.lists(st.one_of(st.sampled_from(MILD), nested(PIECES)), max_size=2).map("".join)
around = st.lists(st.one_of(st.sampled_from(BROKEN), nested(PIECES)), max_size=4).map("".join)


def whole(markup: str) -> HtmlElement:
    tree = open_page(page_of(markup.encode(), URL))
    assert not isinstance(tree, Rejected)
    return tree


def gapped(markup: str, model: NoiseModel) -> tuple[HtmlElement, Gaps]:
    opened = open_with_gaps(page_of(markup.encode(), URL), model)
    assert not isinstance(opened, Rejected)
    return opened


def model_of(*names: str) -> NoiseModel:
    """A model that no other test knows."""
    return NoiseModel(f"site-{next(_models)}", 1, frozenset([*names, "text:none"]))


def teach(known: RepeatedMarkup, part: str) -> bool:
    """The mark-up of a part is known, if it may be: whether it is."""
    markup = f"{HEAD}</head><body>{part}".encode()
    parsed = parse_alone(part.encode())
    for _ in range(2):
        if parsed is not None:
            known.notice(markup, parsed, digest_of(parsed))
    return bool(known.places(markup))


@given(st.lists(any_part, min_size=1, max_size=3), st.data())
@settings(deadline=None, max_examples=200)
def test_what_was_left_out_and_filled_in_again_is_the_whole_page(parts: list[str], data: st.DataObject) -> None:
    model = model_of()
    for part in parts:
        teach(repeated_on(model), part)
    shown = data.draw(
        st.lists(st.sampled_from([*parts, f"<script>{parts[0]}</script>", f"<!--{parts[0]}-->"]), max_size=4)
    )
    markup = f"{HEAD}</head><body>" + "".join(f"{data.draw(around)}{part}" for part in shown) + data.draw(around)
    tree, gaps = gapped(markup, model)
    gaps.fill_all()
    assert tostring(tree) == tostring(whole(markup))


def read(markup: str, model: NoiseModel, rules: SiteRules) -> Extraction:
    return to_article(page_of(markup.encode(), URL), rules=[rules], noise=model)


RULES = (
    SiteRules(engine="none", recognised_by="div#nowhere"),
    SiteRules(engine="a", recognised_by="a", title="div.box h2, ul", ticker="marquee a", remove=(("section p", "p"),)),
    SiteRules(engine="c", recognised_by="html", title="div.nowhere", body="div.x"),
    SiteRules(engine="b", recognised_by="p", published="div.box", body="div:has(> p)", source_link="*[href]"),
)


@given(st.lists(sound, min_size=1, max_size=3), st.sampled_from(RULES), st.data())
@settings(deadline=None, max_examples=80)
def test_an_extraction_is_the_same_whatever_was_left_out(
    parts: list[str], rules: SiteRules, data: st.DataObject
) -> None:
    texts = {text for part in parts for block in blocks_of(whole(f"{HEAD}<body>{part}")) for text in [block.text]}
    spared = data.draw(st.lists(st.sampled_from(sorted(texts)), max_size=1))
    names = [f"{kind}*:{names_of(text).counted}" for text in texts - set(spared) for kind in ("text", "link")]
    model = model_of(*names)
    pages = [
        f"{HEAD}<title>{data.draw(st.sampled_from(['Le port rouvre lundi', 'La Une']))}</title></head><body>"
        + "".join(f"{data.draw(mild)}{part}" for part in data.draw(st.lists(st.sampled_from(parts), max_size=3)))
        + f"{data.draw(mild)}{ARTICLE}{data.draw(mild)}"
        for _ in range(2)
    ]
    alone = []
    for page in pages:
        repeated_markup._by_site.clear()
        alone.append(read(page, model, rules))
    for part in parts:
        teach(repeated_on(model), part)
    assert [read(page, model, rules) for _ in range(3) for page in pages] == 3 * alone


WRAPPED = (
    "{}", "<address>Anne Petit{}</address>", "<div class=byline>Anne Petit{}</div>", "<i rel=author>Anne Petit{}</i>",
    "<a href='/'>La Une{}</a>", "<a rel='category'>Monde{}</a>", "<p>Monde</p>{}<h1>Le port rouvre lundi</h1>",
    "<h1>Le port rouvre lundi{}</h1>", "<i itemprop='datePublished'>3 mars 2024{}</i>", "<title>Le port{}</title>",
    "<h2>Le port rouvre lundi</h2>{}", "<h2>Le port rouvre lundi</h2><time datetime='2024-03-02'>hier</time>{}",
    "<div itemprop=author>Anne Petit{}</div>", "<div><noscript>{}</noscript>Un titre en une</div>", "<ul><li>{}</ul>",
    "<div><template>{}</template>Deux</div>", "<button>{}</button>", "<body>{}", "<div class=box>{}</div>",
)  # fmt: skip


@pytest.mark.parametrize(
    ("root", "around"), [*((ROOTS[0], around) for around in WRAPPED), *((root, "{}") for root in ROOTS[1:])]
)
def test_what_a_part_holds_is_read(root: str, around: str) -> None:
    for piece in PIECES:
        part = root.format(piece + FILL)
        texts = {block.text for block in blocks_of(whole(f"{HEAD}<body>{part}"))}
        model = model_of(*(f"{kind}*:{names_of(text).counted}" for text in texts for kind in ("text", "link")))
        page = f"{HEAD}<title>Le port rouvre lundi</title></head><body>{around.format(part)}{ARTICLE}"
        alone = [read(page, model, rules) for rules in RULES]
        repeated_markup._by_site.clear()
        teach(repeated_on(model), part)
        assert [read(page, model, rules) for rules in RULES] == alone, piece


PARAGRAPH = "Le port a rouvert lundi matin, et les bateaux sont sortis un par un devant une foule venue en nombre. "
ARTICLE = f"<div><p>{PARAGRAPH * 3}</p><p>{PARAGRAPH[::-1]}</p></div>"
PART = f"<div class='box'>{FILL}<ul><li><a href='/a'>Un titre en une</a></li></ul></div>"
PAGE = f"{HEAD}<title>Le port rouvre lundi</title></head><body><div id='parts'>{PART}</div>{ARTICLE}"


def noise_of(part: str) -> list[str]:
    return [f"text*:{names_of(block.text).counted}" for block in blocks_of(whole(f"{HEAD}<body>{part}"))] + [
        f"link*:{names_of('Un titre en une').counted}"
    ]


def test_a_part_that_left_three_pages_whole_is_left_out_of_the_next() -> None:
    model = model_of(*noise_of(PART))
    found = []
    for number in range(5):
        tree, gaps = gapped(PAGE, model)
        found.append((len(gaps), PART.count("<p>") == len(whole(PAGE).findall(".//p")) - len(tree.findall(".//p"))))
        read(PAGE.replace("lundi", f"le {number}"), model, RULES[0])
    assert [left for left, _ in found] == [0, 0, 0, 1, 1]
    assert found[3][1]
    assert len(gapped(PAGE, NoiseModel("another", 1, model.blocks))[1]) == 0
    assert len(gapped(PAGE, NoiseModel(model.site, 2, model.blocks))[1]) == 0


def test_a_part_that_does_not_leave_is_not_left_out() -> None:
    model = model_of(*noise_of(PART)[:2])
    for _ in range(5):
        read(PAGE, model, RULES[0])
    assert len(gapped(PAGE, model)[1]) == 0


def test_what_has_to_be_filled_in_on_each_page_is_given_up() -> None:
    model = model_of()
    known = repeated_on(model)
    assert teach(known, PART)
    for _ in range(40):
        gapped(PAGE, model)[1].fill_all()
    assert not known.places(PAGE.encode())


def test_a_site_whose_parts_change_is_given_up() -> None:
    known = RepeatedMarkup()
    assert sum(teach(known, PART.replace("une", f"une {number}")) for number in range(200)) < 100


def test_what_is_known_is_bounded() -> None:
    known = RepeatedMarkup()
    large = [PART.replace("Tous", "Tous " * 1000 + str(number)) for number in range(60)]
    assert all(teach(known, part) for part in large)
    assert known._bytes <= 2 * 1024 * 1024
    assert sum(bool(known.places(part.encode())) for part in large) < 60
