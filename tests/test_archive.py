"""data/pages.db: a page comes back as it was, whatever it holds, and once."""

from __future__ import annotations

import doctest
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.archive import Archive
from pipelines.archive import archive as archive_module
from pipelines.extraction_pool import Rulebook
from pipelines.items import Page
from pipelines.run import Run
from pipelines.store import StoreError
from tests.sample_pages import sample_pages

NOON = datetime(2025, 7, 1, 12, 0, 0, 123456, tzinfo=UTC)
URL = "https://www.maghress.com/fr/challenge/1"
PAGE = Page(
    url=URL,
    final_url=URL + "/",
    status=200,
    headers=(("content-type", "text/html; charset=UTF-8"), ("set-cookie", "a=1"), ("set-cookie", "b=2")),
    body="<p>Le port s'étend.</p>".encode() * 500,
    fetched_at=NOON,
    site="maghress",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pages.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("large") / "pages.db") as opened:
        yield opened


LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=-3, minutes=-30))])


@given(
    url=LINE.map("https://example.com/".__add__),
    status=st.integers(100, 599),
    headers=st.lists(st.tuples(LINE, st.text(max_size=20))),
    body=st.binary(),
    at=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=ZONES),
    site=LINE,
)
def test_any_page_comes_back(
    large: Archive, url: str, status: int, headers: list[tuple[str, str]], body: bytes, at: datetime, site: str
) -> None:
    page = Page(url, url, status, tuple(headers), body, at, site)
    body_hash = large.add(page)
    assert body_hash == sha256(body).hexdigest()
    assert large.get(body_hash) == body
    assert list(large.pages()) == [page]
    large.rollback()


def test_the_same_body_is_kept_once(archive: Archive, path: Path) -> None:
    hashes = {archive.add(replace(PAGE, fetched_at=NOON + timedelta(hours=hour))) for hour in range(3)}
    archive.commit()
    assert len(hashes) == 1
    reader = sqlite3.connect(path)
    assert reader.execute("SELECT count(*), sum(raw_size) FROM bodies").fetchone() == (1, len(PAGE.body))
    assert reader.execute("SELECT count(*) FROM pages").fetchone() == (3,)
    assert reader.execute("SELECT length(body) FROM bodies").fetchone()[0] < len(PAGE.body) / 10


def test_the_same_page_is_kept_once(archive: Archive) -> None:
    archive.add(PAGE)
    archive.add(PAGE)
    assert list(archive.pages()) == [PAGE]


def test_refusals_are_kept_too(archive: Archive) -> None:
    refusal = replace(PAGE, status=404, body=b"")
    archive.add(refusal)
    assert archive.latest("maghress.com/fr/challenge/1") == refusal


def test_the_latest_page_of_a_url(archive: Archive) -> None:
    later = replace(PAGE, body=b"<p>new", fetched_at=NOON + timedelta(microseconds=1))
    archive.add(later)
    archive.add(PAGE)
    assert archive.latest("maghress.com/fr/challenge/1") == later
    assert archive.latest("maghress.com/fr/challenge/2") is None


def test_a_body_that_is_not_here(archive: Archive) -> None:
    with pytest.raises(KeyError):
        archive.get("0" * 64)


def test_pages_are_chosen_and_come_in_order_of_fetching(archive: Archive) -> None:
    hour = timedelta(hours=1)
    pages = [
        replace(PAGE, fetched_at=NOON),
        replace(PAGE, fetched_at=NOON + hour, site="turess", url="https://www.turess.com/fr/2"),
        replace(PAGE, fetched_at=NOON + 2 * hour, site="", url="https://example.com/3"),
    ]
    for page in reversed(pages):
        archive.add(page)
    assert list(archive.pages()) == pages
    assert list(archive.pages(sites=["turess", "maghress"])) == pages[:2]
    assert list(archive.pages(since=NOON + hour)) == pages[1:]
    assert list(archive.pages(until=NOON + hour)) == pages[:2]
    assert list(archive.pages(url_key="example.com/3")) == pages[2:]
    assert list(archive.pages(sites=["none"])) == []


def test_pages_can_be_read_while_others_are_added(archive: Archive) -> None:
    for minute in range(5):
        archive.add(replace(PAGE, fetched_at=NOON + timedelta(minutes=minute)))
    for page in archive.pages(until=NOON + timedelta(minutes=4)):
        archive.add(replace(page, fetched_at=page.fetched_at + timedelta(days=1)))
        archive.commit()
    assert len(list(archive.pages())) == 10


def test_what_was_not_committed_is_forgotten(path: Path) -> None:
    archive = Archive.open(path)
    archive.add(PAGE)
    archive.close()
    with Archive.open(path, read_only=True) as reader:
        assert list(reader.pages()) == []


def test_a_page_without_a_time_zone_is_a_mistake(archive: Archive) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        archive.add(replace(PAGE, fetched_at=datetime(2025, 7, 1)))
    assert list(archive.pages()) == []


def test_a_damaged_body(archive: Archive, path: Path) -> None:
    body_hash = archive.add(PAGE)
    archive.commit()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE bodies SET body = x'00112233'")
    with pytest.raises(StoreError, match=r"damaged"):
        archive.get(body_hash)


def test_examples_run() -> None:
    assert doctest.testmod(archive_module).failed == 0


def test_old_pages_are_forgotten_and_bodies_that_others_share_stay(tmp_path: Path) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    address = "https://example.org/a/1"
    with Archive.open(tmp_path / "pages.db") as archive:
        for day, body in enumerate([b"shared", b"old", b"shared", b"new"]):
            archive.add(Page(address, address, 200, (), body, moment + timedelta(days=day)))
        assert archive.forget(moment + timedelta(days=2)) == 2
        assert [page.body for page in archive.pages()] == [b"shared", b"new"]
        with pytest.raises(KeyError):
            archive.get(sha256(b"old").hexdigest())
        assert archive.get(sha256(b"shared").hexdigest()) == b"shared"
        assert archive.forget(moment) == 0


def test_no_article_is_kept_without_its_page_when_a_rollback_took_it_while_it_was_read(tmp_path: Path) -> None:
    page = sample_pages()[0]
    with Run.open(tmp_path / "news.db", kind="crawl", rulebook=Rulebook()) as run:
        reading = run.extract(page)
        run.archive.rollback()
        assert run.keep(page, reading.result()).outcome == "stored"
    with Archive.open(tmp_path / "pages.db") as archive:
        assert list(archive.pages()) == [page]
