"""`newscrawl export` as a user types it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from export_rows import database

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
