"""Every wrong input gets one sentence and a documented exit code. A newcomer adds a line."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from tests.command import newscrawl

URL = "https://example.org/a/1"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A database without an article."""
    from pipelines.store import Store

    path = tmp_path / "empty.db"
    Store.open(path).close()
    return path


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["crawl", "nosuchsite"], 2, "there is no site 'nosuchsite'"),
        (["crawl", "maghress", "-a", "editions=xx"], 2, "There is no edition 'xx'"),
        (["crawl", "maghress", "-a", "editions"], 2, "should read -a name=value"),
        (["crawl", "maghress", "-s", "LOG_LEVEL"], 2, "should read -s name=value"),
        (["crawl", "maghress", "-a", "base_url=nowhere"], 2, "is no web address"),
        (["crawl"], 2, "name a site to crawl"),
        (["check", "nosuchsite"], 2, "there is no site"),
        (["ingest", "no-url"], 2, "'no-url' is no web address"),
        (["ingest", "ftp://example.org/a"], 2, "is no web address"),
        (["ingest", "-"], 2, "no URL on stdin"),
        (["extract", "missing.html", "--url", URL], 5, "there is no file 'missing.html'"),
        (["extract", ".", "--url", URL], 5, "is a folder"),
        (["extract", "-", "--url", "nowhere"], 2, "is no web address"),
        (["extract", "-", "--url", URL, "--seen-at", "yesterday"], 2, "is no time"),
        (["extract", "-", "--url", URL], 1, "no-text"),
        (["extract", "-"], 2, "Missing option '--url'"),
        (["export", "--db", "missing.db"], 5, "There is no database missing.db"),
        (["export", "--since", "last week", "--db", "missing.db"], 2, "is no day"),
        (["export", "--format", "xls"], 2, "Invalid value for '--format'"),
        (["export", "--columns", "title,colour"], 2, "there is no column 'colour'"),
        (["export", "--columns", "title,title"], 2, "names a column twice"),
        (["export", "--columns", "keywords", "--schema", "zyte"], 2, "zyte has no name for the column 'keywords'"),
        (["export", "--search", "?!"], 2, "no word to search for"),
        (["export", "--split", "language"], 2, "name them with -o"),
        (["export", "--partition", "--format", "csv", "-o", "parts"], 2, "makes Parquet files, not csv"),
        (["export", "--since-run", "1", "--limit", "3"], 2, "leave --limit, --split and --partition out"),
        (["export", "--excel", "-o", "a.jsonl"], 2, "--excel is for CSV, not for jsonl"),
        (["dataset", "bundle", "--format", "xls"], 2, "there is no format 'xls'"),
        (["dataset", "bundle", "--db", "missing.db"], 5, "There is no database missing.db"),
        (["dataset", "--verify", "bundle"], 2, "there is no folder 'bundle'"),
        (["search", "'--'", "--db", "missing.db"], 2, "no word to search for"),
        (["status", "--db", "missing.db"], 5, "There is no database"),
        (["nosuchverb"], 2, "No such command"),
        (["crawl", "sample", "-a", "base_url=http://127.0.0.1:9", "--db", "no/folder/news.db"], 5, "does not exist"),
    ],
)
def test_a_sentence_and_an_exit_code(arguments: list[str], code: int, sentence: str, tmp_path: Path) -> None:
    done = newscrawl(*arguments, folder=tmp_path)
    assert (done.returncode, sentence in done.stderr) == (code, True), done.stderr
    said = [line for line in done.stderr.splitlines() if line.startswith(("newscrawl: ", "Error: "))]
    assert len(said) == 1, "one sentence, not a wall"


def test_an_empty_export_is_said_and_leaves_what_stood_there(empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("before", encoding="utf-8")
    done = newscrawl("export", "-o", file, "--db", empty)
    assert (done.returncode, "no article matches" in done.stderr) == (1, True)
    assert file.read_text(encoding="utf-8") == "before"
    done = newscrawl("export", "--since-run", "3", "--db", empty)
    assert (done.returncode, "no such run; there is none yet" in done.stderr) == (2, True)
    assert newscrawl("search", "word", "--db", empty).returncode == 1


def test_no_database(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear reader, this is no database. " * 50, encoding="utf-8")
    before = file.read_bytes()
    for arguments in (["export"], ["status"], ["crawl", "maghress"], ["ingest", URL]):
        done = newscrawl(*arguments, "--db", file)
        assert (done.returncode, "letter.db" in done.stderr) == (5, True), done.stderr
    assert file.read_bytes() == before


def test_a_database_that_another_program_locks(empty: Path, tmp_path: Path) -> None:
    with sqlite3.connect(empty) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        done = newscrawl("ingest", "http://127.0.0.1:9/a/1", "--db", empty)
        holder.rollback()
    assert (done.returncode, bool(re.search("another program|locked|in use", done.stderr))) == (4, True), done.stderr


def test_broken_encoding_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = "Le conseil a voté mardi le budget de la commune, après une longue séance publique. " * 6
    page.write_bytes(
        b"<html><head><title>Budget</title></head><body><article><h1>Budget</h1><p>"
        + text.encode("latin-1")
        + b"\xff\xfe\x00</p></article></body></html>"
    )
    done = newscrawl("extract", page, "--url", URL)
    assert done.returncode == 0, done.stderr
    assert "voté mardi" in done.stdout


def test_interrupted_output_is_no_error(empty: Path) -> None:
    done = newscrawl("--help")
    assert done.returncode == 0
    assert "Exit codes" in done.stdout
