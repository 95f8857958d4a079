"""How long a crawl takes to end after SIGTERM: ``python -m benchmarks.ending``. Ten seconds are promised.

Four ways to hold it up: a server that accepts and says nothing, requests that wait for their turn, a worker that does
not come back from a page (here because it is stopped), and a whole cluster that does not, its scheduler included.
Prints a line each and ends with 1 when one took longer.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import nullcontext, suppress
from pathlib import Path

from newscrawl.local_cluster import local_cluster
from tests.loopback_web import Answer, loopback_web

PROMISED_SECONDS = 10.0
TEXT = "<p>Le conseil a voté mardi le budget de la commune, après une longue séance publique.</p>" * 6
PAGE = f"<html><body><article><h1>Budget</h1>{TEXT}</article></body></html>".encode()
STUCK = "a worker that is stuck"
STUCK_CLUSTER = "a cluster that is stuck"

CASES = {
    "a silent server": ({"/a/1": Answer(PAGE), "/a/2": Answer(hang=True)}, ("-s", "DOWNLOAD_TIMEOUT=600"), 3),
    "requests that wait": (
        {f"/a/{number}": Answer(PAGE) for number in range(40)},
        ("-s", "DOWNLOAD_DELAY=60", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1", "-s", "ROBOTSTXT_OBEY=False"),
        1,
    ),
    STUCK: (
        {f"/a/{number}": Answer(PAGE) for number in range(3)},
        ("-s", "DOWNLOAD_DELAY=6", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1", "-s", "ROBOTSTXT_OBEY=False"),
        1,
    ),
}
CASES[STUCK_CLUSTER] = CASES[STUCK]


class Asked(list[str]):
    """Says when so many pages were asked for."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.reached = threading.Event()

    def append(self, path: str) -> None:
        super().append(path)
        if len(self) >= self.count:
            self.reached.set()

    def wait_for(self, count: int) -> None:
        """Wait until so many were asked for."""
        self.count = count
        self.reached.clear()
        if len(self) < count:
            self.reached.wait(120)


def measure(name: str) -> tuple[float, int, str]:
    """Seconds from the signal to the end, the exit code, and what became of the addresses."""
    pages, options, count = CASES[name]
    clustered = local_cluster(1) if name == STUCK_CLUSTER else nullcontext()
    with tempfile.TemporaryDirectory() as folder, loopback_web(pages) as web, clustered as cluster:
        web.asked = asked = Asked(count)
        urls = [f"{web.base_url}{path}" for path in pages]
        script = Path(sys.executable).with_name("newscrawl")
        words = [str(script), "ingest", *urls, "--db", f"{folder}/news.db", "-s", "NEWSCRAWL_WORKERS=1", *options]
        words += ["--cluster", cluster.address] if cluster else []
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        asked.reached.wait(120)
        time.sleep(3)  # so that the worker has begun
        if name in (STUCK, STUCK_CLUSTER):
            if cluster:
                for one in (cluster.scheduler, *cluster.workers):
                    one.send_signal(signal.SIGSTOP)
            else:
                stop_workers(process.pid)
            asked.wait_for(2)
            time.sleep(1)
        process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        out, _ = process.communicate()
        seconds = time.monotonic() - begun
        for one in (cluster.scheduler, *cluster.workers) if cluster else ():
            one.send_signal(signal.SIGCONT)
    outcomes = Counter(line.split("\t")[0] for line in out.splitlines())
    return seconds, process.returncode, ", ".join(f"{word} {number}" for word, number in sorted(outcomes.items()))


def stop_workers(parent: int) -> None:
    """SIGSTOP to the extraction processes of a crawl (Linux)."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes()
            if b"forkserver" in words and parent_of(Path(f"/proc/{parent_of(folder)}")) == parent:
                os.kill(int(folder.name), signal.SIGSTOP)


def parent_of(folder: Path) -> int:
    """The parent of the process whose folder in /proc it is."""
    return int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])


def main() -> int:
    """Print the figures."""
    slowest = 0.0
    for name in CASES:
        seconds, code, outcomes = measure(name)
        slowest = max(slowest, seconds)
        print(f"{name:28} {seconds:5.1f} s, exit code {code}: {outcomes}")
    return int(slowest > PROMISED_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
