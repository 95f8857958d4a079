"""`newscrawl stories`, and stories in `search` and `export`, as a user sees them."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from command import newscrawl
from stored_news import ARTICLE, NOON

from pipelines.store import Store
from pipelines.store.selection import Selection

BODY = " ".join(f"Le cœur du port numéro {n} bat encore selon l'équipage." for n in range(9))
OTHER = " ".join(f"Une autre histoire, chapitre {n}, avec coeur et patience." for n in range(9))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stories") / "news.db"
    with Store.open(path) as store:
        run = store.begin_run(kind="crawl")
        for name, body, date in (("B", BODY, "2025-07-02"), ("A", f"(AFP) - {BODY}", "2025-07-01"), ("C", OTHER, None)):
            url = f"https://{name}.example/1"
            store.save(
                replace(ARTICLE, canonical_url=url, publisher=name, body=body, published_at=date, title=f"Port {name}"),
                run_id=run,
                at=NOON,
            )
    return path


def test_the_list_and_one_story(path: Path) -> None:
    listed = newscrawl("stories", "--db", path)
    assert listed.returncode == 0
    assert all(word in listed.stdout for word in ("2025-07-01", "AFP", "Port A"))
    (story,) = map(json.loads, newscrawl("stories", "--db", path, "--json").stdout.splitlines())
    assert (story["articles"], story["first_publisher"], story["first_certain"]) == (2, "A", True)
    prints = newscrawl("stories", str(story["id"]), "--db", path, "--json").stdout.splitlines()
    assert [json.loads(line)["publisher"] for line in prints] == ["A", "B"]
    assert "Port B" in newscrawl("stories", str(story["id"]), "--db", path).stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["99"], 1), (["--since", "2025-08"], 1), (["1", "--language", "fr"], 2), (["--since", "x"], 2), (["0"], 2)],
)
def test_nothing_to_show_and_wrong_use(path: Path, arguments: list[str], code: int) -> None:
    done = newscrawl("stories", "--db", path, *arguments)
    assert (done.returncode, done.stdout, bool(done.stderr)) == (code, "", True)


def test_an_empty_database(tmp_path: Path) -> None:
    Store.open(tmp_path / "news.db").close()
    assert newscrawl("stories", "--db", tmp_path / "news.db").returncode == 1
    assert newscrawl("stories", "--rebuild", "--db", tmp_path / "news.db").returncode == 1
    assert newscrawl("stories", "--rebuild", "--db", tmp_path / "none.db").returncode == 5


def test_export_once_and_by_story(path: Path) -> None:
    once = newscrawl("export", "--db", path, "--one-per-story").stdout
    assert [row["publisher"] for row in csv.DictReader(once.splitlines(keepends=True))] == ["A", "C"]
    story = newscrawl("export", "--db", path, "--story", "1", "--language", "fr").stdout
    assert [row["publisher"] for row in csv.DictReader(story.splitlines(keepends=True))] == ["A", "B"]


@pytest.mark.parametrize("words", ["coeur", "cœur", "CŒUR", "«cœur du port»", "“coeur du port”", "coe* port"])
def test_search_knows_ligatures_and_quotation_marks(path: Path, words: str) -> None:
    with Store.open(path, read_only=True) as store:
        found = {row["publisher"] for row in store.search(words)}
    assert found == ({"A", "B", "C"} if "du" not in words else {"A", "B"})


def test_search_shows_a_story_once(path: Path) -> None:
    with Store.open(path, read_only=True) as store:
        assert len(store.search("coeur")) == 3
        hits = store.search("coeur", one_per_story=True)
        (title,) = {hit["marked_title"] for hit in store.search("port chapitre")}
    assert sorted(hit["prints"] for hit in hits) == [1, 2]
    assert title == "[Port] C"
    assert "2 prints match" in newscrawl("search", "coeur", "--one-per-story", "--db", path).stdout


def test_a_text_is_once_in_all_parts_of_an_export(path: Path) -> None:
    with Store.open(path, read_only=True) as store:
        selected = store.select(Selection(one_per_story=True))
        months = [row["publisher"] for _, _, part in selected.parts() for row in part.rows()]
        later = store.select(Selection(one_per_story=True, since="2025-07-02"))
        assert [row["publisher"] for row in later.rows()] == ["B"]
    assert sorted(months) == ["A", "C"]
    done = newscrawl("export", "--db", path, "--one-per-story", "--since-run", "0")
    assert (done.returncode, "--since-run" in done.stderr) == (2, True)
