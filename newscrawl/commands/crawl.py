"""`newscrawl crawl SITE...`: one pass over the sites' feeds, listings and tickers, and every article they name."""

from __future__ import annotations

from pathlib import Path

import click

from newscrawl.exit_codes import INTERRUPTED, SOME_FAILED
from newscrawl.options import (
    arguments_of,
    check_day,
    checked_site,
    chosen_settings,
    database_option,
    private_option,
    settings_option,
)

__all__ = ["command"]


@click.command("crawl")
@click.argument("sites", nargs=-1, required=True, metavar="SITE...")
@click.option("-a", "arguments", multiple=True, metavar="NAME=VALUE", help="A spider argument, as with `scrapy crawl`.")
@settings_option
@private_option
@database_option
@click.option("--refetch", is_flag=True, help="Fetch articles again that are already known.")
@click.option("--since", metavar="DAY", help="Pass over articles that a feed or listing dates before this day.")
@click.option("--max-pages", type=click.IntRange(min=1), help="At most so many articles that are not known.")
@click.option("--max-minutes", type=click.IntRange(min=1), help="End after so long; the next crawl goes on.")
@click.option("--due", "only_due", is_flag=True, help="Ask only the listings and feeds that are due by their own pace.")
@click.option("--workers", type=click.IntRange(min=0), default=None, help="Extraction processes; 0 extracts inline.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON lines on stdout, one a site.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary for people.")
@click.option("-v", "--verbose", count=True, help="Scrapy's log: -v informs, -vv debugs.")
def command(
    sites: tuple[str, ...],
    arguments: tuple[str, ...],
    settings: tuple[str, ...],
    allow_private: bool,
    database: Path,
    refetch: bool,
    since: str | None,
    max_pages: int | None,
    max_minutes: int | None,
    only_due: bool,
    workers: int | None,
    as_json: bool,
    quiet: bool,
    verbose: int,
) -> None:
    """Crawl sites into the database, for example:

    \b
    newscrawl crawl maghress -a editions=fr,en
    newscrawl crawl turess djazairess -a newspapers=lapresse
    newscrawl crawl maghress -a base_url=http://127.0.0.1:8765

    What a site without rules of its own repeats over its pages is learned at the end, and removed from its articles.
    """
    from newscrawl.crawling import Job, check_database, crawl, project_settings
    from newscrawl.lessons import after_crawl
    from newscrawl.summary import print_summaries

    spider_arguments = arguments_of(arguments, "-a")
    limits = {"since": check_day("since", since), "max_pages": max_pages}
    spider_arguments |= {name: str(value) for name, value in limits.items() if value is not None}
    chosen = chosen_settings(settings, allow_private)
    declared = {site: checked_site(site, spider_arguments) for site in sites}
    check_database(database)

    scrapy_settings = project_settings(database, chosen, verbosity=verbose, progress=not quiet)
    if refetch:
        scrapy_settings.set("NEWSCRAWL_REFETCH", True, priority="cmdline")
    if only_due:
        scrapy_settings.set("NEWSCRAWL_ONLY_DUE", True, priority="cmdline")
    if max_minutes is not None:
        scrapy_settings.set("CLOSESPIDER_TIMEOUT", 60 * max_minutes, priority="cmdline")
    if workers is not None:
        scrapy_settings.set("NEWSCRAWL_WORKERS", workers, priority="cmdline")
    given = " ".join(f"{name}={value}" for name, value in spider_arguments.items())
    scrapy_settings.set("NEWSCRAWL_ARGUMENTS", given, priority="cmdline")
    crawled = crawl([Job(site, spider_arguments) for site in declared], scrapy_settings)

    for one in crawled:
        if one.error is not None:
            raise one.error
    failed = print_summaries(database, crawled, as_json=as_json, quiet=quiet)
    if any(one.reason == "shutdown" for one in crawled):
        raise click.exceptions.Exit(INTERRUPTED)
    for one in crawled:
        if one.run is not None:
            after_crawl(database, declared[one.name], scrapy_settings, quiet=quiet)
    if failed or any(one.run is None for one in crawled):
        raise click.exceptions.Exit(SOME_FAILED)
