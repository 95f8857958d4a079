"""What a site's file declares, and where a crawl of it begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit

from newscrawl.fetching.addresses import SiteAddress, read_base_url
from newscrawl.lists.listings import Teaser
from newscrawl.spider_arguments import SpiderArgumentError, read_names
from pipelines.items import Names, SiteRules
from pipelines.urls import canonical_url, is_web_url

__all__ = ["SiteDeclaration", "path_of"]


class SiteDeclaration:
    """The class attributes that a site fills in; selectors are CSS."""

    name: str
    hosts: ClassVar[tuple[str, ...]] = ()
    """The site's own hosts, without ``www.``; links to others are not followed."""
    home: ClassVar[str] = ""
    """``https://www.example.com``; empty for a site that exists at a ``base_url`` alone."""
    editions: ClassVar[Mapping[str, str]] = {}
    """Name of an edition to its path (``/fr``) or to its own address (``https://fr.example.com``)."""
    feeds: ClassVar[tuple[str, ...]] = ()
    """Paths that every edition has, as are :attr:`listings` and :attr:`sitemaps`."""
    listings: ClassVar[tuple[str, ...]] = ()
    sitemaps: ClassVar[tuple[str, ...]] = ()
    article_path: ClassVar[str] = ""
    """Regular expression for the whole path of an article's address; a group ``newspaper`` names its newspaper."""
    teaser: ClassVar[Teaser | None] = None
    """How a listing page prints one headline."""
    creator_is_publisher: ClassVar[bool] = False
    """Whether the creator of a feed's item is the paper, not a person."""
    newspaper_values: ClassVar[str] = ""
    """CSS that ends in ``::attr()``: the addresses or names of the newspapers that a page names."""
    newspaper_path: ClassVar[str] = ""
    """Regular expression for the whole path of a newspaper's listing; the group ``newspaper`` is its name."""
    newspaper_feed: ClassVar[str] = ""
    """What follows a newspaper's path in the address of its feed, for example ``/rss``."""
    rules: ClassVar[SiteRules] = SiteRules(engine="", recognised_by="")
    """What its mark-up says. Without any, pages are read by their own metadata, and what they repeat is learned."""
    timezone: ClassVar[str] = ""
    """IANA name."""
    note: ClassVar[str] = ""
    """What a user should know of the site, for example that it was not tried against the live site."""

    @classmethod
    def check_site_arguments(cls, arguments: Mapping[str, Any]) -> None:
        """Raise SpiderArgumentError for a base_url that is none, an edition or newspapers that the site lacks."""
        if "base_url" in arguments:
            read_base_url(str(arguments["base_url"]))
        elif not cls.home:
            raise SpiderArgumentError(f"{cls.name} has no address of its own: give base_url=http://127.0.0.1:PORT.")
        for edition in read_names("editions", arguments.get("editions")):
            if edition not in cls.editions:
                there = ", ".join(cls.editions) or "none"
                raise SpiderArgumentError(f"There is no edition {edition!r} of {cls.name}: it has {there}.")
        for newspaper in read_names("newspapers", arguments.get("newspapers")):
            if not cls.newspaper_path:
                raise SpiderArgumentError(f"{cls.name} has no pages of single newspapers to choose from.")
            if not re.fullmatch(r"[\w.+-]+", newspaper):
                raise SpiderArgumentError(f"{newspaper!r} is no newspaper: write the name that its address has.")

    @classmethod
    def newspaper_names(cls) -> Names | None:
        """:attr:`newspaper_values` as pairs of a selector and an attribute; None where they are no such list."""
        parts = cls.newspaper_values.split(",") if cls.newspaper_values else []
        found = [re.fullmatch(r"(.+)::attr\(([\w-]+)\)", part.strip()) for part in parts]
        return None if None in found else tuple((one[1], one[2]) for one in found if one)

    def starts_of(self, address: SiteAddress, editions: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Kind (feed, listing or sitemap) and address, as asked on the wire, of what the editions begin with."""
        for edition in editions:
            path = self.editions[edition]
            root = path if "://" in path else self._home(address) + path
            for kind, paths in (("feed", self.feeds), ("listing", self.listings), ("sitemap", self.sitemaps)):
                yield from ((kind, address.on_the_wire(root + one)) for one in paths)

    def newspaper_addresses(self, address: SiteAddress, newspaper: str, editions: Iterable[str]) -> list[str]:
        """Where a newspaper's listing may be: ``/challenge``, and ``/fr/challenge`` in an edition that has a path."""
        paths = dict.fromkeys(["", *(self.editions[one] for one in editions if "://" not in self.editions[one])])
        return [f"{self._home(address)}{path}/{newspaper}" for path in paths]

    def newspaper_starts(self, address: SiteAddress, url: str) -> Iterator[tuple[str, str]]:
        """Kind and address, as asked on the wire, of a newspaper's listing and of its feed."""
        yield "listing", address.on_the_wire(url)
        if self.newspaper_feed:
            yield "feed", address.on_the_wire(url.rstrip("/") + self.newspaper_feed)

    def newspaper_of(self, url: str) -> str:
        """The newspaper in the address of an article, in lower case; empty when it names none."""
        match = re.fullmatch(self.article_path, path_of(url))
        return (match.groupdict().get("newspaper") or "").lower() if match else ""

    def edition_path(self, url: str) -> str:
        """The path of the edition that an address belongs to, ``/fr``; empty when it is the main one's."""
        path = f"{path_of(url)}/"
        paths = (one for one in self.editions.values() if one.startswith("/"))
        return next((one for one in paths if path.startswith(f"{one}/")), "")

    def _home(self, address: SiteAddress) -> str:
        return self.home or address.base_url


def path_of(url: str) -> str:
    """The path of an address; empty for what is none."""
    return urlsplit(canonical_url(url)).path if is_web_url(url) else ""
