"""Like the oldest engines that still run: tables in tables, font and br, no metadata but a title and a description."""

from __future__ import annotations

from benchmarks.speed.pieces import script, text
from benchmarks.speed.scenes import Linked, Scene
from newscrawl.sample.markup import attribute

__all__ = ["page"]


def page(scene: Scene) -> str:
    """The whole document."""
    told, words = scene.story, scene.words
    body = "<br><br>\n".join(text(one) for one in told.paragraphs)
    return f"""<html>
<head>
<title>{text(told.title)} : {text(scene.paper_name)}</title>
<meta http-equiv="content-type" content="text/html; charset=utf-8">
<meta name="description" content="{attribute(told.subtitle)}">
<meta name="keywords" content="{attribute(", ".join(scene.tags))}">
<script language="JavaScript">
<!--
{script(scene.paper, 14_000)}
//-->
</script>
</head>
<body bgcolor="#FFFFFF" text="#000000" link="#003399" vlink="#003399" topmargin="0" leftmargin="0" onload="demarre()">
<table width="1000" border="0" cellspacing="0" cellpadding="0" align="center">
<tr><td colspan="3" height="90" bgcolor="#EFEFEF"><table width="100%"><tr><td><a href="/"><img src="/images/titre.gif" border="0" alt="{attribute(scene.paper_name)}"></a></td><td align="right"><font size="1">{_bar(scene)}</font></td></tr></table></td></tr>
<tr><td colspan="3" bgcolor="#990000"><marquee scrollamount="3">{_ticker(scene)}</marquee></td></tr>
<tr>
<td width="180" valign="top" bgcolor="#F7F7F7">{_left(scene)}</td>
<td width="600" valign="top"><table width="100%" cellpadding="8"><tr><td>
<font face="Verdana" size="1" color="#666666"><a href="{scene.paper_path}">{text(scene.paper_name)}</a> - {text(scene.section_name)} - {scene.day}</font><br>
<font face="Georgia" size="5"><b>{text(told.title)}</b></font><br>
<font face="Verdana" size="2" color="#990000"><i>{text(told.subtitle)}</i></font><br><br>
<table align="left" width="220" cellpadding="4"><tr><td><img src="{scene.image}.jpg" width="210" height="140" border="1"></td></tr><tr><td><font size="1">{words["photo"]}</font></td></tr></table>
<font face="Georgia" size="3">
{body}
</font>
<br><br><div align="right"><font face="Verdana" size="2"><b>{text(told.author)}</b></font></div>
<hr noshade size="1">
<font size="1"><a href="mailto:redaction@{scene.host}">{words["contact"]}</a> | <a href="print.php?id={told.number}">{words["share"]}</a></font>
</td></tr></table>
{_comments(scene)}
{_others(scene)}
</td>
<td width="220" valign="top">{_right(scene)}</td>
</tr>
<tr><td colspan="3" align="center" bgcolor="#EFEFEF"><font size="1">{_bar(scene)}<br>{words["legal"]}</font></td></tr>
</table>
<script language="JavaScript">{script(scene.story.number % 60 + 700, 6_000)}</script>
</body>
</html>
"""


def _bar(scene: Scene) -> str:
    return " | ".join(f'<a href="/s/{at}">{text(name)}</a>' for at, name in enumerate(scene.words["sections"]))


def _ticker(scene: Scene) -> str:
    return "&nbsp;&nbsp;***&nbsp;&nbsp;".join(
        f'<a href="{one.path}"><font color="#FFFFFF"><b>{text(one.title)}</b></font></a>' for one in scene.ticker[:30]
    )


def _left(scene: Scene) -> str:
    rows = "".join(
        f'<tr><td width="12"><img src="/images/puce.gif" width="6" height="6"></td><td onmouseover="this.bgColor=\'#DDDDDD\'" onmouseout="this.bgColor=\'#F7F7F7\'"><font face="Verdana" size="1"><a class="paper" href="{path}">{text(name)}</a></font></td></tr>\n'
        for path, name in scene.papers
    )
    return f'<table width="100%" cellspacing="1" cellpadding="2">{rows}</table>'


def _row(one: Linked) -> str:
    return f"""<tr><td valign="top"><img src="{one.path}.thumb.gif" width="60" height="45" border="0" align="left" hspace="4"><font face="Verdana" size="1"><font color="#666666">{one.day}</font><br><a href="{one.path}"><b>{text(one.title)}</b></a><br>{text(one.subtitle)}</font></td></tr>
<tr><td height="1" bgcolor="#CCCCCC"><img src="/images/spacer.gif" width="1" height="1"></td></tr>
"""


def _right(scene: Scene) -> str:
    title = scene.words["most_read"]
    rows = "".join(map(_row, (*scene.most_read, *scene.ticker)))
    return f'<table width="100%" cellpadding="3"><tr><td bgcolor="#003399"><font color="#FFFFFF" size="2"><b>{title}</b></font></td></tr>\n{rows}</table>'


def _others(scene: Scene) -> str:
    rows = "".join(map(_row, scene.related))
    return f'<table width="100%" cellpadding="6"><tr><td><font size="3"><b>{scene.words["related"]}</b></font></td></tr>\n{rows}</table>'


def _comments(scene: Scene) -> str:
    rows = "".join(
        f'<tr><td bgcolor="#F2F2F2"><font face="Verdana" size="1"><b>{text(name)}</b> (+{days})</font></td></tr><tr><td><font face="Verdana" size="1">{text(said)}</font></td></tr>\n'
        for name, said, days in scene.comments(40)
    )
    return f'<table width="100%" cellpadding="4">{rows}</table>'
