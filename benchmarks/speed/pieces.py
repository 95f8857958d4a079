"""Pieces that every invented engine prints in its own way: metadata, scripts, styles, pictures, icons."""

from __future__ import annotations

import json
from functools import lru_cache
from random import Random

from benchmarks.speed.scenes import Linked, Scene
from newscrawl.sample.markup import attribute, text

__all__ = ["bands", "hints", "icon", "json_ld", "open_graph", "picture", "script", "script_tags", "style", "text"]

_NAMES = [
    "consent",
    "lazy",
    "video",
    "banner",
    "metrics",
    "slot",
    "header",
    "sticky",
    "teaser",
    "survey",
    "queue",
    "player",
    "weather",
    "social",
    "push",
    "login",
    "archive",
    "gallery",
    "quiz",
    "paywall",
    "ribbon",
    "poll",
    "ticker",
    "podcast",
    "bidder",
    "pixel",
    "frame",
    "scroll",
]
_WIDTHS = (240, 320, 480, 640, 960)
_PROPERTIES = (
    "margin:0 auto", "padding:12px 16px", "display:flex", "color:#1b2a3c", "font-weight:700", "line-height:1.45",
    "border-bottom:1px solid #e2e6ea", "max-width:1180px", "position:relative", "background:#fff", "font-size:.95rem",
    "text-decoration:none", "overflow:hidden", "transition:all .2s ease", "grid-template-columns:2fr 1fr", "opacity:.8",
)  # fmt: skip


def json_ld(scene: Scene, *, body: bool = False) -> str:
    """Two scripts: the article (with its whole text where ``body``), and the way to it from the home page."""
    told = scene.story
    article = {
        "@context": "https://schema.org", "@type": "NewsArticle", "mainEntityOfPage": {"@type": "WebPage", "@id": scene.url},
        "headline": told.title, "description": told.subtitle, "datePublished": told.published.isoformat(),
        "dateModified": told.published.isoformat(), "inLanguage": told.language, "articleSection": scene.section_name,
        "author": [{"@type": "Person", "name": told.author}], "image": [f"{scene.image}-{w}.jpg" for w in (1200, 800, 400)],
        "publisher": {"@type": "Organization", "name": scene.paper_name, "logo": {"@type": "ImageObject", "url": f"https://{scene.host}/logo.png"}},
        "keywords": scene.tags, "isAccessibleForFree": True,
    }  # fmt: skip
    if body:
        article["articleBody"] = "\n\n".join(told.paragraphs)
    names = ((scene.words["home"], "/"), (scene.paper_name, scene.paper_path), (told.title, scene.path))
    crumbs = {
        "@context": "https://schema.org", "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": name, "item": f"https://{scene.host}{path}"}
            for at, (name, path) in enumerate(names, 1)
        ],
    }  # fmt: skip
    return "\n".join(
        f'<script type="application/ld+json">{json.dumps(one, ensure_ascii=False)}</script>'
        for one in (article, crumbs)
    )


def open_graph(scene: Scene, *, times: bool) -> str:
    """Some twenty meta elements; ``times`` adds when the article was published."""
    told, image = scene.story, f"{scene.image}-1200.jpg"
    named = {
        "description": told.subtitle, "author": told.author, "robots": "max-image-preview:large", "theme-color": "#0b2545",
        "viewport": "width=device-width, initial-scale=1", "twitter:card": "summary_large_image", "twitter:title": told.title,
        "twitter:description": told.subtitle, "twitter:image": image, "twitter:site": f"@journal{scene.paper}",
        "keywords": ", ".join(scene.tags), "generator": "Compositor 4", "format-detection": "telephone=no",
    }  # fmt: skip
    properties = {
        "og:title": told.title, "og:description": told.subtitle, "og:type": "article", "og:url": scene.url,
        "og:site_name": scene.paper_name, "og:image": image, "og:image:width": "1200", "og:image:height": "675",
        "og:locale": told.language, "fb:pages": f"1000{scene.paper}",
    }  # fmt: skip
    if times:
        properties |= {
            "article:published_time": told.published.isoformat(),
            "article:modified_time": told.published.isoformat(),
            "article:section": scene.section_name,
        }
    return "\n".join(
        f'<meta {kind}="{name}" content="{attribute(value)}" />'
        for kind, values in (("name", named), ("property", properties))
        for name, value in values.items()
    )


@lru_cache(maxsize=4096)
def script(seed: int, size: int) -> str:
    """About so many characters of JavaScript as sites have it in their pages: settings, loaders, advertisement slots."""
    chance, parts, length = Random(seed), [], 0
    while length < size:
        name, other = chance.choice(_NAMES), chance.choice(_NAMES)
        number = chance.randrange(10**6)
        parts.append(
            chance.choice((
                f"window.{name}=window.{name}||[];{name}.push({{id:{number},target:'#{other}-{number % 97}',lazy:!0}});",
                f"(function(d,s,i){{var e=d.getElementById(i);if(!e||e.dataset.{other})return;e.dataset.{other}={number};"
                f"s.load('/{name}/{number}.js')}})(document,window.{name},'{other}');",
                f"var {name}{number % 89}={{\"slot\":\"/{number}/{name}-{other}\",\"sizes\":[[300,250],[728,90]],"
                f"\"when\":\"{other}\"}};",
                f"document.addEventListener('{name}',function(e){{if(e.detail<{number % 500})"
                f"{{{other}.update(e.target,'{name}')}}}});",
            ))
        )  # fmt: skip
        length += len(parts[-1])
    return "\n".join(parts)


@lru_cache(maxsize=1024)
def style(seed: int, size: int) -> str:
    """About so many characters of style sheet."""
    chance, parts, length = Random(seed), [], 0
    while length < size:
        rules = ";".join(chance.sample(_PROPERTIES, chance.randint(2, 5)))
        parts.append(f".{chance.choice(_NAMES)}__{chance.choice(_NAMES)}-{chance.randrange(90)}{{{rules}}}")
        length += len(parts[-1])
    return "".join(parts)


@lru_cache(maxsize=1024)
def script_tags(seed: int, host: str, count: int) -> str:
    """Links to so many scripts that stand elsewhere."""
    chance = Random(seed)
    return "\n".join(
        f'<script async src="https://static.{host}/js/{chance.choice(_NAMES)}.{chance.randrange(16**8):08x}.js" '
        f'data-{chance.choice(_NAMES)}="{chance.randrange(999)}"></script>'
        for _ in range(count)
    )


def picture(scene: Scene, linked: Linked | None = None, css: str = "thumb") -> str:
    """A picture in several widths and two formats, as a content network serves it."""
    number = scene.story.number if linked is None else sum(linked.path.encode())
    at = f"https://media.{scene.host}/cdn/{number % 97:02x}/{number}/photo"
    formats = (
        ", ".join(f"{at}.{kind}?width={width}&amp;fit=crop&amp;auto=compress&amp;q=75 {width}w" for width in _WIDTHS)
        for kind in ("webp", "jpg")
    )
    sources = "".join(f'<source srcset="{one}" sizes="(max-width: 640px) 100vw, 320px" />' for one in formats)
    alt = attribute(scene.words["photo"] if linked is None else linked.title)
    tracked = (
        f"data-track='{{&quot;kind&quot;:&quot;{css}&quot;,&quot;id&quot;:{number},&quot;list&quot;:{scene.paper}}}'"
    )
    return f'<picture>{sources}<img class="{css}" src="{at}.jpg?width=320" loading="lazy" decoding="async" width="320" height="180" {tracked} alt="{alt}" /></picture>'


def hints(scene: Scene, count: int) -> str:
    """So many links of the head: fonts, style sheets, other languages, what to prepare."""
    kinds = ("preload", "stylesheet", "dns-prefetch", "preconnect", "alternate", "modulepreload")
    return "\n".join(
        f'<link rel="{kinds[at % 6]}" href="https://static{at % 4}.{scene.host}/build/{_NAMES[at % len(_NAMES)]}.{at * 7919:08x}.css" crossorigin="anonymous" id="{_NAMES[-at % len(_NAMES)]}-css" />'
        for at in range(count)
    )


def bands(scene: Scene, css: str, count: int, *, deep: int = 3) -> str:
    """Rows of teasers below the article, a section each, ``deep`` divs around every teaser: about so many in all."""
    count = count * Random(scene.paper).randint(1, 7) // 4  # newspapers differ
    linked = (*scene.most_read, *scene.ticker)
    before = "".join(f'<div class="{css}__layer {css}__layer--{at}" data-layer="{at}">' for at in range(deep))
    teasers = [
        f'{before}<a class="{css}__link" href="{one.path}">{picture(scene, one, css + "__img") if at % 2 else ""}<span class="{css}__title">{text(one.title)}</span></a><span class="{css}__day">{icon(at % 8)}{one.day}</span>{"</div>" * deep}'
        for at, one in enumerate((linked * (count // max(1, len(linked)) + 1))[:count])
    ]
    sections = scene.words["sections"]
    return "".join(
        f'<section class="{css}"><h3 class="{css}__name">{text(sections[at % len(sections)])}</h3>{"".join(teasers[at : at + 6])}</section>'
        for at in range(0, count, 6)
    )


@lru_cache(maxsize=64)
def icon(seed: int) -> str:
    """A small drawing inside the page."""
    chance = Random(seed)
    path = " ".join(
        f"{chance.choice('MLCQ')}{chance.uniform(0, 24):.2f} {chance.uniform(0, 24):.2f}" for _ in range(40)
    )
    return f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{path}z"></path></svg>'
