"""On what machine, and with what versions, something was measured."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

__all__ = ["machine"]

OURS = ("newscrawl", "scrapy", "twisted", "trafilatura", "lxml", "htmldate", "dateparser", "sqlite-utils", "zstandard",
        "pebble")  # fmt: skip
PEERS = ("news-please", "newspaper4k", "lxml")


def machine(peers: Path | None) -> dict[str, Any]:
    """Facts that a figure means nothing without; ``load`` is what else ran in the minute before."""
    import sqlite3

    cpu = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    return {
        "day": date.today().isoformat(),
        "cpu": cpu[1].strip() if cpu else platform.processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(int(memory[1]) / 1e6) if memory else None,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "load": os.getloadavg()[0],
        "versions": {name: _version(name) for name in OURS},
        "peers": _versions_of(peers) if peers else {},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _versions_of(python: Path) -> dict[str, str]:
    code = f"from importlib.metadata import version\nfor name in {PEERS!r}: print(name, version(name))"
    printed = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout
    return dict(line.split(" ", 1) for line in printed.splitlines())
