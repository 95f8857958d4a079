"""Every key that newscrawl.toml may hold; newscrawl.example.toml documents them, and a test compares the two."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newscrawl.config import values as kinds
from newscrawl.config.values import Reader
from newscrawl.verdict import Thresholds

__all__ = ["KEYS", "SITE_KEYS", "THRESHOLD_KINDS", "Key"]


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its dotted name, how its value is read, and what it is without a word."""

    name: str
    read: Reader
    default: Any
    environment: str = ""
    is_path: bool = False
    """Relative to the file that says it."""
    secret: bool = False
    """Never shown whole."""

    @property
    def variable(self) -> str:
        """The environment variable that overrides the file."""
        return self.environment or f"NEWSCRAWL_{self.name.upper().replace('.', '_')}"


_share = kinds.number(0, 1)

THRESHOLD_KINDS: Mapping[str, Reader] = {
    "failed_share": _share,
    "blocked_share": _share,
    "yield_share": _share,
    "length_share": _share,
    "field_drop": _share,
    "quiet_share": _share,
    "stale_days": kinds.number(0),
    "min_runs": kinds.whole(1),
    "min_pages": kinds.whole(1),
}

KEYS: tuple[Key, ...] = (
    Key("database", kinds.text, "data/news.db", "NEWSCRAWL_DB", is_path=True),
    Key("contact", kinds.text, ""),
    Key("languages", kinds.languages, ["fr", "en", "es"]),
    Key("workers", kinds.whole(0), min(16, os.cpu_count() or 2)),
    Key("cluster", kinds.scheduler_address, ""),
    *(Key(f"thresholds.{name}", read, getattr(Thresholds(), name)) for name, read in THRESHOLD_KINDS.items()),
    Key("polling.least", kinds.duration, 300),
    Key("polling.most", kinds.duration, 86400),
    Key("webhook.url", kinds.web_address, "", secret=True),
    Key("webhook.when", kinds.choice("always", "trouble", "alarm"), "always"),
    Key("webhook.timeout", kinds.duration, 10),
    Key("retention.pages", kinds.duration, 0),
)
"""In the order in which they are shown."""

SITE_KEYS: Mapping[str, Reader] = {
    "enabled": kinds.flag,
    "baseline_since": kinds.day,
    "polling_least": kinds.duration,
    "polling_most": kinds.duration,
}
"""What a ``[sites.NAME]`` table may hold beside a ``thresholds`` table and the arguments that the spider takes."""
