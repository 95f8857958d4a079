"""What the -ress sites share: one engine (JSF), many countries.

Seen on real pages: nested tables without ``<p>``, the body in several ``span.articlecontent``, a ticker on every
page, a related box above the title, no date in any meta tag. A newspaper's page has neither dates nor back numbers
(these need a form), so that a crawl is a snapshot: repeat it often.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from newscrawl.aggregator_spider import AggregatorSpider
from newscrawl.lists.listings import Teaser
from pipelines.items import SiteRules

__all__ = ["RESS_RULES", "SECTIONS", "RessSpider"]

SECTIONS = ("politics", "economics", "international", "sports", "society", "culture", "religion", "health")

RESS_RULES = SiteRules(
    engine="ress",
    recognised_by="span.articletitle, span.articlecontent, marquee#marquee span.marquee",
    title="span.articletitle",
    subtitle="span.articlesubtitle",
    authors="a.articleauthor",
    publisher="a.articlenewspaper",
    published="span.articlenewspaper",
    scripts=(
        ("section", r"'Category'\s*,\s*'((?:[^'\\]|\\.)*)'"),
        ("publisher", r"'Newspaper'\s*,\s*'((?:[^'\\]|\\.)*)'"),
    ),
    source_link='a[class="link"]',
    body="span.articlecontent",
    remove=(
        ("div.ui-dialog", "dialog"),
        ("div.tablesgroup", "related"),
        ("span.articlenewspaper", "date-line"),
        ('div:has(> a[class="link"])', "source"),
        ("div.addthis, div.fb-comments, div.articlefacebookfriends, button#reportimage, button.report", "share"),
        ("div#centeredmenu, div.pagetitlewraper", "menu"),
        ("div#footer", "footer"),
    ),
    ticker="marquee#marquee span.marquee a",
    names=(
        ("div#centeredmenu ul.ui-menu-child a", "href"),
        ("div.pagetitlewraper select option", "value"),
        ("a.teasernewspaper", "href"),
        ("a.articlenewspaper", "href"),
    ),
)
"""The mark-up of every page of the engine."""


class RessSpider(AggregatorSpider):
    """A site of the engine gives its name, host and time zone.

    By default a crawl also reads the listing and the feed of every newspaper that a menu, a teaser or an article
    names. A national site lists some 150 newspapers: 300 requests more, five minutes at one a second, and up to a
    hundred articles for each of them in the first crawl. ``-a newspapers=none`` leaves them out.
    """

    editions = {"ar": "", "fr": "/fr", "en": "/en"}  # noqa: RUF012 - declared as ClassVar above
    feeds = ("/rss",)
    listings = ("", *(f"/{section}" for section in SECTIONS))
    article_path = r"/(?:[a-z]{2}/)?(?P<newspaper>[\w.+-]+)/\d+/?"
    teaser = Teaser(
        row="div.teasercontainer", link="a.teasertitle", publisher="a.teasernewspaper", summary="a.teasersubtitle"
    )
    creator_is_publisher = True
    newspaper_values = ", ".join(f"{selector}::attr({name})" for selector, name in RESS_RULES.names)
    newspaper_path = (
        rf"/(?:[a-z]{{2}}/)?(?!(?:{'|'.join(SECTIONS)}|[a-z]{{2}}|rss|author|about|widget|faces|resources)(?:/|$))"
        r"(?P<newspaper>[\w.+-]+)/?"
    )
    newspaper_feed = "/rss"
    rules: ClassVar[SiteRules] = RESS_RULES

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """A site's rules are the engine's on pages that say they are its own, with its time zone."""
        super().__init_subclass__(**kwargs)
        if cls.hosts:
            cls.home = vars(cls).get("home", f"https://www.{cls.hosts[0]}")
            own = ", ".join(f'meta[property="og:url"][content*="//{www}{cls.hosts[0]}/"]' for www in ("www.", ""))
            cls.rules = replace(RESS_RULES, recognised_by=own, timezone=cls.timezone)
