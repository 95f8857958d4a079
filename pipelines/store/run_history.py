"""The runs' history: what each came to, which of them died, and the last runs of a site for its baseline."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.store import figures, ledger
from pipelines.store.figures import RunFigures
from pipelines.store.locks import is_held, run_lock_path

__all__ = ["DIED", "RunSummary", "bury", "runs"]

DIED = "its process ended without a word"
"""Why a run ended whose process was killed, crashed or lost its machine."""

_COLUMNS = "runs.*, " + ", ".join(f"f.{name}" for name in RunFigures.__dataclass_fields__)
_FROM = "FROM runs LEFT JOIN run_figures f ON f.run_id = runs.id"


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A line of the runs' history."""

    id: int
    kind: str
    site: str | None
    arguments: str | None
    version: str | None
    started_at: str
    ended_at: str | None
    state: str
    """``running``, ``finished``, ``interrupted``, ``failed`` or ``died``."""
    reason: str | None
    outcomes: dict[str, int]
    """How many URLs came to what."""
    figures: RunFigures | None = None


def runs(
    connection: sqlite3.Connection,
    database: Path,
    *,
    site: str = "",
    kind: str = "",
    since: str = "",
    limit: int = -1,
) -> list[RunSummary]:
    """The latest runs first; one that is written down as running but has no living process counts as died.

    ``since``: runs that started at this moment or later, as text.
    """
    clauses = ["1"]
    values: list[str | int] = []
    for column, value in (("site =", site), ("kind =", kind), ("started_at >=", since)):
        if value:
            clauses.append(f"{column} ?")
            values.append(value)
    sql = f"SELECT {_COLUMNS} {_FROM} WHERE {' AND '.join(clauses)} ORDER BY runs.id DESC LIMIT ?"
    found = connection.execute(sql, [*values, limit]).fetchall()
    counts = _outcomes(connection, [row["id"] for row in found])
    return [_summary(row, counts[row["id"]], database) for row in found]


def _summary(row: sqlite3.Row, outcomes: dict[str, int], database: Path) -> RunSummary:
    names = ("id", "kind", "site", "arguments", "version", "started_at", "ended_at", "state", "reason")
    values = {name: row[name] for name in names}
    if row["state"] == "running" and not is_held(run_lock_path(database, row["id"])):
        values |= {"state": "died", "reason": DIED}
    return RunSummary(**values, outcomes=outcomes, figures=figures.read(row))


def _outcomes(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """How many URLs of each run came to what, in the words' order."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    if ids:
        sql = """SELECT run_id, outcome, count(*) FROM outcomes WHERE run_id IN (SELECT value FROM json_each(?))
        GROUP BY run_id, outcome ORDER BY run_id, outcome"""
        for run_id, outcome, count in connection.execute(sql, (json.dumps(ids),)):
            found[run_id][outcome] = count
    return found


def bury(connection: sqlite3.Connection, database: Path) -> list[int]:
    """Write down of runs whose process is gone that they died, when they were last heard of; gives their numbers.

    What they had in their hands waits again.
    """
    running = connection.execute("SELECT id FROM runs WHERE state = 'running'").fetchall()
    dead = [row["id"] for row in running if not is_held(run_lock_path(database, row["id"]))]
    for run_id in dead:
        connection.execute(
            """UPDATE runs SET state = 'died', reason = ?,
            ended_at = (SELECT max(at) FROM outcomes WHERE run_id = runs.id) WHERE id = ?""",
            (DIED, run_id),
        )
        ledger.give_back(connection, run_id)
        run_lock_path(database, run_id).unlink(missing_ok=True)
    return dead
