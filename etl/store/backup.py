"""A copy of the whole store in one file, and back. The file is SQLite, whichever the store is."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, Table, func, select, text, update

from etl import atomic_write, temporary
from etl.model import UserError
from etl.store import history, migrations, schema
from etl.store.engine import StoreError, connect, plainly, reading, writing

_CHUNK = 500  # rows at a time; of kept files one, for each may be as large as an upload


def backup(engine: Engine, file: Path, *, replace: bool = False) -> None:
    """Write everything the store holds to `file`, as it is at one moment; safe while it runs.

    The file is there complete or not at all; a link stays a link. Raises StoreError, OSError,
    and UserError where the file is there already and `replace` does not allow to write over it.
    """
    atomic_write.refuse_existing(file, replace=replace)
    file = file.resolve()
    with temporary.beside(file) as folder:
        made = folder / "backup.db"
        copy = connect(URL.create("sqlite", database=str(made)), create=True)
        try:
            with reading(engine) as source, writing(copy) as target:
                schema.metadata.create_all(target)
                for table in schema.metadata.sorted_tables:
                    _copy(source, target, table)
                for statement in schema.TRIGGERS["sqlite"]:
                    target.exec_driver_sql(statement)
            _into_one_file(copy)
        finally:
            copy.dispose()
        try:
            atomic_write.put(made, file, replace=replace)
        except FileExistsError:
            raise UserError(f"{file}: is there already; --force replaces it")


def restore(engine: Engine, file: Path, actor: str) -> None:
    """Make the store hold what the backup `file` holds: all of it, or nothing changes.

    The backup is checked first: whether it is whole, of a schema this program knows, and
    whether every kept file still has its SHA-256. Raises StoreError, or OSError.
    """
    with temporary.folder("restore") as folder:
        checked = folder / "restore.db"
        shutil.copyfile(file, checked)  # the backup itself is only read
        copy = connect(URL.create("sqlite", database=str(checked)))
        try:
            _check(copy, file.name)
            with reading(copy) as source, writing(engine) as target:
                _replace(source, target)
                history.note(target, actor, "restore", reason=f"from {file.name}")
        finally:
            copy.dispose()


def _into_one_file(copy: Engine) -> None:
    """Nothing of the backup stays in a journal beside it. Outside a transaction, so raw."""
    with plainly(copy):
        connection = copy.raw_connection()
        try:
            connection.cursor().execute("PRAGMA journal_mode=DELETE")
        finally:
            connection.close()


def _copy(source: Connection, target: Connection, table: Table) -> None:
    many = 1 if table is schema.files else _CHUNK
    found = source.execution_options(yield_per=many).execute(select(table))
    for rows in found.partitions(many):
        target.execute(table.insert(), [dict(row._mapping) for row in rows])


def _check(copy: Engine, name: str) -> None:
    try:
        with plainly(copy), copy.connect() as connection:
            said = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            known = connection.execute(
                text("SELECT count(*) FROM sqlite_master WHERE name IN ('migrations', 'releases')")
            ).scalar()
    except StoreError:
        raise StoreError(f"{name}: not a backup of this program, or cut off; nothing was changed")
    if said != "ok" or dangling is not None:
        raise StoreError(f"{name}: the backup is damaged; nothing was changed")
    if known != 2:
        raise StoreError(f"{name}: not a backup of this program; nothing was changed")
    try:
        migrations.ensure(copy)
    except StoreError as error:
        raise StoreError(f"{name}: {error}; nothing was changed")
    with reading(copy) as connection:
        for row in connection.execution_options(yield_per=1).execute(
            select(schema.files.c.sha256, schema.files.c.name, schema.files.c.content)
        ):
            if row.content is not None and hashlib.sha256(row.content).hexdigest() != row.sha256:
                raise StoreError(
                    f"{name}: the file {row.name} in it is not what it was; nothing was changed"
                )


def _replace(source: Connection, target: Connection) -> None:
    dialect = target.dialect.name
    for statement in schema.DROP_TRIGGERS[dialect]:
        target.exec_driver_sql(statement)
    for table in reversed(schema.metadata.sorted_tables):
        target.execute(table.delete())
    for table in schema.metadata.sorted_tables:
        _copy(source, target, table)
        if dialect == "postgresql" and table.autoincrement_column is not None:
            _renumber(target, table)
    for statement in schema.TRIGGERS[dialect]:
        target.exec_driver_sql(statement)
    # A name of its own: no reader takes the restored state for the one it knew by that count.
    target.execute(update(schema.state).values(store_id=secrets.token_hex(8)))


def _renumber(target: Connection, table: Table) -> None:
    """PostgreSQL goes on counting after the numbers that were brought."""
    column = table.autoincrement_column
    assert column is not None, "a table without numbers of its own"
    last = target.execute(select(func.max(column))).scalar()
    target.execute(
        text("SELECT setval(pg_get_serial_sequence(:table, :column), :last, :used)"),
        {"table": table.name, "column": column.name, "last": last or 1, "used": last is not None},
    )
