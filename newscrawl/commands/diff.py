"""`newscrawl diff URL`: two versions of an article, field by field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.differences import difference_lines, readable_fields
from newscrawl.exit_codes import SOME_FAILED, USAGE, fail
from newscrawl.options import database_option

if TYPE_CHECKING:
    from pipelines.store.history import Version

__all__ = ["command"]


@click.command("diff", short_help="Show what changed of an article between two versions.")
@click.argument("url")
@click.option("--from", "first", metavar="N|TIME", help="A version's number, or when it was in force; the one before.")
@click.option("--to", "last", metavar="N|TIME", help="The latest when not given.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: each field's value before and after.")
@database_option
def command(url: str, first: str | None, last: str | None, as_json: bool, database: Path) -> None:
    """Show what changed of an article between two versions; `newscrawl history URL` numbers them.

    \b
    newscrawl diff https://www.maghress.com/fr/challenge/1
    newscrawl diff URL --from 1
    newscrawl diff URL --from 2026-01-31 --to 2026-02-28T12:00
    """
    from pipelines.store import Store

    with Store.open(database, read_only=True) as store:
        versions = [one for one in store.history.versions(url) if one.state]
    if not versions:
        fail(f"no article was ever stored of {url}.", SOME_FAILED)
    new = _chosen(versions, last, "--to") if last else versions[-1]
    before = [one for one in versions if one.number < new.number]
    old = _chosen(versions, first, "--from") if first else (before or [new])[-1]
    fields = {
        name: (old.state[name], value) for name, value in new.state.items() if old.state[name] != value
    }  # fmt: skip
    if as_json:
        ends = {end: {"version": one.number, "at": one.at} for end, one in (("from", old), ("to", new))}
        click.echo(json.dumps({"url": url, **ends, "fields": readable_fields(fields)}, ensure_ascii=False))
    elif fields:
        click.echo(f"{new.state['canonical_url']}: version {old.number} ({old.at}) to {new.number} ({new.at})")
        for line in difference_lines(fields):
            click.echo(line)
    if not fields:
        fail(f"versions {old.number} and {new.number} of {url} say the same.", SOME_FAILED)


def _chosen(versions: list[Version], text: str, option: str) -> Version:
    """The version of a number, or the one in force at a time (a day is its end)."""
    if text.isascii() and text.isdigit() and len(text) < 4:
        found = [one for one in versions if one.number == int(text)]
    else:
        found = [one for one in versions if one.at <= _moment(text, option)]
    if not found:
        fail(f"there is no version {text}: `newscrawl history` lists them.", USAGE)
    return found[-1]


def _moment(text: str, option: str) -> str:
    from newscrawl.page_file import read_time

    return read_time(text if len(text) > 10 else f"{text}T23:59:59", option).strftime("%Y-%m-%dT%H:%M:%SZ")
