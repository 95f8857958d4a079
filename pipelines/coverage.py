"""What a selection of articles covers and what it lacks, counted for whoever has to judge whether it will do."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.selection import Selection

__all__ = ["Coverage", "complete_to_run", "count", "coverage"]

Tally = dict[str | None, int]
"""Value → articles; None counts those that have none."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of the selected articles, and of the addresses of their sites that gave none."""

    articles: int
    words: int
    languages: Tally
    sites: Tally
    publishers: Tally
    months: Tally
    """By month of publication, ``2025-07``."""
    first: str | None
    """The earliest ``published_at``; None when no article has a date."""
    last: str | None
    undated: int
    ambiguous: int
    """Articles whose day and month could be swapped."""
    paywalled: int
    extractor_versions: Tally
    runs: list[dict[str, object]]
    """The runs that stored or changed one of them, oldest first: id, kind, site, arguments, version, started_at ..."""
    refused: Tally
    """Addresses of these sites without an article, by their last outcome; None counts those not fetched yet."""
    as_of: str | None
    """The last time that a run of the database began or ended: nothing later is in it."""
    complete_to_run: int


def count(connection: sqlite3.Connection, selection: Selection) -> int:
    """How many articles there are."""
    where, values = _where(selection)
    number: int = connection.execute(f"SELECT count(*) FROM articles {where}", values).fetchone()[0]
    return number


def coverage(connection: sqlite3.Connection, selection: Selection) -> Coverage:
    """Count all that :class:`Coverage` has."""
    where, values = _where(selection)

    def tally(expression: str) -> Tally:
        sql = (
            f"SELECT {expression} AS value, count(*) FROM articles {where} GROUP BY value ORDER BY value IS NULL, value"
        )
        return {row[0]: row[1] for row in connection.execute(sql, values)}

    facts = connection.execute(
        f"""SELECT count(*), coalesce(sum(word_count), 0), min(published_at), max(published_at),
        coalesce(sum(published_at IS NULL), 0), coalesce(sum(published_ambiguous), 0), coalesce(sum(paywalled), 0)
        FROM articles {where}""",
        values,
    ).fetchone()
    articles, words, first, last, undated, ambiguous, paywalled = facts
    sites = tally("site")
    return Coverage(
        articles=articles,
        words=words,
        languages=tally("language"),
        sites=sites,
        publishers=tally("publisher"),
        months=tally("substr(published_at, 1, 7)"),
        first=first,
        last=last,
        undated=undated,
        ambiguous=ambiguous,
        paywalled=paywalled,
        extractor_versions=tally("extractor_version"),
        runs=_runs(connection, where, values),
        refused=_refused(connection, [site for site in sites if site]),
        as_of=connection.execute("SELECT max(max(started_at), coalesce(max(ended_at), '')) FROM runs").fetchone()[0],
        complete_to_run=complete_to_run(connection),
    )


def complete_to_run(connection: sqlite3.Connection) -> int:
    """The highest run number up to which every run has ended; what a later run changes can be asked for by it."""
    sql = "SELECT coalesce(min(id) - 1, (SELECT coalesce(max(id), 0) FROM runs)) FROM runs WHERE ended_at IS NULL"
    number: int = connection.execute(sql).fetchone()[0]
    return number


def _where(selection: Selection) -> tuple[str, Sequence[str | int]]:
    clauses, values = selection.conditions()
    return (f"WHERE {' AND '.join(clauses)}" if clauses else ""), values


def _runs(connection: sqlite3.Connection, where: str, values: Sequence[str | int]) -> list[dict[str, object]]:
    sql = f"""SELECT id, kind, site, arguments, version, started_at, ended_at, state FROM runs
    WHERE id IN (SELECT first_run_id FROM articles {where} UNION SELECT last_run_id FROM articles {where})
    ORDER BY id"""
    return [dict(row) for row in connection.execute(sql, [*values, *values])]


def _refused(connection: sqlite3.Connection, sites: Sequence[str]) -> Tally:
    marks = ", ".join("?" * len(sites))
    sql = f"""SELECT last_outcome, count(*) FROM urls
    WHERE kind = 'article' AND article_id IS NULL AND site IN ({marks})
    GROUP BY 1 ORDER BY 2 DESC, 1"""
    return {row[0]: row[1] for row in connection.execute(sql, sites)}
