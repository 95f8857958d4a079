"""`newscrawl status`: what is stored, how each site is, and how the last runs went."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.exit_codes import LAYOUT, SOME_FAILED
from newscrawl.options import configured, database_option
from newscrawl.tables import print_table

if TYPE_CHECKING:
    from newscrawl.verdict import Verdict
    from pipelines.store.run_history import RunSummary

__all__ = ["command"]


@click.command("status", short_help="Say what is stored of each site, and how the site is.")
@database_option
@click.option("--runs", "run_count", type=click.IntRange(min=1), default=5, show_default=True, help="How many runs.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--check", is_flag=True, help="Exit code 3 when a site is blocked or has changed, 1 when one is stale.")
def command(database: Path, run_count: int, as_json: bool, check: bool) -> None:
    """Say what is stored of each site, how the site is, and how the latest runs ended."""
    from newscrawl.health import health
    from newscrawl.summary import sentence
    from pipelines.store import Store

    limits_of, now = configured().thresholds, datetime.now(UTC)
    with Store.open(database, read_only=True) as store:
        sites, runs = store.sites(), store.runs(limit=run_count)
        verdicts = {site.name: health(store, site.name, now, limits_of) for site in sites}
    if as_json:
        found = {
            "database": str(database),
            "sites": [
                asdict(site) | {"verdict": asdict(verdict) if (verdict := verdicts[site.name]) else None}
                for site in sites
            ],
            "runs": list(map(asdict, runs)),
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        click.echo(f"{database}: {sum(site.articles for site in sites)} articles")
        print_table(
            ("site", "verdict", "articles", "languages", "headlines", "addresses", "last stored"),
            [
                (
                    site.name,
                    verdict.word if (verdict := verdicts[site.name]) else "",
                    site.articles,
                    _tally(site.languages),
                    site.headlines,
                    _tally(site.urls),
                    site.last_stored_at,
                )
                for site in sites
            ],
        )
        for name, verdict in verdicts.items():
            if verdict is not None and verdict.word != "ok":
                click.echo(f"{name} is {verdict.word}: {verdict.reason}")
        print_table(
            ("run", "started", "ended", "state", "outcomes"),
            [
                (run.id, run.started_at, run.ended_at or "", run.state, sentence(_name(run), run.outcomes))
                for run in runs
            ],
        )
    if check:
        raise click.exceptions.Exit(_code([verdict for verdict in verdicts.values() if verdict]))


def _code(verdicts: list[Verdict]) -> int:
    if any(verdict.alarming for verdict in verdicts):
        return LAYOUT
    return SOME_FAILED if any(verdict.word == "stale" for verdict in verdicts) else 0


def _name(run: RunSummary) -> str:
    name = run.site or run.kind
    return f"{name} read again" if run.kind == "reextract" else name


def _tally(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
