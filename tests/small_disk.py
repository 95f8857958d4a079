"""A crawl on a disk that fills up, and another one once there is room: a real file system, small and in memory.

It is mounted in a namespace of its own, which Linux lets any user make; where it does not, nothing can be tried.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.doomed_crawl import command, start

_SCRIPT = """
set -e
mount -t tmpfs -o size="$1" none "$2"
folder=$2 kept=$3
shift 3
"$@"
mount -o remount,size=256m "$folder"
"$@"
cp "$folder"/* "$kept"
"""


def can_be_made() -> bool:
    """Whether this system lets us mount one."""
    words = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def crawl_twice(kept: Path, size: int, base_url: str) -> list[dict[str, Any]]:
    """Crawl on a disk of so many bytes and again when it has grown, each to its end; the files end in ``kept``."""
    disk = kept / "disk"
    disk.mkdir()
    crawl = command(disk / "news.db", base_url)
    process = start(["unshare", "-rm", "sh", "-c", _SCRIPT, "sh", str(size), str(disk), str(kept), *crawl])
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0, out
    return [json.loads(line) for line in out.splitlines() if line.startswith("{")]
