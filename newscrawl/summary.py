"""What a crawl did, for people on stderr and for scripts as JSON on stdout."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.outcomes import is_final
from pipelines.store import Store

if TYPE_CHECKING:
    from newscrawl.crawling import Crawled

__all__ = ["failures", "print_summaries", "sentence"]

NEW = ("stored",)
CHANGED = ("updated",)
SAME = ("unchanged", "not-modified")
NOT_ASKED = ("not-selected", "robots", "offsite", "private-address")
"""Refused before it was asked: a reason, and no failure of the crawl."""


def failures(counts: dict[str, int]) -> int:
    """How many URLs failed: timeouts, server errors, refused connections, listings that gave nothing.

    What is settled is no failure: a page that is gone, has no text or is in another language has its reason.
    """
    return sum(number for word, number in counts.items() if not is_final(word) and word not in NOT_ASKED)


def sentence(name: str, counts: dict[str, int], crawled: Crawled | None = None) -> str:
    """For example ``maghress: 40 new, 0 changed, 3 unchanged, 12 known; 6 other: language-ar 3, robots 1 ...``."""

    def count(words: Iterable[str]) -> int:
        return sum(counts.get(word, 0) for word in words)

    parts = [f"{count(NEW)} new", f"{count(CHANGED)} changed", f"{count(SAME)} unchanged"]
    parts += [] if crawled is None else [f"{crawled.known} known"]
    other = {word: n for word, n in counts.items() if word not in {*NEW, *CHANGED, *SAME, "listed"}}
    text = f"{name}: {', '.join(parts)}"
    if other:
        text += f"; {sum(other.values())} other: {', '.join(f'{word} {n}' for word, n in sorted(other.items()))}"
    text += f"; {counts.get('listed', 0)} listings and feeds read"
    if crawled is None:
        return text
    notes = {"not modified": crawled.not_modified, "not due": crawled.not_due, "articles put off": crawled.later}
    said = [f"{number} {note}" for note, number in notes.items() if number]
    return f"{text} ({', '.join(said)})" if said else text


def print_summaries(database: Path, crawled: Sequence[Crawled], *, as_json: bool, quiet: bool) -> int:
    """Print a summary a site; gives back how many URLs failed in all."""
    failed = 0
    with Store.open(database, read_only=True) as store:
        for one in crawled:
            if one.run is None:
                click.echo(f"{one.name}: the crawl did not start; run it again with -v to see why.", err=True)
                continue
            counts = store.counts(one.run)
            failed += failures(counts)
            if as_json:
                summary = {"site": one.name, "run": one.run, "reason": one.reason, "known": one.known}
                summary |= {"later": one.later, "not_modified": one.not_modified, "not_due": one.not_due}
                click.echo(json.dumps(summary | {"outcomes": dict(sorted(counts.items()))}))
            elif not quiet:
                click.echo(sentence(one.name, counts, one), err=True)
                if one.known and not counts.get("stored") and not counts.get("updated"):
                    click.echo("Known articles are not fetched again; --refetch does.", err=True)
    return failed
