"""A database is opened: made where there is none, refused where it is not this program's."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, text

from etl import atomic_write, data_folder, registry, temporary
from etl.store import erasing, migrations, sqlite
from etl.store.engine import (
    DatabaseError,
    StoreError,
    address,
    connect,
    file_of,
    files_of,
    is_read_only,
    plainly,
    reading,
)

log = logging.getLogger(__name__)

# What every store has had since the first schema: some tables, and a column of each.
_OURS = {
    "migrations": "number",
    "state": "store_id",
    "releases": "visible_from",
    "observations": "period_end",
    "history": "who",
}
_NAMED = 3  # of another program's tables, so many are named


def opened(url: URL) -> Engine:
    """The database at `url` with the schema of this program.

    A SQLite file that is not there is made, complete or not at all; an empty PostgreSQL
    database is filled. Raises StoreError for a database that is not this program's, which is
    left as it is, or is a newer version's.
    """
    file = file_of(url)
    if file is not None:
        if not file.parent.is_dir():
            raise StoreError(f"{file}: there is no folder {file.parent}")
        if file.exists():
            _check(url, file)
        else:
            _make(url, file.resolve())
    engine = connect(url)
    try:
        if url.get_backend_name() == "postgresql":
            with plainly(engine), reading(engine) as connection:
                _refuse_foreign(url, _server_tables(connection))
        migrations.ensure(engine)
        if erasing.pending(engine) and not is_read_only(engine):
            erasing.finish(engine, wait=0)  # what somebody still read when it was purged
    except BaseException:
        engine.dispose()
        raise
    return engine


def _check(url: URL, file: Path) -> None:
    try:
        if not file.is_file():
            what = "a folder" if file.is_dir() else "no file"
            raise StoreError(f"{file}: is {what}, not a database of this program")
        if not file.stat().st_size:
            raise StoreError(
                f"{file}: is empty, not a database of this program; take it away to begin anew"
            )
        found = sqlite.tables(file)
    except OSError as error:
        raise StoreError(f"{file}: cannot be opened: {error.strerror or error}")
    except sqlite3.Error:
        raise DatabaseError(url, "is damaged; restore a backup")
    if not found:
        raise StoreError(f"{file}: is not a database of this program; nothing was changed")
    _refuse_foreign(url, found)


def _refuse_foreign(url: URL, tables: Mapping[str, Iterable[str]]) -> None:
    if not tables or all(column in tables.get(name, ()) for name, column in _OURS.items()):
        return
    named = ", ".join(sorted(tables)[:_NAMED])
    raise DatabaseError(
        url,
        "is not a database of this program",
        detail=f"is not a database of this program: it holds other tables ({named}"
        f"{' and more' if len(tables) > _NAMED else ''}); nothing was changed",
    )


def _server_tables(connection: Connection) -> dict[str, set[str]]:
    """The tables of a PostgreSQL schema but those that an extension brings, and their columns."""
    found: dict[str, set[str]] = {}
    for table, column in connection.execute(
        text(
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
            "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') "
            "AND a.attnum > 0 AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid "
            "AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')"
        )
    ):
        found.setdefault(table, set()).add(column)
    return found


def _make(url: URL, file: Path) -> None:
    """A new database, made beside and given its name when it is complete."""
    try:
        with temporary.beside(file) as folder:
            made = folder / "new.db"
            engine = connect(url.set(database=str(made)), create=True)
            try:
                migrations.ensure(engine)
            finally:
                engine.dispose()
            atomic_write.put(made, file, replace=False)
    except FileExistsError:
        return  # another worker was first
    except OSError as error:
        raise StoreError(f"{file}: cannot be made: {error.strerror or error}")


def database_files(url: str | None = None) -> tuple[Path, ...]:
    """The files of the database that `open_store` would open; none of a server's."""
    return files_of(database_address(url, data_folder.root(), data_folder.asked()))


def database_address(url: str | None, data: Path, council: str) -> URL:
    """The database's address; a file in the data folder unless another is named."""
    named = url or os.environ.get("SEND_DATABASE_URL")
    if named:
        return address(named)
    own = data_folder.council(data, council)
    file = data / (registry.load(data, council).council.store or f"stores/{own.name}.db")
    file.parent.mkdir(parents=True, exist_ok=True)
    return address(f"sqlite:///{file}")
