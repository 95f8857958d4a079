"""`newscrawl doctor`: every kind of trouble is found and said, and a sound installation has none."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl import doctor
from newscrawl.config import load
from newscrawl.doctor import check_all, check_clock, check_disk, check_schedules
from newscrawl.scheduling.install import Installed
from pipelines.archive import Archive
from pipelines.items import Outcome
from pipelines.store import Store
from tests.command import newscrawl
from tests.stored_news import ARTICLE, NOON, URL

NOW = datetime.now(UTC)
CONFIG = load(None, {"contact": "me@example.org"}, {})
TIMER = Installed("maghress", "systemd", "hourly", "/bin/true crawl maghress", "here", "active")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Store.open(path) as store:
        run = store.begin_run(kind="crawl", site="maghress")
        store.save(ARTICLE, run_id=run, at=NOON)
        store.record(Outcome(URL, "stored", canonical_url=URL), run, NOON)
        store.record(Outcome(f"{URL}0", "listed"), run, NOON)
        store.end_run(run)
    Archive.open(Archive.path_for(path)).close()
    return path


def found(database: Path, now: datetime = NOW) -> list[str]:
    """What is no ``ok``, as `grade check: sentence`."""
    findings = check_all(database, CONFIG, [TIMER], now)
    return [f"{one.grade} {one.check}: {one.sentence}" for one in findings if one.grade != "ok"]


def test_a_sound_installation_has_no_trouble(database: Path) -> None:
    before = database.read_bytes()
    assert found(database) == []
    assert database.read_bytes() == before, "looking changes nothing"


def sql(statement: str) -> Callable[[Path], None]:
    def damage(database: Path) -> None:
        with sqlite3.connect(database) as connection:
            connection.execute(statement)
        connection.close()

    return damage


def overwrite_a_page(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA journal_mode = delete")
    connection.close()
    with database.open("r+b") as file:
        file.seek(4096 * 12)
        file.write(b"\xff" * 4096 * 3)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (sql("DROP TRIGGER articles_ad"), "problem database: the triggers articles_ad are gone"),
        (
            sql("INSERT INTO articles_fts(articles_fts) VALUES ('delete-all')"),
            "the full-text index does not say what the articles say: mend it with sqlite3: INSERT INTO articles_fts",
        ),
        (sql("DELETE FROM urls"), "refer to rows that are not there"),
        (overwrite_a_page, "damaged"),
        (lambda path: Archive.path_for(path).unlink(), "problem database: pages.db is missing"),
        (lambda path: path.unlink(), "warning database: there is no"),
        (sql("UPDATE runs SET state = 'running'"), "warning runs: runs 1 ended without a word"),
        (sql("UPDATE outcomes SET outcome = 'http-403'"), "problem runs: maghress is blocked"),
        (sql("UPDATE runs SET started_at = '2026-01-01T00:00:00Z'"), "warning runs: maghress is stale"),
        (sql("UPDATE runs SET ended_at = '2099-01-01T00:00:00Z'"), "problem clock: the clock says"),
    ],
)
def test_trouble_is_found(database: Path, damage: Callable[[Path], None], sentence: str) -> None:
    damage(database)
    told = " | ".join(found(database)).replace(f"{database.parent}/", "").replace("news.db: ", "")
    assert sentence in told


def test_a_clock_before_the_program_was_made(database: Path) -> None:
    (finding,) = check_clock(database, datetime(1970, 1, 1, tzinfo=UTC))
    assert (finding.grade, "1970-01-01" in finding.sentence) == ("problem", True)
    (finding,) = check_clock(database, NOW + timedelta(days=1))
    assert finding.grade == "ok"


@pytest.mark.parametrize(("free", "grade"), [(1 << 40, "ok"), (500 << 20, "warning"), (1 << 20, "problem")])
def test_a_disk_that_runs_full(database: Path, monkeypatch: pytest.MonkeyPatch, free: int, grade: str) -> None:
    usage = shutil.disk_usage(database)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage._replace(free=free))
    (finding,) = check_disk(database)
    assert finding.grade == grade


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_permissions(database: Path) -> None:
    database.chmod(0o400)
    assert any(one.startswith("problem permissions") for one in found(database))


@pytest.mark.parametrize(
    ("command", "state", "grade", "sentence"),
    [
        ("/bin/true crawl", "active", "ok", "maghress (systemd): hourly"),
        ("/gone/newscrawl crawl", "active", "problem", "runs /gone/newscrawl, which is not there"),
        ("/bin/true crawl", "inactive", "problem", "enable --now newscrawl-maghress.timer"),
        ("/bin/true crawl", "unknown", "warning", "systemd does not answer"),
    ],
)
def test_an_installed_timer(command: str, state: str, grade: str, sentence: str) -> None:
    (finding,) = check_schedules([Installed("maghress", "systemd", "hourly", command, "here", state)])
    assert (finding.grade, sentence in finding.sentence) == (grade, True)
    (nothing,) = check_schedules([])
    assert nothing.grade == "warning"


def test_as_a_user_meets_it(database: Path, tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": "", "PATH": "/nowhere"}
    sound = newscrawl("doctor", "--db", database, folder=tmp_path, **home)
    assert (sound.returncode, sound.stdout.splitlines()[-1]) == (0, "no problems."), sound.stdout
    assert "warning  configuration  no contact address" in sound.stdout
    Archive.path_for(database).unlink()
    told = newscrawl("doctor", "--json", "--db", database, folder=tmp_path, **home)
    grades = [json.loads(line)["grade"] for line in told.stdout.splitlines()]
    assert (told.returncode, grades.count("problem")) == (1, 1)
