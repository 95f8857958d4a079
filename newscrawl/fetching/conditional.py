"""Conditional requests (RFC 9110, 13.1): a listing or a revisited article that has not changed is not sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.http.headers import Headers
from scrapy.responsetypes import responsetypes

from newscrawl.fetching.identity import KIND, REVISIT
from pipelines.archive.list_memory import Remembered, remembered, validators
from pipelines.item_pipeline import ItemPipeline
from pipelines.store import StoreError
from pipelines.urls import url_key

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response

    from pipelines.run import Run

__all__ = ["NOT_MODIFIED", "ConditionalMiddleware"]

NOT_MODIFIED = "not-modified"
"""Response.flags: the server said 304; the body is the one it sent before."""


class ConditionalMiddleware:
    """Asks with the ETag and Last-Modified that the server gave before.

    A listing that is not modified comes to the spider as it was: what it names is followed as ever, so that nothing
    depends on whether a server can answer 304. An article that is not modified comes as the 304 that it is.
    With ``NEWSCRAWL_REFETCH``, and for a URL that was given by hand, nothing is conditional.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.refetch = crawler.settings.getbool("NEWSCRAWL_REFETCH")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making a component."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Add what the server needs to say 304."""
        known = self._remembered(request)
        if known and known.etag:
            request.headers["If-None-Match"] = known.etag
        if known and known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep a listing's answer for the next poll, or put it in the place of a 304."""
        kind = request.meta.get(KIND)
        run = self._run()
        if run is None or kind in (None, "article"):
            return response
        if response.status == 200:
            try:
                run.remember(url_key(request.url), _headers(response), response.body)
            except StoreError as error:
                self._pipeline().give_up(error)  # type: ignore[union-attr]
            return response
        before = remembered(run.archive, url_key(request.url)) if response.status == 304 else None
        if before is None:
            return response
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value("newscrawl/lists-not-modified")
        headers = Headers(dict(before.headers))
        made = responsetypes.from_args(headers=headers, url=response.url, body=before.body)
        return made(url=response.url, status=200, headers=headers, body=before.body, flags=[NOT_MODIFIED])

    def _remembered(self, request: Request) -> Remembered | None:
        kind, run = request.meta.get(KIND), self._run()
        if run is None or kind is None or self.refetch:
            return None
        if kind == "article":
            return validators(run.archive, url_key(request.url)) if request.meta.get(REVISIT) else None
        return remembered(run.archive, url_key(request.url))

    def _run(self) -> Run | None:
        pipeline = self._pipeline()
        return pipeline.run if pipeline and pipeline.run and pipeline.run.keeps() else None

    def _pipeline(self) -> ItemPipeline | None:
        return self.crawler.get_item_pipeline(ItemPipeline)


def _headers(response: Response) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1").lower(), values[-1].decode("latin-1"))
        for name, values in response.headers.items()
        if values
    ]
