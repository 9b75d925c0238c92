"""What was purged is gone from the disk as well, as far as the database can see to it.

SQLite: deleted content is overwritten (`secure_delete`), the file is rebuilt, so that nothing is
left in parts of pages that are free, and the write-ahead log is written back and cut to nothing.
PostgreSQL: the table is rewritten. Its own write-ahead log, its replicas and every backup are
out of reach.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.exc import DBAPIError

from etl import temporary
from etl.store import schema
from etl.store.engine import BUSY_SECONDS, plainly, reading, writing

# How long to wait for those who read an older state, while writers wait as well: half of what
# they wait for each other.
SECONDS = BUSY_SECONDS / 2
_PAUSE = 0.2  # seconds between two looks

_READER = "a program that began to read before the purge keeps an older state of the database"
_WRITER = "another program writes to the database"
_WORKER = "another worker is reading the uploaded file"

# What the VACUUM before had to leave, of the table and of what is kept beside it.
_DEAD = """
SELECT sum(s.n_dead_tup) FROM pg_stat_all_tables s, pg_class c
WHERE c.oid = 'files'::regclass AND s.relid IN (c.oid, c.reltoastrelid)
"""


def note(connection: Connection) -> None:
    """In the transaction of a purge: there is something to erase, until `finish` has done it."""
    pending = schema.state.c.purges_pending
    connection.execute(update(schema.state).values(purges_pending=pending + 1))


def pending(engine: Engine) -> bool:
    """Whether the content of a purged file may still be on the disk."""
    with reading(engine) as connection:
        return is_pending(connection)


def is_pending(connection: Connection) -> bool:
    """As `pending`, in the running transaction."""
    return _pending(connection) > 0


def finish(engine: Engine, wait: float | None = None, *, sha256: str = "") -> str:
    """Erase what was purged; empty where nothing of it is left, else why it is still there.

    `wait` is how long (seconds) others are waited for; None: SECONDS. A copy of `sha256` that
    another worker has in the temporary folder counts as left.
    """
    wait = SECONDS if wait is None else wait
    until = time.monotonic() + wait
    temporary.clear()
    with reading(engine) as connection:
        seen = _pending(connection)
    if seen:
        erase = _in_sqlite if engine.dialect.name == "sqlite" else _in_postgresql
        if trouble := erase(engine, wait):
            return trouble
        with writing(engine) as connection:  # but for what was purged meanwhile
            of = schema.state.c.purges_pending
            connection.execute(update(schema.state).where(of == seen).values(purges_pending=0))
    gone = not sha256 or _comes_true(lambda: not temporary.holds(sha256), until)
    return "" if gone else _WORKER


def _pending(connection: Connection) -> int:
    return int(connection.execute(select(schema.state.c.purges_pending)).scalar_one())


def _comes_true(question: Callable[[], bool], until: float) -> bool:
    while not question():
        if time.monotonic() >= until:
            return False
        time.sleep(_PAUSE)
    return True


def _in_sqlite(engine: Engine, wait: float) -> str:
    with plainly(engine):
        connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={int(wait * 1000)}")
        # First the log alone: a rebuilt file would only make it longer while somebody reads.
        if _truncated(cursor):
            cursor.execute("VACUUM")
            if _truncated(cursor):
                return ""
        return _READER
    except sqlite3.OperationalError as error:
        return _WRITER if "locked" in str(error) else f"the database says: {error}"
    finally:
        connection.cursor().execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
        connection.close()


def _truncated(cursor: Any) -> bool:
    """Whether the write-ahead log was written back to its end and cut to nothing."""
    (busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _in_postgresql(engine: Engine, wait: float) -> str:
    until = time.monotonic() + wait
    with plainly(engine), engine.connect() as first:
        connection = first.execution_options(isolation_level="AUTOCOMMIT")
        try:
            connection.exec_driver_sql(f"SET lock_timeout = '{max(int(wait * 1000), 100)}ms'")

            def unneeded() -> bool:
                """Whether no older state needs a row that is gone: a rewriting would keep it."""
                connection.exec_driver_sql("VACUUM files")
                return not connection.exec_driver_sql(_DEAD).scalar()

            if not _comes_true(unneeded, until):
                return _READER
            connection.exec_driver_sql("VACUUM (FULL) files")
            return ""
        except DBAPIError as error:
            if "lock timeout" in str(error.orig):
                return _READER
            raise
        finally:
            connection.exec_driver_sql("RESET lock_timeout")
