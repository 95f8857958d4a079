"""The filters that exports and dataset bundles share, from the command line to a selection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

import click

from newscrawl.exit_codes import USAGE, fail
from newscrawl.options import check_day, filter_options
from pipelines.selection import Selection

if TYPE_CHECKING:
    from pipelines.store import Store

__all__ = ["check_run", "query_of", "selection_of", "selection_options"]

Command = TypeVar("Command", bound=Callable[..., Any])


def selection_options(command: Command) -> Command:
    """The filters. They reach the command as keyword arguments for :func:`selection_of`."""
    words = click.option("--search", "words", default="", metavar="WORDS", help="Holds all these, as with `search`.")
    runs = click.option("--run", "runs", type=int, multiple=True, metavar="N", help="Stored or changed by this run.")
    return filter_options(words(runs(command)))


def selection_of(filters: Mapping[str, Any]) -> Selection:
    """The selection that the options mean; fails with a sentence for a day or words that are none."""
    words = filters["words"]
    if words and not any(character.isalnum() for character in words):
        fail(f"{words!r} has no word to search for.", USAGE)
    return Selection(
        languages=filters["languages"],
        since=check_day("since", filters["since"]),
        until=check_day("until", filters["until"]),
        publishers=filters["publishers"],
        sites=filters["sites"],
        words=words,
        runs=filters["runs"],
    )


def query_of(selection: Selection) -> dict[str, Any]:
    """The filters that are set, as they are written down beside the data."""
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in asdict(selection).items() if value
    }


def check_run(store: Store, name: str, run_id: int, *, least: int = 1) -> None:
    """Fail with a sentence when there is no such run."""
    latest = next(iter(store.runs(limit=1)), None)
    last = latest.id if latest else 0
    if not least <= run_id <= last:
        there = f"the last one is {last}" if last else "there is none yet"
        fail(f"--{name} {run_id}: there is no such run; {there}. `newscrawl status` lists them.", USAGE)
