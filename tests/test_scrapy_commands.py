"""The commands that Scrapy people know, run from the project's folder as they would run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.sample.expected import expected_articles
from newscrawl.sample.server import SampleServer
from newscrawl.sites import known_names
from tests.spider_process import PROJECT


def scrapy(*arguments: str, database: Path | str = "none.db") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NEWSCRAWL_DB": str(database), "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=environment, timeout=120)


def test_scrapy_list() -> None:
    listed = scrapy("list")
    assert listed.returncode == 0, listed.stderr
    assert set(listed.stdout.split()) == {*known_names(), "page"}


def test_scrapy_crawl_writes_a_feed_of_articles(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with SampleServer() as server:
        base_url = f"base_url={server.base_url}"
        options = ["-O", str(out), "-s", "NEWSCRAWL_WORKERS=0"]
        crawled = scrapy("crawl", "sample", "-a", base_url, *options, database=tmp_path / "news.db")
    assert crawled.returncode == 0, crawled.stderr
    assert "'finish_reason': 'finished'" in crawled.stderr
    assert "Traceback" not in crawled.stderr
    articles = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert sorted(one["canonical_url"] for one in articles) == sorted(one.canonical_url for one in expected_articles())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["crawl", "nosuchsite"], "there is no site 'nosuchsite'"),
        (["crawl", "maghress", "-a", "edition=fr"], "There is no argument 'edition'"),
        (["crawl", "maghress", "-a", "base_url=nowhere"], "is no web address"),
        (["crawl", "sample"], "give base_url="),
    ],
)
def test_what_is_wrong_is_a_sentence(arguments: list[str], sentence: str) -> None:
    done = scrapy(*arguments)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
