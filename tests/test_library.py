"""`import newscrawl`: articles as dataclasses and frames, and the examples of docs/library.md as they stand there."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from export_rows import article, database

import newscrawl
from newscrawl.export import default_columns
from pipelines.store import Store, StoreError

COUNT = 12
PAGE = Path(__file__).parent.parent / "docs" / "library.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return database(tmp_path_factory.mktemp("library") / "news.db", COUNT)


def test_articles_are_what_was_stored(news: Path) -> None:
    found = {one.canonical_url: one for one in newscrawl.articles(news)}
    expected = [article(number) for number in range(COUNT)]
    assert found == {one.canonical_url: one for one in expected}
    assert all(isinstance(one, newscrawl.Article) for one in found.values())


def test_filters(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {one.language for one in newscrawl.articles(news, languages=["fr"])} == {"fr"}
    assert len(list(newscrawl.articles(news, limit=2))) == 2
    assert list(newscrawl.articles(news, words="nothing")) == []
    monkeypatch.setenv("NEWSCRAWL_DB", str(news))
    assert len(list(newscrawl.articles())) == COUNT
    with pytest.raises(ValueError, match="is no date"):
        list(newscrawl.articles(since="July"))
    with pytest.raises(StoreError, match="There is no database"):
        list(newscrawl.articles(news.with_name("none.db")))


def test_pandas(news: Path) -> None:
    frame = newscrawl.to_pandas(news)
    assert list(frame.columns) == list(default_columns("parquet"))
    assert len(frame) == COUNT
    assert str(frame["published_time"].dtype) == "datetime64[us, UTC]"
    assert frame["paywalled"].dtype == bool
    assert frame["word_count"].sum() == COUNT * 8
    first = frame.iloc[0]
    assert (first["published_at"], first["published_day"]) == ("1990-01-01", date(1990, 1, 1))
    assert pd.isna(first["published_time"])
    assert frame["published_time"].max() == pd.Timestamp("2087-12-31T23:59:00Z")
    assert frame.iloc[1]["authors"] in ([], ["=cmd", "Leïla Amrani"])


def test_polars(news: Path) -> None:
    frame = newscrawl.to_polars(news)
    assert frame.columns == list(default_columns("parquet"))
    assert frame.schema["authors"] == pl.List(pl.String)
    assert frame.schema["published_day"] == pl.Date
    assert frame["published_time"].max() == datetime(2087, 12, 31, 23, 59, tzinfo=UTC)
    assert frame["published_day"].min() == date(1990, 1, 1)
    assert frame.equals(newscrawl.to_polars(news))


@pytest.mark.parametrize("make", [newscrawl.to_pandas, newscrawl.to_polars])
def test_no_article_is_a_frame_with_columns(news: Path, make: Any) -> None:
    frame = make(news, columns=["title", "authors", "published_day", "published_time"], languages=["pt"])
    assert list(frame.columns) == ["title", "authors", "published_day", "published_time"]
    assert len(frame) == 0
    with pytest.raises(ValueError, match="no column 'colour'"):
        make(news, columns=["colour"])


def test_an_empty_database(tmp_path: Path) -> None:
    Store.open(tmp_path / "news.db").close()
    assert list(newscrawl.articles(tmp_path / "news.db")) == []
    assert len(newscrawl.to_pandas(tmp_path / "news.db")) == len(newscrawl.to_polars(tmp_path / "news.db")) == 0


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_documented_examples_run(
    news: Path, example: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(news.parent)
    names: dict[str, Any] = {}
    exec(compile(example, str(PAGE), "exec"), names)
    if "languages" in names:
        assert sum(names["languages"].values()) == COUNT
        assert "Challenge" in capsys.readouterr().out
    elif "per_month" in names:
        assert names["per_month"]["size"].sum() == COUNT
    else:
        assert names["per_publisher"]["len"].sum() == 8


def test_importing_is_light() -> None:
    """Neither Scrapy nor trafilatura, pandas, Polars or pyarrow come along before they are needed."""
    heavy = ["scrapy", "trafilatura", "pandas", "polars", "pyarrow", "sqlite_utils"]
    code = f"import sys, newscrawl; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
