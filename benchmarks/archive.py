"""What archiving costs a page and how small it gets: ``python -m benchmarks.archive``.

The pages are the sample aggregator's, each as it is at another moment, so that no two are the same. CPU time of this
process alone; the bar is 1 ms a page with all that belongs to it: checksum, compression, training and rewriting with
the dictionary, SQLite.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.sample import SampleWeb
from newscrawl.sample.articles import load_articles
from pipelines.archive import Archive
from pipelines.archive.care import compact, sizes
from pipelines.items import Page

BAR = 1.0
"""Milliseconds a page."""
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def pages(count: int) -> Iterator[Page]:
    """Sample pages, an hour apart."""
    articles = load_articles()
    for number in range(count):
        moment, index = divmod(number, len(articles))
        answer = SampleWeb(moment=moment).answer(articles[index].path, "http://127.0.0.1:8765")
        url = f"http://127.0.0.1:8765{articles[index].path}"
        headers = (("content-type", answer.content_type),)
        yield Page(url, url, answer.status, headers, answer.body, NOON + timedelta(hours=number), "sample")


def main() -> int:
    """Print the figures; 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1500)
    count = parser.parse_args().pages
    given = list(pages(count))
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "pages.db") as archive:
        start = time.process_time()
        for page in given:
            archive.add(page)
            archive.commit()  # each page by itself, as a run does
        each = (time.process_time() - start) / count * 1000
        (family,) = sizes(archive)
        print(f"archiving   {each:.3f} ms a page, {count} pages of {family.raw / family.bodies / 1000:.1f} kB")
        print(f"stored      {family.ratio:.1%} of what was fetched, dictionaries counted")
        start = time.process_time()
        read = sum(1 for _ in archive.pages())
        print(f"reading     {(time.process_time() - start) / read * 1000:.3f} ms a page")
        start = time.process_time()
        compact(archive)
        print(
            f"compacting  {(time.process_time() - start) / count * 1000:.3f} ms a page, {sizes(archive)[0].ratio:.1%}"
        )
    return int(each > BAR)


if __name__ == "__main__":
    raise SystemExit(main())
