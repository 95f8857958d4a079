"""`newscrawl dataset DIR`: a bundle that says exactly which data it is; `--verify DIR` whether it still is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from newscrawl.dataset.rights import MODES
from newscrawl.exit_codes import SOME_FAILED, USAGE, fail
from newscrawl.options import database_option
from newscrawl.selecting import selection_options

__all__ = ["command"]


@click.command("dataset", short_help="Write a folder of articles that can be trusted and cited.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--verify", is_flag=True, help="Say whether every file is as it was when the bundle was made.")
@click.option("--format", "formats", multiple=True, metavar="NAME", help="May repeat; csv and sqlite when not given.")
@click.option("--rights", type=click.Choice(MODES), default="full", show_default=True, help="How much of the texts.")
@click.option("--title", default="News articles", show_default=True, help="What the bundle is called.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@selection_options
@database_option
def command(
    folder: Path,
    verify: bool,
    formats: tuple[str, ...],
    rights: Any,
    title: str,
    quiet: bool,
    database: Path,
    **filters: Any,
) -> None:
    """Write articles into a new folder, with all that is needed to trust and cite them.

    Beside the data files: a dictionary of the columns, a README with method, coverage and gaps, datapackage.json
    (Frictionless), croissant.json, Datasette's metadata.yaml and datasette.yaml, the query, runs and versions, and the
    SHA-256 of every file. The same database and query give the same bytes.
    """
    if verify:
        _verify(folder)
        return
    from newscrawl.dataset.bundle import FORMATS, write_bundle
    from newscrawl.selecting import as_stored, check_run, selection_of
    from pipelines.store import Store

    if unknown := [name for name in formats if name not in FORMATS]:
        fail(f"there is no format {unknown[0]!r}. There are {', '.join(FORMATS)}.", USAGE)
    wanted = tuple(dict.fromkeys(formats)) or ("csv", "sqlite")
    selection_of(filters)
    with Store.open(database, read_only=True) as store, store.moment():
        for run_id in filters["runs"]:
            check_run(store, "run", run_id)
        selected = store.select(selection_of(as_stored(store, filters)))
        if not selected.count():
            fail("no article matches: no bundle was made. `newscrawl status` says what is stored.", SOME_FAILED)
        facts = write_bundle(
            selected, folder, title=title, formats=wanted, rights=rights, database=database, quiet=quiet
        )
    click.echo(f"{facts.rows:,} articles in {folder}, SHA-256 {facts.identity}")


def _verify(folder: Path) -> None:
    from newscrawl.dataset.manifest import problems

    if not folder.is_dir():
        fail(f"there is no folder {str(folder)!r}.", USAGE)
    found = problems(folder)
    for sentence in found:
        click.echo(sentence)
    if found:
        fail(f"{folder} is not as it was made.", SOME_FAILED)
    click.echo(f"{folder} is as it was made.")
