"""Feeds, listings, sitemaps and tickers become headlines, and headlines become pages."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from scrapy.http import Response, TextResponse

from newscrawl.fetching.addresses import SiteAddress, read_base_url
from newscrawl.fetching.conditional import NOT_MODIFIED
from newscrawl.fetching.identity import KIND, POLL
from newscrawl.frontier.known import KnownUrls
from newscrawl.lists.feeds import RawHeadline, parse_feed
from newscrawl.lists.listings import named_values, read_teasers, read_ticker
from newscrawl.lists.sitemaps import parse_sitemap
from newscrawl.page_spider import PageSpider, Yielded, asked_url
from newscrawl.site_declaration import SiteDeclaration, path_of
from newscrawl.spider_arguments import read_count, read_day, read_names
from pipelines.item_pipeline import ItemPipeline
from pipelines.items import Headline, Names, Outcome, SeenIn
from pipelines.ticker import Ticker, TickerLinks
from pipelines.urls import is_web_url, url_key
from pipelines.visible_text import absolute

__all__ = ["AggregatorSpider"]

START_PRIORITY = 10
"""What a crawl begins with comes before the articles, and these before the newspapers they name."""
NEWSPAPER_PRIORITY = -10

PART = 200
"""What is noted and followed in one go: a listing's or a feed's headlines and their requests."""


class AggregatorSpider(SiteDeclaration, PageSpider):
    """Follows every article that a site's feeds, listings, sitemaps and tickers name, once, and ends by itself.

    Arguments (``-a name=value``): ``editions`` (names, by comma: where the crawl begins; articles of others that
    these name are followed too), ``newspapers`` (only the listings, feeds and articles of these; ``none`` leaves out
    the newspapers' own listings and feeds), ``max_pages`` (at most so many articles that are not known), ``base_url``
    (a mirror that answers in place of the site's hosts), ``since`` (a day: articles that a feed or a listing dates
    before it are passed over; one that it does not date is fetched).
    """

    run_kind = "crawl"
    argument_names = ("editions", "newspapers", "max_pages", "since", "base_url")

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        self.site = self.name
        self.max_pages = read_count("max_pages", arguments.get("max_pages"))
        base_url = arguments.get("base_url")
        self.address = SiteAddress(self.hosts, read_base_url(str(base_url)) if base_url is not None else "")
        self.chosen_editions = read_names("editions", arguments.get("editions")) or list(self.editions)
        newspapers = read_names("newspapers", arguments.get("newspapers"))
        self.newspapers = frozenset(newspapers) - {"none"}
        """The newspapers that were chosen; empty for all."""
        self.reads_newspapers = not newspapers
        """Whether the newspapers that pages name are listed too."""
        self.newspapers_met: set[str] = set()
        """Names of the newspapers whose listings were asked for because a page named them."""
        self._met: set[str] = set()
        """Links of tickers that were followed."""
        self._ticker: TickerLinks = ()
        """Of the last page that was read: mostly the same object, out of one message."""
        self.values_met: dict[str, set[str]] = {}
        """By an edition's path what its pages named newspapers by, each looked at once."""
        self._menus: dict[str, Iterable[str]] = {}
        """By an edition's path what its last page named: mostly the same object, out of one message."""
        self._reading_says_all = self.newspaper_names() is not None and bool(self.rules.ticker or self.newspaper_values)
        """Whether a page's reading includes all that is followed; where nothing is, nothing is parsed anyway."""
        self.pages_left = self.max_pages
        self.since = read_day("since", arguments.get("since"))
        self.known: KnownUrls | None = None
        self.selection = f"editions={','.join(self.chosen_editions)} newspapers={','.join(sorted(newspapers))}"

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, Any]) -> None:
        """As for pages; also what the site itself does not have."""
        super().check_arguments(arguments)
        read_count("max_pages", arguments.get("max_pages"))
        read_day("since", arguments.get("since"))
        cls.check_site_arguments(arguments)

    def start_addresses(self) -> Iterable[str]:
        """The addresses of the feeds, listings and sitemaps that the crawl begins with."""
        return [url for _, url in self._starts()]

    def given_by_hand(self) -> Iterable[str]:
        """The mirror, where there is one."""
        return [self.address.base_url] if self.address.base_url else []

    async def start(self) -> AsyncIterator[Any]:
        """One request for every feed, listing and sitemap of the chosen editions, or of the chosen newspapers."""
        for kind, url in self._starts():
            only_due = self.settings.getbool("NEWSCRAWL_ONLY_DUE")
            for one in self.ask(url, kind, priority=START_PRIORITY, **{POLL: only_due}):
                yield one

    def _starts(self) -> Iterable[tuple[str, str]]:
        if not self.newspapers:
            return self.starts_of(self.address, self.chosen_editions)
        named = (self.newspaper_addresses(self.address, one, self.chosen_editions) for one in sorted(self.newspapers))
        return (start for urls in named for url in urls for start in self.newspaper_starts(self.address, url))

    def read_feed(self, response: Response) -> Iterator[Yielded]:
        """A feed: its items as headlines, and their articles."""
        yield from self._read(response, "feed", parse_feed)

    def read_sitemap(self, response: Response) -> Iterator[Yielded]:
        """A sitemap: its pages as headlines, and their articles; also the sitemaps of an index, one level deep."""
        found = parse_sitemap(response.body) if response.status == 200 else None
        for child in found.children if found else ():
            yield from self.ask(self._link(response.url, child), "child_sitemap")
        yield from self.read_child_sitemap(response)

    def read_child_sitemap(self, response: Response) -> Iterator[Yielded]:
        """A sitemap that an index named."""
        yield from self._read(response, "sitemap", lambda body: found.items if (found := parse_sitemap(body)) else None)

    def read_listing(self, response: Response) -> Iterator[Yielded]:
        """A listing page: its teasers and its ticker as headlines, their articles, and the newspapers it names."""
        if not isinstance(response, TextResponse) or self.teaser is None:
            yield from self._read(response, "listing", lambda body: None)
            return
        teasers = read_teasers(response, self.teaser)
        yield from self._read(response, "listing", lambda body: self._articles(response, teasers))
        if response.status == 200:
            ticker = self._articles(response, read_ticker(response, self.rules.ticker))
            yield from self._headlines(response, "ticker", ticker)
            yield from self._newspapers_named(response.url, self._values(response))

    def read(self, response: Response) -> Iterable[Yielded] | AsyncIterator[Yielded]:
        """As for pages; what a run keeps or reads anyway goes to it directly, and is not parsed here once more."""
        pipeline = self.crawler.get_item_pipeline(ItemPipeline) if hasattr(self, "crawler") else None
        if pipeline is None or pipeline.run is None:
            return super().read(response)
        if response.meta[KIND] == "article" and response.status == 200 and self._reading_says_all:
            return self._with_reading(response, pipeline)
        return self._noted(response, pipeline)

    async def _noted(self, response: Response, pipeline: ItemPipeline) -> AsyncIterator[Yielded]:
        for part in _parts(getattr(self, f"read_{response.meta[KIND]}")(response)):
            noted = pipeline.note([one for one in part if isinstance(one, Headline)])
            for one in part:
                if not isinstance(one, Headline):
                    yield one
            await noted

    def names_of_site(self) -> dict[str, Names]:
        """For the run's :class:`~pipelines.extraction_pool.Rulebook`: what its readings are to say of our pages."""
        names = self.newspaper_names() if self.reads_newspapers else None
        return {self.site: names} if names and names != self.rules.names else {}

    def read_article(self, response: Response) -> Iterator[Yielded]:
        """The page; also the articles of its ticker (their headlines are read with the page) and its newspapers."""
        yield from super().read_article(response)
        yield from self._named_in(response)

    async def _with_reading(self, response: Response, pipeline: ItemPipeline) -> AsyncIterator[Yielded]:
        """The same, by what the run has read out of the page; by the page itself where that says nothing."""
        page = self.page_of(response)
        reading = pipeline.reading_of(page, response)
        yield page
        found = await reading
        if found is None or (self.rules.ticker and not found.headlines) or not (found.article or found.names):
            for one in self._named_in(response):
                yield one
            return
        ticker = found.headlines.links if isinstance(found.headlines, Ticker) else ()
        new = [url for url, *_ in ticker if url not in self._met] if ticker is not self._ticker else []
        self._ticker = ticker
        self._met.update(new)  # one ticker is on every page of its hour
        for url in new:
            for one in self._follow_ticker(url):
                yield one
        for one in self._newspapers_named(response.url, found.names):
            yield one

    def _named_in(self, response: Response) -> Iterator[Yielded]:
        if isinstance(response, TextResponse):
            for one in read_ticker(response, self.rules.ticker):
                yield from self._follow_ticker(absolute(response.url, one.link) or one.link)
            yield from self._newspapers_named(response.url, self._values(response))

    def _follow_ticker(self, url: str) -> Iterator[Yielded]:
        """An article is asked for; what else a ticker leads to is a headline too, and its address has its outcome."""
        if re.fullmatch(self.article_path, path_of(url)):
            yield from self.follow(self.on_the_wire(url))
        elif is_web_url(url):
            yield from self.tell(url, "not-selected", "It does not look like the address of an article.")

    def _read(
        self, response: Response, seen_in: SeenIn, parse: Callable[[bytes], Iterable[RawHeadline] | None]
    ) -> Iterator[Yielded]:
        """The headlines of a page that lists some and their articles, then the page's own outcome."""
        url = asked_url(response)
        found = parse(response.body) if response.status == 200 else None
        if found is None:
            word = f"not-{seen_in}" if response.status == 200 else f"http-{response.status}"
            yield Outcome(url, word, f"It was asked for as a {seen_in} and gave no headlines.")
            return
        headlines = [one for one in found if one.link]
        yield from self._headlines(response, seen_in, headlines)
        detail = f"{len(headlines)} headlines" + ("; not modified" if NOT_MODIFIED in response.flags else "")
        yield Outcome(url, "listed", detail, fingerprint=_fingerprint(headlines))

    def _headlines(self, response: Response, seen_in: SeenIn, found: Iterable[RawHeadline]) -> Iterator[Yielded]:
        for one in found:
            url = self._link(response.url, one.link)
            if is_web_url(url):
                yield Headline(
                    url=url,
                    title=one.title,
                    aggregator=self.name,
                    seen_in=seen_in,
                    seen_at=datetime.now(UTC),
                    seen_on=response.url,
                    publisher=one.source or (one.creator if self.creator_is_publisher else ""),
                    published_raw=one.published,
                    summary=one.summary,
                )
            if self._is_old(one.published) and is_web_url(url) and not self._is_known(url_key(url)):
                yield from self.tell(url, "not-selected", f"It is dated before {self.since}: {one.published}")
            else:
                yield from self.follow(url)

    def _is_old(self, published: str) -> bool:
        if not self.since or not published:
            return False
        from pipelines.dates import read_date  # its libraries take a tenth of a second

        read = read_date(published, reference=datetime.now(UTC), timezone=self.timezone)
        return read.at is not None and read.at[: len(self.since)] < self.since[: len(read.at)]

    def follow(self, url: str) -> Iterator[Yielded]:
        """The request for an article, or its outcome when it is not to be fetched; nothing the second time."""
        key = url_key(url) if is_web_url(url) else url
        if key in self.told:
            return
        if key in self.asked or not is_web_url(url):
            yield from self.ask(url)
        elif self.newspapers and self.newspaper_of(url) not in self.newspapers:
            yield from self.tell(url, "not-selected", "It belongs to none of the chosen newspapers.")
        elif self.pages_left == 0 and not self._is_known(key):
            yield from self.tell(url, "over-limit", f"The run was to fetch {self.max_pages} articles at most.")
        else:
            if self.pages_left and not self._is_known(key) and not self.refusal(url):
                self.pages_left -= 1
            yield from self.ask(url)

    def selects(self, url: str, kind: str) -> bool:
        """Whether this crawl would ask for an address that another one found: by host, edition and newspaper."""
        if not self.address.serves(url):
            return False
        roots = [self.editions[one] for one in self.chosen_editions]
        home = self.address.on_the_wire
        if not any(url.startswith(home(one)) if "://" in one else self.edition_path(url) == one for one in roots):
            return False
        if not self.newspapers:
            return self.reads_newspapers or kind == "article" or (kind, url) in set(self._starts())
        if kind == "article":
            return self.newspaper_of(url) in self.newspapers
        match = re.fullmatch(self.newspaper_path, path_of(url).removesuffix(self.newspaper_feed))
        return bool(match and match["newspaper"].lower() in self.newspapers)

    def accepts(self, url: str, kind: str) -> bool:
        """Take over a request that an earlier run left; False when the run has its pages already."""
        key = url_key(url)
        if key in self.asked:
            return True
        if kind == "article" and not self._has_room(key):
            return False
        return self.asked.add(key)

    def resumes(self, url: str) -> bool:
        """Whether this run asks for an article that is due; one that is to fetch a few looks for new ones alone."""
        key = url_key(url)
        return self.max_pages is None or (not self._is_known(key) and self._has_room(key))

    def _has_room(self, key: str) -> bool:
        """Whether the run may fetch this article within ``max_pages``; one that is not known is counted."""
        if self.pages_left is None or self._is_known(key):
            return True
        if self.pages_left == 0:
            return False
        self.pages_left -= 1
        return True

    def refusal(self, url: str) -> tuple[str, str] | None:
        """As for pages; also an address on another host."""
        if refused := super().refusal(url):
            return refused
        return None if self.address.serves(url) else ("offsite", "It is on a host that does not belong to the site.")

    def _articles(self, response: Response, found: Iterable[RawHeadline]) -> list[RawHeadline]:
        """Those links that look like an article's: rows and strips also hold links to sections and advertisements."""
        return [one for one in found if re.fullmatch(self.article_path, path_of(self._link(response.url, one.link)))]

    def _values(self, response: TextResponse) -> list[str]:
        return named_values(response, self.newspaper_values) if self.reads_newspapers else []

    def _newspapers_named(self, page_url: str, named: Iterable[str]) -> Iterator[Yielded]:
        if not self.reads_newspapers:
            return
        edition = self.edition_path(page_url)
        if self._menus.get(edition) is named:
            return
        self._menus[edition] = named
        met = self.values_met.setdefault(edition, set())
        values = set(named) - met
        met |= values  # the same menu is on every page
        for value in sorted(values, key=lambda one: ("/" not in one, one)):
            if value.lower() in self.newspapers_met:  # only a bare name can be: an address has a slash
                continue
            url = self._link(page_url, value if "/" in value else f"{edition}/{value}")
            match = re.fullmatch(self.newspaper_path, path_of(url))
            if match and self.address.serves(url):
                self.newspapers_met.add(match["newspaper"].lower())
                for kind, start in self.newspaper_starts(self.address, url):
                    refetch = self.settings.getbool("NEWSCRAWL_REFETCH")
                    yield from self.ask(start, kind, priority=NEWSPAPER_PRIORITY, **{POLL: not refetch})

    def _link(self, page_url: str, reference: str) -> str:
        """A link's address as it is asked on the wire."""
        return self.on_the_wire(absolute(page_url, reference) or reference)

    def on_the_wire(self, url: str) -> str:
        """A link to one of the site's hosts leads to the mirror, where there is one."""
        return self.address.on_the_wire(url)

    def _is_known(self, key: str) -> bool:
        """Articles that are known are not fetched, so that they do not count as pages."""
        if self.known is None:
            self.known = KnownUrls(self.settings)
        return key in self.known

    def closed(self, reason: str) -> None:
        """Scrapy calls this when the crawl has ended."""
        if self.known is not None:
            self.known.close()


def _parts(found: Iterable[Yielded]) -> Iterator[list[Yielded]]:
    """What a reading gives, some at a time: a sitemap names 50,000 pages. Where it fails, what it gave until then."""
    part: list[Yielded] = []
    try:
        for one in found:
            part.append(one)
            if len(part) == PART:
                yield part
                part = []
    except Exception:
        yield part
        raise
    yield part


def _fingerprint(headlines: Iterable[RawHeadline]) -> str:
    """What a listing names, as a short text: its page differs each time (ticker, view state), its headlines do not."""
    named = "\n".join(f"{one.link}\t{one.title}" for one in headlines)
    return sha256(named.encode("utf-8", "replace")).hexdigest()[:16]
