"""Like an engine that wraps every field: regions, blocks, views and rows, each in divs of its own; JSON-LD."""

from __future__ import annotations

from benchmarks.speed.pieces import bands, hints, json_ld, open_graph, picture, script, script_tags, style, text
from benchmarks.speed.scenes import Linked, Scene

__all__ = ["page"]


def page(scene: Scene) -> str:
    """The whole document."""
    told, words, number = scene.story, scene.words, scene.story.number
    body = "\n".join(f"<p>{text(one)}</p>" for one in told.paragraphs)
    return f"""<!DOCTYPE html>
<html lang="{told.language}" dir="ltr" prefix="content: http://purl.org/rss/1.0/modules/content/ dc: http://purl.org/dc/terms/ og: http://ogp.me/ns#">
<head>
<meta charset="utf-8" />
{open_graph(scene, times=False)}
<link rel="shortlink" href="https://{scene.host}/node/{number}" />
<title>{text(told.title)} | {text(scene.paper_name)}</title>
{hints(scene, 18)}
<style media="all">{style(scene.paper, 3_000)}</style>
{json_ld(scene)}
<script>{script(scene.paper, 3_000)}</script>
</head>
<body class="path-node page-node-type-article node-{number}">
<div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas><div class="layout-container">
{_region("header", _block("branding", f'<a href="/" rel="home" class="site-logo"><img src="/logo.svg" alt="{words["home"]}" /></a><div class="site-name">{text(scene.paper_name)}</div>') + _block("mainmenu", _menu(scene)))}
{_region("highlighted", _block("flash", _view("flash", [f'<span class="field-content"><a href="{one.path}">{text(one.title)}</a></span>' for one in scene.ticker[:15]])))}
{_region("breadcrumb", _block("breadcrumbs", f'<nav class="breadcrumb"><ol><li><a href="/">{words["home"]}</a></li><li><a href="{scene.paper_path}">{text(scene.paper_name)}</a></li></ol></nav>'))}
<main role="main"><a id="main-content" tabindex="-1"></a><div class="layout-content">
{_region("content", _block("page-title", f'<h1 class="page-title"><span class="field field--name-title field--type-string field--label-hidden">{text(told.title)}</span></h1>') + _node(scene, body))}
{_region("content-bottom", _block("related", f"<h2>{words['related']}</h2>" + _view("related", [_teaser(scene, one) for one in scene.related])) + _block("comments", _comments(scene)))}
{bands(scene, "paragraph-bundle", 12, deep=5)}
</div><aside class="layout-sidebar-second" role="complementary">
{_region("sidebar-second", _block("popular", f"<h2>{words['most_read']}</h2>" + _view("popular", [_teaser(scene, one) for one in scene.most_read[:8]])) + _block("newsletter", f"<p>{words['newsletter']}</p>"))}
</aside></main>
{_region("footer", _block("footermenu", _menu(scene)) + _block("legal", f"<p>{words['legal']}</p>"))}
</div></div>
<script type="application/json" data-drupal-selector="settings-json">{{"path":{{"baseUrl":"/","currentPath":"node/{number}"}},"ads":"{script(number % 20 + 300, 9_000).replace(chr(34), "'").replace(chr(10), " ")}"}}</script>
{script_tags(scene.paper, scene.host, 16)}
</body>
</html>
"""


def _region(name: str, inner: str) -> str:
    return f'<div class="region region-{name}">{inner}</div>'


def _block(name: str, inner: str) -> str:
    return f'<div id="block-{name}" class="block block-system block-{name}"><div class="block__content">{inner}</div></div>'


def _field(name: str, inner: str) -> str:
    return f'<div class="field field--name-field-{name} field--type-text field--label-hidden field__items"><div class="field__item">{inner}</div></div>'


def _view(name: str, rows: list[str]) -> str:
    printed = "".join(f'<div class="views-row views-row-{at}">{row}</div>' for at, row in enumerate(rows, 1))
    return f'<div class="views-element-container"><div class="view view-{name} view-id-{name} view-display-id-block_1 js-view-dom-id-{name}"><div class="view-content">{printed}</div></div></div>'


def _node(scene: Scene, body: str) -> str:
    told, words = scene.story, scene.words
    inner = (
        _field("surtitle", text(scene.section_name))
        + _field("submitted", f'{words["published"]} {scene.day} - {told.published:%H:%M} | {words["by"]} <span class="username">{text(told.author)}</span>')
        + _field("image", picture(scene, css="image-style-large"))
        + _field("chapo", text(told.subtitle))
        + f'<div class="clearfix text-formatted field field--name-body field--type-text-with-summary field--label-hidden field__item">{body}</div>'
        + _field("tags", ", ".join(f'<a href="/taxonomy/term/{at}" hreflang="{told.language}">{text(one)}</a>' for at, one in enumerate(scene.tags)))
    )  # fmt: skip
    return _block(
        "system-main",
        f'<article data-history-node-id="{told.number}" role="article" about="{scene.path}" class="node node--type-article node--view-mode-full"><div class="node__content">{inner}</div></article>',
    )


def _teaser(scene: Scene, one: Linked) -> str:
    return f'<div class="views-field views-field-field-image"><div class="field-content"><a href="{one.path}">{picture(scene, one)}</a></div></div><div class="views-field views-field-title"><span class="field-content"><a href="{one.path}" hreflang="{scene.story.language}">{text(one.title)}</a></span></div><div class="views-field views-field-created"><span class="field-content">{one.day}</span></div>'


def _menu(scene: Scene) -> str:
    entries = [(f"/s/{at}", name, "") for at, name in enumerate(scene.words["sections"])]
    entries += [(path, name, ' class="paper"') for path, name in scene.papers]
    return (
        '<ul class="menu">'
        + "".join(
            f'<li class="menu-item menu-item--level-1"><a href="{path}"{css} data-drupal-link-system-path="{path[1:]}">{text(name)}</a></li>'
            for path, name, css in entries
        )
        + "</ul>"
    )


def _comments(scene: Scene) -> str:
    return "".join(
        f'<article data-comment-user-id="0" id="comment-{at}" class="comment js-comment by-anonymous"><footer class="comment__meta"><p class="comment__submitted"><span>{text(name)}</span> +{days}</p></footer><div class="content"><div class="field field--name-comment-body field--item"><p>{text(said)}</p></div><ul class="links inline"><li><a href="/comment/{at}">{scene.words["reply"]}</a></li></ul></div></article>'
        for at, (name, said, days) in enumerate(scene.comments(16))
    )
