"""`newscrawl ingest URL...`: fetch single pages and store them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from newscrawl.exit_codes import INTERRUPTED, SOME_FAILED, USAGE, fail
from newscrawl.options import chosen_settings, database_option, private_option, settings_option

__all__ = ["command"]


@click.command("ingest")
@click.argument("urls", nargs=-1, required=True, metavar="URL...|-")
@settings_option
@private_option
@database_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a URL.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@click.option("-v", "--verbose", count=True, help="Scrapy's log: -v informs, -vv debugs.")
def command(
    urls: tuple[str, ...],
    settings: tuple[str, ...],
    allow_private: bool,
    database: Path,
    as_json: bool,
    quiet: bool,
    verbose: int,
) -> None:
    """Fetch pages, known or not, and store their articles; `-` reads one URL a line from stdin.

    Prints one line a URL: the outcome, the URL, the title or the reason. The exit code is 1 when any URL has no
    article in the end.
    """
    from newscrawl.crawling import Job, check_database, crawl, project_settings
    from pipelines.store import Store
    from pipelines.urls import is_web_url

    wanted = _listed() if urls == ("-",) else list(urls)
    for url in wanted:
        if urls != ("-",) and not is_web_url(url):
            fail(f"{url!r} is no web address: write it as https://host/path.", USAGE)
    if not wanted:
        fail("there is no URL on stdin: write one a line.", USAGE)
    check_database(database)

    scrapy_settings = project_settings(
        database, chosen_settings(settings, allow_private), verbosity=verbose, progress=not quiet and len(wanted) > 1
    )
    scrapy_settings.set("NEWSCRAWL_GIVEN_BY_HAND", urls != ("-",), priority="cmdline")
    scrapy_settings.set("NEWSCRAWL_ARGUMENTS", " ".join(wanted)[:1000], priority="cmdline")
    (done,) = crawl([Job("page", {"urls": wanted})], scrapy_settings)
    if done.error is not None:
        raise done.error
    if done.run is None:
        fail("the fetch did not start; run it again with -v to see why.", SOME_FAILED)
    with Store.open(database, read_only=True) as store:
        outcomes = list(store.outcomes(done.run))
    for outcome in outcomes:
        if as_json:
            click.echo(json.dumps(dict(outcome), ensure_ascii=False))
        else:
            click.echo(f"{outcome['outcome']}\t{outcome['url']}\t{outcome['title'] or outcome['detail']}")
    if done.reason == "shutdown":
        raise click.exceptions.Exit(INTERRUPTED)
    if any(not outcome["title"] for outcome in outcomes):
        raise click.exceptions.Exit(SOME_FAILED)


def _listed() -> list[str]:
    """The URLs on stdin: one a line; empty lines and lines that begin with # are passed over."""
    lines = (line.strip() for line in sys.stdin)
    return [line for line in lines if line and not line.startswith("#")]
