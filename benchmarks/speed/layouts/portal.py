"""Like a portal of the 2000s: everything is a div, columns by class, no JSON-LD, no h1, a date in words alone."""

from __future__ import annotations

from benchmarks.speed.pieces import bands, hints, open_graph, picture, script, script_tags, text
from benchmarks.speed.scenes import Scene

__all__ = ["page"]


def page(scene: Scene) -> str:
    """The whole document."""
    told, words = scene.story, scene.words
    body = "".join(f'<div class="txt">{text(one)}</div>\n' for one in told.paragraphs)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{text(scene.paper_name)} | {text(scene.section_name)} | {text(told.title)}</title>
{open_graph(scene, times=False)}
<link rel="stylesheet" href="/css/all.css?v=31" type="text/css" />
{hints(scene, 12)}
<script type="text/javascript">{script(scene.paper, 12_000)}</script>
{script_tags(scene.paper, scene.host, 12)}
</head>
<body id="page_article">
<div id="fb-root"></div>
<div id="conteneur">
<div id="haut"><div class="logo"><a href="/" title="{text(scene.paper_name)}"><img src="/img/logo.gif" alt="" /></a></div><div class="pub728">{_slot(1)}</div></div>
<div id="menu">{_menu(scene)}</div>
<div id="fil"><div class="fil_titre">{words["live"]}</div><div class="fil_defile">{_ticker(scene)}</div></div>
<div id="colonnes">
<div id="col_gauche">{_boxes(scene)}</div>
<div id="col_centre">
<div class="chemin"><a href="/">{words["home"]}</a> &gt; <a href="{scene.paper_path}">{text(scene.paper_name)}</a> &gt; <a href="/s/{scene.section}">{text(scene.section_name)}</a></div>
<div class="art_titre">{text(told.title)}</div>
<div class="art_infos"><span class="art_date">{words["published"]} {scene.day}</span> <span class="art_aut">{words["by"]} {text(told.author)}</span>
<div class="outils"><a href="javascript:void(0)" onclick="taille(1)">A+</a> <a href="javascript:void(0)" onclick="taille(-1)">A-</a> <a href="?print=1">PDF</a></div></div>
<div class="art_image">{picture(scene, css="grande")}<div class="legende">{words["photo"]}</div></div>
<div class="art_chapo">{text(told.subtitle)}</div>
<div class="art_texte" id="texte_article">
{body}</div>
<div class="pub300">{_slot(2)}</div>
<div class="partage">{_share(scene)}</div>
<div class="bloc_lies"><div class="bloc_titre">{words["related"]}</div>{_linked(scene)}</div>
<div class="bloc_com"><div class="bloc_titre">{words["comments"]}</div>{_comments(scene)}</div>
</div>
<div id="col_droite">{_right(scene)}</div>
</div>
<div class="rubriques">{bands(scene, "rub", 24, deep=5)}</div>
<div id="bas">{_footer(scene)}</div>
</div>
<script type="text/javascript">{script(scene.story.number % 40 + 400, 10_000)}</script>
</body>
</html>
"""


def _slot(number: int) -> str:
    return f'<div id="pave{number}"><script type="text/javascript">{script(number + 900, 700)}</script></div>'


def _menu(scene: Scene) -> str:
    sections = "".join(
        f'<div class="menu_item" id="m{at}"><a href="/s/{at}" onmouseover="deroule({at})"><span>{text(name)}</span></a></div>'
        for at, name in enumerate(scene.words["sections"])
    )
    papers = "".join(
        f'<div class="smenu"><a class="paper" href="{path}">{text(name)}</a></div>' for path, name in scene.papers
    )
    return f'{sections}<div class="menu_item derniers">{papers}</div>'


def _ticker(scene: Scene) -> str:
    return " ".join(
        f'<span class="dep"><span class="heure">{one.day}</span> <a href="{one.path}">{text(one.title)}</a></span>'
        for one in scene.ticker[:25]
    )


def _boxes(scene: Scene) -> str:
    return "".join(
        f'<div class="bloc"><div class="bloc_titre">{text(name)}</div>'
        + "".join(
            f'<div class="bloc_art"><div class="vign">{picture(scene, one)}</div><a href="{one.path}">{text(one.title)}</a></div>'
            for one in scene.most_read[at * 3 : at * 3 + 3]
        )
        + "</div>"
        for at, name in enumerate(scene.words["sections"][:4])
    )


def _share(scene: Scene) -> str:
    return "".join(
        f'<div class="btn"><a href="https://share.example/{name}?u={scene.url}" target="_blank"><img src="/img/{name}.png" alt="{name}" /></a></div>'
        for name in ("facebook", "x", "whatsapp", "mail")
    )


def _linked(scene: Scene) -> str:
    return "".join(
        f'<div class="lie"><div class="lie_date">{one.day}</div><div class="lie_titre"><a href="{one.path}">{text(one.title)}</a></div><div class="lie_txt">{text(one.subtitle)}</div></div>'
        for one in scene.related
    )


def _comments(scene: Scene) -> str:
    return "".join(
        f'<div class="com" id="c{at}"><div class="com_tete"><span class="com_nom">{text(name)}</span> <span class="com_date">+{days} j</span></div><div class="com_txt">{text(said)}</div><div class="com_votes"><a href="#c{at}" onclick="vote({at},1)">+{days}</a> <a href="#c{at}">{scene.words["reply"]}</a></div></div>'
        for at, (name, said, days) in enumerate(scene.comments(30))
    )


def _right(scene: Scene) -> str:
    listed = "".join(
        f'<div class="plus_lu"><div class="num">{at}</div><div class="plus_titre"><a href="{one.path}">{text(one.title)}</a></div></div>'
        for at, one in enumerate(scene.most_read[:10], 1)
    )
    return f'<div class="bloc"><div class="bloc_titre">{scene.words["most_read"]}</div>{listed}</div>{_slot(3)}<div class="bloc nl"><div>{scene.words["newsletter"]}</div><form action="/nl"><input name="m" /></form></div>'


def _footer(scene: Scene) -> str:
    links = "".join(
        f'<div class="bas_col"><a href="/s/{at}">{text(name)}</a></div>'
        for at, name in enumerate(scene.words["sections"])
    )
    return f"{links}<div>{scene.words['legal']} - {scene.words['contact']}</div>"
