"""A council's store, opened: made or migrated, with what the data folder brings, and the checks."""

from __future__ import annotations

import os
from pathlib import Path

from etl import data_folder, judge, national, registry
from etl.seed import sow
from etl.store import Store, opening, whose
from etl.store.opening import opened


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
    engine = opened(opening.database_address(url, data, council))
    try:
        whose.belongs(engine, declared)
        tables = data_folder.national(data, national.FOLDER)
        store = Store(engine, declared, judge.CHECKS, national=national.National(tables, declared))
        if seed if seed is not None else os.environ.get("SEND_SEED", "1") != "0":
            sow(store, data, data_folder.council(data, council))
    except BaseException:
        engine.dispose()
        raise
    return store
