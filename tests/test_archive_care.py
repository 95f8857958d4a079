"""Looking after the archive: dictionaries, checksums, retention, room."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard

from newscrawl.exit_codes import Failure
from newscrawl.keep_rules import keep_of
from pipelines.archive import Archive
from pipelines.archive import bodies as archive_bodies
from pipelines.archive.care import Keep, Pruned, compact, problems, prune, sizes, statuses
from pipelines.items import Page
from pipelines.store import Store, StoreError
from pipelines.store.schema import PAGES
from tests.sample_pages import sample_pages

NOON = datetime(2025, 7, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "pages.db") as opened:
        yield opened


def page(number: int, *, at: datetime = NOON, status: int = 200, site: str = "sample") -> Page:
    text = "".join(f"<p>{sha256(f'{number} {line}'.encode()).hexdigest()}</p>" for line in range(40))
    body = f"<html><head><title>The Daily Page</title></head><body>{'<div class=box></div>' * 60}{text}".encode()
    url = f"https://example.com/{number}"
    return Page(url, url, status, (("content-type", "text/html"),), body if status == 200 else b"gone", at, site)


def test_pages_of_the_sample_site_take_less_than_the_promised_share(archive: Archive) -> None:
    """Beside one another at most 22 % of their size, with a trained dictionary (its own size counted) at most 12 %."""
    pages = sample_pages()
    for one in pages:
        archive.add(one)
    archive.commit()
    (before,) = sizes(archive)
    assert before.pages == len(pages)
    assert before.dictionaries == 0
    assert before.ratio <= 0.22
    assert compact(archive) == ["sample"]
    (after,) = sizes(archive)
    assert after.dictionaries > 0
    assert after.ratio <= 0.12
    assert after.stored < before.stored
    assert list(archive.pages()) == sorted(pages, key=lambda one: one.fetched_at)
    assert list(problems(archive)) == []


def test_a_dictionary_is_trained_when_a_site_has_enough_pages(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_bodies, "TRAIN_AT", (40,))
    pages = sample_pages()
    for number, one in enumerate(pages):
        archive.add(one)
        trained = archive.connection.execute("SELECT count(*) FROM dictionaries WHERE kind = 'trained'").fetchone()[0]
        assert trained == (number >= 39)
    sql = "SELECT count(*) FROM bodies JOIN dictionaries ON id = dictionary_id WHERE kind = 'trained'"
    assert archive.connection.execute(sql).fetchone()[0] > 20, "also those that were kept before it"
    assert list(archive.pages()) == pages


def test_another_program_reads_what_this_one_compressed(archive: Archive) -> None:
    pages = [page(number) for number in range(5)]
    for one in pages:
        archive.add(one)
    archive.commit()
    with Archive.open(archive.path, read_only=True) as other:
        assert list(other.pages()) == pages


def test_a_dictionary_that_was_rolled_back_is_not_used(archive: Archive) -> None:
    archive.add(page(1))
    archive.rollback()
    archive.add(page(2))
    archive.add(page(3))
    archive.commit()
    assert list(archive.pages()) == [page(2), page(3)]


def test_pages_that_no_spider_asked_for_are_compressed_beside_those_of_their_host(archive: Archive) -> None:
    for number in range(3):
        archive.add(page(number, site=""))
    assert [one.family for one in sizes(archive)] == ["example.com"]
    assert sizes(archive)[0].ratio < 0.7


def test_an_archive_of_the_first_schema_is_read_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "pages.db"
    with Archive.open(path):
        pass
    with sqlite3.connect(path) as connection:  # as the first migration left it
        for table in ("pages", "bodies", "dictionaries", "lists"):
            connection.execute(f"DROP TABLE {table}")
        for statement in PAGES:
            connection.execute(statement)
        connection.execute("DELETE FROM _sqlite_migrations WHERE name <> '0001_archive'")
        old, body = page(1), zstandard.ZstdCompressor().compress(page(1).body)
        connection.execute("INSERT INTO bodies VALUES ('a', ?, ?)", (len(old.body), body))
        values = (old.url, old.url, json.dumps(old.headers), "2025-07-01T12:00:00.000000Z")
        connection.execute("INSERT INTO pages VALUES (1, 'example.com/1', ?, ?, 200, ?, 'a', ?, 'sample')", values)
    with Archive.open(path) as archive:
        archive.add(page(2))
        assert list(archive.pages()) == [page(1), page(2)]
        assert [one.family for one in sizes(archive)] == ["sample"]


def test_damage_is_found_and_named(archive: Archive) -> None:
    hashes = [archive.add(page(number)) for number in range(4)]
    archive.commit()
    assert list(problems(archive)) == []
    with archive.step() as connection:
        other = connection.execute("SELECT body, raw_size, dictionary_id FROM bodies WHERE hash = ?", (hashes[2],))
        frame, size, dictionary = other.fetchone()
        connection.execute("UPDATE bodies SET body = x'0011' WHERE hash = ?", (hashes[1],))
        connection.execute(
            "UPDATE bodies SET body = ?, raw_size = ?, dictionary_id = ? WHERE hash = ?",
            (frame, size, dictionary, hashes[3]),
        )
    found = list(problems(archive))
    assert len(found) == 2
    assert hashes[1] in found[0]
    assert "cannot be decompressed" in found[0]
    assert hashes[3] in found[1]
    assert "other bytes" in found[1]


def kept(archive: Archive) -> set[tuple[str, datetime, int]]:
    return {(one.url[-1], one.fetched_at, one.status) for one in archive.pages()}


def test_what_no_rule_keeps_goes(archive: Archive) -> None:
    hashes = {}
    for number, days, status in [(1, 0, 200), (1, 1, 200), (1, 2, 404), (2, 0, 200), (2, 9, 200), (3, 1, 200)]:
        body = replace(page(number, at=NOON + days * DAY, status=status), body=f"{number} {days}".encode() * 99)
        hashes[number, days] = archive.add(body)
    archive.commit()
    keep = Keep(latest=1, hashes={hashes[1, 0]})
    rehearsed = prune(archive, keep, dry_run=True)
    assert len(kept(archive)) == 6
    assert prune(archive, keep) == rehearsed
    assert rehearsed.pages == 1
    assert rehearsed.hashes == {hashes[2, 0]}
    assert kept(archive) == {("1", NOON, 200), ("1", NOON + DAY, 200), ("1", NOON + 2 * DAY, 404),
                             ("2", NOON + 9 * DAY, 200), ("3", NOON + DAY, 200)}  # fmt: skip
    assert prune(archive, Keep(since=NOON + 2 * DAY), sites=["other"]) == Pruned(0, 0, 0, frozenset())
    assert prune(archive, Keep(since=NOON + 2 * DAY)).pages == 3
    assert list(problems(archive)) == []


def test_a_body_stays_while_others_are_compressed_beside_it(archive: Archive) -> None:
    for number in range(3):
        archive.add(page(number, at=NOON + number * DAY))
    archive.commit()
    assert prune(archive, Keep(since=NOON + DAY)).pages == 1
    assert list(archive.pages()) == [page(1, at=NOON + DAY), page(2, at=NOON + 2 * DAY)]
    assert list(problems(archive)) == []


def test_rules_of_keeping(tmp_path: Path) -> None:
    with Store.open(tmp_path / "news.db") as store:
        assert keep_of(["latest"], store, now=NOON) == Keep(latest=1)
        assert keep_of(["latest=3", "latest", "articles"], store, now=NOON) == Keep(latest=3)
        assert keep_of(["10d", "2w"], store, now=NOON) == Keep(since=NOON - 14 * DAY)
        for wrong in ("", "latest=0", "10", "10x", "all"):
            with pytest.raises(Failure, match="is no rule"):
                keep_of([wrong], store, now=NOON)


def test_answers_are_counted_by_status(archive: Archive) -> None:
    for number, status in enumerate([200, 404, 404, 503]):
        archive.add(page(number, status=status))
    assert statuses(archive) == {200: 1, 404: 2, 503: 1}


def test_a_missing_dictionary_is_damage_and_not_another_text(archive: Archive) -> None:
    archive.add(page(1))
    last = archive.add(page(2))
    archive.commit()
    archive.connection.execute("PRAGMA foreign_keys = off")
    archive.connection.execute("DELETE FROM dictionaries")
    archive.connection.commit()
    with Archive.open(archive.path, read_only=True) as other, pytest.raises(StoreError, match="damaged"):
        other.get(last)
