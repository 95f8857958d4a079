"""A crawl of the sample aggregator in a process of its own that is killed at a chosen moment, as by ``kill -9``."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent


def command(
    database: Path,
    base_url: str,
    *,
    moment: str = "",
    count: int = 0,
    file_bytes: int = 0,
    settings: dict[str, Any] | None = None,
    arguments: dict[str, str] | None = None,
) -> list[str]:
    """The command line of a crawl that dies at the ``count``-th ``moment`` (a place that :func:`mine` knows), if any.

    ``file_bytes``: the size that no file may exceed. The last line of its stdout is one JSON object: why it ended, the
    error.
    """
    plan = {
        "database": str(database),
        "base_url": base_url,
        "moment": moment,
        "count": count,
        "file_bytes": file_bytes,
        "settings": settings or {},
        "arguments": {"editions": "fr"} | (arguments or {}),
    }
    return [sys.executable, __file__, json.dumps(plan)]


def start(words: list[str]) -> subprocess.Popen[str]:
    """Begin a command of the project."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=PROJECT, env=environment)


def start_crawl(database: Path, base_url: str, **plan: Any) -> subprocess.Popen[str]:
    """Begin to crawl, as :func:`command` says."""
    return start(command(database, base_url, **plan))


def finish(crawl: subprocess.Popen[str], seconds: float = 300) -> dict[str, Any]:
    """Wait for a crawl that is not to die."""
    out, _ = crawl.communicate(timeout=seconds)
    assert crawl.returncode == 0, crawl.returncode
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def run_crawl(database: Path, base_url: str, **plan: Any) -> dict[str, Any]:
    """Crawl to the end."""
    return finish(start_crawl(database, base_url, **plan))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def at_count(count: int, call: Callable[..., Any], *, before: bool = True) -> Callable[..., Any]:
    """The function, but that the process dies before (or after) its ``count``-th call."""
    calls = 0

    def counted(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if before and calls >= count:
            die()
        answer = call(*arguments, **named)
        if calls >= count:
            die()
        return answer

    return counted


def in_the_midst(count: int, call: Callable[..., Any]) -> Callable[..., Any]:
    """The function, but that another thread kills the process while its ``count``-th call is at work."""
    calls = 0

    def counted(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == count:
            threading.Thread(target=die).start()
        return call(*arguments, **named)

    return counted


def mine(moment: str, count: int) -> None:
    """Lay the mine."""
    from newscrawl.frontier import Frontier
    from newscrawl.page_spider import PageSpider
    from pipelines.archive import Archive
    from pipelines.store import Store
    from pipelines.store.queue import Queue

    places: dict[str, tuple[type, str]] = {
        "fetch": (PageSpider, "answered"),
        "request": (Frontier, "next_request"),
        "found": (Queue, "acknowledge"),
        "lease": (Queue, "lease"),
        "item": (Store, "record"),
        "archived": (Store, "commit"),
        "committed": (Archive, "commit"),
    }
    if moment == "commit":
        Store.commit = in_the_midst(count, Store.commit)  # type: ignore[method-assign]
    elif moment:
        place, name = places[moment]
        setattr(place, name, at_count(count, getattr(place, name), before=moment != "item"))


def _main() -> None:
    plan = json.loads(sys.argv[1])
    if plan["file_bytes"]:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (plan["file_bytes"], resource.RLIM_INFINITY))
    mine(plan["moment"], plan["count"])

    from newscrawl.crawling import Job, crawl, project_settings

    settings = project_settings(Path(plan["database"]), {"NEWSCRAWL_WORKERS": "0"}, progress=False)
    settings.setdict({"LOG_LEVEL": "ERROR", **plan["settings"]}, priority="cmdline")
    (done,) = crawl([Job("sample", {"base_url": plan["base_url"], **plan["arguments"]})], settings)
    print(json.dumps({"reason": done.reason, "known": done.known, "error": str(done.error or "")}))


if __name__ == "__main__":
    _main()
