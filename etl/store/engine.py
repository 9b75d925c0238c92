"""The database: its address, its transactions, and its errors in plain words."""

from __future__ import annotations

import logging
import os
import threading
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Column, Connection, Engine, create_engine, func, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from etl.model import UserError
from etl.store import sqlite

log = logging.getLogger(__name__)

# How long a write waits for another to finish before it gives up: a command, or a worker that
# starts while another loads the data folder. Pages wait less (`wait_at_most`).
BUSY_SECONDS = 10.0
# A wait that is worth a word to whoever sits before it.
_MOMENT = 1.0
# The execution option that holds what `wait_at_most` was given.
_WAITS = "busy_seconds"
# Any number that no other program on the same PostgreSQL uses as an advisory lock.
_WRITERS_LOCK = 0x53454E44


class StoreError(UserError):
    """What was asked cannot be done; what the store held before, it still holds."""


class DatabaseError(StoreError):
    """The database itself does not do its part.

    The message is fit for a page: only `in_full` names the database, and quotes what it says.
    `away` says that nothing can be read either.
    """

    def __init__(self, url: URL, trouble: str, *, detail: str = "", away: bool = True) -> None:
        super().__init__(f"The database {trouble}")
        self.away = away
        self._in_full = f"The database {name_of(url)} {detail or trouble}"

    @property
    def in_full(self) -> str:
        """The message with the database's name."""
        return self._in_full


def now() -> str:
    """The time in UTC, as it is stored."""
    return stamp(datetime.now(UTC))


def stamp(moment: datetime) -> str:
    """An aware time as it is stored: UTC, to the second."""
    assert moment.tzinfo is not None, "a time without its zone"
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def address(text: str) -> URL:
    """A database's address as SEND_DATABASE_URL has it. Raises StoreError where it is none."""
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
    """The address without its password, for messages; its options may hold another."""
    sqlite = url.get_backend_name() == "sqlite"
    return url.database or "" if sqlite else repr(url.set(query={}))


def file_of(url: URL) -> Path | None:
    """SQLite's database file; None for a server, in memory, and for an address SQLite reads."""
    name = url.database or ""
    if url.get_backend_name() != "sqlite" or name in ("", ":memory:") or name.startswith("file:"):
        return None
    return Path(name)


def files_of(url: URL) -> tuple[Path, ...]:
    """Every file that SQLite keeps for a database, there or not; none of a server's."""
    file = file_of(url)
    if file is None:
        return ()
    return tuple(file.with_name(f"{file.name}{end}") for end in ("", "-wal", "-shm", "-journal"))


def connect(url: URL, *, create: bool = False) -> Engine:
    """An engine whose transactions begin as `reading` and `writing` say.

    A SQLite file that is not there is an error, then and later, unless `create`.
    """
    if url.get_backend_name() == "sqlite":
        engine = sqlite.engine(url, file_of(url), BUSY_SECONDS, create=create)
    else:
        try:
            engine = create_engine(
                url,
                pool_pre_ping=True,
                connect_args={"connect_timeout": int(BUSY_SECONDS)},
                hide_parameters=True,  # an error in the log quotes no value
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


def is_read_only(engine: Engine) -> bool:
    """Whether the database can be read and not written: its file, its folder, or the server."""
    if engine.dialect.name == "sqlite":
        file = file_of(engine.url)
        return file is not None and not sqlite.writable(file)
    with reading(engine) as connection:
        return bool(connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on")


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
    """The only writer, in one transaction: all of it, or nothing. It waits for another's end."""
    seconds = min(engine.get_execution_options().get(_WAITS, BUSY_SECONDS), BUSY_SECONDS)
    with (
        plainly(engine),
        engine.connect().execution_options(writes=True, **{_WAITS: seconds}) as connection,
        ExitStack() as stack,
    ):
        with _told(seconds):
            stack.enter_context(connection.begin())
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(seconds * 1000)}ms'")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")
        yield connection


def wait_at_most(engine: Engine, seconds: float) -> None:
    """From now on a write waits no longer than this for another."""
    engine.update_execution_options(**{_WAITS: seconds})


@contextmanager
def _told(seconds: float) -> Iterator[None]:
    """Says once, after a moment, that this process waits: whoever sits before it sees why."""
    words = "The database is in use by another program: waiting up to %.0f seconds"
    timer = threading.Timer(_MOMENT, log.warning, (words, seconds))
    timer.daemon = True
    if seconds > _MOMENT:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def following(connection: Connection, *columns: Column[Any]) -> int:
    """The number after the highest in these columns; in the transaction that is the only writer.

    A sequence of PostgreSQL is no counter: after a crash it goes on 32 later.
    """
    highest = (connection.execute(select(func.max(column))).scalar() for column in columns)
    return max((number or 0 for number in highest), default=0) + 1


_LOCKED = "is locked by another program; nothing was changed, try again"
_FULL = "cannot be written: the disk is full; nothing was changed"
_READ_ONLY = "cannot be written: it is read-only; nothing was changed"

# A sign in what the database says, what it means, and whether nothing can be read either.
_PLAIN = (
    ("database is locked", _LOCKED, False),
    ("lock timeout", _LOCKED, False),
    ("disk is full", _FULL, False),
    ("no space left", _FULL, False),
    ("readonly database", _READ_ONLY, False),
    ("read-only transaction", _READ_ONLY, False),
    ("disk i/o error", "cannot be read or written: the disk reports an error", True),
    ("unable to open", "cannot be opened; look at its path and its rights", True),
    ("not a database", "is not a database of this program", True),
    ("malformed", "is damaged; restore a backup", True),
    ("password authentication failed", "refuses the user name or the password", True),
    ("does not exist", "does not exist on that server", True),
    ("connection", "cannot be reached", True),
)


@contextmanager
def plainly(engine: Engine) -> Iterator[None]:
    """The database's own troubles as a DatabaseError; our mistakes as they are."""
    try:
        yield
    except DBAPIError as error:
        said = " ".join(str(error.orig).split())
        for sign, plain, away in _PLAIN:
            if sign in said.lower():
                raise DatabaseError(engine.url, plain, away=away) from error
        if isinstance(error, OperationalError):
            raise DatabaseError(engine.url, "does not answer", detail=f"says: {said}") from error
        raise
