"""`newscrawl capture SITE`: a site's pages as a fixture folder, for whoever changes its rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from newscrawl.exit_codes import LAYOUT, USAGE, fail
from newscrawl.options import arguments_of, checked_site, chosen_settings, configured, private_option, settings_option
from pipelines.items import Article, Headline

__all__ = ["command"]

ARTICLE_FIELDS = (
    "title", "subtitle", "authors", "publisher", "section", "published_at", "language", "source_url", "canonical_url",
)  # fmt: skip


@click.command("capture", short_help="Save pages of SITE as a fixture for whoever changes its rules.")
@click.argument("site")
@click.option("-a", "arguments", multiple=True, metavar="NAME=VALUE", help="A spider argument, as with `crawl`.")
@settings_option
@private_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=None, help="The new folder; tests/sites/SITE.captured."
)
@click.option("-v", "--verbose", count=True, help="Scrapy's log: -v informs, -vv debugs.")
def command(
    site: str,
    arguments: tuple[str, ...],
    settings: tuple[str, ...],
    allow_private: bool,
    output: Path | None,
    verbose: int,
) -> None:
    """Save a feed, a listing and an article of SITE as feed.xml, listing.html, article.html and expected.json.

    expected.json says what the rules read today: correct it by hand where they are wrong. The pages are their
    publishers': before a fixture is committed, put invented text in the place of theirs.
    """
    from newscrawl.checking.probe import probe
    from newscrawl.crawling import project_settings
    from newscrawl.sites import all_rules
    from pipelines.article import to_article

    folder = output or Path("tests/sites") / f"{site}.captured"
    spider_arguments = arguments_of(arguments, "-a")
    chosen = checked_site(site, spider_arguments)
    if folder.exists():
        fail(f"{folder} exists already: remove it, or name another folder with -o.", USAGE)
    scrapy_settings = project_settings(
        Path(), chosen_settings(settings, allow_private), config=configured(), verbosity=verbose, progress=False
    )
    found = probe(chosen, spider_arguments, scrapy_settings)
    extractions = [(page, to_article(page, rules=all_rules())) for page in found.articles]
    page, article = next(((page, one.article) for page, one in extractions if one.article), (None, None))
    if page is None or article is None or not found.lists:
        fail(f"{site} gave no feed, listing or article to save; `newscrawl check {site}` says more.", LAYOUT)

    expected: dict[str, Any] = {f"{kind}_url": url for kind, (url, _) in sorted(found.lists.items())}
    expected["article_url"] = page.url
    for kind in found.lists:
        expected[kind] = [_headline(one) for one in found.headlines if one.seen_in == kind]
    expected["article"] = _article(article)
    folder.mkdir(parents=True)
    files = {"feed": "feed.xml", "listing": "listing.html"}
    for kind, (_, body) in found.lists.items():
        (folder / files[kind]).write_bytes(body)
    (folder / "article.html").write_bytes(page.body)
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for kind in (kind for kind in found.lists if not expected[kind]):
        click.echo(f"newscrawl: warning: {files[kind]} gave no headline: `newscrawl check {site}` says more.", err=True)
    click.echo(f"{folder}: {', '.join(sorted(file.name for file in folder.iterdir()))}")


def _headline(headline: Headline) -> dict[str, str]:
    return {name: getattr(headline, name) for name in ("url", "title", "publisher", "published_raw", "summary")}


def _article(article: Article) -> dict[str, Any]:
    read = {name: getattr(article, name) for name in ARTICLE_FIELDS}
    return {**read, "body": article.body.split("\n\n")}
