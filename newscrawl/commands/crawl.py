"""`newscrawl crawl SITE...`: one pass over the sites' feeds, listings and tickers, and every article they name."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.exit_codes import USAGE, fail
from newscrawl.options import (
    arguments_of,
    begin_to_load_workers,
    check_day,
    checked_site,
    chosen_extraction,
    chosen_settings,
    cluster_option,
    configured,
    database_option,
    duration_option,
    private_option,
    settings_option,
)

if TYPE_CHECKING:
    from newscrawl.crawling import Crawled, Job
    from newscrawl.sites import Site

__all__ = ["command"]


@click.command("crawl", short_help="Crawl sites into the database.")
@click.argument("sites", nargs=-1, metavar="SITE...")
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
@cluster_option
@click.option("--beside", is_flag=True, help="Crawl a site although another crawl of it is running.")
@duration_option("--jitter", help="Wait a random time up to this one before beginning, for example 10m.")
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
    cluster: str | None,
    beside: bool,
    jitter: int,
    as_json: bool,
    quiet: bool,
    verbose: int,
) -> None:
    """Crawl sites into the database: those named, or all that newscrawl.toml names. For example:

    \b
    newscrawl crawl maghress -a editions=fr,en
    newscrawl crawl turess djazairess -a newspapers=lapresse
    newscrawl crawl maghress -a base_url=http://127.0.0.1:8765

    What a site without rules of its own repeats over its pages is learned at the end, and removed from its articles.
    """
    begin_to_load_workers(workers, cluster, settings)
    from newscrawl.crawling import check_database, check_extraction, crawl, forget_pages, project_settings
    from newscrawl.lessons import after_crawl
    from newscrawl.scheduling.one_at_a_time import locked_sites, pause
    from newscrawl.summary import exit_code, print_summaries, report, results
    from pipelines.store.rows import to_second

    limits = {"since": check_day("since", since), "max_pages": max_pages}
    asked = {name: str(value) for name, value in limits.items() if value is not None}
    config = configured()
    declared, jobs = _jobs(sites, arguments_of(arguments, "-a") | asked)
    chosen = chosen_settings(settings, allow_private) | chosen_extraction(workers, cluster)
    scrapy_settings = project_settings(database, chosen, config=config, verbosity=verbose, progress=not quiet)
    if refetch:
        scrapy_settings.set("NEWSCRAWL_REFETCH", True, priority="cmdline")
    if only_due:
        scrapy_settings.set("NEWSCRAWL_ONLY_DUE", True, priority="cmdline")
    if max_minutes is not None:
        scrapy_settings.set("CLOSESPIDER_TIMEOUT", 60 * max_minutes, priority="cmdline")
    pause(jitter)
    with _told_of(database, declared):
        check_database(database)
        check_extraction(scrapy_settings)
    if not quiet and not sys.stderr.isatty():  # a log gathers many crawls
        names = ", ".join(str(job.spider) for job in jobs)
        click.echo(f"{to_second(datetime.now(UTC))} newscrawl crawls {names} into {database}", err=True)
    with ExitStack() as held:
        taken = {} if beside else locked_sites(database, list(declared), held)
        for sentence in taken.values():
            click.echo(f"newscrawl: {sentence}", err=True)
        free = [job for job in jobs if job.spider not in taken]
        crawled = crawl(free, scrapy_settings) if free else []
        with _told_of(database, declared):
            for one in crawled:
                if one.error is not None:
                    raise one.error
        found = results(database, [*crawled, *_not_crawled(jobs, taken)], config.thresholds)
        print_summaries(found, as_json=as_json, quiet=quiet)
        for one in crawled:
            if one.run is not None and one.reason != "shutdown":
                after_crawl(database, declared[one.name], scrapy_settings, quiet=quiet)
        if free and (kept := config["retention.pages"]):
            forget_pages(database, kept)
    report(found, config, database)
    raise click.exceptions.Exit(exit_code(found))


@contextmanager
def _told_of(database: Path, sites: Iterable[str]) -> Iterator[None]:
    """The webhook hears of a database or a cluster that cannot be used."""
    from newscrawl.summary import report_failure
    from pipelines.cluster import ClusterError
    from pipelines.store import StoreError

    try:
        yield
    except (StoreError, ClusterError) as error:
        report_failure(error, sites, configured(), database)
        raise


def _jobs(names: tuple[str, ...], given: dict[str, str]) -> tuple[dict[str, Site], list[Job]]:
    """The sites to crawl and how; an argument of the command line replaces the site's own of newscrawl.toml."""
    from newscrawl.crawling import Job, site_settings

    config = configured()
    chosen = list(dict.fromkeys(names)) or [site.name for site in config.sites.values() if site.enabled]
    if not chosen:
        fail("name a site to crawl, or list some in newscrawl.toml: `newscrawl sites` shows what there is.", USAGE)
    declared, jobs = {}, []
    for name in chosen:
        own = config.sites[name].arguments if name in config.sites else {}
        arguments = {**own, **given}
        declared[name] = checked_site(
            name, arguments, where=f"{config.file}, line {config.sites[name].line}" if own else ""
        )
        told = " ".join(f"{key}={value}" for key, value in sorted(arguments.items()))
        own_settings = site_settings(config.sites[name]) if name in config.sites else {}
        jobs.append(Job(name, arguments, told, own_settings))
    return declared, jobs


def _not_crawled(jobs: list[Job], taken: dict[str, str]) -> list[Crawled]:
    from newscrawl.crawling import Crawled

    return [Crawled(job, str(job.spider), None, 0, "locked") for job in jobs if job.spider in taken]
