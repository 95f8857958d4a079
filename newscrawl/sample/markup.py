"""Small pieces of mark-up that every page of the engine repeats."""

from __future__ import annotations

from urllib.parse import quote_plus
from zlib import crc32

from newscrawl.sample.articles import SampleArticle

__all__ = ["SCRIPT_TYPE", "attribute", "author_link", "author_path", "javascript", "text", "view_state"]

SCRIPT_TYPE = "5b1e94c07da24f3890cc61ae-text/javascript"
"""A content network in front of the engine's real sites renames script types so that it can load them later."""


def text(value: str) -> str:
    """Escape for element content, as JSF does: quotation marks stay.

    >>> text("L'eau & le \\"feu\\" < 3")
    'L\\'eau &amp; le "feu" &lt; 3'
    """
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: str) -> str:
    """Escape for a double-quoted attribute.

    >>> attribute('le "feu"')
    'le &quot;feu&quot;'
    """
    return text(value).replace('"', "&quot;")


def javascript(value: str) -> str:
    r"""Escape for a single-quoted JavaScript string.

    >>> print(javascript("L'Estacade"))
    L\'Estacade
    """
    return value.replace("\\", "\\\\").replace("'", "\\'").replace("</", "<\\/")


def view_state(path: str, number: int) -> str:
    """The hidden field that closes every JSF form; the same for the same page, so that pages have stable ETags."""
    value = f"-{crc32(f'{path}#{number}'.encode()):010d}:{crc32(path.encode()):010d}"
    return (
        f'<input type="hidden" name="javax.faces.ViewState" id="j_id1:javax.faces.ViewState:{number}" '
        f'value="{value}" autocomplete="off" />'
    )


def author_link(article: SampleArticle, css_class: str) -> str:
    """The link to an author's page; an e-mail address is hidden as the content network hides it."""
    if not article.author:
        return ""
    if "@" in article.author:
        return f'<a href="/author/%5Bemail+protected%5D" class="{css_class}">{_hidden(article.author)}</a>'
    return f'<a href="{author_path(article)}" charset="UTF-8" class="{css_class}">{text(article.author)}</a>'


def author_path(article: SampleArticle) -> str:
    """The address of an author's page: a plus sign for each space."""
    return f"/author/{quote_plus(article.author)}"


def _hidden(address: str) -> str:
    key = 0x5A
    coded = bytes([key, *(byte ^ key for byte in address.encode())]).hex()
    return f'<span class="__cf_email__" data-cfemail="{coded}">[email&#160;protected]</span>'
