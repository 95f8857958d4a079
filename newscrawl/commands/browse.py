"""`newscrawl browse`: the database in a browser, with Datasette."""

from __future__ import annotations

import importlib.util
import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from newscrawl.exit_codes import USAGE, fail
from newscrawl.options import database_option

__all__ = ["command"]


@click.command("browse", short_help="Look at the database in a browser (Datasette).")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one.")
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@database_option
def command(port: int, open_browser: bool, database: Path) -> None:
    """Look at the database in a browser: tables with facets and search, and ready questions. Ctrl-C ends it.

    Read only, and reachable from this machine alone. A crawl may go on writing meanwhile.
    """
    from newscrawl.browse.metadata import metadata
    from pipelines.store import Store

    if importlib.util.find_spec("datasette") is None:
        fail("Datasette is not installed: pip install 'newscrawl[browse]' brings it.", USAGE)
    from newscrawl.browse.server import serve

    with Store.open(database, read_only=True) as store:
        schema = store.schema()

    def ready(address: str) -> None:
        click.echo(f"{database} is at {address} (Ctrl-C ends it)", err=True)
        if open_browser:
            webbrowser.open(address)

    try:
        # Ctrl-C is how it ends, and no failure.
        with suppress(KeyboardInterrupt):
            serve(database, metadata(database, schema), port, ready)
    except OSError as error:
        fail(f"port {port} cannot be used ({error.strerror}): choose another one with --port.", USAGE)
