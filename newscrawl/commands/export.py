"""`newscrawl export`: the articles as a file for other tools."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from newscrawl.exit_codes import SOME_FAILED, fail
from newscrawl.export import format_names, writer
from newscrawl.options import check_day, database_option, filter_options, story_options
from newscrawl.output import open_output

__all__ = ["command"]


@click.command("export")
@click.option("--format", "form", type=click.Choice(format_names()), default=None, help="Else by the file's ending.")
@click.option("-o", "--output", default="-", metavar="FILE|-", help="Where to; stdout when not given.")
@filter_options
@story_options
@database_option
def command(
    form: str | None,
    output: str,
    languages: tuple[str, ...],
    since: str | None,
    until: str | None,
    publishers: tuple[str, ...],
    sites: tuple[str, ...],
    limit: int | None,
    story: int | None,
    one_per_story: bool,
    database: Path,
) -> None:
    """Write the stored articles, oldest first, as CSV or JSON Lines.

    Rows are streamed in a fixed order: the same database and filters give the same bytes. A file appears whole or
    not at all. When no article matches, a sentence on stderr says so and the exit code is 1.
    """
    from pipelines.store import Store

    suffix = Path(output).suffix.lstrip(".").lower()
    name = form or (suffix if suffix in format_names() else "csv")
    first, last = check_day("since", since), check_day("until", until)
    with Store.open(database, read_only=True) as store, open_output(output) as stream:
        rows = store.articles(
            languages=languages,
            since=first,
            until=last,
            publishers=publishers,
            sites=sites,
            story=story,
            one_per_story=one_per_story,
            limit=limit,
        )
        count = writer(name)(rows, stream)
    if not count:
        fail("no article matches: nothing was exported. `newscrawl status` says what is stored.", SOME_FAILED)
    if output != "-" and sys.stderr.isatty():
        click.echo(f"{count} articles written to {output}.", err=True)
