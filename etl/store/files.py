"""Files kept byte for byte, by their SHA-256; a purge leaves the hash and the fact."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from etl.store import history, schema
from etl.store.engine import StoreError, now, reading, writing


@dataclass(frozen=True)
class KeptFile:
    """A file as it came in; `content` is None once it was purged."""

    sha256: str
    name: str
    size: int
    content: bytes | None
    kept_at: str
    purged_at: str = ""
    purged_by: str = ""
    purge_reason: str = ""


def keep(connection: Connection, name: str, content: bytes) -> str:
    """Keep `content` and return its SHA-256.

    A file that was purged is not kept again: StoreError says so.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    table = schema.files
    row = connection.execute(select(table.c.purged_at).where(table.c.sha256 == sha256)).first()
    if row and row.purged_at:
        raise StoreError(f"{name}: this file was purged on {row.purged_at[:10]}; it is not kept")
    if row is None:
        connection.execute(
            table.insert().values(
                sha256=sha256, name=name, size=len(content), content=content, kept_at=now()
            )
        )
    return sha256


class Files:
    """The files of a store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, name: str, content: bytes) -> str:
        """Keep `content` and return its SHA-256; StoreError for a purged file."""
        with writing(self._engine) as connection:
            return keep(connection, name, content)

    def get(self, sha256: str) -> KeptFile | None:
        """A file by its SHA-256, or None where it never came in."""
        with reading(self._engine) as connection:
            row = connection.execute(
                select(schema.files).where(schema.files.c.sha256 == sha256)
            ).first()
        return KeptFile(**row._mapping) if row else None

    def purge(self, sha256: str, actor: str, reason: str) -> None:
        """Forget the bytes of a file; its hash and this act stay.

        Raises StoreError where there is no such file, it is already purged, or no reason.
        """
        if not reason.strip():
            raise StoreError("A purge needs a reason")
        with writing(self._engine) as connection:
            done = connection.execute(
                schema.files.update()
                .where(schema.files.c.sha256 == sha256, schema.files.c.purged_at == "")
                .values(content=None, purged_at=now(), purged_by=actor, purge_reason=reason)
            )
            if not done.rowcount:
                raise StoreError(f"No file {sha256} is kept")
            history.note(connection, actor, "purge", sha256=sha256, reason=reason)
