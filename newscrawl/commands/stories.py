"""`newscrawl stories`: texts that several papers print, who was first, and which agency they came from."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from newscrawl.exit_codes import SOME_FAILED, USAGE, fail
from newscrawl.options import check_day, database_option
from newscrawl.tables import print_table

__all__ = ["command"]


@click.command("stories", short_help="List the texts that most papers print.")
@click.argument("number", type=click.IntRange(min=1), required=False)
@click.option("--language", "languages", multiple=True, metavar="CODE", help="Of the first print; may repeat.")
@click.option("--since", metavar="DAY", help="First printed on this day or later (2026-01-31 or 2026-01).")
@click.option("--until", metavar="DAY", help="First printed on this day or earlier.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="At most N.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--rebuild", is_flag=True, help="First place articles that an older version placed, or none.")
@database_option
def command(number: int | None, as_json: bool, rebuild: bool, database: Path, limit: int, **filters: Any) -> None:
    """List the texts that most papers print, or with NUMBER every print of one.

    A `?` says that another print could be as early as the first one: it has no date, or the same day.
    """
    from newscrawl.selecting import as_stored
    from pipelines.store import Store

    if number is not None and any(filters.values()):
        fail("a story's number and filters do not go together: leave one out.", USAGE)
    filters |= {name: check_day(name, filters[name]) for name in ("since", "until")}
    if rebuild:
        _rebuild(database)
    with Store.open(database, read_only=True) as store:
        if number is None:
            rows = [asdict(story) for story in store.stories.most_printed(**as_stored(store, filters), limit=limit)]
        else:
            rows = store.stories.prints(number)
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif rows and number is None:
        print_stories(rows)
    elif rows:
        print_prints(rows)
    if not rows:
        fail("no text is printed by several papers." if number is None else f"there is no story {number}.", SOME_FAILED)


def print_stories(rows: list[dict[str, Any]]) -> None:
    """A line a story: prints, papers, when it was first seen, by whom, from which agency."""
    print_table(
        ("story", "prints", "papers", "first", "by", "agency", "title"),
        [
            (
                row["id"],
                row["articles"],
                row["publishers"],
                (row["first_published"] or "undated")[:16] + ("" if row["first_certain"] else " ?"),
                row["first_publisher"] or "",
                row["agency"] or "",
                row["title"],
            )
            for row in rows
        ],
    )


def print_prints(rows: list[dict[str, Any]]) -> None:
    """A line a print: how alike it is to the nearest other one, and which agency it names."""
    print_table(
        ("published", "publisher", "site", "words", "alike", "contained", "agency", "title", "address"),
        [
            (
                (row["published_at"] or "undated")[:16],
                row["publisher"] or "",
                row["site"] or "",
                row["word_count"],
                f"{row['resemblance']:.0%}",
                f"{row['containment']:.0%}",
                row["agency"] or "",
                row["title"],
                row["canonical_url"],
            )
            for row in rows
        ],
    )


def _rebuild(database: Path) -> None:
    from pipelines.store import Store

    with Store.open(database, create=False) as store:
        for done in store.stories.place_all():
            if done % 10_000 < 100:
                click.echo(f"{done} articles placed", err=True)
