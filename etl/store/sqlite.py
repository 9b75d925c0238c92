"""SQLite's side of the store: how its file is opened, by whom it was made, who may write it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError

# Every SQLite file begins so (sqlite.org/fileformat2.html, 1.3).
_MAGIC = b"SQLite format 3\0"


def engine(url: URL, file: Path | None, busy: float, *, create: bool) -> Engine:
    """An engine for a SQLite database; `busy` is how long (seconds) a lock is waited for.

    A connection ends when its file is taken away or another is put in its place.
    """
    if file is None or url.query:
        made = create_engine(url, connect_args={"timeout": busy}, hide_parameters=True)
        event.listen(made, "connect", lambda connection, _: _prepare(connection, writes=True))
    else:
        made = create_engine(
            url, creator=lambda: _opened(file, busy, create=create), hide_parameters=True
        )
        event.listen(made, "connect", lambda _, record: record.info.update(file=_state(file)))
        event.listen(made, "checkout", lambda _, record, __: _same(file, record.info["file"]))
    event.listen(made, "begin", _begin)
    return made


def keep_private(file: Path) -> None:
    """A new database is its owner's alone: it holds what sessions are signed with."""
    with suppress(OSError):  # that it cannot be opened is said where it is
        file.touch(mode=0o600, exist_ok=False)


def writable(file: Path) -> bool:
    """Whether a database may be written: its file, and the folder of its write-ahead log."""
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


def tables(file: Path) -> dict[str, set[str]]:
    """The tables of a database and their columns; nothing is written, no lock is waited for.

    Empty for a file that is empty or no database. Raises OSError, or sqlite3.Error where it is
    damaged.
    """
    with file.open("rb") as opened:
        if opened.read(len(_MAGIC)) != _MAGIC:
            return {}
    found = _tables(f"{_uri(file)}?mode=ro&immutable=1")
    if not found and _wal_size(file):  # written a moment ago
        found = _tables(f"{_uri(file)}?mode=ro")
    return found


def _tables(uri: str) -> dict[str, set[str]]:
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        held = connection.execute(
            "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c "
            "WHERE m.type = 'table'"
        ).fetchall()
    found: dict[str, set[str]] = {}
    for table, column in held:
        found.setdefault(table, set()).add(column)
    return found


def _uri(file: Path) -> str:
    return f"file:{quote(str(file.absolute()))}"


def _wal_size(file: Path) -> int:
    try:
        return file.with_name(f"{file.name}-wal").stat().st_size
    except OSError:
        return 0


def _state(file: Path) -> tuple[object, ...]:
    """What a connection depends on: the file itself and, where nobody may write it, its content."""
    found = file.stat()
    this = (found.st_dev, found.st_ino)
    return this if writable(file) else (*this, found.st_mtime_ns, _wal_size(file))


def _same(file: Path, before: tuple[object, ...]) -> None:
    try:
        if _state(file) == before:
            return
    except OSError as error:
        raise DisconnectionError(f"{file} is gone") from error
    raise DisconnectionError(f"{file} is another file now")


def _opened(file: Path, busy: float, *, create: bool) -> sqlite3.Connection:
    uri = _uri(file)
    writes = create or not file.exists() or writable(file)
    if create:
        keep_private(file)
    elif writes:
        uri += "?mode=rw"
    # Without a log nobody else has it open, and SQLite cannot make the log's index here.
    elif _wal_size(file) or file.with_name(f"{file.name}-shm").exists():
        uri += "?mode=ro"
    else:
        uri += "?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, timeout=busy, check_same_thread=False)
    try:
        _prepare(connection, writes=writes)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, *, writes: bool) -> None:
    connection.isolation_level = None  # transactions are begun by _begin
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is purged is not left in free pages
    if writes and cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes = options.get("writes")
    if writes and "busy_seconds" in options:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(options['busy_seconds'] * 1000)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
