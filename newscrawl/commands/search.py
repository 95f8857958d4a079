"""`newscrawl search WORDS`: full-text search over titles, leads and bodies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from newscrawl.exit_codes import SOME_FAILED, USAGE, fail
from newscrawl.options import check_day, database_option, filter_options, limit_option, story_options
from newscrawl.tables import MATCH, print_hits

__all__ = ["command"]


@click.command("search")
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@filter_options
@story_options
@limit_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with the whole row.")
@database_option
def command(
    words: tuple[str, ...],
    limit: int | None,
    as_json: bool,
    database: Path,
    **filters: Any,
) -> None:
    """Find articles that hold all the words, best first. Accents and capitals do not matter.

    \b
    newscrawl search économie numérique
    newscrawl search '"assises nationales"'   a phrase
    newscrawl search 'élect*'                 a beginning
    """
    from newscrawl.selecting import as_stored
    from pipelines.store import Store

    query = " ".join(words)
    if not any(character.isalnum() for character in query):
        fail(f"{query!r} has no word to search for.", USAGE)
    filters |= {name: check_day(name, filters[name]) for name in ("since", "until")}
    with Store.open(database, read_only=True) as store:
        chosen = as_stored(store, filters)
        hits = store.search(query, **chosen, limit=limit or 20, marks=("[", "]") if as_json else MATCH)
    if as_json:
        for hit in hits:
            click.echo(json.dumps(dict(hit), ensure_ascii=False))
    elif hits:
        print_hits(hits)
    if not hits:
        fail(f"no article holds {query!r}.", SOME_FAILED)
