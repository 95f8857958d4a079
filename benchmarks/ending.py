"""How long a crawl takes to end after SIGTERM: ``python -m benchmarks.ending``. Ten seconds are promised.

Three ways to hold it up: a server that accepts and says nothing, requests that wait for their turn, and a page that a
worker reads for as long as it may. Prints a line each and ends with 1 when one took longer.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.loopback_web import Answer, loopback_web

PROMISED_SECONDS = 10.0
TEXT = "<p>Le conseil a voté mardi le budget de la commune, après une longue séance publique.</p>" * 6
PAGE = f"<html><body><article><h1>Budget</h1>{TEXT}</article></body></html>".encode()
HEAVY = b"<html><body><article>" + b"<p>mot</p>" * 900_000 + b"</article></body></html>"
"""Nearly a million paragraphs: no parser is interrupted, a worker has to be killed."""

CASES = {
    "a silent server": ({"/a/1": Answer(PAGE), "/a/2": Answer(hang=True)}, ("-s", "DOWNLOAD_TIMEOUT=600"), 3),
    "requests that wait": (
        {f"/a/{number}": Answer(PAGE) for number in range(40)},
        ("-s", "DOWNLOAD_DELAY=60", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1", "-s", "ROBOTSTXT_OBEY=False"),
        1,
    ),
    "a page that holds a worker": ({"/a/1": Answer(HEAVY), "/a/2": Answer(PAGE)}, (), 3),
}


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


def measure(pages: dict[str, Answer], options: tuple[str, ...], count: int) -> tuple[float, int, str]:
    """Seconds from the signal to the end, the exit code, and what became of the addresses."""
    with tempfile.TemporaryDirectory() as folder, loopback_web(pages) as web:
        web.asked = asked = Asked(count)
        urls = [f"{web.base_url}{path}" for path in pages]
        script = Path(sys.executable).with_name("newscrawl")
        words = [str(script), "ingest", *urls, "--db", f"{folder}/news.db", "-s", "NEWSCRAWL_WORKERS=1", *options]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ)
        asked.reached.wait(120)
        time.sleep(3)  # so that the worker has begun to read
        process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        out, _ = process.communicate()
        words_of = sorted(line.split("\t")[0] for line in out.splitlines())
        return (
            time.monotonic() - begun,
            process.returncode,
            ", ".join(f"{w} {words_of.count(w)}" for w in dict.fromkeys(words_of)),
        )


def main() -> int:
    """Print the figures."""
    slowest = 0.0
    for name, (pages, options, count) in CASES.items():
        seconds, code, outcomes = measure(pages, options, count)
        slowest = max(slowest, seconds)
        print(f"{name:28} {seconds:5.1f} s, exit code {code}: {outcomes}")
    return int(slowest > PROMISED_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
