"""The only SQL: releases, drafts, accounts, files, history; SQLite or PostgreSQL by address."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL

from etl import data_folder, national, registry
from etl.store import whose
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
    url: str | None = None,
    *,
    data: Path | None = None,
    council: str | None = None,
    seed: bool | None = None,
) -> Store:
    """The store of a council: at `url`, else SEND_DATABASE_URL, else SQLite in the data folder.

    `data` is that folder (else SEND_DATA, else the project's), `council` the name of one of its
    councils (else SEND_COUNCIL, else the only one).

    Makes or migrates the schema, and loads what under `data` it has not seen unless
    `seed` is False (None: unless SEND_SEED=0) or the database is read-only. Raises StoreError
    in plain words where the database cannot be reached, is not this program's or is another
    council's, and UserError where a file under `data` is wrong.
    """
    data = data or data_folder.root()
    council = data_folder.asked() if council is None else council
    declared = registry.load(data, council)
    engine = opened(_address(url, data, council))
    try:
        whose.belongs(engine, declared)
        tables = data_folder.national(data, national.FOLDER)
        store = Store(engine, declared, national=national.National(tables, declared))
        if seed if seed is not None else os.environ.get("SEND_SEED", "1") != "0":
            from etl.seed import sow

            sow(store, data, data_folder.council(data, council))
    except BaseException:
        engine.dispose()
        raise
    return store


def database_files(url: str | None = None) -> tuple[Path, ...]:
    """The files of the database that `open_store` would open; none of a server's."""
    return files_of(_address(url, data_folder.root(), data_folder.asked()))


def _address(url: str | None, data: Path, council: str) -> URL:
    """The database's address; a file in the data folder unless another is named."""
    named = url or os.environ.get("SEND_DATABASE_URL")
    if named:
        return address(named)
    own = data_folder.council(data, council)
    file = data / (registry.load(data, council).council.store or f"stores/{own.name}.db")
    file.parent.mkdir(parents=True, exist_ok=True)
    return address(f"sqlite:///{file}")
