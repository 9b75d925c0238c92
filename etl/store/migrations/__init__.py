"""Numbered steps from one schema to the next, run when a store is opened, under a lock.

A new database is made from `schema.py` and carries every number at once; an older one
takes the steps it has not had, in order, each in `STEPS` under its number. A change of
the schema is therefore two things: `schema.py` as it is from now on, and a step here.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping

from sqlalchemy import Connection, Engine, func, inspect, select

from etl.store import schema
from etl.store.engine import (
    DatabaseError,
    StoreError,
    is_read_only,
    now,
    plainly,
    reading,
    writing,
)


def _sign_sessions(connection: Connection) -> None:
    """What sessions are signed with, one for the database: workers share it."""
    connection.exec_driver_sql("ALTER TABLE state ADD COLUMN secret TEXT NOT NULL DEFAULT ''")
    connection.execute(schema.state.update().values(secret=secrets.token_urlsafe(48)))


def _count_sign_ins(connection: Connection) -> None:
    """Failed sign-ins of all workers in a table of their own, no longer with the account."""
    schema.sign_ins.create(connection)
    for column in ("failures", "last_failure_at"):
        connection.exec_driver_sql(f"ALTER TABLE accounts DROP COLUMN {column}")


def _hold_files(connection: Connection) -> None:
    """Holds on files; what was purged before is erased from the disk as well (see erasing)."""
    schema.holds.create(connection, checkfirst=True)
    if "purges_pending" not in {c["name"] for c in inspect(connection).get_columns("state")}:
        connection.exec_driver_sql(
            "ALTER TABLE state ADD COLUMN purges_pending INTEGER NOT NULL DEFAULT 0"
        )
    purged = connection.execute(
        select(func.count()).where(schema.files.c.purged_at != "")
    ).scalar_one()
    connection.execute(schema.state.update().values(purges_pending=purged))
    if connection.dialect.name == "postgresql":
        _forget_samples(connection)


def _forget_samples(connection: Connection) -> None:
    """PostgreSQL keeps no samples of what files hold, nor those it took of small ones."""
    connection.exec_driver_sql(schema.UNSAMPLED)
    sampled = connection.exec_driver_sql(
        "SELECT 1 FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'files' "
        "AND attname = 'content'"
    ).first()
    if sampled:  # a change of type takes a column's samples away
        connection.exec_driver_sql(
            "ALTER TABLE files ALTER COLUMN content TYPE bytea USING content || ''::bytea"
        )


def _say_whose(connection: Connection) -> None:
    """Whose store it is: found and noted when it is opened for a council (see whose)."""
    if "authority" not in {c["name"] for c in inspect(connection).get_columns("state")}:
        connection.exec_driver_sql(
            "ALTER TABLE state ADD COLUMN authority TEXT NOT NULL DEFAULT ''"
        )


# The first schema is number 1; a step takes the connection of the migrating transaction.
STEPS: Mapping[int, Callable[[Connection], None]] = {
    2: _sign_sessions,
    3: _count_sign_ins,
    4: _hold_files,
    5: _say_whose,
}


def newest() -> int:
    """The number of the schema this program works with."""
    return max(STEPS, default=1)


def ensure(engine: Engine) -> None:
    """The database has the schema of this program.

    Raises StoreError where a newer version of the program has already changed it.
    """
    with reading(engine) as connection:
        held = _held(connection)
    if held == newest():
        return
    if held < newest() and is_read_only(engine):
        raise DatabaseError(
            engine.url,
            f"has schema {held} of an older version and is read-only: open it once where it may "
            "be written",
        )
    with plainly(engine), writing(engine) as connection:
        held = _held(connection)  # another worker may have been first
        if held > newest():
            raise StoreError(
                f"The database has schema {held}, this program knows up to {newest()}: "
                "it was used by a newer version"
            )
        if held == 0:
            create(connection)
        for number in range(held + 1, newest() + 1) if held else ():
            STEPS[number](connection)
            _note(connection, number)


def create(connection: Connection) -> None:
    """Every table and trigger, in an empty database."""
    schema.metadata.create_all(connection)
    for statement in schema.TRIGGERS[connection.dialect.name]:
        connection.exec_driver_sql(statement)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(schema.UNSAMPLED)
    connection.execute(
        schema.state.insert().values(
            id=1,
            store_id=secrets.token_hex(8),
            counter=0,
            seed_digest="",
            secret=secrets.token_urlsafe(48),
        )
    )
    for number in range(1, newest() + 1):
        _note(connection, number)


def _held(connection: Connection) -> int:
    """The number of the database's schema; 0 for an empty database."""
    if not inspect(connection).has_table("migrations"):
        return 0
    numbers = connection.execute(select(schema.migrations.c.number)).scalars()
    return max(numbers, default=0)


def _note(connection: Connection, number: int) -> None:
    connection.execute(schema.migrations.insert().values(number=number, applied_at=now()))
