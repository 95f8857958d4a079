"""Pages in worker processes: the same results, and a page that is too slow or deadly costs itself alone."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from newscrawl.sites import all_rules
from pipelines.extraction_pool import BUNDLE, BUNDLES_A_WORKER, ExtractionPool, Rulebook
from pipelines.items import Page
from pipelines.parcels import packed_pages, unpacked_extractions
from tests.sample_pages import sample_pages

RULEBOOK = Rulebook(rules=all_rules())
PAGE = next(page for page in sample_pages() if "/fr/lerivage/" in page.url)
BUSY_TICKS = 10


def slow_page() -> Page:
    """Some seconds of work within all bounds of size."""
    paragraph = (
        b"<div><p>" + b"Le conseil a vot\xc3\xa9 le budget <b>mardi</b>, <a href='/a'>dit-on</a>. " * 30 + b"</p></div>"
    )
    return replace(PAGE, body=b"<html><body><article>" + paragraph * 600 + b"</article></body></html>")


def test_a_page_over_its_deadline_ends_as_a_timeout_and_the_next_is_read() -> None:
    with ExtractionPool(RULEBOOK, workers=1, deadline=0.2) as pool:
        slow, page = pool.submit(slow_page()), pool.submit(PAGE)
        rejected, article = slow.result().rejected, page.result().article
    assert rejected is not None
    assert (rejected.reason, "longer than 0.2 s" in rejected.detail) == ("timeout", True)
    assert article is not None


def test_a_slow_page_in_a_bundle_costs_itself_alone() -> None:
    bundled = BUNDLES_A_WORKER + BUNDLE
    pages = [PAGE] * bundled
    pages[BUNDLES_A_WORKER + 1] = slow_page()
    with ExtractionPool(RULEBOOK, workers=1, deadline=1.0) as pool:
        pool.submit(PAGE).result()
        readings = [future.result() for future in [pool.submit(page) for page in pages]]
    ended = [one.rejected.reason if one.rejected else "read" for one in readings]
    assert ended == [*["read"] * (BUNDLES_A_WORKER + 1), "timeout", *["read"] * (BUNDLE - 2)]


def test_pages_that_came_packed_are_read_as_the_others_and_a_slow_one_costs_itself_alone(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.write_bytes(pickle.dumps(RULEBOOK))
    entries = [(PAGE, None), (slow_page(), None), (sample_pages()[0], None)]
    with ExtractionPool(RULEBOOK, workers=1) as pool:
        found = unpacked_extractions(pool.read_packed(packed_pages(entries), rulebook_at=rules, deadline=1.0))
        singly = [pool.submit(*entry).result() for entry in (entries[0], entries[2])]
    assert [found[0], found[2]] == singly
    assert found[1].rejected is not None
    assert found[1].rejected.reason == "timeout"


def processor_ticks(process: int) -> int:
    """What a process has used of a processor, in the kernel's hundredths of a second (proc(5), utime)."""
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11])


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux' /proc to see that a worker is at work")
def test_a_worker_that_dies_costs_the_page_it_had() -> None:
    with ExtractionPool(RULEBOOK, workers=1) as pool:
        pool.submit(PAGE).result()
        slow = pool.submit(slow_page())
        (worker,) = multiprocessing.active_children()
        assert worker.pid is not None
        idle = processor_ticks(worker.pid)
        while processor_ticks(worker.pid) < idle + BUSY_TICKS:
            assert not slow.done()
        os.kill(worker.pid, signal.SIGKILL)
        rejected, article = slow.result().rejected, pool.submit(PAGE).result().article
    assert rejected is not None
    assert rejected.reason == "crashed"
    assert article is not None


def test_languages_are_part_of_the_rulebook() -> None:
    english_only = ExtractionPool(Rulebook(rules=all_rules(), languages=("en",)))
    rejected = english_only.submit(PAGE).result().rejected
    assert rejected is not None
    assert rejected.reason == "language-fr"


def test_where_the_workers_have_ended_every_page_says_so() -> None:
    pool = ExtractionPool(Rulebook(), workers=1)
    assert pool._pool is not None
    pool._pool.stop()  # type: ignore[no-untyped-call]  # as pebble does when it breaks
    pool._pool.join()
    answer = pool.submit(sample_pages()[0]).result(timeout=30)
    assert answer.rejected is not None
    assert answer.rejected.reason == "crashed"
    pool.close(at_once=True)
