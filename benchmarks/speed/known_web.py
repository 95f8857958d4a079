"""A site in the -ress engine's mark-up: pages of 60 to 100 KB, as many as are wanted.

The mark-up is that of :mod:`newscrawl.sample`. A national site's page is large for its menu of some 150 to 200
entries (newspapers; here authors fill it up where there are fewer), its ticker of 50 headlines and JSF's long class
names; the text is 2 to 9 KB of it. A real article's page, trimmed, has 193 elements in 16 KB: one in 85 bytes; these
have 1,030 in 78 KB (mean). Three articles of four have a related box. ``small`` leaves most of it out,
for runs where the number of pages counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from random import Random

from benchmarks.speed.addresses import Answer, Numbers
from benchmarks.speed.texts import story
from newscrawl.sample.article_page import article_page
from newscrawl.sample.articles import Newspaper, SampleArticle
from newscrawl.sample.editions import EDITIONS, PUBLIC_HOST, SECTIONS, Edition
from newscrawl.sample.feeds import feed
from newscrawl.sample.frame import Frame
from newscrawl.sample.listings import home_page, newspaper_page, section_page

__all__ = ["KnownWeb"]

EDITION_OF = {"fr": "fr", "es": "fr", "en": "en"}
FIRST_ID = 7_000_000
MENU = {"fr": 300, "en": 220}
"""Entries of the menu, by edition."""
TICKER = 50
LATEST = 60
"""Items of an edition's feed."""
HTML, RSS = "text/html;charset=UTF-8", "application/rss+xml;charset=UTF-8"
PUBLIC = f"https://{PUBLIC_HOST}"


class KnownWeb:
    """See :class:`benchmarks.speed.addresses.Web`."""

    def __init__(self, count: int, *, first: int = 0, small: bool = False) -> None:
        self.numbers = Numbers(count, first)
        self.small = small
        self._papers = [_newspaper(paper) for paper in range(self.numbers.papers)]
        self._slugs = {paper.slug: number for number, paper in enumerate(self._papers)}
        self._of_moment = lru_cache(maxsize=8)(self._ticker_of)
        self._of_menu = lru_cache(maxsize=8)(self._menu_of)

    def article_path(self, number: int) -> str:
        return f"{self._papers[self.numbers.paper_of(number)].path}/{FIRST_ID + number}"

    def article(self, number: int) -> bytes:
        article = self._article(number, whole=True)
        frame = self._frame(EDITIONS[article.newspaper.edition], article.path, number, article.section)
        return article_page(frame, article)

    def list_paths(self) -> Sequence[str]:
        own = [path for code in MENU for path in (f"/{code}", f"/{code}/rss")]
        sections = [f"/{code}/{section}" for code in MENU for section in SECTIONS]
        papers = [path for paper in self._papers for path in (paper.path, f"{paper.path}/rss")]
        return ["/robots.txt", *own, *sections, *papers]

    def answer(self, path: str) -> Answer | None:
        if path == "/robots.txt":
            return Answer(b"User-agent: *\nDisallow: /faces/\nDisallow: /author/\n", "text/plain")
        parts = path.strip("/").split("/")
        if len(parts) == 3 and parts[2].isdigit():
            number = int(parts[2]) - FIRST_ID
            known = number in self.numbers.all and self.article_path(number) == path
            return Answer(self.article(number), HTML) if known else None
        if parts[0] not in MENU or len(parts) > 3 or (len(parts) == 3 and parts[2] != "rss"):
            return None
        edition, rest = EDITIONS[parts[0]], parts[1] if len(parts) > 1 else ""
        if parts[-1] == "rss":
            return self._feed(edition, rest if len(parts) == 3 else "")
        return self._listing(edition, path, rest)

    def _listing(self, edition: Edition, path: str, rest: str) -> Answer | None:
        frame = self._frame(edition, path, self.numbers.first, rest if rest in SECTIONS else "")
        if not rest:
            return Answer(home_page(frame, self._newest(edition)[:LATEST]), HTML)
        if rest in SECTIONS:
            own = [each for each in self._newest(edition) if each.section == rest]
            return Answer(section_page(frame, own), HTML)
        if rest not in self._slugs or self._papers[self._slugs[rest]].edition != edition.code:
            return None
        paper = self._papers[self._slugs[rest]]
        listed = [self._article(number) for number in self.numbers.of_paper(self._slugs[rest])]
        papers = [each for each in self._papers if each.edition == edition.code][: MENU[edition.code]]
        return Answer(newspaper_page(frame, paper, papers, listed), HTML)

    def _feed(self, edition: Edition, slug: str) -> Answer | None:
        if not slug:
            return Answer(feed(edition.site, edition.prefix, self._newest(edition)[:LATEST], PUBLIC), RSS)
        if slug not in self._slugs or self._papers[self._slugs[slug]].edition != edition.code:
            return None
        paper = self._papers[self._slugs[slug]]
        listed = [self._article(number) for number in self.numbers.of_paper(self._slugs[slug])[:LATEST]]
        return Answer(feed(paper.name, paper.path, listed, PUBLIC), RSS)

    def _newest(self, edition: Edition) -> list[SampleArticle]:
        """One article of each newspaper of an edition."""
        firsts = [self.numbers.of_paper(n)[:1] for n, paper in enumerate(self._papers) if paper.edition == edition.code]
        return [self._article(number) for each in firsts for number in each]

    def _frame(self, edition: Edition, path: str, number: int, section: str) -> Frame:
        papers, authors = self._of_menu(edition.code)
        moment = self._of_moment(self.numbers.moment_of(number))
        neighbours = [self._article(one) for one in self.numbers.after(number, 4)] if number % 4 else []
        return Frame(
            edition, path, (*papers, *moment, *neighbours), 0, section, "showarticle",
            ticker_length=len(moment), authors=authors, indexed=self.numbers.count,
        )  # fmt: skip

    def _menu_of(self, code: str) -> tuple[list[SampleArticle], list[str]]:
        """An article (that no box shows) of each newspaper in the menu, and the authors that follow them."""
        wanted = 4 if self.small else MENU[code]
        papers = [paper for paper in self._papers if paper.edition == code][:wanted]
        language = {"fr": 0, "en": 1}[code]
        authors = dict.fromkeys(story(21 * n + language).author for n in range(wanted * 3))
        return [_placeless(paper) for paper in papers], list(authors)[: wanted - len(papers)]

    def _ticker_of(self, moment: int) -> list[SampleArticle]:
        running = self.numbers.running(moment, 5 if self.small else TICKER)
        return [replace(self._article(number), places=frozenset({"ticker"})) for number in running]

    def _article(self, number: int, *, whole: bool = False) -> SampleArticle:
        """An article as lists name it, or ``whole`` with its text."""
        told, paper = story(number), self.numbers.paper_of(number)
        return SampleArticle(
            newspaper=self._papers[paper],
            id=FIRST_ID + number,
            title=told.title,
            subtitle=told.subtitle if number % 2 else "",
            author=told.author if number % 5 else "",
            byline="",
            language=told.language,
            section=SECTIONS[paper % len(SECTIONS)],
            day=told.published.date(),
            source=f"{told.published:%Y/%m}/{number}",
            places=frozenset({"section", "newspaper", "feed"}),
            blocks=self._blocks(number) if whole else (told.subtitle,),
        )

    def _blocks(self, number: int) -> tuple[str, ...]:
        told = story(number)
        if not told.paragraphs or number % 6:
            return told.paragraphs[:4] if self.small else told.paragraphs
        also = {"fr": "Lire aussi |", "en": "Read also |", "es": "Lea también |"}[told.language]
        middle = len(told.paragraphs) // 2
        return (*told.paragraphs[:middle], f"{also} {story(number + 6).title}", *told.paragraphs[middle:])


def _newspaper(paper: int) -> Newspaper:
    language = story(paper).language
    chance = Random(paper)
    kinds = {"fr": ("Le Courrier", "La Tribune", "L'Écho", "Le Matin", "La Dépêche"),
             "en": ("The Courier", "The Tribune", "Evening Echo", "Morning Post", "The Dispatch"),
             "es": ("El Correo", "La Tribuna", "El Eco", "La Mañana", "El Despacho")}  # fmt: skip
    kind = chance.choice(kinds[language])
    return Newspaper(f"journal{paper}", f"{kind} {paper}", language, EDITION_OF[language], f"journal{paper}.example")


def _placeless(paper: Newspaper) -> SampleArticle:
    return SampleArticle(paper, 0, "", "", "", "", "", SECTIONS[0], story(0).published.date(), "", frozenset(), ())
