"""The only SQL: releases, drafts, accounts, files, history; SQLite or PostgreSQL by address."""

from __future__ import annotations

import os
from pathlib import Path

from etl import registry
from etl.store.engine import DatabaseError, StoreError, address, files_of, stamp
from etl.store.opening import opened
from etl.store.releases import NewRelease, Outdated
from etl.store.store import Store

__all__ = [
    "DatabaseError",
    "NewRelease",
    "Outdated",
    "Store",
    "StoreError",
    "database_files",
    "open_store",
    "stamp",
]


def open_store(
    url: str | None = None, *, data: Path = registry.DATA, seed: bool | None = None
) -> Store:
    """The store at `url` (else SEND_DATABASE_URL, else SQLite at `data`/send.db).

    Makes or migrates the schema, and loads what under `data` it has not seen unless
    `seed` is False (None: unless SEND_SEED=0) or the database is read-only. Raises StoreError
    in plain words where the database cannot be reached or is not this program's, and UserError
    where a file under `data` is wrong.
    """
    engine = opened(address(url, data))
    try:
        store = Store(engine, registry.load(data))
        if seed if seed is not None else os.environ.get("SEND_SEED", "1") != "0":
            from etl.seed import sow

            sow(store, data)
    except BaseException:
        engine.dispose()
        raise
    return store


def database_files(url: str | None = None, *, data: Path = registry.DATA) -> tuple[Path, ...]:
    """The files of the database that `open_store` would open; none of a server's."""
    return files_of(address(url, data))
