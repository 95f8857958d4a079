"""The memory of the crawling process over a long run: a site of small pages that its server makes up as it is asked.

Everything on the way is real (fetching, frontier, archive, store, extraction in two processes); the pages are small,
15 KB, so that what is measured is what grows with their number.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from benchmarks.speed.measuring import FailedError, run, voice
from benchmarks.speed.sites import ENVIRONMENT, Site, serving

__all__ = ["memory"]

EVERY = 5_000


def memory(scratch: Path, pages: int, workers: int) -> dict[str, Any]:
    """Crawl so many articles; resident megabytes of the parent after every 5,000 of them, or every twentieth part."""
    every = min(EVERY, max(1, pages // 20))
    points: list[dict[str, float]] = []

    def look(line: str, pid: int) -> None:
        stored = re.search(r"(\d+) stored", line)
        if stored and int(stored[1]) >= (len(points) + 1) * every:
            points.append({"pages": int(stored[1]), "rss_mb": _resident(pid)})
            voice(f"{points[-1]['pages']:.0f} articles stored: {points[-1]['rss_mb']:.0f} MB")

    database = scratch / "memory.db"
    for file in scratch.glob("memory*.db*"):
        file.unlink()
    with serving("--live", "known", "--pages", str(pages), "--small") as base_url:
        command = Site("known", scratch, pages, base_url).crawl(database, workers)
        ran = run(command, cwd=scratch, env=ENVIRONMENT, mark=r"(\d+) new, \d+ changed", on_line=look)
    if not points or ran.marked is None:
        raise FailedError("the crawl ended before a single figure was taken")
    return {
        "pages": int(ran.marked[1]),
        "points": points,
        "peak_mb": max(point["rss_mb"] for point in points),
        "growth_mb_a_100_000_pages": _slope(points) * 100_000,
        "pages_per_second": pages / ran.spent.wall,
        "parent_cpu_ms": ran.spent.own_cpu / pages * 1000,
    }


def _resident(pid: int) -> float:
    """Megabytes (proc(5), ``VmRSS`` is in KiB)."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def _slope(points: list[dict[str, float]]) -> float:
    """Megabytes a page over the second half of the run, by least squares."""
    half = points[len(points) // 2 :]
    if len(half) < 2:
        return 0.0
    mean_x = sum(one["pages"] for one in half) / len(half)
    mean_y = sum(one["rss_mb"] for one in half) / len(half)
    above = sum((one["pages"] - mean_x) * (one["rss_mb"] - mean_y) for one in half)
    return above / sum((one["pages"] - mean_x) ** 2 for one in half)
