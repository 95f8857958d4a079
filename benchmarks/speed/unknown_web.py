"""A site whose newspapers are printed by engines that no rules describe: pages of 60 to 150 KB, 105 KB in the mean.

The proportions are those of 93 news pages of that size, French, English and Spanish. Theirs and then ours, medians
(means): elements 668 (691) and 740 (790), links 108 (119) and 145 (145), ``li`` 59 (73) and 93 (71), ``div`` 122
(142) and 95 (144), ``span`` 36 (62) and 44 (67), meta 28 (31) and 24 (22), scripts 26 (31) and 17 (16), their share
of the bytes 19 % (24 %) and 20 % (21 %), styles' share 1 % (6 %) and 7 % (7 %), paragraphs of more than 80 characters
17 (20) and 13 (12; two engines of six have no ``p``), nesting 16 and 12 levels.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from random import Random

from benchmarks.speed.addresses import Answer, Numbers
from benchmarks.speed.layouts import LAYOUTS
from benchmarks.speed.scenes import Linked, Scene
from benchmarks.speed.texts import story, vocabulary
from newscrawl.sample.markup import attribute, text

__all__ = ["HOST", "UnknownWeb"]

HOST = "gazette-press.example"
TICKER = 30
MENU = 45
"""Newspapers that a menu lists."""
LATEST = 60
HTML, RSS = "text/html;charset=UTF-8", "application/rss+xml;charset=UTF-8"


class UnknownWeb:
    """See :class:`benchmarks.speed.addresses.Web`."""

    def __init__(self, count: int, *, first: int = 0, small: bool = False) -> None:
        self.numbers = Numbers(count, first)
        del small  # the known engine's pages are the small ones
        self._linked = lru_cache(maxsize=2000)(self._link)
        self._running = lru_cache(maxsize=8)(self._ticker)

    def article_path(self, number: int) -> str:
        told = story(number)
        return f"/journal-{self.numbers.paper_of(number)}/{told.published:%Y/%m}/{_slug(told.title)}-{number}.html"

    def article(self, number: int) -> bytes:
        paper = self.numbers.paper_of(number)
        return LAYOUTS[paper // 3 % len(LAYOUTS)](self._scene(number)).encode()

    def list_paths(self) -> Sequence[str]:
        papers = [path for n in range(self.numbers.papers) for path in (f"/journal-{n}", f"/journal-{n}/feed.xml")]
        return ["/robots.txt", "/", "/feed.xml", *papers]

    def answer(self, path: str) -> Answer | None:
        parts = path.strip("/").split("/")
        if path == "/robots.txt":
            return Answer(b"User-agent: *\nDisallow: /comment/\nDisallow: /s/\n", "text/plain")
        if path in {"/", "/feed.xml"}:
            newest = [number for paper in range(self.numbers.papers) for number in self.numbers.of_paper(paper)[:1]]
            return self._feed(newest[:LATEST]) if path != "/" else self._listing(newest)
        paper = _number(parts[0].removeprefix("journal-"))
        if paper is None or paper >= self.numbers.papers:
            return None
        if len(parts) == 4:
            number = _number(parts[3].removesuffix(".html").rpartition("-")[2])
            if number is None or number not in self.numbers.all or self.article_path(number) != path:
                return None
            return Answer(self.article(number), HTML)
        if len(parts) == 1:
            return self._listing(list(self.numbers.of_paper(paper)))
        return self._feed(list(self.numbers.of_paper(paper))[:LATEST]) if parts[1:] == ["feed.xml"] else None

    def _scene(self, number: int) -> Scene:
        paper, told = self.numbers.paper_of(number), story(number)
        read = self.numbers.of_paper(paper)[:13]  # the same on all pages of a newspaper
        return Scene(
            story=told,
            path=self.article_path(number),
            paper=paper,
            paper_name=_paper_name(paper),
            paper_path=f"/journal-{paper}",
            host=HOST,
            section=paper % 12,
            related=[self._linked(one) for one in self.numbers.after(number, Random(number).randint(3, 8))],
            most_read=[self._linked(one) for one in read if one != number],
            ticker=self._running(self.numbers.moment_of(number)),
            papers=[(f"/journal-{n}", _paper_name(n)) for n in range(min(self.numbers.papers, MENU))],
        )

    def _link(self, number: int) -> Linked:
        told = story(number)
        return Linked(self.article_path(number), told.title, told.subtitle, f"{told.published:%d/%m/%Y}")

    def _ticker(self, moment: int) -> list[Linked]:
        return [self._linked(number) for number in self.numbers.running(moment, TICKER)]

    def _listing(self, numbers: Sequence[int]) -> Answer:
        rows = "".join(
            f'<li class="item"><a class="item-link" href="{one.path}">{text(one.title)}</a> '
            f'<span class="item-day">{one.day}</span><p class="item-text">{text(one.subtitle)}</p></li>\n'
            for one in map(self._link, numbers)
        )
        papers = "".join(
            f'<a class="paper" href="/journal-{n}">{text(_paper_name(n))}</a>\n' for n in range(self.numbers.papers)
        )
        page = f"""<!doctype html><html><head><meta charset="utf-8"><title>Gazette</title></head>
<body><nav>{papers}</nav><ul class="items">{rows}</ul></body></html>"""
        return Answer(page.encode(), HTML)

    def _feed(self, numbers: Sequence[int]) -> Answer:
        items = "".join(
            f"<item><title>{text(told.title)}</title><link>https://{HOST}{self.article_path(number)}</link>"
            f"<description>{text(told.subtitle)}</description>"
            f"<pubDate>{told.published:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>\n"
            for number in numbers
            for told in [story(number)]
        )
        channel = f"<channel><title>Gazette</title>\n{items}</channel>"
        return Answer(f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode(), RSS)


def _paper_name(paper: int) -> str:
    towns = vocabulary(story(paper).language)["town"]
    return f"Gazette {attribute(towns[paper // 3 % len(towns)])} {paper}"


def _slug(title: str) -> str:
    words = "".join(one if one.isascii() and one.isalnum() else " " for one in title.lower()).split()
    return "-".join(words[:8]) or "a"


def _number(written: str) -> int | None:
    return int(written) if written.isdecimal() else None
