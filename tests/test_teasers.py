"""Links that lead to one page, and lines that are remembered: as their plain definitions say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, fromstring

from pipelines.body.teasers import _MANY, _leads_to, _remembered_lines
from pipelines.visible_text import lines_of

ELEMENTS = st.recursive(
    st.sampled_from(["<a href=/1>Un titre</a>", "<a href=/2>Deux</a>", "<a>Trois</a>", "Quatre", "<br>", "<!-- c -->"]),
    lambda inner: st.tuples(st.sampled_from(["div", "li", "span", "p"]), st.lists(inner, max_size=4)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}> cinq"
    ),
    max_leaves=15,
)


def tree_of(markup: str) -> HtmlElement:
    return fromstring(f"<div><section>{markup}</section></div>")


@given(ELEMENTS, st.data())
def test_where_links_lead(markup: str, data: st.DataObject) -> None:
    tree = tree_of(markup)
    links = [link for link in tree.iter("a") if data.draw(st.booleans())]
    found = _leads_to(links)
    for element in tree.iter("*"):
        held = {one.get("href") for one in element.iter("a") if one in links}
        assert (element in found) == bool(held)
        if held:
            assert found[element] is _MANY if len(held) > 1 else {found[element]} == held


@given(ELEMENTS)
def test_remembered_lines(markup: str) -> None:
    tree = tree_of(markup)
    for element in tree.iter("*"):
        assert _remembered_lines(element) == lines_of(element) == _remembered_lines(element)
