"""An aggregator whose user declares nothing but its address and its feed: the spider, its web, and its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from newscrawl.aggregator_spider import AggregatorSpider
from pipelines.archive import Archive
from pipelines.extraction_pool import Rulebook
from pipelines.items import Page
from pipelines.noise_learning import Lesson
from pipelines.noise_lessons import teach
from pipelines.reextraction import reextract
from pipelines.run import Run
from pipelines.store import Store
from tests.loopback_web import Answer
from tests.noise_layouts import page
from tests.noise_site import Story, stories

Layout = tuple[Callable[[Story], str], Callable[[Story, str], str]]

SEEN = datetime(2025, 7, 1, 12, tzinfo=UTC)
LEARNED = datetime(2025, 8, 1, tzinfo=UTC)
TOLD = stories(60, seed=1)
LATER = stories(10, seed=2, first_text=1_000)


class Relais(AggregatorSpider):
    name = "relais"
    hosts = ("relais.example",)
    editions = {"all": ""}  # noqa: RUF012
    feeds = ("/feed.xml",)
    article_path = r"/news/\d+/\d+"


def site_of(url: str) -> str:
    """As ``newscrawl.sites.site_of``, but that every host is this site's."""
    return Relais.name


def path_of(story: Story) -> str:
    """As in ``news.example/1000/7``: the first number is that of the site's first text."""
    return f"/news/{story.url.partition('/')[2]}"


def web_of(told: Iterable[Story], layout: Layout) -> Mapping[str, Answer]:
    """A feed and the articles it names."""
    told = list(told)
    items = "".join(f"<item><title>{escape(one.title)}</title><link>{path_of(one)}</link></item>" for one in told)
    feed = f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>{items}</channel></rss>"
    pages = {path_of(one): Answer(page(one, *layout).encode()) for one in told}
    return {"/feed.xml": Answer(feed.encode(), headers={"Content-Type": "application/rss+xml"}), **pages}


def page_of(story: Story, layout: Layout, site: str = "relais") -> Page:
    """An article's page as a crawl would have fetched it, each a minute after the one before."""
    url = f"https://relais.example{path_of(story)}"
    headers = (("content-type", "text/html; charset=utf-8"),)
    return Page(url, url, 200, headers, page(story, *layout).encode(), SEEN + timedelta(minutes=story.number), site)


def keep(database: Path, pages: Iterable[Page], rulebook: Rulebook | None = None) -> None:
    """A crawl that fetched these pages."""
    with Run.open(database, kind="crawl", site="relais", rulebook=rulebook or Rulebook()) as run:
        for one in pages:
            run.take(one)


def learned(database: Path, site: str = "relais") -> Lesson:
    """Learn from the archive."""
    with Store.open(database) as store, Archive.open(Archive.path_for(database)) as archive:
        return teach(store, archive, site, at=LEARNED)


def read_again(database: Path, rulebook: Rulebook | None = None, *, site: str = "relais") -> list[str]:
    """Read the archive again; the outcomes' words in the pages' order."""
    with Run.open(database, kind="reextract", site=site, rulebook=rulebook or Rulebook()) as run:
        return [outcome.outcome for outcome in reextract(run, run.archive.of_site(site))]


def bodies(database: Path) -> dict[str, str]:
    """Path to body."""
    with Store.open(database, read_only=True) as store:
        return {f"/news/{row['canonical_url'].partition('/news/')[2]}": row["body"] for row in store.articles()}


def headlines_in(body: str, story: Story) -> list[str]:
    """Headlines of other articles that stand in a story's body and not in its own text."""
    own = " ".join(story.paragraphs)
    return sorted(head for head in story.around if head in body and head not in own)


def sentences_lost(body: str, story: Story) -> list[str]:
    """Paragraphs of a story that are not in its body."""
    return [text for text in story.paragraphs if text not in body]
