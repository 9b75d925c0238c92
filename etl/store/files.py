"""Files kept byte for byte, by their SHA-256; a purge leaves the hash and the fact, a hold forbids
it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, select

from etl.store import erasing, history, schema
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


@dataclass(frozen=True)
class Hold:
    """A reason why a file must be kept; it stands until it is lifted."""

    id: int
    sha256: str
    reason: str
    placed_by: str
    placed_at: str
    lifted_by: str = ""
    lifted_at: str = ""
    lift_reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether it keeps the file from being purged."""
        return not self.lifted_at


@dataclass(frozen=True)
class Listed:
    """A file in the list of those that came in; `holds` counts the holds that stand."""

    sha256: str
    name: str
    size: int
    kept_at: str
    purged_at: str
    holds: int


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

    def all(self) -> tuple[Listed, ...]:
        """Every file that came in, newest first, without its content."""
        table, holds = schema.files.c, schema.holds.c
        standing = (
            select(func.count())
            .where(holds.sha256 == table.sha256, holds.lifted_at == "")
            .scalar_subquery()
        )
        query = select(
            table.sha256,
            table.name,
            table.size,
            table.kept_at,
            table.purged_at,
            standing.label("holds"),
        ).order_by(table.kept_at.desc(), table.sha256)
        with reading(self._engine) as connection:
            return tuple(Listed(**row._mapping) for row in connection.execute(query))

    # --- holds ----------------------------------------------------------------------

    def holds(self, sha256: str) -> tuple[Hold, ...]:
        """The holds put on a file, lifted ones included, oldest first."""
        with reading(self._engine) as connection:
            return _holds(connection, sha256)

    def hold(self, sha256: str, actor: str, reason: str) -> int:
        """Put a hold on a file, which is then not purged; its number.

        Raises StoreError where no such file is kept, or no reason is given.
        """
        if not reason.strip():
            raise StoreError("A hold needs a reason")
        with writing(self._engine) as connection:
            _kept(connection, sha256)
            inserted = connection.execute(
                schema.holds.insert().values(
                    sha256=sha256, reason=reason, placed_by=actor, placed_at=now()
                )
            )
            number = int(inserted.inserted_primary_key[0])  # type: ignore[index]
            history.note(
                connection, actor, "hold", sha256=sha256, reason=reason, detail={"hold": number}
            )
        return number

    def lift_hold(self, number: int, actor: str, reason: str) -> None:
        """Lift one hold; StoreError where there is none of that number, or no reason."""
        if not reason.strip():
            raise StoreError("To lift a hold needs a reason")
        table = schema.holds
        with writing(self._engine) as connection:
            held = connection.execute(select(table).where(table.c.id == number)).first()
            if held is None:
                raise StoreError(f"There is no hold {number}")
            if held.lifted_at:
                raise StoreError(f"Hold {number} was lifted on {held.lifted_at[:10]}")
            connection.execute(
                table.update()
                .where(table.c.id == number)
                .values(lifted_by=actor, lifted_at=now(), lift_reason=reason)
            )
            history.note(
                connection,
                actor,
                "lift hold",
                sha256=held.sha256,
                reason=reason,
                detail={"hold": number},
            )

    # --- purging --------------------------------------------------------------------

    def purge(self, sha256: str, actor: str, reason: str) -> str:
        """Forget the bytes of a file; its hash and this act stay.

        Returns why some of it is still on the disk; empty where nothing is (see `erasing`). Of
        a file purged before, only that is done again. Raises StoreError where no such file is
        kept, a hold stands on it, or no reason is given; nothing is changed then.
        """
        if not reason.strip():
            raise StoreError("A purge needs a reason")
        with writing(self._engine) as connection:
            if not (_purged_at(connection, sha256) and erasing.is_pending(connection)):
                _purge(connection, sha256, actor, reason)
        return erasing.finish(self._engine, sha256=sha256)

    def erasing(self) -> bool:
        """Whether the content of a purged file may still be on the disk."""
        return erasing.pending(self._engine)


def _purge(connection: Connection, sha256: str, actor: str, reason: str) -> None:
    _kept(connection, sha256)
    standing = [hold for hold in _holds(connection, sha256) if hold.stands]
    if standing:
        named = "; ".join(
            f"hold {hold.id} of {hold.placed_at[:10]}, {hold.reason}" for hold in standing
        )
        raise StoreError(f"A hold is on this file and it is not purged: {named}")
    connection.execute(
        schema.files.update()
        .where(schema.files.c.sha256 == sha256)
        .values(content=None, purged_at=now(), purged_by=actor, purge_reason=reason)
    )
    history.note(connection, actor, "purge", sha256=sha256, reason=reason)
    erasing.note(connection)


def _kept(connection: Connection, sha256: str) -> None:
    """StoreError where no content of this file is kept."""
    purged_at = _purged_at(connection, sha256)
    if purged_at is None:
        raise StoreError(f"No file {sha256} is kept; see: python -m etl files")
    if purged_at:
        raise StoreError(f"No file {sha256} is kept: it was purged on {purged_at[:10]}")


def _purged_at(connection: Connection, sha256: str) -> str | None:
    """When a file was purged, empty where it was not; None where it never came in."""
    row = connection.execute(
        select(schema.files.c.purged_at).where(schema.files.c.sha256 == sha256)
    ).first()
    return None if row is None else str(row.purged_at)


def _holds(connection: Connection, sha256: str) -> tuple[Hold, ...]:
    table = schema.holds
    query = select(table).where(table.c.sha256 == sha256).order_by(table.c.id)
    return tuple(Hold(**row._mapping) for row in connection.execute(query))
