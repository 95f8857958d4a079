"""`newscrawl export` as a user types it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from export_rows import database

from pipelines.store import Store
from tests.command import SCRIPT, newscrawl

COUNT = 18


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return database(tmp_path_factory.mktemp("news") / "news.db", COUNT)


def run(news: Path, *arguments: str | Path) -> str:
    done = newscrawl("export", "--db", news, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_ending_names_the_format_and_stdout_has_the_same_bytes(news: Path, tmp_path: Path) -> None:
    run(news, "-o", tmp_path / "a.parquet")
    piped = subprocess.run([str(SCRIPT), "export", "--db", str(news), "--format", "parquet"], capture_output=True)
    assert piped.stdout == (tmp_path / "a.parquet").read_bytes()
    assert pq.read_table(tmp_path / "a.parquet").num_rows == COUNT
    run(news, "-o", tmp_path / "a.arrow")
    assert (tmp_path / "a.arrow").read_bytes().startswith(b"ARROW1")
    run(news, "-o", tmp_path / "a.db")
    assert (tmp_path / "a.db").read_bytes().startswith(b"SQLite format 3")


def test_filters_columns_and_names(news: Path) -> None:
    text = run(news, "--format", "jsonl", "--search", "guillemets", "--run", "1", "--columns", "title,url_key")
    (row,) = map(json.loads, text.splitlines())
    assert list(row) == ["title", "url_key"]
    text = run(news, "--format", "jsonl", "--schema", "schema.org", "--limit", "3")
    assert [json.loads(line)["@type"] for line in text.splitlines()] == ["NewsArticle"] * 3
    assert run(news, "--excel", "--limit", "1").startswith("\ufeff")


def test_changes_say_what_to_ask_the_next_time(news: Path) -> None:
    done = newscrawl("export", "--db", news, "--since-run", "0", "--format", "jsonl")
    assert len(done.stdout.splitlines()) == COUNT
    assert json.loads(done.stdout.splitlines()[0])["change"] == "stored"
    assert done.stderr.strip() == "The next time, --since-run 1 gives what has changed."
    done = newscrawl("export", "--db", news, "--since-run", "1")
    assert (done.returncode, done.stdout) == (1, "")


def test_several_files(news: Path, tmp_path: Path) -> None:
    run(news, "--split", "language", "-o", tmp_path / "news.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news.en.csv", "news.es.csv", "news.fr.csv"]
    run(news, "--partition", "-o", tmp_path / "parts")
    assert (tmp_path / "parts" / "language=fr" / "month=undated" / "articles.parquet").is_file() or (
        tmp_path / "parts" / "language=es" / "month=undated" / "articles.parquet"
    ).is_file()
    done = newscrawl("export", "--db", news, "--partition", "-o", tmp_path / "parts")
    assert (done.returncode, "not empty" in done.stderr) == (5, True)


def test_an_ending_of_no_format_is_refused(news: Path, tmp_path: Path) -> None:
    done = newscrawl("export", "--db", news, "-o", tmp_path / "a.xml")
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert done.stderr.startswith("newscrawl: '.xml' is the ending of no format: name one with --format csv|")
    run(news, "-o", tmp_path / "a.xml", "--format", "csv")
    run(news, "-o", tmp_path / "b")
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_reader_that_has_had_enough_is_no_failure(news: Path, form: str) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [str(SCRIPT), "export", "--db", str(news), "--format", form]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, timeout=60)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_capitals_and_accents_of_a_filter_do_not_matter(news: Path) -> None:
    assert run(news, "--language", "FR", "--publisher", "CHALLENGÉ", "--site", "Maghress") == run(
        news, "--language", "fr", "--publisher", "Challenge", "--site", "maghress"
    )


def test_what_a_filter_could_have_meant_is_said(news: Path) -> None:
    done = newscrawl("export", "--db", news, "--language", "pt", "--language", "en")
    assert (done.returncode, done.stderr) == (0, "newscrawl: no article has the language 'pt'. There are en, es, fr.\n")
    done = newscrawl("search", "--db", news, "--publisher", "Chalenge", "guillemets")
    assert done.returncode == 1
    assert done.stderr.startswith("newscrawl: no article has the publisher 'Chalenge'. There are Challenge.\n")


def test_spellings_are_found_without_reading_all_articles(news: Path) -> None:
    with Store.open(news, read_only=True) as store:
        statements: list[str] = []
        store._connection.set_trace_callback(statements.append)
        assert store.stored_values("language") == ["en", "es", "fr"]
        store._connection.set_trace_callback(None)
        plan = [row["detail"] for row in store._connection.execute(f"EXPLAIN QUERY PLAN {statements[-1]}")]
        assert not [step for step in plan if step.startswith("SCAN articles") and "COVERING INDEX" not in step]
        assert [step for step in plan if "SEARCH articles USING COVERING INDEX articles_language (language>?)" in step]
