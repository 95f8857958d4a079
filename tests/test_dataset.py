"""A dataset bundle: whole, the same twice, valid for others' tools, true about its gaps, and found out when changed."""

from __future__ import annotations

import asyncio
import csv
import json
import shutil
import sqlite3
import subprocess
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import frictionless
import pyarrow.parquet as pq
import pytest
import yaml
from datasette.app import Datasette
from export_rows import DATES, TITLES, article, database
from stored_news import ARTICLE, NOON, URL

from newscrawl.dataset.manifest import NAME, problems
from newscrawl.dataset.page_wishes import allowed_text
from newscrawl.dataset.rights import SNIPPET_CHARACTERS, snippet
from newscrawl.export.csv import original
from pipelines.archive import Archive
from pipelines.items import Outcome, Page
from pipelines.store import Store
from tests.command import newscrawl

COUNT = len(TITLES)
FORMATS = ("csv", "sqlite", "jsonl", "parquet", "feather")


def make(database: Path, folder: Path, *options: str) -> Path:
    done = newscrawl("dataset", folder, "--db", database, *options)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return database(tmp_path_factory.mktemp("news") / "news.db", COUNT)


@pytest.fixture(scope="module")
def bundle(news: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    formats = [part for form in FORMATS for part in ("--format", form)]
    return make(news, tmp_path_factory.mktemp("bundles") / "bundle", *formats)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "data/articles.jsonl").read_text(encoding="utf-8").splitlines()]


# Whole and unchanged


def test_the_same_query_gives_the_same_bytes(news: Path, bundle: Path, tmp_path: Path) -> None:
    formats = [part for form in FORMATS for part in ("--format", form)]
    assert contents(make(news, tmp_path / "another name", *formats)) == contents(bundle)


def test_a_bundle_verifies(bundle: Path) -> None:
    assert problems(bundle) == []
    done = newscrawl("dataset", "--verify", bundle)
    assert (done.returncode, done.stdout) == (0, f"{bundle} is as it was made.\n")


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="there is no sha256sum")
def test_sha256sum_reads_the_manifest(bundle: Path) -> None:
    assert subprocess.run(["sha256sum", "-c", "--strict", NAME], cwd=bundle, capture_output=True).returncode == 0


def test_any_changed_byte_is_found(bundle: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(bundle, tmp_path / "copy")
    for name, content in contents(copy).items():
        few = (0, len(content) // 2, len(content) - 1)
        for place in range(0, len(content), 7) if name == NAME else few:
            changed = bytearray(content)
            changed[place] ^= 0x20 if name == NAME else 1  # in a sum, an a becomes an A
            (copy / name).write_bytes(bytes(changed))
            assert problems(copy), f"{name} at {place}"
        (copy / name).write_bytes(content)
    assert problems(copy) == []


def test_what_is_missing_or_added_is_found(bundle: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(bundle, tmp_path / "copy")
    (copy / "README.md").unlink()
    (copy / "data" / "more.csv").write_text("a\n")
    assert problems(copy) == ["README.md is missing.", "data/more.csv was added."]
    done = newscrawl("dataset", "--verify", copy)
    assert (done.returncode, done.stdout.count("\n")) == (1, 2)
    (copy / NAME).unlink()
    assert problems(copy) == [f"{NAME} is missing: this is no bundle, or not all of it."]


def test_a_folder_with_files_is_left_alone(news: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear reader")
    done = newscrawl("dataset", tmp_path, "--db", news)
    assert (done.returncode, "not empty" in done.stderr) == (5, True)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


# For others' tools


def test_frictionless_accepts_it(bundle: Path) -> None:
    report = frictionless.validate(str(bundle / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    (table,) = [task for task in report.tasks if task.type == "table"]
    assert table.stats["rows"] == COUNT
    assert table.stats["fields"] == len(read_csv(bundle)[0])


def test_frictionless_refuses_a_cell_of_another_type(bundle: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(bundle, tmp_path / "copy")
    package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
    (copy / "datapackage.json").write_text(json.dumps(package))
    data = (copy / "data/articles.csv").read_text(encoding="utf-8")
    (copy / "data/articles.csv").write_text(data.replace('"2025-07-01"', '"1 July"'), encoding="utf-8", newline="")
    report = frictionless.validate(str(copy / "datapackage.json"))
    assert {"type-error"} <= {error[0] for error in report.flatten(["type"])}


def test_croissant_names_every_file_and_column(bundle: Path) -> None:
    croissant = json.loads((bundle / "croissant.json").read_text(encoding="utf-8"))
    assert croissant["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    for file in croissant["distribution"]:
        assert file["sha256"] == sha256((bundle / file["contentUrl"]).read_bytes()).hexdigest()
    (records,) = croissant["recordSet"]
    assert [field["name"] for field in records["field"]] == read_csv(bundle)[0]
    known = {file["@id"] for file in croissant["distribution"]}
    assert all(field["source"]["fileObject"]["@id"] in known for field in records["field"])
    if shutil.which("mlcroissant"):
        command = ["mlcroissant", "validate", "--jsonld", str(bundle / "croissant.json")]
        assert subprocess.run(command, capture_output=True).returncode == 0


def test_datasette_shows_descriptions_facets_and_queries(bundle: Path) -> None:
    metadata = yaml.safe_load((bundle / "metadata.yaml").read_text(encoding="utf-8"))
    configuration = yaml.safe_load((bundle / "datasette.yaml").read_text(encoding="utf-8"))
    shown = Datasette([str(bundle / "data/articles.db")], metadata=metadata)

    def get(address: str) -> Any:
        response = asyncio.run(shown.client.get(address))
        assert response.status_code == 200, address
        return response

    assert "words of the body" in get("/articles/articles").text
    facets = get("/articles/articles.json?_shape=objects").json()["facet_results"]
    assert "language" in facets
    for name in metadata["databases"]["articles"]["queries"]:
        assert get(f"/articles/{name}.json?_shape=array").json() is not None
    assert len(get("/articles/articles.json?_search=guillemets&_shape=array").json()) == 1
    queries = configuration["databases"]["articles"]["queries"]
    assert {name: query["sql"] for name, query in queries.items()} == {
        name: query["sql"] for name, query in metadata["databases"]["articles"]["queries"].items()
    }


# What it says


def read_csv(folder: Path) -> list[list[str]]:
    with (folder / "data/articles.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_every_file_has_the_same_articles(bundle: Path) -> None:
    header, *rows = read_csv(bundle)
    titles = [original(row[header.index("title")]) for row in rows]
    assert sorted(titles) == sorted(TITLES)
    assert [row["title"] for row in lines(bundle)] == titles
    assert pq.read_table(bundle / "data/articles.parquet").column("title").to_pylist() == titles
    connection = sqlite3.connect(bundle / "data/articles.db")
    assert [row[0] for row in connection.execute("SELECT title FROM articles ORDER BY rowid")] == titles


def test_the_dictionary_describes_every_column(bundle: Path) -> None:
    with (bundle / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        described = {row["column"]: row for row in csv.DictReader(file)}
    assert list(described) == read_csv(bundle)[0]
    assert described["published_at"]["filled"] == str(sum(DATES[n % len(DATES)] is not None for n in range(COUNT)))
    assert described["title"]["filled"] == str(COUNT)
    assert described["subtitle"]["filled"] == "0"
    assert all(row["description"] for row in described.values())


def test_provenance(bundle: Path, news: Path, tmp_path: Path) -> None:
    said = json.loads((bundle / "newscrawl.json").read_text(encoding="utf-8"))
    assert said["query"] == {}
    assert [run["id"] for run in said["runs"]] == [1]
    assert said["changes_since"] == {"run": 1}
    assert {file["rows"] for file in said["files"]} == {COUNT}
    assert said["coverage"]["languages"] == [["en", 6], ["es", 6], ["fr", 6]]
    assert said["coverage"]["extractor_versions"] == [["1", COUNT]]
    options = ("--language", "fr", "--since", "2025-07", "--search", "fin", "--run", "1", "--format", "jsonl")
    part = make(news, tmp_path / "part", *options)
    said = json.loads((part / "newscrawl.json").read_text(encoding="utf-8"))
    assert said["query"] == {"languages": ["fr"], "since": "2025-07", "words": "fin", "runs": [1]}
    assert len(lines(part)) == said["coverage"]["articles"] > 0
    assert said["identity"] in (part / "README.md").read_text(encoding="utf-8")
    assert not (part / "metadata.yaml").exists()


def test_the_readme_tells_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store.open(path) as store:
        run = store.begin_run(kind="crawl", site="maghress", version="1")
        for number, at in enumerate(("2025-01-05", "2025-04", None)):
            one = replace(
                ARTICLE, canonical_url=f"{URL}{number}", published_at=at, publisher="", published_ambiguous=True
            )
            store.save(one, run_id=run, at=NOON)
        store.record(Outcome(f"{URL}9", "language-pt"), run, NOON, site="maghress")
        store.end_run(run, "interrupted")
    text = (make(path, tmp_path / "bundle") / "README.md").read_text(encoding="utf-8")
    for sentence in (
        "Articles without a date that could be read: 1.",
        "could be swapped (`published_ambiguous`): 3.",
        "do not name the paper that wrote them: 3.",
        "without an article: 2 (2025-02, 2025-03).",
        "without an article: 1 (language-pt 1).",
        "Runs that were not finished: 1.",
    ):
        assert sentence in text


# Rights


def page(number: int, body: str, *headers: tuple[str, str]) -> Page:
    url = f"{URL}{number}"
    return Page(url, url, 200, (("content-type", "text/html"), *headers), body.encode(), NOON, "maghress")


LONG = "Le port s'étend encore vers le large. " * 40
PAGES = (
    (page(0, "<html><p>plain"), {}, "full"),
    (page(1, '<html><meta name="robots" content="index,noarchive">'), {}, "snippet"),
    (page(2, "<html>", ("x-robots-tag", "noindex, nosnippet")), {}, "none"),
    (page(3, "<html>pay"), {"paywalled": True}, "snippet"),
    (page(4, "<html>closed"), {}, "none"),
    (page(5, "<html>", ("tdm-reservation", "1")), {"paywalled": True}, "none"),
)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("guarded") / "news.db"
    with Store.open(path) as store, Archive.open(Archive.path_for(path)) as archive:
        run = store.begin_run(kind="crawl", site="maghress", version="1")
        for number, (one, fields, _) in enumerate(PAGES):
            kept = replace(ARTICLE, canonical_url=one.url, body=LONG, lead=LONG, subtitle="Court", **fields)
            store.save(kept, page_hash=archive.add(one), run_id=run, at=NOON + timedelta(minutes=number))
        store.end_run(run)
        later = store.begin_run(kind="crawl", site="maghress", version="1")
        store.record(Outcome(PAGES[4][0].url, "robots"), later, NOON + timedelta(days=1))
        store.end_run(later)
    return path


@pytest.mark.parametrize(("mode", "most"), [("full", "full"), ("snippet", "snippet"), ("metadata", "none")])
def test_no_more_than_pages_and_robots_allow(guarded: Path, tmp_path: Path, mode: str, most: str) -> None:
    order = ["full", "snippet", "none"]
    formats = ("--format", "jsonl", "--format", "sqlite", "--format", "csv")
    folder = make(guarded, tmp_path / "bundle", "--rights", mode, *formats)
    found = {row["canonical_url"]: row for row in lines(folder)}
    for one, _, allowed in PAGES:
        row = found[one.url]
        expected = max(allowed, most, key=order.index)
        assert row["text_kept"] == expected, one.url
        assert (row["text_reason"] is None) == (expected == "full")
        lengths = {"full": len(LONG), "snippet": len(snippet(LONG)), "none": 0}
        assert len(row["body"]) == lengths[expected]
        assert (row["lead"] is None) == (expected == "none")
        assert row["title"] == ARTICLE.title
    raw = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert (LONG[:400].encode() in raw) == (mode == "full")
    assert frictionless.validate(str(folder / "datapackage.json")).valid
    reasons = {row["text_reason"] for row in found.values()}
    assert reasons == {"full": {None, "robots", "paywall"}, "snippet": {"asked", "robots"}, "metadata": {"asked"}}[mode]


@pytest.mark.parametrize(
    ("headers", "body", "allowed"),
    [
        ([], "", "full"),
        ([], "<meta name=robots content=noarchive>", "snippet"),
        ([], "<META CONTENT='NOINDEX, NOFOLLOW' NAME='ROBOTS'>", "full"),
        ([], '<meta name="robots" content="max-snippet:0">', "none"),
        ([], '<meta name="robots" content="max-snippet: 0, noarchive">', "none"),
        ([], '<meta name="robots" content="max-snippet:-1, max-image-preview:large">', "full"),
        ([], '<meta name="robots" content="none">', "none"),
        ([], '<meta name="tdm-reservation" content="1">', "none"),
        ([], '<meta name="tdm-reservation" content="0">', "full"),
        ([], '<meta name="description" content="noarchive">', "full"),
        ([("x-robots-tag", "noarchive")], "", "snippet"),
        ([("x-robots-tag", "googlebot: nosnippet")], "", "full"),
        ([("x-robots-tag", "max-snippet: 0")], "", "none"),
        ([("x-robots-tag", "noai")], "", "none"),
        ([("tdm-reservation", " 1 ")], "", "none"),
    ],
)
def test_what_a_page_asks_for(headers: list[tuple[str, str]], body: str, allowed: str) -> None:
    assert allowed_text(headers, body.encode()) == allowed


@pytest.mark.parametrize("text", ["", "court", "mot " * 100, "x" * 1000, "x" * SNIPPET_CHARACTERS, "a " * 140 + "b"])
def test_a_snippet_is_a_beginning(text: str) -> None:
    cut = snippet(text)
    assert len(cut) <= SNIPPET_CHARACTERS
    assert text.startswith(cut.removesuffix("…"))
    assert (cut == text) == (len(text) <= SNIPPET_CHARACTERS)


# Little and odd data


def test_no_article_makes_no_bundle(tmp_path: Path) -> None:
    Store.open(tmp_path / "news.db").close()
    done = newscrawl("dataset", tmp_path / "bundle", "--db", tmp_path / "news.db")
    assert (done.returncode, "no article matches" in done.stderr) == (1, True)
    assert not (tmp_path / "bundle").exists()


@pytest.mark.parametrize("at", [None, "1990-01-01", "2087-12-31T23:59:00Z", "2025-07"])
def test_one_article_whatever_its_date(tmp_path: Path, at: str | None) -> None:
    path = tmp_path / "news.db"
    with Store.open(path) as store:
        run = store.begin_run(kind="ingest")
        store.save(replace(article(0), published_at=at, site="", publisher=""), run_id=run, at=NOON)
    folder = make(path, tmp_path / "bundle")
    assert problems(folder) == []
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    span = f"from {at[:10]} to {at[:10]}" if at else "on unknown days"
    assert span in (folder / "README.md").read_text(encoding="utf-8")
