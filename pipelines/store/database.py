"""Opening a SQLite file, and saying in one sentence what is wrong with it and what to do."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from pipelines.store.sqlite_library import Database, Migrations

__all__ = ["BUSY_TIMEOUT", "StoreError", "begin_immediate", "explained", "open_database"]

BUSY_TIMEOUT = 10.0
"""Seconds to wait while another program holds the write lock."""


_POLL_SECONDS = 0.002
"""A busy writer leaves the lock for a few milliseconds between two pages; SQLite's own waiting looks every 100 ms."""

CACHE_KILOBYTES = 16_384
"""What is looked up by a hash lies anywhere in the file: a larger cache than SQLite's 2 MB. With four times as much an
article costs the same among 100,000 (1.3 GB): the system has the file in its own cache."""


class StoreError(Exception):
    """A database that cannot be used. The message is one sentence: what is wrong, and what to do."""

    @property
    def busy(self) -> bool:
        """Whether another program holds the file: trying again later may help."""
        code = getattr(self.__cause__, "sqlite_errorcode", 0)
        return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)  # extended codes hold the plain one


def open_database(
    path: Path,
    migrations: Migrations,
    *,
    read_only: bool,
    create: bool,
    busy_timeout: float = BUSY_TIMEOUT,
    cache_kilobytes: int = CACHE_KILOBYTES,
) -> Database:
    """A connection to the file with its schema up to date; WAL, foreign keys on, synchronous=NORMAL.

    ``read_only`` never creates or migrates. ``busy_timeout`` is in seconds. ``cache_kilobytes``: pages of the file that
    a writer keeps in memory at most.
    :raises StoreError: when the file cannot be used.
    """
    try:
        _check_place(path, read_only=read_only, create=create and not read_only)
    except OSError as error:
        raise StoreError(f"{path} cannot be reached: {error.strerror}.") from error
    with explained(path):
        db = _connect(path, read_only, busy_timeout, cache_kilobytes)
        try:
            _check_owner(db, path, migrations)
            if read_only:
                if migrations.pending(db):
                    raise StoreError(f"{path} was written by an older newscrawl: crawl once to bring it up to date.")
            else:
                _migrate(db, migrations, busy_timeout)
        except BaseException:
            db.close()
            raise
    return db


def begin_immediate(connection: sqlite3.Connection, busy_timeout: float) -> None:
    """Begin a transaction with the write lock, waiting for it as long as ``busy_timeout`` seconds.

    :raises sqlite3.OperationalError: when another program holds the lock all the time.
    """
    deadline = time.monotonic() + busy_timeout
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while not _has_begun(connection, last_try=time.monotonic() >= deadline):
            time.sleep(_POLL_SECONDS)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(busy_timeout * 1000)}")


def _has_begun(connection: sqlite3.Connection, *, last_try: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if last_try or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


class _Explained:
    """The block of :func:`explained`: every question has one, and a generator would take longer than some answers."""

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ours = (sqlite3.IntegrityError, sqlite3.ProgrammingError)
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, ours):
            raise StoreError(_sentence(error, self._path)) from error


def explained(path: Path) -> AbstractContextManager[None]:
    """What SQLite says of the file becomes a :class:`StoreError`; what it says of our own statements stays as it is."""
    return _Explained(path)


def _check_place(path: Path, *, read_only: bool, create: bool) -> None:
    """What the file system can say before SQLite, whose own messages name no file."""
    folder = path.absolute().parent
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a database: name a file with --db.")
    if not path.exists() and not create:
        raise StoreError(f"There is no database {path}: crawl a site first, or name another file with --db.")
    if create and not folder.exists() and folder.parent.is_dir() and _allowed(folder.parent, os.W_OK | os.X_OK):
        folder.mkdir()  # one folder, such as data/ on a first run: more would rather be a slip of the pen
    if not folder.is_dir():
        raise StoreError(f"The folder {folder} does not exist: create it, or name another file with --db.")
    if path.exists() and not _allowed(path, os.R_OK if read_only else os.R_OK | os.W_OK):
        what = "read" if read_only else "written to"
        raise StoreError(f"{path} may not be {what}: change its permissions, or name another file with --db.")
    if not read_only and not _allowed(folder, os.W_OK | os.X_OK):
        raise StoreError(f"The folder {folder} may not be written to: change its permissions, or use another --db.")


def _allowed(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _connect(path: Path, read_only: bool, busy_timeout: float, cache_kilobytes: int) -> Database:
    address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = sqlite3.connect(address, uri=True, timeout=busy_timeout)
    try:
        if read_only:
            connection = _readable(connection, path, address, busy_timeout)
        else:
            connection.execute("PRAGMA journal_mode = wal")
            connection.execute("PRAGMA synchronous = normal")
            connection.execute(f"PRAGMA cache_size = -{cache_kilobytes}")
            connection.execute("PRAGMA wal_autocheckpoint = 4000")  # fewer and larger ones, for the same reason
        connection.execute("PRAGMA foreign_keys = on")
    except BaseException:
        connection.close()
        raise
    return Database(connection, execute_plugins=False)


def _readable(connection: sqlite3.Connection, path: Path, address: str, busy_timeout: float) -> sqlite3.Connection:
    """The connection, or one that reads without the ``-shm`` file that WAL wants to create beside the database.

    On a read-only disk SQLite cannot create it; ``immutable`` does without and is safe while no ``-wal`` file says
    that someone is writing.
    """
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        unwritable = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not unwritable or Path(f"{path}-wal").exists():
            raise
        connection.close()
        return sqlite3.connect(f"{address}&immutable=1", uri=True, timeout=busy_timeout)
    return connection


def _check_owner(db: Database, path: Path, migrations: Migrations) -> None:
    """Refuse a file that is another program's, or that a newer newscrawl has written."""
    applied = {migration.name for migration in migrations.applied(db)}
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    if not applied and db.table_names():
        raise StoreError(f"{path} is a database of another kind: name another file with --db.")
    if newer := applied - known:
        raise StoreError(f"{path} was written by a newer newscrawl ({min(newer)}): update newscrawl to use it.")


def _migrate(db: Database, migrations: Migrations, busy_timeout: float) -> None:
    """Bring the schema up to date, all or nothing; of two programs that start at once, one waits for the other."""
    if not migrations.pending(db):
        return
    begin_immediate(db.conn, busy_timeout)
    try:
        migrations.apply(db)
        db.commit()
    except BaseException:
        db.rollback()
        raise


def _sentence(error: sqlite3.DatabaseError, path: Path) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    sentences = {
        sqlite3.SQLITE_BUSY: f"{path} is locked by another program: wait until it has finished, or stop it.",
        sqlite3.SQLITE_LOCKED: f"{path} is locked by another program: wait until it has finished, or stop it.",
        sqlite3.SQLITE_NOTADB: f"{path} is not a database: name another file with --db.",
        sqlite3.SQLITE_CORRUPT: f"{path} is damaged: restore a copy, or rescue what it holds with sqlite3's .recover.",
        sqlite3.SQLITE_READONLY: f"{path} may not be written to: change its permissions, or the disk is read-only.",
        sqlite3.SQLITE_CANTOPEN: f"{path} cannot be opened: check the permissions of the file and of its folder.",
        sqlite3.SQLITE_FULL: f"The disk of {path} is full: make room and start again; what was committed is safe.",
        sqlite3.SQLITE_IOERR: f"The disk of {path} reports an error: check it, and that there is room ({error}).",
    }
    return sentences.get(code, f"{path} cannot be used: {error}.")
