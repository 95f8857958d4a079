"""Parts of Scrapy that are at work, and imported, only where a setting or a spider asks for them.

Scrapy imports all of its parts and then asks their settings: aiohttp's server, Twisted's SSH and the list of public
suffixes are a tenth of a second at the start of each crawl. What stands at the end in place of these is Scrapy's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.exceptions import NotConfigured
from scrapy.utils.misc import build_from_crawler, load_object

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

__all__ = ["CookiesWhereAsked", "OffsiteWhereAsked", "RemoteControlWhereAsked", "TelnetWhereAsked"]


class _WhereAsked:
    path: ClassVar[str]
    """Scrapy's class."""
    setting: ClassVar[str] = ""
    """Scrapy's setting that asks for it."""

    @classmethod
    def is_asked(cls, crawler: Crawler) -> bool:
        """Whether this crawl needs it."""
        return crawler.settings.getbool(cls.setting)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Any:
        """Scrapy's way of making a component; raises NotConfigured where nobody asks for it."""
        if not cls.is_asked(crawler):
            raise NotConfigured
        return build_from_crawler(load_object(cls.path), crawler)


class CookiesWhereAsked(_WhereAsked):
    """Cookies: ``COOKIES_ENABLED``."""

    path = "scrapy.downloadermiddlewares.cookies.CookiesMiddleware"
    setting = "COOKIES_ENABLED"


class TelnetWhereAsked(_WhereAsked):
    """A port for remote control: ``TELNETCONSOLE_ENABLED``."""

    path = "scrapy.extensions.telnet.TelnetConsole"
    setting = "TELNETCONSOLE_ENABLED"


class RemoteControlWhereAsked(_WhereAsked):
    """The other one: ``REMOTE_CONTROL_ENABLED``."""

    path = "scrapy.extensions.remote_control.RemoteControl"
    setting = "REMOTE_CONTROL_ENABLED"


class OffsiteWhereAsked(_WhereAsked):
    """Scrapy's own limit to hosts, for a spider that has ``allowed_domains``: a site's spider refuses others itself."""

    path = "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware"

    @classmethod
    def is_asked(cls, crawler: Crawler) -> bool:
        """Whether the spider names domains."""
        return bool(getattr(crawler.spider, "allowed_domains", None))
