"""Only mark-up that no parser repairs is taken for well-formed."""

from __future__ import annotations

import pytest

from pipelines.well_formed import elements_at


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<div></div>", "div"),
        ("<DIV><p class='a' hidden>Un &amp; deux<br><img src=\"x\"/></p></DIV>", "div p br img"),
        ("<ul><!-- <li> --><li>a</li>\n<li>b</li></ul>", "ul li li"),
        ("<div><script>if (a < b) c()</script><style>p > a {}</style></div>", "div script style"),
        ("<section><svg><path d='M0'/></svg></section>", "section svg path"),
    ],
)
def test_well_formed(markup: str, names: str) -> None:
    found = elements_at(f"{markup}<p>plus".encode(), 0)
    assert found is not None
    assert (found[0], [name for _, name in found[1]]) == (len(markup), names.split())


@pytest.mark.parametrize(
    "markup",
    [
        "texte", "<br>", "<div>", "</div>", "<div></p></div>", "<div><p></div>", "<div><a></div></a>",
        "<div class=a></div>", "<div class='a></div>", "<div title='<b>'></div>", '<div title=">"></div>',
        "<div><!-- a -- b --></div>", "<div><!--></div>", "<div><!--->--></div>", "<div><![CDATA[a]]></div>",
        "<div><?php?></div>", "<div><!doctype html></div>", "<div>a < b</div>", "<div / class='a'></div>",
        "<div><script><!-- </script></div>", "<div><script>'</b>'</script></div>", "<div><script>'<b>'</script></div>",
        "<div class='a'id='b'></div>",
    ],
)  # fmt: skip
def test_not_well_formed(markup: str) -> None:
    assert elements_at(markup.encode(), 0) is None
