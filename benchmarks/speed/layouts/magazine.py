"""Like a magazine's HTML 5: sections and figures, microdata instead of JSON-LD, a long menu, boxes between paragraphs."""

from __future__ import annotations

from benchmarks.speed.pieces import bands, hints, icon, open_graph, picture, script, script_tags, style, text
from benchmarks.speed.scenes import Linked, Scene

__all__ = ["page"]


def page(scene: Scene) -> str:
    """The whole document."""
    told, words = scene.story, scene.words
    return f"""<!doctype html>
<html lang="{told.language}" itemscope itemtype="https://schema.org/WebPage">
<head>
<meta charset="utf-8">
<title>{text(told.title)} – {text(scene.paper_name)}</title>
{open_graph(scene, times=scene.paper % 2 == 0)}
<link rel="preload" href="/fonts/serif.woff2" as="font" crossorigin>
{hints(scene, 16)}
<style>{style(scene.paper, 7_000)}</style>
<script>{script(scene.paper, 8_000)}</script>
{script_tags(scene.paper, scene.host, 10)}
</head>
<body class="article theme-{scene.section}">
<header class="top"><div class="top__bar"><a class="top__logo" href="/">{icon(30)}<span>{text(scene.paper_name)}</span></a><form class="top__search" role="search"><input type="search" placeholder="{words["search"]}"><button type="submit">{icon(31)}</button></form><a class="top__cta" href="/sub">{words["subscribe"]}</a></div>
<nav class="nav"><ul class="nav__list">{_menu(scene)}</ul></nav></header>
<main>
<article class="story" itemscope itemtype="https://schema.org/NewsArticle">
<header class="story__header"><p class="story__kicker"><a href="/s/{scene.section}">{text(scene.section_name)}</a></p>
<h1 class="story__title" itemprop="headline">{text(told.title)}</h1>
<p class="story__lead" itemprop="description">{text(told.subtitle)}</p>
<p class="story__byline">{words["by"]} <a itemprop="author" rel="author" href="/a/{told.number // 7}">{text(told.author)}</a></p>
<p class="story__date">{words["published"]} <span itemprop="datePublished" content="{told.published.isoformat()}">{scene.day}, {told.published:%H:%M}</span></p>
<ul class="story__share">{_share(scene)}</ul></header>
<figure class="story__image" itemprop="image">{picture(scene, css="story__img")}<figcaption>{words["photo"]} <small>© {text(scene.paper_name)}</small></figcaption></figure>
<section class="story__body" itemprop="articleBody">
{_body(scene)}
</section>
<footer class="story__footer"><h2>{words["tags"]}</h2><ul>{"".join(f'<li><a href="/t/{at}">{text(one)}</a></li>' for at, one in enumerate(scene.tags))}</ul></footer>
</article>
<section class="more"><h2 class="more__title">{words["related"]}</h2><div class="more__grid">{"".join(_card(scene, one) for one in scene.related)}</div></section>
<section class="discussion"><h2>{words["comments"]}</h2>{_comments(scene)}</section>
{bands(scene, "shelf", 18, deep=4)}
</main>
<aside class="rail"><section class="rail__box"><h2>{words["most_read"]}</h2><ol>{"".join(f'<li><a href="{one.path}">{text(one.title)}</a></li>' for one in scene.most_read)}</ol></section><section class="rail__box"><h2>{words["newsletter"]}</h2><form><input type="email"><button>{words["subscribe"]}</button></form></section></aside>
<footer class="bottom"><nav><ul>{_menu(scene)}</ul></nav><p class="bottom__legal">{words["legal"]} · {words["contact"]} · {words["about"]}</p></footer>
<dialog class="consent"><p>{words["cookies"]}</p><button>{words["accept"]}</button></dialog>
<script type="module">{script(told.number % 30 + 1500, 12_000)}</script>
</body>
</html>
"""


def _body(scene: Scene) -> str:
    parts = []
    for at, one in enumerate(scene.story.paragraphs):
        parts.append(f'<p class="story__p">{text(one)}</p>')
        if at % 6 == 2:
            parts.append(
                f'<div class="ad ad--inline" data-slot="{at}"><span class="ad__label"></span><script>{script(at + 60, 420)}</script></div>'
            )
        if at == 4 and len(scene.related) > 1:
            box = scene.related[1]
            parts.append(
                f'<aside class="story__box"><h3>{scene.words["related"]}</h3><a href="{box.path}">{picture(scene, box)}<span>{text(box.title)}</span></a></aside>'
            )
        if at == 7:
            parts.append(f'<h2 class="story__h2">{text(scene.tags[0].capitalize())}</h2>')
    return "\n".join(parts)


def _menu(scene: Scene) -> str:
    sections = "".join(
        f'<li class="nav__item"><a class="nav__link" href="/s/{at}">{text(name)}</a></li>'
        for at, name in enumerate(scene.words["sections"])
    )
    papers = "".join(
        f'<li class="nav__item nav__item--paper"><a class="nav__link paper" href="{path}">{text(name)}</a></li>'
        for path, name in scene.papers[:40]
    )
    return sections + papers


def _share(scene: Scene) -> str:
    return "".join(
        f'<li><button type="button" data-share="{name}" aria-label="{scene.words["share"]} {name}">{icon(at)}</button></li>'
        for at, name in enumerate(("facebook", "x", "whatsapp", "telegram", "link"))
    )


def _card(scene: Scene, one: Linked) -> str:
    return f'<article class="card"><a class="card__link" href="{one.path}">{picture(scene, one, "card__img")}<h3 class="card__title">{text(one.title)}</h3></a><p class="card__text">{text(one.subtitle)}</p><p class="card__date">{one.day}</p></article>'


def _comments(scene: Scene) -> str:
    return "".join(
        f'<article class="remark"><header><strong>{text(name)}</strong> <span>+{days}</span></header><p>{text(said)}</p><footer><button>{scene.words["reply"]}</button>{icon(33)}</footer></article>'
        for name, said, days in scene.comments(20)
    )
