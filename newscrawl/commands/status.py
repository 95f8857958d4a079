"""`newscrawl status`: what is stored, and how the last runs went."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.options import database_option
from newscrawl.tables import print_table

if TYPE_CHECKING:
    from pipelines.reading import RunSummary

__all__ = ["command"]


@click.command("status")
@database_option
@click.option("--runs", "run_count", type=click.IntRange(min=1), default=5, show_default=True, help="How many runs.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(database: Path, run_count: int, as_json: bool) -> None:
    """Say what is stored of each site, and how the latest runs ended."""
    from newscrawl.summary import sentence
    from pipelines.store import Store

    with Store.open(database, read_only=True) as store:
        sites, runs = store.sites(), store.runs(limit=run_count)
    if as_json:
        found = {"database": str(database), "sites": list(map(asdict, sites)), "runs": list(map(asdict, runs))}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    click.echo(f"{database}: {sum(site.articles for site in sites)} articles")
    print_table(
        ("site", "articles", "languages", "headlines", "addresses", "last stored"),
        [
            (
                site.name,
                site.articles,
                _tally(site.languages),
                site.headlines,
                _tally(site.urls),
                site.last_stored_at,
            )
            for site in sites
        ],
    )
    print_table(
        ("run", "started", "ended", "state", "outcomes"),
        [(run.id, run.started_at, run.ended_at or "", run.state, sentence(_name(run), run.outcomes)) for run in runs],
    )


def _name(run: RunSummary) -> str:
    name = run.site or run.kind
    return f"{name} read again" if run.kind == "reextract" else name


def _tally(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
