"""`newscrawl history URL`: what an article was, and who changed it when."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.exit_codes import SOME_FAILED, fail
from newscrawl.options import database_option
from newscrawl.tables import print_table

if TYPE_CHECKING:
    from pipelines.store.history import Version

__all__ = ["command"]

CAUSES = {"publisher": "the publisher", "rules": "our rules", None: ""}


@click.command("history", short_help="List the versions of an article.")
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a version, with the whole state of the article.")
@database_option
def command(url: str, as_json: bool, database: Path) -> None:
    """List the versions of an article: when, what changed, and whether the publisher or a new rule changed it.

    URL is the aggregator's or the publisher's address, in any form.
    """
    from pipelines.store import Store

    with Store.open(database, read_only=True) as store:
        versions = store.history.versions(url)
    if not versions:
        fail(f"no article was ever stored of {url}.", SOME_FAILED)
    if as_json:
        for version in versions:
            click.echo(json.dumps(asdict(version), ensure_ascii=False))
        return
    last = next((version.state for version in reversed(versions) if version.state), {})
    click.echo(f"{last.get('title', '')}\n{last.get('canonical_url', url)}")
    columns = ("version", "at", "what", "by", "rules", "changed")
    print_table(columns, [_row(version) for version in versions])


def _row(version: Version) -> tuple[object, ...]:
    by = CAUSES[version.cause] if version.kind == "updated" else ""
    changed = ", ".join(version.changed) if version.kind == "updated" else ""
    if version.figures:
        changed += f"  ({' '.join(version.figures[0]) or '-'} → {' '.join(version.figures[1]) or '-'})"
    return (version.number, version.at, version.kind, by, version.extractor_version, changed)
