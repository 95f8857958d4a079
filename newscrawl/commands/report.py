"""`newscrawl report`: the whole database on one HTML page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from newscrawl import __version__
from newscrawl.options import database_option
from newscrawl.output import open_output

__all__ = ["command"]


@click.command("report", short_help="Make one HTML page of what is stored, with plots.")
@click.option("-o", "--output", default="report.html", show_default=True, metavar="FILE|-", help="`-` is stdout.")
@click.option("--title", default="News report", show_default=True, help="The page's heading.")
@database_option
def command(output: str, title: str, database: Path) -> None:
    """Make one HTML page of what is stored: plots with their numbers, readable offline and in print.

    Articles over time, publishers, coverage and gaps, stories, the ticker, publication delay, the sites' health,
    removed noise, doubtful fields. The page loads nothing from elsewhere and has no scripts.
    """
    from newscrawl.report import report
    from pipelines.store import Store

    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with Store.open(database, read_only=True) as store, store.overview() as overview:
        page = report(overview, title=title, source=database.name, now=now, version=__version__)
    with open_output(output) as stream:
        stream.write(page.encode("utf-8", "replace"))
    if output != "-":
        click.echo(f"The report is in {output}: open it in a browser.", err=True)
