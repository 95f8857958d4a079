"""What can be wrong with an installation, one function a check: each says what it found, and what to do."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newscrawl.config import Config
from newscrawl.scheduling.install import Installed
from pipelines.archive import Archive
from pipelines.cluster import ClusterError
from pipelines.extraction_pool import Rulebook
from pipelines.extractor import check_cluster
from pipelines.store import Store, StoreError

__all__ = ["Finding", "check_all"]

Grade = Literal["ok", "warning", "problem"]

ROOM_BYTES = 1 << 30
"""Free bytes below which a disk is said to run out: some days of crawling a dozen sites."""
LEAST_BYTES = 50 << 20
"""Free bytes below which nothing can be relied on."""
BUILT = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock is right that is before this."""
PACKAGES = (
    "scrapy",
    "trafilatura",
    "lxml",
    "sqlite-utils",
    "dateparser",
    "langdetect",
    "pebble",
    "zstandard",
    "tzdata",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    check: str
    grade: Grade
    sentence: str


def check_all(database: Path, config: Config, schedules: list[Installed], now: datetime) -> Iterator[Finding]:
    """All checks, in the order in which their findings help. Nothing is changed but what SQLite tidies up itself."""
    yield from check_versions()
    yield from check_configuration(config)
    yield from check_permissions(database)
    yield from check_disk(database)
    yield from check_clock(database, now)
    yield from check_zones()
    yield from check_database(database)
    yield from check_runs(database, config, now)
    yield from check_schedules(schedules)
    yield from check_extraction(config)


def check_versions() -> Iterator[Finding]:
    """Python, SQLite with full text, and the libraries that matter."""
    sqlite = sqlite3.sqlite_version
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    if "ENABLE_FTS5" not in options:
        yield Finding(
            "versions", "problem", f"SQLite {sqlite} has no full text (FTS5): use a Python that brings it along."
        )
    missing = [name for name in PACKAGES if not _version(name)]
    if missing:
        yield Finding("versions", "problem", f"not installed: {', '.join(missing)}; install newscrawl again.")
    told = ", ".join(f"{name} {_version(name)}" for name in ("newscrawl", *PACKAGES) if _version(name))
    yield Finding("versions", "ok", f"Python {platform.python_version()}, SQLite {sqlite}, {told}")


def check_configuration(config: Config) -> Iterator[Finding]:
    """The file that was read, and a contact address."""
    file = f"{config.file} is read" if config.file else "no newscrawl.toml: the defaults are in force"
    yield Finding("configuration", "ok", f"{file}; `newscrawl config` prints what is in force")
    if not config["contact"]:
        sentence = "no contact address: a site's owner cannot reach you before blocking you; set contact."
        yield Finding("configuration", "warning", sentence)


def check_permissions(database: Path) -> Iterator[Finding]:
    """Whether this user may read and write the database, its archive and their folder."""
    folder = database.absolute().parent
    if not folder.exists():
        yield Finding(
            "permissions", "warning", f"{folder} does not exist yet; a first crawl makes one folder, not more."
        )
        return
    places = [folder, *(path for path in (database, Archive.path_for(database)) if path.exists())]
    bad = [str(path) for path in places if not os.access(path, os.R_OK | os.W_OK)]
    owner = f"user {os.getuid()}"
    if bad:
        yield Finding(
            "permissions", "problem", f"{owner} may not write to {', '.join(bad)}: change their owner or mode."
        )
    else:
        yield Finding("permissions", "ok", f"{owner} may write to {', '.join(map(str, places))}")
    strangers = [str(path) for path in places[1:] if path.stat().st_uid != os.getuid()]
    if strangers:
        yield Finding("permissions", "warning", f"another user owns {', '.join(strangers)}: crawl as one user always.")


def check_disk(database: Path) -> Iterator[Finding]:
    """Free room where the database is, and how large it has grown."""
    folder = next(path for path in database.absolute().parents if path.exists())
    free = shutil.disk_usage(folder).free
    files = [Path(f"{path}{end}") for path in (database, Archive.path_for(database)) for end in ("", "-wal")]
    used = sum(path.stat().st_size for path in files if path.exists())
    grade: Grade = "problem" if free < LEAST_BYTES else "warning" if free < ROOM_BYTES else "ok"
    advice = "" if grade == "ok" else ": make room, or shorten retention.pages"
    yield Finding("disk", grade, f"{_size(free)} free, the databases take {_size(used)}{advice}")


def check_clock(database: Path, now: datetime) -> Iterator[Finding]:
    """Whether the clock can be right: not before this program was made, nor before what it wrote itself."""
    if now < BUILT:
        yield Finding("clock", "problem", f"the clock says {now:%Y-%m-%d}, which cannot be: set it.")
        return
    last = _last_moment(database)
    if last is not None and last > now + timedelta(minutes=5):
        sentence = f"the clock says {now:%Y-%m-%dT%H:%MZ}, and the database has runs of {last:%Y-%m-%dT%H:%MZ}: set it."
        yield Finding("clock", "problem", sentence)
        return
    yield Finding("clock", "ok", f"{now:%Y-%m-%dT%H:%M:%SZ}")


def check_zones() -> Iterator[Finding]:
    """The time zones of sites, without which a time of day cannot be placed."""
    try:
        ZoneInfo("Africa/Casablanca")
    except ZoneInfoNotFoundError:
        yield Finding("time zones", "problem", "there is no time zone database: install the package tzdata.")


def check_database(database: Path) -> Iterator[Finding]:
    """Whether both files are whole, and the full-text index says what the articles say."""
    if not database.exists():
        yield Finding("database", "warning", f"there is no {database} yet: a first crawl makes it.")
        return
    for path, open_it in ((database, Store.open), (Archive.path_for(database), Archive.open)):
        if not path.exists():
            yield Finding("database", "problem", f"{path} is missing: the pages of the articles cannot be read again.")
            continue
        try:
            with open_it(path, create=False) as opened:
                wrong = opened.defects()
        except StoreError as error:
            yield Finding("database", "problem", str(error))
            continue
        for sentence in wrong:
            yield Finding("database", "problem", f"{path}: {sentence}")
        if not wrong:
            yield Finding("database", "ok", f"{path} is whole")


def check_runs(database: Path, config: Config, now: datetime) -> Iterator[Finding]:
    """Runs that died, and sites that need a look."""
    from newscrawl.health import health

    try:
        with Store.open(database, read_only=True) as store:
            died = [run.id for run in store.runs(limit=20) if run.state == "died"]
            sites = {site.name: health(store, site.name, now, config.thresholds) for site in store.sites()}
    except StoreError:
        return  # said already
    if died:
        sentence = (
            f"runs {', '.join(map(str, died))} ended without a word (killed, or no memory): see the system's log."
        )
        yield Finding("runs", "warning", sentence)
    for site, verdict in sites.items():
        if verdict is not None and verdict.word not in ("ok", "quiet"):
            yield Finding(
                "runs", "problem" if verdict.alarming else "warning", f"{site} is {verdict.word}: {verdict.reason}"
            )


def check_schedules(schedules: list[Installed]) -> Iterator[Finding]:
    """Whether what is installed can run."""
    if not schedules:
        yield Finding("schedule", "warning", "no timer is installed: `newscrawl schedule install SITE` makes one.")
    for one in schedules:
        program = next((word for word in one.command.split() if word.endswith("/newscrawl")), "")
        if program and not os.access(program, os.X_OK):
            sentence = f"{one.name} ({one.kind}) runs {program}, which is not there: install it again."
            yield Finding("schedule", "problem", sentence)
        elif one.state in ("inactive", "failed"):
            todo = f"systemctl --user enable --now newscrawl-{one.name}.timer"
            yield Finding("schedule", "problem", f"{one.name} is installed, but {one.state}: run `{todo}`.")
        elif one.state == "unknown":
            yield Finding("schedule", "warning", f"{one.name} is installed, but systemd does not answer here.")
        else:
            yield Finding("schedule", "ok", f"{one.name} ({one.kind}): {one.when}")


def check_extraction(config: Config) -> Iterator[Finding]:
    """Whether the cluster that is configured could read pages now."""
    if not config["cluster"]:
        return
    try:
        check_cluster(Rulebook(), config["cluster"])
    except ClusterError as error:
        yield Finding("cluster", "problem", str(error))
    else:
        yield Finding("cluster", "ok", f"{config['cluster']} has workers, with the same versions as here")


def _last_moment(database: Path) -> datetime | None:
    try:
        with Store.open(database, read_only=True) as store:
            moments = [run.ended_at or run.started_at for run in store.runs(limit=1)]
    except StoreError:
        return None
    return datetime.fromisoformat(moments[0]) if moments else None


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _size(count: int) -> str:
    for unit in ("kB", "MB", "GB"):
        count_of = count / {"kB": 1e3, "MB": 1e6, "GB": 1e9}[unit]
        if count_of < 1000:
            break
    return f"{count_of:.1f} {unit}"
