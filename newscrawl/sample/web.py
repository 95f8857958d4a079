"""The sample aggregator without a network: an address goes in, a status, headers and bytes come out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote_plus, urlsplit

from newscrawl.sample import listings
from newscrawl.sample.article_page import article_page
from newscrawl.sample.articles import MovedHeadline, SampleArticle, load_articles, load_moved_headlines
from newscrawl.sample.editions import EDITIONS, SECTIONS, Edition
from newscrawl.sample.feeds import feed
from newscrawl.sample.frame import Frame

__all__ = ["Answer", "SampleWeb"]

HTML, RSS, PLAIN = "text/html;charset=UTF-8", "application/rss+xml;charset=UTF-8", "text/plain;charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answers."""

    status: int
    content_type: str
    body: bytes
    location: str = ""
    """Where a redirect leads."""
    last_modified: datetime | None = None


@dataclass(slots=True)
class SampleWeb:
    """All pages of the sample aggregator. Nothing depends on the time of day or on what was asked before."""

    articles: Sequence[SampleArticle] = field(default_factory=load_articles)
    moved: Sequence[MovedHeadline] = field(default_factory=load_moved_headlines)
    moment: int = 0
    """Change it and every page shows another part of the ticker, as an hour later on a real site."""
    edited: dict[str, int] = field(default_factory=dict)
    """How often the article of a path was edited."""

    def edit(self, path: str, **changes: Any) -> None:
        """Change fields of the article at ``path``, as its editor would between two crawls; KeyError when unknown.

        ``changes`` are fields of :class:`newscrawl.sample.articles.SampleArticle`, for example ``title``.
        """
        if path not in {each.path for each in self.articles}:
            raise KeyError(path)
        self.articles = [replace(each, **changes) if each.path == path else each for each in self.articles]
        self.edited[path] = self.edited.get(path, 0) + 1

    def answer(self, target: str, base_url: str) -> Answer:
        """The answer to a GET of ``target`` (path, with or without query); ``base_url`` is what was asked before it."""
        path = urlsplit(target).path.rstrip("/")
        if path == "/robots.txt":
            return Answer(200, PLAIN, self._robots())
        article = next((each for each in self.articles if each.path == path), None)
        if article is not None:
            return self._article(article)
        moved = next((each for each in self.moved if each.path == path and each.moves_to), None)
        if moved is not None:
            return Answer(301, HTML, b"", location=base_url + moved.moves_to)
        author = path.removeprefix("/author/")
        if author != path:
            return self._author(path, unquote_plus(author))
        edition, rest = _edition_of(path)
        if rest == "rss" or rest.endswith("/rss"):
            return self._feed(edition, rest.removesuffix("rss").rstrip("/"), base_url)
        return self._listing(edition, path, rest)

    def _robots(self) -> bytes:
        forbidden = [each.path for each in self.articles if each.forbidden]
        return "\n".join(["User-agent: *", *(f"Disallow: {path}" for path in ["/faces/", *forbidden]), ""]).encode()

    def _article(self, article: SampleArticle) -> Answer:
        frame = self._frame(EDITIONS[article.newspaper.edition], article.path, article.section, "showarticle")
        return Answer(200, HTML, article_page(frame, article), last_modified=self._modified([article]))

    def _listing(self, edition: Edition, path: str, rest: str) -> Answer:
        own = [each for each in self.articles if each.newspaper.edition == edition.code]
        papers = {each.newspaper.slug: each.newspaper for each in own}
        in_sections = [each for each in own if "section" in each.places]
        listed: list[listings.Listed] = list(in_sections)
        listed += [each for each in self.moved if each.newspaper.edition == edition.code]
        frame = self._frame(edition, path or "/", rest if rest in SECTIONS else "")
        if not rest:
            body = listings.home_page(frame, listed)
        elif rest in SECTIONS:
            body = listings.section_page(frame, [each for each in listed if each.section == rest])
        elif rest in papers:
            own = [each for each in own if each.newspaper.slug == rest and "newspaper" in each.places]
            body = listings.newspaper_page(frame, papers[rest], papers.values(), own)
        elif rest == "about":
            body = listings.about_page(frame)
        else:
            return _NOT_FOUND
        return Answer(200, HTML, body, last_modified=self._modified(own))

    def _author(self, path: str, author: str) -> Answer:
        listed = [each for each in self.articles if each.author == author]
        if not listed:
            return _NOT_FOUND
        frame = self._frame(EDITIONS[listed[0].newspaper.edition], path)
        return Answer(200, HTML, listings.author_page(frame, author, listed), last_modified=self._modified(listed))

    def _feed(self, edition: Edition, slug: str, base_url: str) -> Answer:
        own = [each for each in self.articles if each.newspaper.edition == edition.code and "feed" in each.places]
        title = edition.site
        if slug:
            own = [each for each in own if each.newspaper.slug == slug]
            if not own:
                return _NOT_FOUND
            title = own[0].newspaper.name
        link = f"{edition.prefix}/{slug}" if slug else edition.prefix or "/"
        return Answer(200, RSS, feed(title, link, own, base_url), last_modified=self._modified(own))

    def _frame(self, edition: Edition, path: str, section: str = "", view: str = "shownewspaper") -> Frame:
        return Frame(edition, path, self.articles, self.moment, section, view)

    def _modified(self, articles: Iterable[SampleArticle]) -> datetime:
        """The newest publication, an hour later for every edit."""
        return max(
            (each.published_at + timedelta(hours=self.edited.get(each.path, 0)) for each in articles),
            default=datetime(2025, 1, 1, tzinfo=UTC),
        )


_NOT_FOUND = Answer(404, HTML, b"<html><head><title>404</title></head><body>404</body></html>\n")


def _edition_of(path: str) -> tuple[Edition, str]:
    """The edition an address belongs to, and the address inside it without its first slash."""
    for edition in EDITIONS.values():
        if edition.prefix and (path == edition.prefix or path.startswith(f"{edition.prefix}/")):
            return edition, path[len(edition.prefix) + 1 :]
    return EDITIONS["ar"], path[1:]
