"""Like the engine of most small papers: posts, widgets, JSON-LD, styles and scripts in the page, threaded comments."""

from __future__ import annotations

from benchmarks.speed.pieces import bands, hints, icon, json_ld, open_graph, picture, script, script_tags, style, text
from benchmarks.speed.scenes import Scene

__all__ = ["page"]


def page(scene: Scene) -> str:
    """The whole document."""
    told, words, number = scene.story, scene.words, scene.story.number
    body = "\n".join(_paragraph(scene, at, one) for at, one in enumerate(told.paragraphs))
    return f"""<!DOCTYPE html>
<html lang="{told.language}">
<head>
<meta charset="UTF-8" />
<title>{text(told.title)} - {text(scene.paper_name)}</title>
<link rel="canonical" href="{scene.url}" />
{open_graph(scene, times=True)}
{json_ld(scene)}
{hints(scene, 14)}
<style id="global-styles-inline-css">{style(scene.paper, 9_000)}</style>
<style id="theme-css">{style(scene.paper + 1, 5_000)}</style>
{script_tags(scene.paper, scene.host, 9)}
<script>{script(scene.paper, 6_000)}</script>
</head>
<body class="post-template-default single single-post postid-{number} single-format-standard wide">
<a class="skip-link screen-reader-text" href="#content">{words["latest"]}</a>
<header id="masthead" class="site-header">
<div class="site-branding"><p class="site-title"><a href="/" rel="home">{text(scene.paper_name)}</a></p></div>
<nav id="site-navigation" class="main-navigation"><ul id="primary-menu" class="menu nav-menu">{_menu(scene)}</ul></nav>
<div class="breaking-news"><span class="breaking-label">{words["live"]}</span><ul class="news-slider">{_ticker(scene)}</ul></div>
</header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
<article id="post-{number}" class="post-{number} post type-post status-publish has-post-thumbnail hentry category-{scene.section}">
<header class="entry-header"><span class="cat-links"><a href="/s/{scene.section}" rel="category tag">{text(scene.section_name)}</a></span>
<h1 class="entry-title">{text(told.title)}</h1>
<p class="entry-excerpt">{text(told.subtitle)}</p>
<div class="entry-meta"><span class="byline">{words["by"]} <span class="author vcard"><a class="url fn n" href="/author/{number // 7}">{text(told.author)}</a></span></span>
<span class="posted-on"><time class="entry-date published updated" datetime="{told.published.isoformat()}">{scene.day}</time></span></div></header>
<figure class="post-thumbnail">{picture(scene, css="attachment-large size-large wp-post-image")}<figcaption>{words["photo"]}</figcaption></figure>
{_share(scene)}
<div class="entry-content">
{body}
<div class="newsletter-box"><p>{words["newsletter"]}</p><form action="/nl" method="post"><input type="email" name="m" /><button>{words["subscribe"]}</button></form></div>
</div>
<footer class="entry-footer"><span class="tags-links">{words["tags"]} {", ".join(f'<a href="/tag/{at}" rel="tag">{text(one)}</a>' for at, one in enumerate(scene.tags))}</span></footer>
</article>
<section class="related-posts"><h3 class="related-title">{words["related"]}</h3>{_cards(scene)}</section>
{bands(scene, "strip", 6)}
{_comments(scene)}
</main></div>
<aside id="secondary" class="widget-area">{_widgets(scene)}</aside></div>
<footer id="colophon" class="site-footer"><div class="site-info">{_footer(scene)}</div></footer>
<div class="cookie-notice" role="dialog"><p>{words["cookies"]}</p><button>{words["accept"]}</button></div>
<script id="after-js">{script(number % 50 + 100, 9_000)}</script>
{script_tags(scene.paper + 7, scene.host, 8)}
</body>
</html>
"""


def _paragraph(scene: Scene, at: int, one: str) -> str:
    if at == 2 and scene.related:
        link = scene.related[0]
        also = f'<p class="inline-related"><strong>{scene.words["related"]} :</strong> <a href="{link.path}">{text(link.title)}</a></p>'
        return f"<p>{text(one)}</p>\n{also}"
    if at % 5 == 4:
        slot = f'<div class="code-block code-block-{at}" style="margin: 8px auto"><div id="ad-{at}"></div><script>{script(at, 260)}</script></div>'
        return f"<p>{text(one)}</p>\n{slot}"
    return f"<p>{text(one)}</p>"


def _menu(scene: Scene) -> str:
    sections = "".join(
        f'<li id="menu-item-{at}" class="menu-item menu-item-type-taxonomy menu-item-object-category menu-item-{at}">'
        f'<a href="/s/{at}">{text(name)}</a></li>'
        for at, name in enumerate(scene.words["sections"])
    )
    papers = "".join(
        f'<li class="menu-item menu-item-type-custom"><a class="paper" href="{path}">{text(name)}</a></li>'
        for path, name in scene.papers
    )
    return f'{sections}<li class="menu-item menu-item-has-children"><a href="#">{scene.words["about"]}</a><ul class="sub-menu">{papers}</ul></li>'


def _ticker(scene: Scene) -> str:
    return "".join(f'<li><a href="{one.path}">{text(one.title)}</a></li>' for one in scene.ticker[:12])


def _share(scene: Scene) -> str:
    names = ("facebook", "x", "whatsapp", "telegram", "linkedin", "email")
    links = "".join(
        f'<a class="share-icon share-{name}" href="https://share.example/{name}?u={scene.url}" rel="nofollow noopener" target="_blank">{icon(at)}<span class="share-label">{name}</span></a>'
        for at, name in enumerate(names)
    )
    return f'<div class="sharedaddy"><h3>{scene.words["share"]}</h3>{links}</div>'


def _cards(scene: Scene) -> str:
    return "".join(
        f'<div class="related-post"><a class="related-thumb" href="{one.path}">{picture(scene, one)}</a>'
        f'<h4 class="related-post-title"><a href="{one.path}" rel="bookmark">{text(one.title)}</a></h4>'
        f'<span class="related-date">{one.day}</span></div>'
        for one in scene.related[:6]
    )


def _comments(scene: Scene) -> str:
    listed = "".join(
        f'<li id="comment-{at}" class="comment even thread-even depth-1"><article class="comment-body"><footer class="comment-meta"><div class="comment-author vcard">{icon(at % 9)}<b class="fn">{text(name)}</b></div><div class="comment-metadata"><a href="#comment-{at}"><time>+{days}</time></a></div></footer><div class="comment-content"><p>{text(said)}</p></div><div class="reply"><a class="comment-reply-link" href="#respond">{scene.words["reply"]}</a></div></article></li>'
        for at, (name, said, days) in enumerate(scene.comments(18))
    )
    return f'<div id="comments" class="comments-area"><h2 class="comments-title">{scene.words["comments"]}</h2><ol class="comment-list">{listed}</ol></div>'


def _widgets(scene: Scene) -> str:
    read = "".join(
        f'<li class="popular-item"><span class="rank">{at}</span>{picture(scene, one)}<a href="{one.path}">{text(one.title)}</a></li>'
        for at, one in enumerate(scene.most_read[:8], 1)
    )
    latest = "".join(
        f'<li><a href="{one.path}">{text(one.title)}</a> <span class="post-date">{one.day}</span></li>'
        for one in scene.ticker[:10]
    )
    return f'<section class="widget widget_popular"><h2 class="widget-title">{scene.words["most_read"]}</h2><ol>{read}</ol></section><section class="widget widget_recent_entries"><h2 class="widget-title">{scene.words["latest"]}</h2><ul>{latest}</ul></section>'


def _footer(scene: Scene) -> str:
    words = scene.words
    return "".join(
        f'<a href="/p/{at}">{words[one]}</a> | ' for at, one in enumerate(("about", "contact", "legal", "follow"))
    )
