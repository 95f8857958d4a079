"""`newscrawl explain URL`: what happened to an address, when and why."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from newscrawl.exit_codes import SOME_FAILED, fail
from newscrawl.options import database_option

__all__ = ["command"]


@click.command("explain", short_help="Tell the whole story of URL.")
@click.argument("url")
@database_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object with whole values.")
def command(url: str, database: Path, as_json: bool) -> None:
    """Tell the whole story of URL: where it was discovered, each fetch, and what was made of it.

    Every form of an address is understood: http or https, with www. or without, with tracking parameters. The exit
    code is 1 when it was never heard of.
    """
    from newscrawl.story import due, tell
    from pipelines.store import Store

    with Store.open(database, read_only=True) as store:
        story = store.explain(url)
    if story.url is None:
        fail(f"{url} was never heard of: no feed, listing or ticker named it, and nobody asked for it.", SOME_FAILED)
    if as_json:
        click.echo(json.dumps(asdict(story) | {"due": due(story.url)}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(tell(story)))
