"""`newscrawl export`: the articles as a file for other tools."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from newscrawl.exit_codes import SOME_FAILED, USAGE, fail
from newscrawl.export import format_names, format_of
from newscrawl.naming import SCHEMAS
from newscrawl.options import database_option, limit_option
from newscrawl.selecting import selection_options
from pipelines.store.dictionary import EXPORTABLE

__all__ = ["command"]


@click.command("export", short_help="Write the articles as CSV, JSON Lines, Parquet or SQLite.")
@click.option("--format", "form", type=click.Choice(format_names()), default=None, help="Else by the file's ending.")
@click.option("-o", "--output", default="-", metavar="FILE|-", help="Where to; stdout when not given.")
@click.option("--columns", default="", metavar="NAME,NAME", help="Only these, in this order.")
@click.option("--schema", type=click.Choice(SCHEMAS), default=SCHEMAS[0], show_default=True, help="Whose names.")
@click.option("--since-run", type=int, metavar="N", help="Only what later runs stored, changed or withdrew.")
@click.option("--split", type=click.Choice(["language"]), help="A file a language: name.fr.csv, name.en.csv ...")
@click.option("--partition", is_flag=True, help="A folder of Parquet files, by language and month.")
@click.option("--excel", is_flag=True, help="CSV that Excel opens by a double click: with a byte order mark.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@selection_options
@limit_option
@database_option
def command(database: Path, runs: tuple[int, ...], since_run: int | None, **options: Any) -> None:
    """Write the stored articles, oldest first, as CSV, JSON Lines, Parquet, Feather or SQLite.

    Rows are streamed in a fixed order: the same database and filters give the same bytes. A file appears whole or
    not at all. When no article matches, a sentence on stderr says so, the exit code is 1, and nothing is written.
    """
    from newscrawl.exporting import NothingToExportError
    from newscrawl.selecting import as_stored, check_run, selection_of
    from pipelines.store import Store

    form = _form(options, since_run)
    columns = _columns(options["columns"], options["schema"])
    filters = options | {"runs": runs}
    selection_of(filters)
    with Store.open(database, read_only=True) as store, store.moment():
        for run_id in runs:
            check_run(store, "run", run_id)
        if since_run is not None:
            check_run(store, "since-run", since_run, least=0)
        selected = store.select(selection_of(as_stored(store, filters)))
        try:
            written = _write(selected, form, columns, since_run, options)
        except NothingToExportError:
            fail("no article matches: nothing was exported. `newscrawl status` says what is stored.", SOME_FAILED)
        if since_run is not None and not options["quiet"]:
            click.echo(f"The next time, --since-run {selected.complete_to_run()} gives what has changed.", err=True)
    if options["output"] != "-" and sys.stderr.isatty():
        for name, count in written.items():
            click.echo(f"{count:,} articles written to {name}.", err=True)


def _write(
    selected: Any, form: str, columns: tuple[str, ...], since_run: int | None, options: dict[str, Any]
) -> dict[str, int]:
    from newscrawl.exporting import Export

    export = Export(
        form,
        columns,
        schema=options["schema"],
        since_run=since_run,
        limit=options["limit"],
        excel=options["excel"],
        quiet=options["quiet"],
        say=lambda sentence: click.echo(f"newscrawl: {sentence}", err=True),
    )
    output = options["output"]
    if options["split"]:
        return export.to_file_a_language(selected, output)
    if options["partition"]:
        return {output: export.to_folder(selected, Path(output))}
    return {output: export.to_file(selected, output)}


def _form(options: dict[str, Any], since_run: int | None) -> str:
    """The format; fails with a sentence for options that do not go together."""
    form: str = options["form"] or ("parquet" if options["partition"] else _by_ending(options["output"]))
    whole = options["split"] or options["partition"]
    if options["partition"] and form != "parquet":
        fail(f"--partition makes Parquet files, not {form}.", USAGE)
    if whole and options["output"] == "-":
        fail("--split and --partition write several files: name them with -o.", USAGE)
    if options["split"] and options["partition"]:
        fail("--partition cuts by language already: leave --split out.", USAGE)
    if since_run is not None and (whole or options["limit"]):
        fail("--since-run gives all changes in one file: leave --limit, --split and --partition out.", USAGE)
    if since_run is not None and (options["story"] or options["one_per_story"]):
        fail("stories change without their articles: leave --story and --one-per-story out with --since-run.", USAGE)
    if options["partition"] and options["limit"]:
        fail("--partition writes all: leave --limit out.", USAGE)
    if options["excel"] and form != "csv":
        fail(f"--excel is for CSV, not for {form}.", USAGE)
    return form


def _by_ending(output: str) -> str:
    """The format that the output's name means; CSV for a name without an ending, and for stdout and devices."""
    ending = Path(output).suffix
    form = format_of(output)
    if form is None and ending and not (Path(output).exists() and not Path(output).is_file()):
        fail(f"{ending!r} is the ending of no format: name one with --format {'|'.join(format_names())}.", USAGE)
    return form or "csv"


def _columns(text: str, schema: str) -> tuple[str, ...]:
    from newscrawl.naming import Naming

    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if unknown := [name for name in names if name not in EXPORTABLE]:
        fail(f"there is no column {unknown[0]!r}. There are {', '.join(EXPORTABLE)}.", USAGE)
    if len(set(names)) < len(names):
        fail("--columns names a column twice.", USAGE)
    try:
        Naming(names, schema, strict=True)
    except KeyError as error:
        fail(f"{schema} has no name for the column {error.args[0]!r}.", USAGE)
    return names
