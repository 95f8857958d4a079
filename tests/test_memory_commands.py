"""The memory's commands as a user runs them, on the sample aggregator."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from warcio.checker import Checker

from newscrawl.sample import SampleServer, expected_articles
from pipelines.items import Outcome
from pipelines.run import Run
from pipelines.store import Store
from pipelines.warc_import import Choice, WarcFile, take_warc
from tests.command import newscrawl
from tests.memory import RULEBOOK, articles, rows

ARTICLES = expected_articles()
INLINE = ("-s", "NEWSCRAWL_WORKERS=0")


@dataclass(frozen=True)
class Crawled:
    database: Path
    server: SampleServer


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """The sample aggregator, crawled once; it goes on running."""
    database = tmp_path_factory.mktemp("memory") / "news.db"
    with SampleServer() as server:
        newscrawl("crawl", "sample", "-a", f"base_url={server.base_url}", "--db", database, "-q")
        yield Crawled(database, server)


@pytest.fixture(scope="module")
def warc(crawled: Crawled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its archive as a WARC file."""
    path = tmp_path_factory.mktemp("warc") / "sample.warc.gz"
    assert newscrawl("archive", "export", "--warc", path, "--db", crawled.database).returncode == 0
    return path


def test_archive_to_warc_to_an_empty_database_is_the_same_articles(
    crawled: Crawled, warc: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    assert Checker(Namespace(inputs=[str(warc)], verbose=False)).process_all() == 0
    done = newscrawl("ingest", "--warc", warc, "--db", other, *INLINE)
    assert (done.returncode, f"{len(ARTICLES)} new" in done.stdout) == (0, True), done.stderr
    assert articles(other) == articles(crawled.database)
    exports = [newscrawl("export", "--format", "jsonl", "--db", one).stdout for one in (crawled.database, other)]
    assert exports[0] == exports[1] != ""
    again = newscrawl("ingest", "--warc", warc, "--db", other, *INLINE)
    assert (again.returncode, again.stdout, "--again" in again.stderr) == (0, "", True)


def test_a_warc_of_wget_is_ingested(crawled: Crawled, tmp_path: Path) -> None:
    wget = shutil.which("wget")
    if wget is None:
        pytest.skip("wget is not installed (Debian: apt-get install wget)")
    home, paths = crawled.server.base_url, [article.path for article in ARTICLES[:12]]
    addresses = [home + path for path in ["/fr", "/en/rss", "/fr/no/such/page", *paths]]
    asked = [wget, "--quiet", "--warc-file=theirs", "--delete-after", "--input-file=-"]
    subprocess.run(asked, input="\n".join(addresses).encode(), cwd=tmp_path, check=False, timeout=60)
    done = newscrawl("ingest", "--warc", "theirs.warc.gz", "--site", "sample", "--json", *INLINE,
                     "--db", "news.db", folder=tmp_path)  # fmt: skip
    assert json.loads(done.stdout)["outcomes"]["stored"] == len(paths), done.stderr
    theirs = {row["canonical_url"]: row for row in articles(tmp_path / "news.db")}
    assert len(theirs) == len(paths)
    ours = {row["canonical_url"]: row for row in articles(crawled.database)}
    for url, row in theirs.items():  # a lead may come from the feed, which wget did not read
        assert row | {"lead": None} == ours[url] | {"lead": None}
    (agent,) = rows(tmp_path / "pages.db", "SELECT request_headers FROM pages LIMIT 1")[0]
    assert "Wget/" in agent


def test_hosts_and_languages_are_chosen(warc: Path, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    done = newscrawl("ingest", "--warc", warc, "--language", "es", "--db", database, "--json", *INLINE)
    spanish = [article for article in ARTICLES if article.language == "es"]
    assert json.loads(done.stdout)["outcomes"]["stored"] == len(spanish)
    assert {row["language"] for row in articles(database)} == {"es"}
    kept = rows(tmp_path / "pages.db", "SELECT count(*) FROM pages WHERE status = 200")[0][0]
    assert kept < len(spanish) + 5, "pages in other languages are not archived"
    done = newscrawl("ingest", "--warc", warc, "--host", "elsewhere.example", "--db", tmp_path / "none.db", *INLINE)
    assert "0 new" in done.stdout
    assert rows(tmp_path / "none.db", "SELECT count(*) FROM outcomes") == [(0,)]


def test_an_interrupted_file_is_gone_on_with(warc: Path, tmp_path: Path) -> None:
    database = tmp_path / "news.db"

    def read(most: int) -> list[Outcome]:
        with Run.open(database, kind="ingest", rulebook=RULEBOOK) as run, warc.open("rb") as stream:
            file = WarcFile(run, warc)
            taken = take_warc(run, stream, Choice(), file)
            return [one.outcome for one, _ in zip(taken, range(most), strict=False) if one.outcome]

    first, rest = read(10), read(1000)
    assert len(first) == 10
    assert {one.outcome for one in rest} >= {"stored"}
    assert len(rest) < 45
    assert len(articles(database)) == len(ARTICLES)
    assert rows(database, "SELECT name, finished_at IS NOT NULL FROM warc_files") == [(warc.name, 1)]


def test_a_warc_that_is_cut_off_or_none(warc: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(warc.read_bytes()[:100_000])
    done = newscrawl("ingest", "--warc", cut, "--db", tmp_path / "news.db", *INLINE)
    assert (done.returncode, "cannot be read further" in done.stderr) == (5, True)
    assert len(articles(tmp_path / "news.db")) > 3
    assert newscrawl("ingest", "--warc", tmp_path / "no.warc", "--db", tmp_path / "news.db").returncode == 5


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["https://example.com/a", "--warc", "x"],
        ["--html", "x"],
        ["https://example.com/a", "--language", "fr"],
        ["no address"],
    ],
)
def test_wrong_command_lines(tmp_path: Path, wrong: list[str]) -> None:
    assert newscrawl("ingest", *wrong, "--db", tmp_path / "news.db").returncode == 2


def test_one_article_from_its_first_version_to_its_end(crawled: Crawled, tmp_path: Path) -> None:
    """Edited, walled off, gone: what `ingest` shows and stores, by the aggregator's and the publisher's address."""
    server, article = crawled.server, ARTICLES[0]
    database = tmp_path / "news.db"
    url = server.base_url + article.path

    def ingest(*arguments: str | Path, code: int = 0) -> str:
        done = newscrawl("ingest", *arguments, "--db", database, *INLINE)
        assert done.returncode == code, done.stderr + done.stdout
        return done.stdout

    newscrawl("ingest", "--html", "-", "--url", url, "--site", "sample", "--db", database,
              stdin=server.web.answer(article.path, server.base_url).body)  # fmt: skip
    assert ingest(url).startswith("unchanged\t")
    server.web.edit(article.path, title="An edited title")
    server.web.moment += 1
    try:
        foreseen = ingest(article.canonical_url, "--dry-run")
        assert foreseen.splitlines()[0] == f"updated\t{url}\tAn edited title"
        assert f"- {article.title}  + An edited title" in foreseen
        assert articles(database)[0]["title"] == article.title, "a dry run stores nothing"
        assert ingest(article.source_url) == foreseen
        (told,) = map(json.loads, ingest(url, "--json").splitlines())
        assert (told["outcome"], told["changes"]["fields"]) == ("unchanged", {})
        server.overrides[article.path] = (410, {}, b"gone")
        assert "marked gone since" in ingest(url, code=1)
        assert articles(database)[0]["title"] == "An edited title"
        assert ingest(url, "--from-archive").startswith("unchanged\t")
        assert ingest("https://example.com/never", "--from-archive", code=1).startswith("not-archived\t")
    finally:
        server.overrides.clear()
        server.web.edit(article.path, title=article.title)
    history = newscrawl("history", article.source_url, "--db", database).stdout
    lines = [line.split() for line in history.splitlines()]
    assert [words[2] for words in lines if words and words[0].isdigit()] == ["stored", "updated", "gone"]
    assert "the publisher" in history
    diff = newscrawl("diff", url, "--from", "1", "--to", "2", "--json", "--db", database)
    assert json.loads(diff.stdout)["fields"] == {"title": [article.title, "An edited title"]}
    assert newscrawl("diff", url, "--from", "1", "--to", "1", "--db", database).returncode == 1
    assert newscrawl("diff", url, "--from", "9", "--db", database).returncode == 2
    assert newscrawl("history", "https://example.com/never", "--db", database).returncode == 1


def copy_of(crawled: Crawled, folder: Path) -> Path:
    for file in crawled.database.parent.glob("*.db"):
        shutil.copy(file, folder / file.name)
    return folder / crawled.database.name


def test_reextract_shows_what_it_will_do(crawled: Crawled, tmp_path: Path) -> None:
    database = copy_of(crawled, tmp_path)
    before = articles(database)
    with Store.open(database) as store, store.atomic():
        store.connection.execute(
            "UPDATE articles SET title = title || ' !', publisher = NULL, extractor_version = 'old' WHERE id <= 3"
        )
    command = ("reextract", "--stale", "--json", *INLINE, "--db", database)
    foreseen = newscrawl(*command, "--dry-run")
    done = newscrawl(*command)
    assert (foreseen.returncode, foreseen.stdout) == (done.returncode, done.stdout)
    *changes, summary = map(json.loads, done.stdout.splitlines())
    assert len(changes) == 3
    assert summary["fields"] == {"publisher": {"changed": 0, "gained": 3, "lost": 0},
                                 "title": {"changed": 3, "gained": 0, "lost": 0}}  # fmt: skip
    assert articles(database) == before
    assert "no page was read" in newscrawl("reextract", "--stale", "--db", database, *INLINE).stdout
    shown = newscrawl("reextract", "--dry-run", "--url", ARTICLES[0].source_url, "--db", database, *INLINE).stdout
    assert "unchanged 1" in shown


def test_the_archive_is_looked_after(crawled: Crawled, tmp_path: Path) -> None:
    database = copy_of(crawled, tmp_path)
    size = json.loads(newscrawl("archive", "size", "--json", "--db", database).stdout)
    assert size["families"][0]["ratio"] <= 0.22
    assert size["statuses"]["404"] > 0
    assert newscrawl("archive", "verify", "--db", database).returncode == 0
    assert newscrawl("archive", "compact", "--db", database).returncode == 0
    assert "0 pages" in newscrawl("archive", "prune", "--keep", "1d", "--db", database).stdout
    done = newscrawl("archive", "prune", "--keep", "articles", "--db", database)
    assert (done.returncode, done.stderr) == (0, "")
    kept = rows(tmp_path / "pages.db", "SELECT count(*) FROM pages")
    assert kept[0][0] >= len(ARTICLES) - 1
    assert newscrawl("archive", "prune", "--keep", "everything", "--db", database).returncode == 2
    done = newscrawl("archive", "prune", "--keep", "0d", "--db", database)
    assert "cannot be read again" in done.stderr
    assert "cannot be read again" in newscrawl("archive", "verify", "--db", database).stdout
    assert newscrawl("archive", "export", "--warc", tmp_path / "none.warc.gz", "--db", database).returncode == 1
    assert not (tmp_path / "none.warc.gz").exists()
    with sqlite3.connect(tmp_path / "pages.db") as connection:
        connection.execute("UPDATE bodies SET body = substr(body, 1, 100)")
    assert newscrawl("archive", "verify", "--db", database).returncode == 5
