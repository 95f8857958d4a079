"""`newscrawl runs`: how the crawls went, one line each, or all that is known of one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newscrawl.exit_codes import SOME_FAILED, fail
from newscrawl.options import configured, database_option
from newscrawl.tables import print_table

if TYPE_CHECKING:
    from newscrawl.verdict import Verdict
    from pipelines.store import Store
    from pipelines.store.run_history import RunSummary

__all__ = ["command"]


@click.command("runs", short_help="List the latest runs; all of one with its number.")
@click.argument("number", type=int, required=False)
@database_option
@click.option("--site", default="", help="Only runs of this site.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(number: int | None, database: Path, site: str, limit: int, as_json: bool) -> None:
    """List the latest runs with their counts and the verdict over each; of run NUMBER, tell every address.

    A verdict is ok, quiet (nothing or little new), stale (nothing new for days), layout-changed or blocked, from the
    site's own history; a run that was interrupted or died has none.
    """
    from newscrawl.health import verdicts
    from pipelines.store import Store

    with Store.open(database, read_only=True) as store:
        found = store.runs(site=site, limit=limit if number is None else -1)
        found = [run for run in found if number in (None, run.id)]
        judged = verdicts(store, found, configured().thresholds)
        if number is not None and not found:
            fail(f"there is no run {number}: `newscrawl runs` lists them.", SOME_FAILED)
        if as_json:
            _print_json(store, found, judged, with_addresses=number is not None)
        elif number is not None:
            _print_one(store, found[0], judged.get(number))
        else:
            print_table(
                ("run", "site", "started", "took", "state", "verdict", *_COUNTED), [_row(r, judged) for r in found]
            )


_COUNTED = ("new", "changed", "known", "failed", "received", "languages")


def _row(run: RunSummary, judged: Mapping[int, Verdict]) -> tuple[object, ...]:
    from newscrawl.summary import failures

    figures = run.figures
    return (
        run.id,
        run.site or run.kind,
        run.started_at[:16].replace("T", " "),
        _span(figures.seconds if figures else None),
        run.state,
        judged[run.id].word if run.id in judged else "",
        run.outcomes.get("stored", 0),
        run.outcomes.get("updated", 0),
        figures.known if figures else None,
        failures(run.outcomes),
        _size(figures.bytes if figures else None),
        " ".join(f"{code} {count}" for code, count in figures.languages.items()) if figures else "",
    )


def _print_one(store: Store, run: RunSummary, verdict: Verdict | None) -> None:
    figures = run.figures
    lines = {
        "run": f"{run.id}, {run.kind} of {run.site or 'no site'}",
        "arguments": run.arguments,
        "time": f"{run.started_at} to {run.ended_at or '...'}",
        "state": f"{run.state}{f' ({run.reason})' if run.reason and run.reason != run.state else ''}",
        "verdict": f"{verdict.word}: {verdict.reason}" if verdict else None,
        "outcomes": ", ".join(f"{word} {count}" for word, count in run.outcomes.items()),
    }
    told = {name: value for name, value in (asdict(figures) if figures else {}).items() if value not in (None, {})}
    for name, value in {**lines, **{name.replace("_", " "): value for name, value in told.items()}}.items():
        if value is not None:
            click.echo(f"{name:16} {value if not isinstance(value, dict) else _tally(value)}")
    click.echo("")
    for one in store.outcomes(run.id):
        click.echo(f"{one['outcome']}\t{one['url']}\t{one['title'] or one['detail'] or ''}")


def _print_json(store: Store, found: list[RunSummary], judged: Mapping[int, Verdict], *, with_addresses: bool) -> None:
    for run in found:
        verdict = judged.get(run.id)
        told: dict[str, Any] = asdict(run) | {"verdict": asdict(verdict) if verdict else None}
        if with_addresses:
            told["addresses"] = list(store.outcomes(run.id))
        click.echo(json.dumps(told, ensure_ascii=False))


def _tally(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _span(seconds: float | None) -> str:
    """For example ``2.4 s``, ``3 min``, ``1.5 h``."""
    if seconds is None:
        return ""
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 3600 else f"{seconds / 3600:.1f} h"


def _size(count: int | None) -> str:
    return "" if count is None else f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
