"""The filters that exports and dataset bundles share, from the command line to a selection."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

import click

from newscrawl.exit_codes import USAGE, fail
from newscrawl.options import check_day, filter_options, story_options
from pipelines.store.selection import Selection
from pipelines.store.spellings import Filter, folded, spelled

if TYPE_CHECKING:
    from pipelines.store import Store

__all__ = ["as_stored", "check_run", "query_of", "selection_of", "selection_options"]

_SPELLED: dict[str, Filter] = {"languages": "language", "publishers": "publisher", "sites": "site"}
MOST_NAMED = 8
"""Values that a sentence names."""

Command = TypeVar("Command", bound=Callable[..., Any])


def selection_options(command: Command) -> Command:
    """The filters. They reach the command as keyword arguments for :func:`selection_of`."""
    words = click.option("--search", "words", default="", metavar="WORDS", help="Holds all these, as with `search`.")
    runs = click.option("--run", "runs", type=int, multiple=True, metavar="N", help="Stored or changed by this run.")
    return filter_options(words(runs(story_options(command))))


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
        story=filters["story"],
        one_per_story=filters["one_per_story"],
    )


def as_stored(store: Store, filters: Mapping[str, Any]) -> dict[str, Any]:
    """The filters with languages, publishers and sites as the database spells them.

    A sentence on stderr says which of them no article has, and which there are.
    """
    found = dict(filters)
    for name, column in _SPELLED.items():
        if wanted := filters.get(name):
            stored = store.stored_values(column)
            found[name], unknown = spelled(wanted, stored)
            if unknown and stored:
                click.echo(f"newscrawl: no article has the {column} {_named(unknown, stored)}", err=True)
    return found


def _named(unknown: Sequence[str], stored: Sequence[str]) -> str:
    """Those that are not there, and those that are: the nearest ones when they are many."""
    near = list(stored)
    if len(near) > MOST_NAMED:
        by_form = {folded(value): value for value in stored}
        alike = get_close_matches(folded(unknown[0]), by_form, n=MOST_NAMED, cutoff=0.4)
        near = [by_form[form] for form in alike] or near[:MOST_NAMED]
    rest = f", and {len(stored) - len(near)} others" if len(near) < len(stored) else ""
    return f"{', '.join(map(repr, unknown))}. There are {', '.join(near)}{rest}."


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
