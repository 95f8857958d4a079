"""Parts of pages that come again: their blocks, and what leaves with them, are what they are on the first page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring, tostring

from pipelines.noise.blocks import blocks_of
from pipelines.noise.repeated import KnownParts, TreeBlocks

TEXTS = ("", "Un titre en une", " | ", "Deux", "12:05", "Le port rouvre • La criée ferme • Le bac repart", "<br>",
         "<a>Un lien</a>", "<!-- c -->tard", "<script>var a</script>", "&nbsp;&nbsp;", "<img>",
         "<h1>Titre</h1>")  # fmt: skip
FORMS = ("<div>{}</div>", "<div class=a>{}</div>", "<ul id=b>{}</ul>", "<li>{}</li>", "<p>{}</p>", "<span>{}</span>",
         "<a>{}</a>", "<section>{} </section>fin", "<div><p>{}</p> - </div>",
         "<h1>{}</h1>")  # fmt: skip

parts = st.recursive(
    st.sampled_from(TEXTS),
    lambda inner: st.tuples(st.sampled_from(FORMS), st.lists(inner, min_size=1, max_size=4)).map(
        lambda pair: pair[0].format("".join(pair[1]))
    ),
    max_leaves=12,
)


class _Plain(TreeBlocks):
    """No part is known."""

    def _take(self, *_: object) -> bool:
        return False


def page(markup: str) -> HtmlElement:
    return document_fromstring(f"<html><body><div>{markup}</div>plus</body></html>")


def shown(blocks: TreeBlocks) -> list[tuple[object, ...]]:
    return [(one.stream, one.text, one.path, one.place, one.heading, one.span) for one in blocks.blocks]


@given(st.lists(parts, min_size=1, max_size=4), st.data())
def test_known_parts_change_nothing(some: list[str], data: st.DataObject) -> None:
    known = KnownParts()
    for _ in range(3):
        markup = "".join(data.draw(st.lists(st.sampled_from(some), min_size=1, max_size=6)))
        tree, plain_tree = page(markup), page(markup)
        blocks, plain = TreeBlocks(tree, known), _Plain(plain_tree)
        assert shown(blocks) == shown(plain)
        texts = sorted({one.text for one in plain.blocks})
        noise = set(texts) - set(data.draw(st.lists(st.sampled_from(texts), max_size=2)) if texts else [])
        for one in (blocks, plain):
            one.remove([block.text in noise for block in one.blocks])
        assert tostring(tree) == tostring(plain_tree)


def test_the_blocks_of_a_page_are_all_there() -> None:
    tree = page("<ul><li>Un</li><li>Deux</li></ul>")
    known = KnownParts()
    for _ in range(3):
        assert [one.text for one in TreeBlocks(tree, known).blocks] == [one.text for one in blocks_of(tree)]


def test_a_part_is_looked_up_until_its_place_never_shows_one_twice() -> None:
    known = KnownParts()
    again = "<ul id=b><li>Un</li><li>Deux</li></ul>"
    for number in range(30):
        TreeBlocks(page(f"<div id=c><p>Texte {number}</p><p>Suite</p></div>{again}"), known)
    seen = TreeBlocks(page(f"<div id=c><p>Texte</p><p>Suite</p></div>{again}"), known)
    assert [one.nodes != [] for one in seen.blocks] == [True, True, False, False, True]
