"""`newscrawl demo`: the whole way once, on an invented aggregator of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.exit_codes import INTERRUPTED, SOME_FAILED, fail
from newscrawl.tables import print_table

if TYPE_CHECKING:
    from newscrawl.sample import SampleServer

__all__ = ["command"]

PORT = 8765
"""Tried first, so that a second demo finds the addresses of the first known; any free one when it is taken."""


@click.command("demo", short_help="Crawl a sample aggregator on this machine, and show it.")
@click.option(
    "--db",
    "database",
    type=click.Path(path_type=Path),
    default=Path("data/demo.db"),
    show_default=True,
    help="A database of its own, so that invented articles stay out of yours.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(database: Path, quiet: bool) -> None:
    """Start a sample aggregator on a loopback port, crawl it, and show what was stored.

    Its articles are invented; its pages have the mark-up of the real -ress sites. What was stored is checked against
    what the pages hold: exit code 1 when an article is missing or wrong.
    """
    from newscrawl.crawling import Job, check_database, crawl, project_settings
    from newscrawl.sample.check import differences
    from newscrawl.summary import print_summaries, results
    from pipelines.store import Store

    check_database(database)
    with _aggregator() as server:
        click.echo(f"A sample aggregator is running on {server.base_url}; crawling it into {database} ...", err=True)
        settings = project_settings(database, {}, progress=not quiet)
        settings.set("NEWSCRAWL_ARGUMENTS", f"base_url={server.base_url}", priority="cmdline")
        crawled = crawl([Job("sample", {"base_url": server.base_url})], settings)
        print_summaries(results(database, crawled), as_json=False, quiet=False)
        if crawled[0].reason == "shutdown":
            raise click.exceptions.Exit(INTERRUPTED)
        with Store.open(database, read_only=True) as store:
            articles = list(store.articles())
            wrong = differences(store, server.base_url)
    print_table(
        ("language", "publisher", "published", "title"),
        [(row["language"], row["publisher"], row["published_at"] or "undated", row["title"]) for row in articles],
        title=f"{len(articles)} articles in {database}",
    )
    for line in wrong:
        click.echo(f"newscrawl: {line}", err=True)
    if wrong:
        fail("the demo did not store what its pages hold; please report this with the lines above.", SOME_FAILED)
    click.echo(_next_steps(database))


@contextmanager
def _aggregator() -> Iterator[SampleServer]:
    from newscrawl.sample import SampleServer

    try:
        server = SampleServer(PORT).start()
    except OSError:
        server = SampleServer(0).start()
    try:
        yield server
    finally:
        server.stop()


def _next_steps(database: Path) -> str:
    newscrawl = ".venv/bin/newscrawl"
    return f"""Every article is stored once, no removed noise is in a body, every other address has its reason. Next:

  {newscrawl} search --db {database} port
  {newscrawl} export --db {database} --language fr -o articles.csv
  {newscrawl} status --db {database}
  {newscrawl} crawl maghress -a editions=fr      the real thing, into data/news.db"""
