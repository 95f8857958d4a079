"""`newscrawl browse`: Datasette on the database, asked as a program and looked at in a real browser."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from chromium import chromium
from command import SCRIPT, newscrawl
from many_news import fill

from newscrawl.browse.metadata import metadata
from newscrawl.browse.questions import QUESTIONS
from pipelines.store import Store

ANSWERS = {
    "prints": "story=1", "first_of_agency": "agency=APS", "ticker_on_a_day": "day=2026-03-01",
    "removed_from_a_page": "article_id=3", "search": "words=" + quote('"affaires scolaires"') + "&language=fr",
}  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("browse") / "news.db"
    fill(path)
    with browsing(path) as found:
        yield found


class browsing:  # noqa: N801, a context manager that reads as a word
    """`newscrawl browse` on a free port; at its end it is interrupted, and must end well."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> str:
        arguments = [str(SCRIPT), "browse", "--db", str(self.path), "--port", "0"]
        self.process = subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        said = self.process.stderr.readline()
        assert "(Ctrl-C ends it)" in said, said + self.process.stderr.read()
        return said.split(" is at ")[1].split(" ")[0]

    def __exit__(self, *error: object) -> None:
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=60)
        assert (self.process.returncode, "Traceback" in said) == (0, False), said


def rows(address: str) -> list[dict[str, object]]:
    with urlopen(address) as answer:
        found: list[dict[str, object]] = json.load(answer)
    return found


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_ready_question_has_an_answer(address: str, name: str) -> None:
    found = rows(f"{address}/{name}.json?_shape=array&{ANSWERS.get(name, '')}")
    assert found
    if name == "search":
        assert all("«affaires scolaires»" in str(row["passage"]).lower() for row in found)


def test_search_in_the_table_folds_accents(address: str) -> None:
    with_accent = rows(f"{address}/articles.json?_shape=array&_search={quote('préfecture')}")
    assert with_accent == rows(f"{address}/articles.json?_shape=array&_search=prefecture") != []


def test_no_input_breaks_the_search(address: str) -> None:
    for words in ('"open', "a AND", "(", "*", "élu*", "NEAR(", "'"):
        assert isinstance(rows(f"{address}/search.json?_shape=array&words={quote(words)}&language="), list)


def test_in_a_browser(address: str, tmp_path: Path) -> None:
    with chromium(tmp_path) as tab:
        tab.open(f"{address}/articles", width=1400)
        text = tab.value("document.body.innerText")
        for word in ("language", "site", "publisher", "Le Rivage", "The paper that wrote it".lower()):
            assert word in text
        assert tab.value("document.querySelectorAll('.facet-info').length") == 3
        assert tab.value("!!document.querySelector('input[type=search]')")
        origin = address.rsplit("/", 1)[0]
        assert all(one.startswith(origin) for one in tab.asked)

        face = "getComputedStyle(document.documentElement).filter"
        assert tab.value(face) == "none"
        tab.open(f"{address}/articles", width=360, dark=True)
        assert tab.value(face).startswith("invert")
        assert tab.value("document.documentElement.scrollWidth") == 360

        tab.open(address, width=360)
        text = tab.value("document.body.innerText")
        assert all(question["title"] in text for question in QUESTIONS.values())
        hidden = "[...document.querySelectorAll('h2, h3')].map(e => e.innerText).join('|')"
        assert "story_prints" not in tab.value(hidden)
        # The first things that the Tab key reaches are links and fields that can be seen.
        tab.press("Tab", 9)
        assert tab.value("document.activeElement.tagName") in {"A", "INPUT", "TEXTAREA"}


def test_an_empty_database_can_be_looked_at(tmp_path: Path) -> None:
    Store.open(tmp_path / "empty.db").close()
    with browsing(tmp_path / "empty.db") as address:
        assert rows(f"{address}/articles.json?_shape=array") == []
        for name in QUESTIONS:
            assert rows(f"{address}/{name}.json?_shape=array&{ANSWERS.get(name, '')}") == []


def test_every_column_that_people_see_is_described(tmp_path: Path) -> None:
    with Store.open(tmp_path / "news.db") as store:
        schema = store.schema()
    tables = metadata(tmp_path / "news.db", schema)["databases"]["news"]["tables"]
    connection = sqlite3.connect(tmp_path / "news.db")
    for kind, name, _ in schema:
        table = tables[name]
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
        assert set(table["facets"]) <= columns
        if kind == "table" and not table["hidden"] and not name.startswith("sqlite"):
            assert columns <= set(table["columns"]), name
    assert tables["stories"]["description"]


def test_errors_are_sentences(tmp_path: Path) -> None:
    assert newscrawl("browse", "--db", tmp_path / "none.db").returncode == 5
    Store.open(tmp_path / "news.db").close()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = newscrawl("browse", "--db", tmp_path / "news.db", "--port", str(taken.getsockname()[1]))
    assert (done.returncode, "--port" in done.stderr) == (2, True)
