"""Listings: an edition's home page, its sections, a newspaper's page, an author's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newscrawl.sample.articles import MovedHeadline, Newspaper, SampleArticle
from newscrawl.sample.editions import SECTIONS
from newscrawl.sample.frame import Frame, page
from newscrawl.sample.markup import attribute, author_link, text, view_state

__all__ = ["Listed", "about_page", "author_page", "home_page", "newspaper_page", "section_page"]

Listed = SampleArticle | MovedHeadline


def home_page(frame: Frame, listed: Sequence[Listed]) -> bytes:
    """An edition's first page: one group for each section that has articles."""
    title = frame.edition.home
    return page(frame, title=title, head="", content=_columns(_groups_by_section(frame, listed)))


def section_page(frame: Frame, listed: Sequence[Listed]) -> bytes:
    """A section's page (``frame.section``): one group for each newspaper."""
    papers = dict.fromkeys(each.newspaper for each in listed)
    groups = [(paper.name, [each for each in listed if each.newspaper is paper]) for paper in papers]
    title = frame.edition.section_name(frame.section)
    return page(frame, title=title, head="", content=_columns(groups))


def newspaper_page(frame: Frame, paper: Newspaper, papers: Iterable[Newspaper], listed: Sequence[Listed]) -> bytes:
    """A newspaper's page: a form with all papers, the link to its feed, then one group for each section."""
    content = f"{_paper_form(frame, paper, papers)}\n{_columns(_groups_by_section(frame, listed))}"
    return page(frame, title=paper.name, head="", content=content)


def author_page(frame: Frame, author: str, listed: Sequence[Listed]) -> bytes:
    """All articles of one author, whatever the paper."""
    return page(frame, title=author, head="", content=_columns([(author, list(listed))]))


def about_page(frame: Frame) -> bytes:
    """One sentence that says what this site is."""
    content = f'<div class="pagetitlewraper">{text(frame.edition.about_text)}</div>'
    return page(frame, title=frame.edition.about, head="", content=content)


def _groups_by_section(frame: Frame, listed: Sequence[Listed]) -> list[tuple[str, list[Listed]]]:
    groups = [
        (frame.edition.section_name(section), [each for each in listed if each.section == section])
        for section in SECTIONS
    ]
    return [group for group in groups if group[1]]


def _columns(groups: Sequence[tuple[str, list[Listed]]]) -> str:
    """Two columns of groups, as the engine lays out every listing."""
    half = (len(groups) + 1) // 2
    columns = "\n".join(
        f'<div style="padding: 0 3px; flex: 1"><span id="table{number}">\n{"".join(map(_group, column))}</span>\n</div>'
        for number, column in enumerate((groups[:half], groups[half:]))
        if column
    )
    return f'<div style="display: flex">\n{columns}\n</div>'


def _group(group: tuple[str, list[Listed]]) -> str:
    name, listed = group
    return (
        f'<div class="tablesgroup">\n<div class="tableheader">{text(name)}</div>\n'
        f"{''.join(map(_teaser, listed))}</div>\n"
    )


def _teaser(listed: Listed) -> str:
    subtitle, author = "", ""
    if isinstance(listed, SampleArticle):
        subtitle, author = listed.subtitle, author_link(listed, "teaserauthor")
    path, paper = attribute(listed.path), listed.newspaper
    return f"""<div class="teasercontainer">
<div class="teaserimagewrapper">
<a href="{path}" class="teaserimagelink">
<img class="teaserimage" src="//images.sample-press.example/{paper.slug}/{path.rpartition("/")[2]}/thumb" />
</a>
</div>
<div class="teasercontentwrapper" style="width: 264px;">
<div class="teasertitlewrapper"><a href="{path}" class="teasertitle">
{text(listed.title)}
</a>
<br /><a href="{path}" class="teasersubtitle">
{text(subtitle)}
</a>
</div>
<div class="teaserauthorwrapper">
{author}
<a class="teasernewspaper" href="{paper.path}">{text(paper.name)}</a>
</div>
</div>
</div>
"""


def _paper_form(frame: Frame, paper: Newspaper, papers: Iterable[Newspaper]) -> str:
    edition = frame.edition
    options = "\n".join(
        f'<option value="{each.slug}"{" selected=" + chr(34) + "selected" + chr(34) if each is paper else ""}>'
        f"{text(each.name)}</option>"
        for each in papers
    )
    return f"""<div class="pagetitlewraper">
<div align="center">
<form id="j_idt235" name="j_idt235" {frame.action}>
<input id="lang" type="hidden" name="lang" value="{edition.code}" /><table cellspacing="7">
<tbody>
<tr>
<td><select name="j_idt237" size="1" style="font-size: 12pt; font-weight: bold"> {options}
</select></td>
<td>
<a title="{attribute(edition.subscribe)} {attribute(paper.name)}" href="{paper.path}/rss">
<img class="rssimage" src="/resources/rss.png" />
</a></td>
<td>
{text(edition.back_numbers)}
</td>
<td><span id="j_idt244" class="ui-calendar"><input id="j_idt244_input" name="j_idt244_input" type="text" value="" class="ui-inputfield ui-widget ui-state-default ui-corner-all" size="9" /></span></td>
</tr>
</tbody>
</table>
{view_state(frame.path, 4)}
</form>
</div>
</div>"""  # noqa: E501
