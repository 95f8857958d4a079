"""The laws that no change may break."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import lxml.html

from newscrawl.sample import SampleServer, noise_lines
from newscrawl.sites import all_rules
from pipelines.archive import Archive
from pipelines.extraction_pool import ExtractionPool, Rulebook
from pipelines.items import Extraction, Page
from pipelines.run import Run
from pipelines.store import Store
from tests.command import newscrawl
from tests.sample_pages import sample_pages

RULEBOOK = Rulebook(rules=all_rules())


def test_extraction_is_a_pure_function_of_the_page() -> None:
    pages = sample_pages()
    expected = {page.url: RULEBOOK.extract(page, None) for page in pages}
    random.Random(7).shuffle(pages)
    assert {page.url: RULEBOOK.extract(page, None) for page in pages} == expected
    with ExtractionPool(RULEBOOK, workers=2) as pool:
        futures = {page.url: pool.submit(page) for page in pages}
        assert {url: future.result() for url, future in futures.items()} == expected


def export(database: Path) -> str:
    done = newscrawl("export", "--format", "jsonl", "--db", database)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_articles_made_again_from_the_archive_are_the_same_bytes(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with SampleServer() as server:
        newscrawl("crawl", "sample", "-a", f"base_url={server.base_url}", "--db", database)
    before = export(database)
    with sqlite3.connect(database) as connection:
        for table in ("articles", "revisions", "article_segments", "field_candidates"):
            connection.execute(f"DELETE FROM {table}")
    with Archive.open(Archive.path_for(database), read_only=True) as archive:
        pages = list(archive.pages())
    random.Random(11).shuffle(pages)
    run = Run.open(database, kind="reextract", rulebook=RULEBOOK)
    for page in pages:
        run.take(page)
    run.close()
    assert export(database) == before


def test_the_ticker_never_enters_a_body(tmp_path: Path) -> None:
    noise = set(noise_lines())
    for page in sample_pages():
        article = RULEBOOK.extract(page, None).article
        own = {article.title} if article else set()
        lines = set(article.body.split("\n\n")) if article else set()
        assert not lines & (noise - own), page.url


def test_nothing_an_author_wrote_leaves_a_body_silently() -> None:
    """Every line of the content elements is in the body, or in a segment that says why it is not."""
    for page in sample_pages():
        extraction = RULEBOOK.extract(page, None)
        if extraction.article is not None:
            assert missing_lines(page, extraction) == [], page.url


def missing_lines(page: Page, extraction: Extraction) -> list[str]:
    assert extraction.article is not None
    kept = " ".join(extraction.article.body.split())
    removed = " ".join(" ".join(segment.text.split()) for segment in extraction.segments)
    lines = [
        " ".join(text.split())
        for span in lxml.html.fromstring(page.body).iterfind(".//span[@class='articlecontent']")
        for text in span.itertext()
    ]
    assert lines
    return [line for line in lines if line and line not in kept and line not in removed]


def test_a_date_that_is_not_there_is_not_invented() -> None:
    undated = [page for page in sample_pages() if b"articlenewspaper" not in page.body]
    assert undated
    for page in undated:
        article = RULEBOOK.extract(page, None).article
        assert article is None or (article.published_at, article.published_raw) == (None, "")


def test_every_url_has_an_outcome_when_requests_fail(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    urls = ["http://127.0.0.1:1/refused/1", "http://no-such-host.invalid/a/1", "https://127.0.0.1:1/tls/1"]
    done = newscrawl("ingest", *urls, "-s", "RETRY_ENABLED=False", "--db", database)
    assert done.returncode == 1
    with Store.open(database, read_only=True) as store:
        words = [store.explain(url).outcomes[-1]["outcome"] for url in urls]
    assert words[0] == "connection"
    assert words[1] == "dns"
    assert all(words)
