"""Tables copied from one database to another, a few rows at a time."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, Table, select

from etl.store import schema

_CHUNK = 500  # rows at a time; of kept files one, for each may be as large as an upload


def copied(
    source: Connection, target: Connection, table: Table, without: Collection[str] = ()
) -> None:
    """Copy every row of a table but those whose SHA-256 is in `without`."""
    query = select(table)
    if without:
        query = query.where(table.c.sha256.not_in(without))
    many = 1 if table is schema.files else _CHUNK
    found = source.execution_options(yield_per=many).execute(query)
    for rows in found.partitions(many):
        target.execute(table.insert(), [dict(row._mapping) for row in rows])
