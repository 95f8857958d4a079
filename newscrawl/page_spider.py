"""A response becomes a Page; a request without a response becomes an Outcome. Alone it fetches given URLs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeAlias
from urllib.parse import urljoin

from scrapy import Request, Spider
from scrapy.http import Response
from w3lib.url import safe_url_string

from newscrawl.fetching.addresses import is_loopback
from newscrawl.fetching.asked import Asked
from newscrawl.fetching.failures import failure_outcome
from newscrawl.fetching.identity import CHAIN, KIND, REFETCH, REVISIT, asked_by
from newscrawl.spider_arguments import SpiderArgumentError, read_urls, refuse_unknown
from pipelines.items import Headline, Outcome, Page
from pipelines.urls import canonical_url, is_web_url, url_key

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

__all__ = ["LOOPBACK_PACE", "PageSpider", "Yielded", "asked_url"]

Yielded: TypeAlias = Request | Page | Headline | Outcome

LOOPBACK_PACE = {"DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "AUTOTHROTTLE_ENABLED": False}
"""Nobody else is disturbed on this machine: settings of a crawl that asks only loopback addresses."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SECRETS = frozenset({b"authorization", b"proxy-authorization", b"cookie"})


class PageSpider(Spider):
    """Fetches the given URLs, once each, whether they are known or not: ``scrapy crawl page -a urls=URL,URL``.

    Redirects are followed here and not in Scrapy's middleware, which drops a redirect that leads off the site or to
    a page that was seen: every URL shall have an outcome.
    """

    name = "page"
    run_kind = "ingest"
    argument_names: ClassVar[tuple[str, ...]] = ("urls",)

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name)
        self.check_arguments(arguments)
        self.arguments = arguments
        self.selection = ""
        """What the run is to look for, as one text: requests that a run left are made by the next with the same."""
        self.site = ""
        """What :attr:`Page.site` says."""
        self.asked = Asked()
        """Each address once a run, also what redirects reached."""
        self.told: set[str] = set()
        """URL keys (addresses, where they have none) with an outcome that no request of their own led to."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way of making a spider, and the last place to set settings: they freeze next. ``-s`` wins."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        starts = list(spider.start_addresses())
        if starts and all(map(is_loopback, starts)):
            for name, value in LOOPBACK_PACE.items():
                crawler.settings.set(name, value, priority="spider")
        return spider

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, Any]) -> None:
        """Raise SpiderArgumentError, with one sentence, for an argument that is unknown or has a wrong value."""
        refuse_unknown(cls.name, arguments, cls.argument_names)
        if cls is PageSpider and not read_urls(arguments.get("urls")):
            raise SpiderArgumentError("The argument urls names no URL: write urls=URL or urls=URL,URL.")

    def start_addresses(self) -> Iterable[str]:
        """The addresses that the crawl begins with."""
        return read_urls(self.arguments.get("urls"))

    def given_by_hand(self) -> Iterable[str]:
        """Addresses that the operator typed: a loopback one is meant."""
        return self.start_addresses() if self.settings.getbool("NEWSCRAWL_GIVEN_BY_HAND") else []

    async def start(self) -> AsyncIterator[Any]:
        """One request for every given URL; an outcome at once for what is no URL."""
        for url in self.start_addresses():
            for one in self.ask(url, refetch=True):
                yield one

    def ask(
        self, url: str, kind: str = "article", *, priority: int = 0, refetch: bool = False, **meta: Any
    ) -> Iterator[Yielded]:
        """The request for an address, or the outcome that says why it is not asked; nothing if it was asked before.

        ``kind`` names the method ``read_<kind>`` that gets the response; ``meta`` is more for the request's meta.
        """
        if refused := self.refusal(url):
            yield from self.tell(url, *refused)
            return
        url, key = canonical_url(url), url_key(url)
        if self.asked.add(key):
            yield self.request_for(url, {KIND: kind, CHAIN: [], REFETCH: refetch, **meta}, priority)
        elif first := self.asked.led_to(key):
            yield from self.tell(url, "duplicate", f"It was asked for already: {first} redirects to it.")

    def tell(self, url: str, word: str, sentence: str) -> Iterator[Outcome]:
        """An outcome for an address that is not asked for; once a run."""
        key = url_key(url) if is_web_url(url) else url
        if key not in self.told:
            self.told.add(key)
            yield Outcome(url, word, sentence)

    def refusal(self, url: str) -> tuple[str, str] | None:
        """An outcome's word and sentence when the address must not be asked; None when it may."""
        if not is_web_url(url):
            return "bad-url", "It is no http or https address."
        limit = self.settings.getint("URLLENGTH_LIMIT")
        if limit and len(canonical_url(url)) > limit:
            return "bad-url", f"The address is longer than {limit} characters."
        return None

    def request_for(self, url: str, meta: dict[str, Any], priority: int, *, hop: bool = False) -> Request:
        """A request with this meta, also one that an earlier run left.

        ``handle_httpstatus_all`` brings every status here, redirects too; a hop is asked even when it was seen.
        """
        meta["handle_httpstatus_all"] = True
        return Request(url, callback=self.answered, errback=self.failed, meta=meta, priority=priority, dont_filter=hop)

    def answered(self, response: Response) -> Iterable[Yielded] | AsyncIterator[Yielded]:
        """Every response: a redirect is followed, anything else goes to ``read_<kind>``."""
        target = self._redirect_target(response)
        if target:
            return self._follow_redirect(response, target)
        return self.read(response)

    def read(self, response: Response) -> Iterable[Yielded] | AsyncIterator[Yielded]:
        """What a page gives that is no redirect."""
        found: Iterable[Yielded] = getattr(self, f"read_{response.meta[KIND]}")(response)
        return found

    def failed(self, failure: Failure) -> Iterator[Yielded]:
        """A request without a response: its outcome."""
        request: Request = failure.request  # type: ignore[attr-defined]
        asked = asked_url(request)
        assert failure.value is not None
        word, sentence = failure_outcome(failure.value)
        yield Outcome(asked, word, sentence if asked == request.url else f"Redirected to {request.url}: {sentence}")

    def read_article(self, response: Response) -> Iterator[Yielded]:
        """The page of an article, whatever its status."""
        yield self.page_of(response)

    def page_of(self, response: Response) -> Page:
        """The frozen value that everything after fetching knows."""
        assert response.request is not None
        return Page(
            url=asked_url(response),
            final_url=response.url,
            status=response.status,
            headers=_headers(response),
            body=response.body,
            fetched_at=datetime.now(UTC),
            site=self.site,
            request_headers=_headers(response.request),
        )

    def _redirect_target(self, response: Response) -> str:
        location = response.headers.get("Location")
        if response.status not in _REDIRECTS or not location or not self.settings.getbool("REDIRECT_ENABLED"):
            return ""
        try:
            return self.on_the_wire(urljoin(response.url, safe_url_string(location.strip())))
        except ValueError:
            return location.decode("latin-1")

    def on_the_wire(self, url: str) -> str:
        """The address that is asked for when a page links to this one."""
        return url

    def _follow_redirect(self, response: Response, target: str) -> Iterator[Yielded]:
        assert response.request is not None
        asked, meta = asked_url(response), response.meta
        chain = [*meta[CHAIN], response.request.url]
        if refused := self.redirect_refusal(target, chain):
            word, sentence = refused
            yield Outcome(asked, word, f"Redirected to {target}: {sentence}")
            return
        first = self.asked.reach(url_key(target), asked) or target
        if url_key(first) != url_key(asked):
            yield Outcome(asked, "redirected", f"It redirects to {target}, which was asked for already.")
            return
        again = {KIND: meta[KIND], CHAIN: chain, REFETCH: True, REVISIT: bool(meta.get(REVISIT))}
        yield self.request_for(target, again, response.request.priority + 1, hop=True)

    def redirect_refusal(self, target: str, chain: list[str]) -> tuple[str, str] | None:
        """As :meth:`refusal`, for the next address of a chain of redirects."""
        if target in chain:
            return "redirect-loop", "The page redirects in a circle."
        if len(chain) > (limit := self.settings.getint("REDIRECT_MAX_TIMES")):
            return "redirect-loop", f"There are more than {limit} redirects."
        return self.refusal(target)


def asked_url(answer: Request | Response) -> str:
    """The address that was asked for before any redirect led to this request or response."""
    request = answer.request if isinstance(answer, Response) else answer
    assert request is not None
    return asked_by(request)


def _headers(message: Request | Response) -> tuple[tuple[str, str], ...]:
    """Names in lower case. What would let others in is left out: the archive is handed on."""
    return tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1"))
        for name, values in dict.items(message.headers)  # Scrapy's own looks up each name once more
        if name.lower() not in _SECRETS
        for value in values
    )
