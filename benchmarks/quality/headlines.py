"""The language of single headlines: how many are called what they are, and how many foreign ones pass as ours."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

__all__ = ["COLUMNS", "OURS", "measure_headlines"]

OURS = ("fr", "en", "es")
COLUMNS = ("texts", "right", "wrong", "us")
"""texts; right; called another of our languages; CPU microseconds a text. For the other languages, right is "none of
ours" and wrong is "accepted as one of ours"."""


def measure_headlines(file: Path, detect: Callable[[str], str]) -> list[tuple[str, dict[str, float]]]:
    """A row for each kind and language of a JSON Lines file with ``text``, ``lang`` and perhaps ``kind``.

    ``detect`` gives an ISO 639-1 code or ``und``. Languages other than ours are one row, ``other``.
    """
    counts: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    detect("Bonjour tout le monde")
    for line in file.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)
        started = time.process_time()
        found = detect(text["text"])
        spent = time.process_time() - started
        wanted = text["lang"] if text["lang"] in OURS else "other"
        right = (found if found in OURS else "other") == wanted
        sums = counts[f"{text.get('kind', 'headline')} {wanted}"]
        for at, value in enumerate((1.0, right, not right and found in OURS, spent * 1e6)):
            sums[at] += value
    return [
        (name, {"texts": sums[0], "right": sums[1] / sums[0], "wrong": sums[2] / sums[0], "us": sums[3] / sums[0]})
        for name, sums in sorted(counts.items())
    ]
