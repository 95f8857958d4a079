"""Date strings: how many are read as they were meant, and how many that are no dates are taken for one."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

__all__ = ["COLUMNS", "judge_date", "measure_dates"]

COLUMNS = ("dates", "right", "missed", "wrong", "clock", "accepted", "us")
"""dates; right; left unread; another day or month; the day right but not the clock or the zone; CPU microseconds. Of
the row "not dates": right is left unread, accepted is taken for a date."""


def judge_date(expected: str | None, found: str | None) -> str:
    """One of ``right``, ``missed``, ``wrong``, ``clock``, ``accepted``.

    ``expected`` is what the text says: None, a month, a day, a wall clock or an instant with its offset; ``found`` the
    same in ISO 8601. A day is compared as written, a wall clock without offset by its clock, an instant as an instant.
    """
    if expected is None:
        return "accepted" if found else "right"
    if not found:
        return "missed"
    if len(expected) <= len("2024-03-12"):
        return "right" if found[: len(expected)] == expected else "wrong"
    return _judge_clock(datetime.fromisoformat(expected), found)


def _judge_clock(wanted: datetime, found: str) -> str:
    try:
        read = datetime.fromisoformat(found)
    except ValueError:  # a month
        return "wrong"
    if len(found) <= len("2024-03-12"):
        return "clock" if read.date() == wanted.date() else "wrong"
    if wanted.tzinfo and read.tzinfo:
        return "right" if abs((read - wanted).total_seconds()) < 60 else "wrong"
    if wanted.tzinfo:
        return "clock" if read.date() == wanted.date() else "wrong"
    apart = abs((read.replace(tzinfo=None) - wanted).total_seconds())
    return "right" if apart < 60 else "clock" if read.date() == wanted.date() else "wrong"


def measure_dates(file: Path, read: Callable[[Mapping[str, Any]], str | None]) -> list[tuple[str, dict[str, float]]]:
    """A row for each language of a JSON Lines file and one for what is no date.

    Rows have ``raw``, ``lang_hint``, ``reference_time`` (aware ISO 8601) and ``expected_iso`` (or null).
    """
    verdicts: dict[str, Counter[str]] = {}
    spent: Counter[str] = Counter()
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        group = row["lang_hint"] or "und" if row["expected_iso"] else "not dates"
        started = time.process_time_ns()
        found = read(row)
        spent[group] += time.process_time_ns() - started
        verdicts.setdefault(group, Counter())[judge_date(row["expected_iso"], found)] += 1
    rows = []
    for group, counted in sorted(verdicts.items()):
        total = counted.total()
        shares = {name: counted[name] / total for name in ("right", "missed", "wrong", "clock", "accepted")}
        rows.append((group, {"dates": float(total), **shares, "us": spent[group] / total / 1000}))
    return rows
