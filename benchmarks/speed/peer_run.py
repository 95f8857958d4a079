"""One peer over many addresses in two processes: TOOL URLS. Run by the Python of an environment that has the peer.

Each process fetches and extracts, with the peer's own functions and defaults, but looks at no pictures, which are not
there. Printed is a line of JSON: pages that gave a text, seconds and processor seconds, both counted after each process
has done its first page (imports, models).
"""

from __future__ import annotations

import json
import logging
import sys
import time
from multiprocessing import Barrier, Pool
from pathlib import Path
from typing import Any

PROCESSES = 2
_ready: Any = None


def start(ready: Any) -> None:
    global _ready
    _ready = ready
    logging.disable(logging.CRITICAL)


def news_please(url: str) -> bool:
    from newsplease import NewsPlease  # type: ignore[import-not-found]

    article = NewsPlease.from_url(url, fetch_images=False)
    return bool(getattr(article, "maintext", None))


def newspaper4k(url: str) -> bool:
    import newspaper  # type: ignore[import-not-found]

    article = newspaper.Article(url, fetch_images=False)
    article.download()
    article.parse()
    return bool(article.text)


TOOLS = {"news-please": news_please, "newspaper4k": newspaper4k}


def warm(task: tuple[str, str]) -> None:
    """Every process does one page and waits for the other."""
    TOOLS[task[0]](task[1])
    _ready.wait()


def one(task: tuple[str, str]) -> tuple[bool, float]:
    """Whether an address gave a text, and the processor seconds that it took."""
    began = time.process_time()
    try:
        found = TOOLS[task[0]](task[1])
    except Exception:
        found = False
    return found, time.process_time() - began


def main() -> None:
    tool, urls = sys.argv[1], Path(sys.argv[2]).read_text().split()
    ready = Barrier(PROCESSES)
    with Pool(PROCESSES, start, (ready,)) as pool:
        pool.map(warm, [(tool, urls[0])] * PROCESSES, chunksize=1)
        began = time.perf_counter()
        done = list(pool.imap_unordered(one, [(tool, url) for url in urls[1:]], chunksize=4))
        seconds = time.perf_counter() - began
    print(json.dumps({"pages": sum(found for found, _ in done), "asked": len(done), "seconds": seconds,
                      "cpu": sum(spent for _, spent in done)}))  # fmt: skip


if __name__ == "__main__":
    main()
