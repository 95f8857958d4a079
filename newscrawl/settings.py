"""Scrapy settings of the project: politeness, safety, and the one item pipeline.

Whatever stands here gives way to ``scrapy -s NAME=value`` and ``newscrawl -s NAME=value``. Names are Scrapy's
(https://docs.scrapy.org/en/latest/topics/settings.html), those that begin with ``NEWSCRAWL_`` are ours.
"""

from __future__ import annotations

import os

from scrapy.settings import default_settings

from newscrawl import __version__

BOT_NAME = "newscrawl"
OWN_SPIDERS = [name for name in os.environ.get("NEWSCRAWL_SPIDERS", "").replace(",", " ").split() if name]
"""Modules or packages of the user's, in the current folder or installed, that declare more sites."""
SPIDER_MODULES = ["newscrawl.spiders", "newscrawl.page_spider", *OWN_SPIDERS]
COMMANDS_MODULE = "newscrawl.scrapy_commands"
SCHEDULER = "newscrawl.frontier.Frontier"
REQUEST_FINGERPRINTER_CLASS = "newscrawl.fetching.identity.UrlKeyFingerprinter"
DOWNLOADER = "newscrawl.fetching.ending.EndingDownloader"
ITEM_PIPELINES = {"pipelines.item_pipeline.ItemPipeline": 300}
EXTENSIONS = {"newscrawl.progress.Progress": 500}
STATS_CLASS = "newscrawl.fetching.quiet.QuickStats"
WARN_ON_GENERATOR_RETURN_VALUE = False  # it reads the source of each callback
LOG_LEVEL = "INFO"

_WHERE_ASKED = {
    "scrapy.extensions.telnet.TelnetConsole": "newscrawl.fetching.where_asked.TelnetWhereAsked",
    "scrapy.extensions.remote_control.RemoteControl": "newscrawl.fetching.where_asked.RemoteControlWhereAsked",
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": "newscrawl.fetching.where_asked.OffsiteWhereAsked",
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": "newscrawl.fetching.where_asked.CookiesWhereAsked",
}
# In Scrapy's own lists: what EXTENSIONS and DOWNLOADER_MIDDLEWARES name, even to leave it out, is imported.
EXTENSIONS_BASE = {_WHERE_ASKED.get(path, path): order for path, order in default_settings.EXTENSIONS_BASE.items()}
DOWNLOADER_MIDDLEWARES_BASE = {
    _WHERE_ASKED.get(path, path): order for path, order in default_settings.DOWNLOADER_MIDDLEWARES_BASE.items()
}

# --- What a run keeps and how
NEWSCRAWL_DB = os.environ.get("NEWSCRAWL_DB", "data/news.db")
NEWSCRAWL_LANGUAGES = ["fr", "en", "es"]
"""ISO 639-1 codes of the articles that are kept; the others end as an outcome such as ``language-pt``."""
NEWSCRAWL_WORKERS = min(16, os.cpu_count() or 2)
"""Extraction processes: as many as cores, since fetching and storing take a fifth of one. 0 extracts in the crawling
process, without a deadline that kills."""
NEWSCRAWL_CLUSTER = os.environ.get("NEWSCRAWL_CLUSTER", "")
"""A Dask scheduler's address, such as ``tcp://scheduler:8786``: its workers extract instead (docs/scaling.md)."""
SPIDER_MIDDLEWARES = {
    # What these three look for is seen to by the page spider: every status is an outcome, so is a long address.
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
    # A request's mark as a start does not outlive the frontier, which makes requests anew from their addresses.
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "newscrawl.fetching.depth.DepthWhereAsked": 900,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "newscrawl.fetching.referer.RefererOfRedirects": 700,
}
CONCURRENT_ITEMS = 2
"""A response gives one page; Scrapy starts so many tasks for each response, a hundred by default."""
NEWSCRAWL_REFETCH = False
"""Fetch articles again that the database knows."""
NEWSCRAWL_REVISITS = [3600, 6 * 3600, 24 * 3600, 7 * 24 * 3600]
"""Seconds after the first fetch of an article at which it is looked at again, to catch corrections; [] for never."""
NEWSCRAWL_POLL_LEAST = 300
NEWSCRAWL_POLL_MOST = 24 * 3600
"""Bounds, in seconds, of the time between two polls of a newspaper's listing or feed: it adapts to its changes."""
NEWSCRAWL_ONLY_DUE = False
"""Ask only the listings and feeds that are due, the site's own too: for crawls that start every few minutes."""
NEWSCRAWL_LOCK_SECONDS = 60
"""How long to wait while another program holds the database."""
NEWSCRAWL_FORCE = False
"""Store also bodies that are worse than what is stored."""
NEWSCRAWL_SCRATCH = ""
"""A new file for a rehearsal: it tells what would change, and nothing does."""
NEWSCRAWL_RULES = "newscrawl.sites.all_rules"
NEWSCRAWL_SITE_OF = "newscrawl.sites.site_of"
NEWSCRAWL_PROGRESS = False

# --- Polite: robots.txt obeyed, one request at a time and a second apart for each host, slower when the host is slow.
# A site on a loopback address is a mirror or a test server: see newscrawl.page_spider.LOOPBACK_PACE.
NEWSCRAWL_CONTACT = os.environ.get("NEWSCRAWL_CONTACT", "contact not given")
"""An address or a URL where a site's owner reaches the operator; sent with every request."""
USER_AGENT = f"newscrawl/{__version__} (+{NEWSCRAWL_CONTACT})"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "newscrawl"
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newscrawl.fetching.address_guard.AddressGuard": 50,
    "newscrawl.fetching.robots.RobotsMiddleware": 100,
    "newscrawl.fetching.patience.PatienceMiddleware": 570,  # before Scrapy's retries
    "newscrawl.fetching.conditional.ConditionalMiddleware": 580,  # sees pages decompressed
}
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0  # Scrapy's own would ask after half the time now and then
CONCURRENT_REQUESTS_PER_DOMAIN = 1
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]  # 429 and 503: see newscrawl.fetching.patience
NEWSCRAWL_PATIENCE = 120
"""Seconds that a run waits for a host that asked to be left alone; if it asked for more, the run goes on without it."""
NEWSCRAWL_CRAWL_DELAY_MOST = 120
"""Seconds: robots.txt's crawl-delay is kept up to this."""
# Without the one of Scrapy's handler on Twisted, which would be loaded for its name at each start.
RETRY_EXCEPTIONS = [one for one in default_settings.RETRY_EXCEPTIONS if "handlers" not in str(one)]
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the URL's outcome says it
COOKIES_ENABLED = False

# --- Safe: nothing but http and https, no page that fills the memory or holds a connection for ever, certificates
# checked (Scrapy's default is not to), no port opened for remote control (Scrapy's default is to open two).
ALLOW_PRIVATE_ADDRESSES = False
"""Whether loopback, private and link-local addresses may be connected to (``--allow-private``)."""
NEWSCRAWL_GIVEN_BY_HAND = True
"""Whether the URLs of the page spider were typed: a loopback address among them is then meant."""
DOWNLOAD_HANDLERS = {
    **dict.fromkeys(("http", "https"), "newscrawl.fetching.http_client.HttpClient"),
    **dict.fromkeys(("data", "file", "ftp", "s3")),
}
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_VERIFY_CERTIFICATES = True
REDIRECT_MAX_TIMES = 5
# News pages reload themselves with a meta refresh: following it would fetch them for ever.
METAREFRESH_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
