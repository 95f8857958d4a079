"""Like a page that a JavaScript framework rendered on the server: class names of letters, and its state once more."""

from __future__ import annotations

import json
from zlib import crc32

from benchmarks.speed.pieces import bands, hints, icon, json_ld, open_graph, picture, script, script_tags, style, text
from benchmarks.speed.scenes import Scene

__all__ = ["page"]


def page(scene: Scene) -> str:
    """The whole document."""
    told, words = scene.story, scene.words
    body = "".join(
        f'<div class="{_c("block")}" data-component="text-block"><div class="{_c("wrap")} {_c("rich")}"><p class="{_c("par")} {_c("par2")}">{text(one)}</p></div></div>'
        for one in told.paragraphs
    )
    return f"""<!DOCTYPE html><html lang="{told.language}" class="no-js"><head><meta charSet="utf-8"/><title data-rh="true">{text(told.title)}</title>
{open_graph(scene, times=True)}<link rel="canonical" href="{scene.url}"/>{json_ld(scene, body=scene.paper % 2 == 0)}
{hints(scene, 20)}
<style data-styled="true" data-styled-version="5.3">{style(scene.paper, 12_000)}</style>
{script_tags(scene.paper, scene.host, 14)}</head>
<body><div id="__next"><div class="{_c("page")}"><div class="{_c("skip")}"><a href="#main" class="{_c("a")}">{words["latest"]}</a></div>
<header role="banner" class="{_c("head")}"><div class="{_c("inner")}"><a href="/" class="{_c("logo")}">{icon(40)}<span class="{_c("vh")}">{text(scene.paper_name)}</span></a>
<nav class="{_c("nav")}" aria-label="{words["home"]}"><ul class="{_c("list")}">{_menu(scene)}</ul></nav></div></header>
<main id="main" class="{_c("main")}"><article class="{_c("art")}"><header class="{_c("hd")}"><div class="{_c("kick")}"><a href="/s/{scene.section}" class="{_c("a")}"><span>{text(scene.section_name)}</span></a></div>
<h1 id="main-heading" class="{_c("h1")}" tabindex="-1">{text(told.title)}</h1>
<div class="{_c("meta")}"><div class="{_c("by")}"><span class="{_c("vh")}">{words["by"]}</span><span class="{_c("name")}">{text(told.author)}</span></div><time class="{_c("time")}" dateTime="{told.published.isoformat()}">{scene.day}</time><span>{len(told.paragraphs) // 3 + 1} {words["minutes"]}</span></div></header>
<figure class="{_c("fig")}"><div class="{_c("ratio")}">{picture(scene, css=_c("img"))}</div><figcaption class="{_c("cap")}"><span class="{_c("vh")}">{words["photo"]}</span></figcaption></figure>
<div class="{_c("stand")}"><b class="{_c("b")}">{text(told.subtitle)}</b></div>
{body}
<section class="{_c("promo")}"><h2 class="{_c("h2")}">{words["related"]}</h2><ul class="{_c("grid")}">{_cards(scene, 6)}</ul></section>
<section class="{_c("tags")}"><ul>{"".join(f'<li class="{_c("tag")}"><a href="/t/{at}" class="{_c("a")}">{text(one)}</a></li>' for at, one in enumerate(scene.tags))}</ul></section></article>
<aside class="{_c("aside")}"><section><h2 class="{_c("h2")}">{words["most_read"]}</h2><ol class="{_c("rank")}">{_ranked(scene)}</ol></section></aside></main>
<div class="{_c("bands")}">{bands(scene, _c("band"), 12, deep=6)}</div>
<footer role="contentinfo" class="{_c("foot")}"><ul class="{_c("list")}">{_menu(scene)}</ul><p>{words["legal"]}</p></footer></div></div>
<script id="__NEXT_DATA__" type="application/json">{_state(scene)}</script>
<script>{script(scene.paper + 50, 5_000)}</script></body></html>
"""


def _c(name: str) -> str:
    return f"css-{crc32(name.encode()):07x}-{name[:1].upper()}{len(name)}"


def _menu(scene: Scene) -> str:
    sections = [(f"/s/{at}", name, "") for at, name in enumerate(scene.words["sections"])]
    papers = [(path, name, " paper") for path, name in scene.papers[:25]]
    return "".join(
        f'<li role="listitem" class="{_c("li")}"><a href="{path}" class="{_c("navlink")}{css}"><div class="{_c("navtext")}"><span class="{_c("label")}">{text(name)}</span></div></a></li>'
        for path, name, css in sections + papers
    )


def _cards(scene: Scene, most: int) -> str:
    return "".join(
        f'<li class="{_c("cell")}"><div class="{_c("card")}"><div class="{_c("thumb")}"><div class="{_c("ratio")}">{picture(scene, one, _c("img"))}</div></div><div class="{_c("ctext")}"><h3 class="{_c("h3")}"><a href="{one.path}" class="{_c("focus")}"><span>{text(one.title)}</span></a></h3><p class="{_c("cp")}">{text(one.subtitle)}</p><div class="{_c("cmeta")}"><span>{icon(41)}</span><time>{one.day}</time></div></div></div></li>'
        for one in scene.related[:most]
    )


def _ranked(scene: Scene) -> str:
    return "".join(
        f'<li class="{_c("ri")}"><span class="{_c("rn")}">{at}</span><div><a href="{one.path}" class="{_c("focus")}">{text(one.title)}</a></div></li>'
        for at, one in enumerate(scene.most_read[:10], 1)
    )


def _state(scene: Scene) -> str:
    told = scene.story
    blocks = [{"type": "text", "model": {"blocks": [{"type": "paragraph", "text": one}]}} for one in told.paragraphs]
    promos = [
        {
            "headline": one.title,
            "url": one.path,
            "summary": one.subtitle,
            "image": {"widths": [240, 480, 800], "alt": one.title},
        }
        for one in (*scene.related, *scene.most_read)
    ]
    state = {
        "props": {"pageProps": {"metadata": {"id": told.number, "locale": told.language, "tags": scene.tags}, "content": blocks,
                                "promos": promos, "toggles": {f"feature{n}": n % 3 == 0 for n in range(120)}}},
        "page": "/[section]/[slug]", "buildId": f"{crc32(scene.host.encode()):x}",
    }  # fmt: skip
    return json.dumps(state, ensure_ascii=False).replace("</", "<\\/")
