"""The only SQL: releases, drafts, accounts, files, history; SQLite or PostgreSQL by address."""

from etl.store.engine import DatabaseError, StoreError, stamp
from etl.store.releases import Outdated
from etl.store.store import Store

__all__ = [
    "DatabaseError",
    "Outdated",
    "Store",
    "StoreError",
    "stamp",
]
