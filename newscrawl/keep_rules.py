"""What ``newscrawl archive prune --keep RULE`` means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newscrawl.exit_codes import USAGE, fail

if TYPE_CHECKING:
    from pipelines.archive_care import Keep
    from pipelines.store import Store

__all__ = ["keep_of"]

_DAYS = {"d": 1, "w": 7, "m": 31, "y": 366}
"""Days of a unit; a month and a year are the longest there are, so that nothing goes too early."""
_AGE = re.compile(r"([0-9]{1,4})([dwmy])")
_LATEST = re.compile(r"latest(?:=([1-9][0-9]{0,3}))?")


def keep_of(rules: Sequence[str], store: Store, *, now: datetime) -> Keep:
    """The pages that stay by any of the rules; fails with a sentence for one that is none."""
    from pipelines.archive_care import Keep

    latest, since, hashes = 0, None, set[str]()
    for rule in rules:
        if rule in ("articles", "revisions"):
            hashes |= store.history.page_hashes()
            hashes |= store.history.page_hashes(revisions=True) if rule == "revisions" else set()
        elif found := _LATEST.fullmatch(rule):
            latest = max(latest, int(found[1] or 1))
        elif found := _AGE.fullmatch(rule):
            moment = now - timedelta(days=int(found[1]) * _DAYS[found[2]])
            since = min(since, moment) if since else moment
        else:
            fail(f"--keep {rule!r} is no rule: write articles, revisions, latest, latest=3 or 90d.", USAGE)
    return Keep(latest, since, frozenset(hashes))
