"""An article's page in the engine's mark-up: nested tables, no ``<p>``, the text in several ``span.articlecontent``."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from newscrawl.sample.articles import SampleArticle
from newscrawl.sample.editions import PUBLIC_HOST, WORDINGS, Edition
from newscrawl.sample.frame import Frame, page
from newscrawl.sample.markup import SCRIPT_TYPE, attribute, author_link, javascript, text, view_state

__all__ = ["article_page", "related"]


def article_page(frame: Frame, article: SampleArticle) -> bytes:
    """The whole page of an article; ``frame.path`` is the article's own path."""
    content = f"""<br />
<div align="center"><table class="articlepagecontainer" cellspacing="10">
<tbody>
<tr>
<td><table class="articlewrapper">
<tbody>
<tr>
<td>
{_margin(frame, article)}
<div style="padding-bottom: 20px"><span id="referer" style="color: red"></span>
<span class="articletitle">{text(article.title)}</span>
<br /><span class="articlesubtitle">{text(article.subtitle)}</span>
<div style="padding-top: 10px; ">
{author_link(article, "articleauthor link")}
{_date_line(article)}
</div>
</div>
<br />{_body(article)}
<br /><br />
{_source_line(article)}
<div>
<div class="articlefacebookfriends">
<div class="fb-page" data-href="https://www.facebook.com/sample-press.example" data-width="580" data-height="280"></div>
</div>
</div></td>
</tr>
</tbody>
</table>
</td>
</tr>
</tbody>
</table>
</div>"""
    return page(frame, title=article.title, head=_head(frame.edition, article), content=content)


def related(article: SampleArticle, articles: Sequence[SampleArticle]) -> list[SampleArticle]:
    """The articles of the related box: every second page has one, with up to three in the same edition and language."""
    if article.id % 2:
        return []
    neighbours = sorted(
        (
            each
            for each in articles
            if each.newspaper.edition == article.newspaper.edition
            and each.language == article.language
            and each.id != article.id
            and "section" in each.places
            and not each.forbidden
        ),
        key=lambda each: (each.id < article.id, each.id),
    )
    return neighbours[:3]


def _head(edition: Edition, article: SampleArticle) -> str:
    title = attribute(article.title)
    image = f"https://images.sample-press.example/{article.newspaper.slug}/{article.id}"
    variables = (
        ("Author", "[email protected]" if "@" in article.author else article.author),
        ("Newspaper", article.newspaper.name),
        ("Category", edition.section_name(article.section)),
    )
    custom = ",\n                        ".join(
        f"['_setCustomVar', {number}, '{name}', '{javascript(value)}']"
        for number, (name, value) in enumerate(variables, start=1)
    )
    return f"""<meta property="og:title" content="{title}" />
<meta property="og:type" content="article" />
<meta property="og:url" content="https://{PUBLIC_HOST}{attribute(article.path)}" />
<meta property="og:image" content="{image}" />
<meta property="og:site_name" content="{attribute(edition.site)}" />
<meta property="fb:app_id" content="100000000000000" />
<script type="{SCRIPT_TYPE}">
                var _gaq = _gaq || [];
                _gaq.push(['_setAccount', 'UA-00000000-1']);
                _gaq.push({custom});
                _gaq.push(['_trackPageview']);
            </script>
"""


def _margin(frame: Frame, article: SampleArticle) -> str:
    """The column that stands *before* the title: share toolbar, image, report dialog, related box, comments."""
    slug, edition = article.newspaper.slug, frame.edition
    return f"""<div class="articlemargin">
<div class="addthis">
<div class="addthis_toolbox addthis_32x32_style">
<a class="addthis_button_facebook"></a><br />
<a class="addthis_button_twitter"></a><br />
<br /><br />
</div>
</div><span id="imageGroup" class="articleimagegroup" style="min-height: 120px"><img src="//images.sample-press.example/{slug}/{article.id}" style="width: 250px; float: left" />
<form id="j_idt256" name="j_idt256" {frame.action} style="float: right">
<input type="hidden" name="j_idt257" value="{slug}" /><input type="hidden" name="j_idt259" value="{article.id}" /><button id="reportimage" name="reportimage" class="ui-button ui-widget ui-state-default ui-corner-all ui-button-text-only" title="{attribute(edition.report_image)}" type="submit"><span class="ui-button-text ui-c"></span></button>{view_state(frame.path, 2)}
</form></span>
<br />{_dialog(frame)}
<br />
{_related_box(frame, article)}<br />
<div id="fb-root"></div>
<div class="fb-comments" data-href="https://{PUBLIC_HOST}{attribute(article.path)}" data-num-posts="10" data-width="336">
</div>
</div>"""  # noqa: E501


def _dialog(frame: Frame) -> str:
    edition = frame.edition
    return f"""<div id="j_idt266" class="ui-dialog ui-widget ui-widget-content ui-corner-all ui-shadow ui-hidden-container"><div class="ui-dialog-titlebar ui-widget-header ui-helper-clearfix ui-corner-top"><span id="j_idt266_title" class="ui-dialog-title">{text(edition.thanks)}</span><a href="#" class="ui-dialog-titlebar-icon ui-dialog-titlebar-close ui-corner-all" aria-label="Close"><span class="ui-icon ui-icon-closethick"></span></a></div><div class="ui-dialog-content ui-widget-content">{text(edition.thanks_text)}<br>
<br />
<form id="j_idt269" name="j_idt269" {frame.action} style="text-align: center">
<button id="j_idt269:j_idt270" name="j_idt269:j_idt270" class="ui-button ui-widget ui-state-default ui-corner-all ui-button-text-only" style="text-align:center" type="submit"><span class="ui-button-text ui-c">{text(edition.agree)}</span></button>{view_state(frame.path, 3)}
</form></div></div>"""  # noqa: E501


def _related_box(frame: Frame, article: SampleArticle) -> str:
    teasers = "".join(
        f"""<div class="teasercontainer" style="height: auto; padding: 8px"><a href="{each.path}" class="teasertitle">
{text(each.title)}
</a>
<br /><a href="{each.path}" class="teasersubtitle">
{text(each.subtitle)}
</a>
</div>
"""
        for each in related(article, frame.articles)
    )
    if not teasers:
        return ""
    return f"""<div class="tablesgroup" style="width: 326px;">
<div class="tableheader">{text(frame.edition.related)}</div>
{teasers}</div>
"""


def _date_line(article: SampleArticle) -> str:
    if not article.dated:
        return ""
    before, between = WORDINGS[article.language].published
    paper = article.newspaper
    return (
        f'<span class="articlenewspaper">{before} <a href="{paper.path}" class="articlenewspaper link" '
        f'style="float: none">{text(paper.name)}</a> {between} {article.printed_date}</span>'
    )


def _body(article: SampleArticle) -> str:
    """The text in two spans, or three when it is long: an advertisement cuts off the first paragraph."""
    lines = [text(line) for line in (article.byline, *article.blocks) if line]
    cut = 2 if article.byline else 1
    first, rest = lines[:cut], lines[cut:]
    parts = [first, rest[:-2], rest[-2:]] if len(rest) > 5 else [first, rest]
    paragraph_end = "<br /><br />" if article.id % 3 == 0 else "<br />"
    spans = [f'<span class="articlecontent">{paragraph_end.join(part)}</span>' for part in parts if part]
    advertisement = (
        '\n<br /><span style="width:582px; display: block"><script async src="https://ads.sample-press.example/'
        f'player.js" type="{SCRIPT_TYPE}"></script></span>'
    )
    return advertisement.join(spans) or '<span class="articlecontent"></span>'


def _source_line(article: SampleArticle) -> str:
    before, link, after = WORDINGS[article.language].source
    sentence = (
        f"""{before}
<a target="_blank" href="{attribute(article.source_url)}" class="link">{link}</a>
{after}
"""
        if article.source_url
        else ""
    )
    liked = quote(f"http://{PUBLIC_HOST}{article.path}", safe="")
    return f"""<div style="width: 610px; font-size: larger">
{sentence}<iframe class="articlelikebutton" src="//www.facebook.com/plugins/like.php?href={liked}&amp;send=false" scrolling="no" frameborder="0"></iframe>
</div>"""  # noqa: E501
