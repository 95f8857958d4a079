"""What surrounds every page of the engine: head, menus, ticker, footer and the forms that JSF leaves everywhere.

The order, the nesting (``div#belowheader`` holds ticker, content *and* footer) and even the faults of the real
pages are kept on purpose: forms inside forms, a script between head and body, no ``dir`` attribute in Arabic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from newscrawl.sample.articles import SampleArticle
from newscrawl.sample.editions import EDITIONS, SECTIONS, Edition
from newscrawl.sample.markup import SCRIPT_TYPE, attribute, text, view_state
from newscrawl.sample.ticker import TICKER_LENGTH, ticker, ticker_headlines

__all__ = ["Frame", "page"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page needs to know of the whole site."""

    edition: Edition
    path: str
    articles: Sequence[SampleArticle]
    """All articles of all editions."""
    moment: int = 0
    """See :func:`newscrawl.sample.ticker.ticker_headlines`."""
    section: str = ""
    """The menu entry that is marked as active."""
    view: str = "shownewspaper"
    """Name of the JSF view that forms post to."""
    ticker_length: int = TICKER_LENGTH
    """Headlines in the ticker."""
    authors: Sequence[str] = ()
    """Names that the menu lists after the newspapers."""
    indexed: int | None = None
    """How many articles the footer says there are; None for those of :attr:`articles`."""

    @property
    def action(self) -> str:
        """Where the page's forms post to."""
        return f'method="post" action="/faces/{self.view}.xhtml" enctype="application/x-www-form-urlencoded"'


def page(frame: Frame, *, title: str, head: str, content: str) -> bytes:
    """A whole document in UTF-8. ``title``, plain, follows the site's name; ``head`` and ``content`` are mark-up."""
    edition = frame.edition
    running = ticker_headlines(frame.articles, frame.path, frame.moment, frame.ticker_length)
    indexed = len(frame.articles) if frame.indexed is None else frame.indexed
    return f"""<?xml version='1.0' encoding='UTF-8' ?>
<!DOCTYPE html>
<html xmlns="//www.w3.org/1999/xhtml"><head id="j_idt19"><link type="text/css" rel="stylesheet" href="/faces/javax.faces.resource/theme.css?ln=primefaces-aristo" /><script type="{SCRIPT_TYPE}" src="/faces/javax.faces.resource/jquery/jquery.js?ln=primefaces&amp;v=6.2"></script>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
<link href="/resources/layout_all.css" rel="stylesheet" type="text/css" />
<link href="/resources/layout_{edition.code}.css" rel="stylesheet" type="text/css" />
<link rel="icon" type="image/png" href="/resources/sample-favicon.png" />
{head}<title>{text(edition.site)} : {text(title)}
        </title>
</head><script src="/resources/rocket-loader.min.js"></script><body class="Link body" onload="document.getElementById('queryText').focus()">
<div class="wrap">
<div id="firstColumn">

</div>
<div id="container">
{_header(edition)}
{_menu(frame)}
<div id="belowheader">
{ticker(running, "right" if edition.code == "ar" else "left")}
<br /><br />
{content}
{_footer(edition, indexed)}
</div>
</div>
<div id="lastColumn">

</div>
</div>
<div style="clear:both;"></div>
<form id="j_idt348" name="j_idt348" {frame.action}>
<button id="j_idt349" name="j_idt349" class="ui-button ui-widget ui-state-default ui-corner-all ui-button-text-only report" type="submit"><span class="ui-button-text ui-c">{text(edition.report_advertisement)}</span></button>{view_state(frame.path, 5)}
</form></body>
</html>
""".encode()  # noqa: E501


def _header(edition: Edition) -> str:
    return f"""<div class="header">
<div id="logoWrapper">
<table style="height: 100%">
<tr>
<td>
<a href="{edition.prefix or "/"}">
<img src="/resources/sample-logo-{edition.code}.png" alt="{attribute(edition.site)}" style="border: 0px" />
</a>
</td>
</tr>
</table>
</div>
</div>"""


def _menu(frame: Frame) -> str:
    edition = frame.edition
    entries = [_entry(edition.prefix or "/", edition.home)]
    for section, name in zip(SECTIONS, edition.sections, strict=True):
        entries.append(_entry(f"{edition.prefix}/{section}", name, active=section == frame.section))
    papers = dict.fromkeys(each.newspaper for each in frame.articles if each.newspaper.edition == edition.code)
    listed = "".join(_entry(paper.path, paper.name) for paper in papers)
    listed += "".join(_entry(f"/author/{quote_plus(name)}", name) for name in frame.authors)
    others = "".join(
        f'<li class="ui-menuitem ui-widget ui-corner-all" role="menuitem"><a href="{other.prefix or "/"}" '
        f'class="ui-menuitem-link ui-corner-all">\n<span class="ui-menuitem-text">{text(other.site)}</span></a>\n</li>'
        for other in EDITIONS.values()
        if other is not edition
    )
    return f"""<form id="j_idt54" name="j_idt54" {frame.action}>
<input type="hidden" name="j_idt54" value="j_idt54" />
<div id="centeredmenu" class="ui-menu ui-menubar ui-widget ui-widget-content ui-corner-all ui-helper-clearfix" role="menubar"><ul class="ui-menu-list ui-helper-reset">{"".join(entries)}<li class="ui-widget ui-menuitem ui-corner-all ui-menu-parent" role="menuitem" aria-haspopup="true"><a href="#" class="ui-menuitem-link ui-submenu-link ui-corner-all" tabindex="-1"><span class="ui-menuitem-text">{text(edition.newspapers)}</span></a><ul class="ui-widget-content ui-menu-list ui-corner-all ui-helper-clearfix ui-menu-child ui-shadow" role="menu">{listed}</ul></li><li class="ui-menuitem ui-menubar-options ui-widget ui-corner-all" role="menuitem">
{_search(frame)}
{others}</li></ul></div>{view_state(frame.path, 1)}
</form>"""  # noqa: E501


def _entry(href: str, name: str, *, active: bool = False) -> str:
    return (
        '<li class="ui-menuitem ui-widget ui-corner-all" role="menuitem"><a tabindex="-1" class="ui-menuitem-link '
        f'ui-corner-all {"active" if active else ""}" href="{attribute(href)}">'
        f'<span class="ui-menuitem-text">{text(name)}</span></a></li>'
    )


def _search(frame: Frame) -> str:
    subject, author, town = frame.edition.search
    return f"""<form id="searchForm" name="searchForm" {frame.action}>
<table id="queryWrapper">
<tbody>
<tr>
<td><input id="queryText" type="text" name="queryText" size="10" /></td>
<td><select name="j_idt237" size="1"> <option value="search" selected="selected">{subject}</option>
<option value="author">{author}</option>
<option value="city">{town}</option>
</select></td>
<td><input id="searchButton" type="submit" name="searchButton" value="" /></td>
</tr>
</tbody>
</table>
{view_state(frame.path, 0)}
</form>"""


def _footer(edition: Edition, indexed: int) -> str:
    return f"""<div id="footer">
<div id="footermenu">
<ul>
<li><a href="{edition.prefix}/about" class="">
{text(edition.about)}
</a>
</li>
<li>
<a href="//www.second-sample.example" title="Second Sample" style="padding: 0; height: 20px" target="_blank">
<img src="/resources/second-sample-flag-icon.png" style="border: 0" />
</a>
</li>
<li>
<a href="//www.third-sample.example" title="Third Sample" style="padding: 0; height: 20px" target="_blank">
<img src="/resources/third-sample-flag-icon.png" style="border: 0" />
</a>
</li>
<li>
<span style="font-weight: bold; position:relative; top:3px;right:3px">{indexed} {text(edition.indexed)}</span>
</li>
</ul>
</div>
</div>"""
