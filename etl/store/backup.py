"""A copy of the store in one file, which is SQLite, whichever database the store is in."""

from __future__ import annotations

import secrets
from pathlib import Path

from sqlalchemy import URL, Engine, update

from etl import atomic_write, temporary
from etl.model import UserError
from etl.store import schema
from etl.store.copying import copied
from etl.store.engine import connect, plainly, reading, writing


def backup(engine: Engine, file: Path, *, replace: bool = False) -> None:
    """Write everything the store holds to `file`, as it is at one moment; safe while it runs.

    But for what sessions are signed with: who has the copy cannot sign one. The file is there
    complete or not at all; a link stays a link. Raises StoreError, OSError, and UserError where
    the file is there already and `replace` does not allow to write over it.
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
                    copied(source, target, table)
                target.execute(update(schema.state).values(secret=secrets.token_urlsafe(48)))
                for statement in schema.TRIGGERS["sqlite"]:
                    target.exec_driver_sql(statement)
            _into_one_file(copy)
        finally:
            copy.dispose()
        try:
            atomic_write.put(made, file, replace=replace)
        except FileExistsError:
            raise UserError(f"{file}: is there already; --force replaces it")


def _into_one_file(copy: Engine) -> None:
    """Nothing of the backup stays in a journal beside it. Outside a transaction, so raw."""
    with plainly(copy):
        connection = copy.raw_connection()
        try:
            connection.cursor().execute("PRAGMA journal_mode=DELETE")
        finally:
            connection.close()
