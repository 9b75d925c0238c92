"""The database: its address, its transactions, and its errors in plain words."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from etl.model import UserError

# How long a write waits for another to finish before it gives up.
BUSY_SECONDS = 10.0
# Any number that no other program on the same PostgreSQL uses as an advisory lock.
_WRITERS_LOCK = 0x53454E44


class StoreError(UserError):
    """The database cannot do what was asked; what it held before, it still holds."""


def now() -> str:
    """The time in UTC, as it is stored."""
    return stamp(datetime.now(UTC))


def stamp(moment: datetime) -> str:
    """An aware time as it is stored: UTC, to the second."""
    assert moment.tzinfo is not None, "a time without its zone"
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def address(url: str | None, data: Path) -> URL:
    """The database's address: `url`, SEND_DATABASE_URL, or send.db in the data folder."""
    text = url or os.environ.get("SEND_DATABASE_URL") or f"sqlite:///{data / 'send.db'}"
    try:
        found = make_url(text)
    except ArgumentError:
        raise StoreError(
            "SEND_DATABASE_URL is not a database address such as sqlite:////srv/send.db "
            "or postgresql://user:password@host/name"
        )
    if found.drivername in ("postgresql", "postgres"):
        found = found.set(drivername="postgresql+psycopg")
    if found.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(f"The database {found.drivername} is not known; use sqlite or postgresql")
    return found


def name_of(url: URL) -> str:
    """The address without its password, for messages."""
    return url.database or "" if url.drivername.startswith("sqlite") else repr(url)


def file_of(url: URL) -> Path | None:
    """SQLite's database file; None for a server, and for a database that is nowhere."""
    name = url.database or ""
    sqlite = url.get_backend_name() == "sqlite"
    return Path(name) if sqlite and name not in ("", ":memory:") else None


def files_of(url: URL) -> tuple[Path, ...]:
    """Every file that SQLite keeps for a database, there or not; none of a server's."""
    file = file_of(url)
    if file is None:
        return ()
    return tuple(file.with_name(f"{file.name}{end}") for end in ("", "-wal", "-shm", "-journal"))


def connect(url: URL) -> Engine:
    """An engine whose transactions begin as `reading` and `writing` say."""
    if url.get_backend_name() == "sqlite":
        file = url.database
        if file and file != ":memory:" and not Path(file).parent.is_dir():
            raise StoreError(f"{file}: there is no folder {Path(file).parent}")
        if file and file != ":memory:" and not Path(file).exists():
            _keep_private(Path(file))
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        try:
            engine = create_engine(
                url, pool_pre_ping=True, connect_args={"connect_timeout": int(BUSY_SECONDS)}
            )
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise StoreError(f"{name_of(url)}: {error}")
    # A forked worker must not speak on its parent's connections.
    if hasattr(os, "register_at_fork"):
        held = weakref.ref(engine)  # an engine nobody uses any more gives its connections back
        os.register_at_fork(after_in_child=lambda: _let_go(held()))
    return engine


def _let_go(engine: Engine | None) -> None:
    if engine is not None:
        engine.dispose(close=False)


def _keep_private(file: Path) -> None:
    """A new database is its owner's alone: it holds what sessions are signed with."""
    with suppress(OSError):  # that it cannot be opened is said where it is
        file.touch(mode=0o600, exist_ok=False)


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is purged is not left in free pages
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database, whatever is written meanwhile."""
    options: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ"}
    with plainly(engine), engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """The only writer, in one transaction: all of it, or nothing."""
    with (
        plainly(engine),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(BUSY_SECONDS)}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")
        yield connection


_PLAIN = (
    ("database is locked", "is locked by another program; nothing was changed, try again"),
    ("lock timeout", "is locked by another program; nothing was changed, try again"),
    ("disk is full", "cannot be written: the disk is full; nothing was changed"),
    ("no space left", "cannot be written: the disk is full; nothing was changed"),
    ("readonly database", "cannot be written: it is read-only; nothing was changed"),
    ("disk i/o error", "cannot be read or written: the disk reports an error"),
    ("unable to open", "cannot be opened; look at its path and its rights"),
    ("not a database", "is not a database of this program"),
    ("malformed", "is damaged; restore a backup"),
    ("password authentication failed", "refuses the user name or the password"),
    ("does not exist", "does not exist on that server"),
    ("connection", "cannot be reached"),
)


@contextmanager
def plainly(engine: Engine) -> Iterator[None]:
    """The database's own troubles as a StoreError; our mistakes as they are."""
    try:
        yield
    except DBAPIError as error:
        said = " ".join(str(error.orig).split())
        for sign, plain in _PLAIN:
            if sign in said.lower():
                raise StoreError(f"The database {name_of(engine.url)} {plain}") from error
        if isinstance(error, OperationalError):
            raise StoreError(f"The database {name_of(engine.url)} says: {said}") from error
        raise
