"""A store is one council's: it says whose, and is not opened for another's figures."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, select, update

from etl.model import Area, Registry
from etl.store import schema
from etl.store.engine import StoreError, is_read_only, reading, writing

# Tables whose figures are always the council's own; DfE's tell of every area.
_OWN = ("appendix_1", "outturn", "officer", "stated")


def belongs(engine: Engine, registry: Registry) -> None:
    """Note in the database whose it is, the first time it is opened for a council.

    One of before it was noted is known by the figures of its own papers. A council that
    followed another one to one goes on with its store (data/england/areas.csv, successors).
    Raises StoreError where it is another council's; it is left as it is.
    """
    ours = registry.council.authority
    with reading(engine) as connection:
        noted, whose = _noted(connection), authority(connection)
    if whose and whose != ours and not _followed(whose, ours, registry.areas):
        raise StoreError(
            f"The database holds the figures of {_named(whose, registry)}, not of "
            f"{registry.council.name}; nothing was changed. Choose a council with --council or "
            "SEND_COUNCIL, or another database with SEND_DATABASE_URL"
        )
    if noted != ours and not is_read_only(engine):
        with writing(engine) as connection:
            connection.execute(update(schema.state).values(authority=ours))


def authority(connection: Connection) -> str:
    """The code of the authority whose store it is; empty where nothing tells."""
    if noted := _noted(connection):
        return noted
    held = schema.observations.c
    codes = select(held.authority).where(held.table.in_(_OWN)).distinct().limit(2)
    own = connection.execute(codes).scalars().all()
    return own[0] if len(own) == 1 else ""


def _noted(connection: Connection) -> str:
    return str(connection.execute(select(schema.state.c.authority)).scalar_one())


def _followed(whose: str, ours: str, areas: tuple[Area, ...]) -> bool:
    return any(area.code == whose and area.successors == (ours,) for area in areas)


def _named(code: str, registry: Registry) -> str:
    return next((area.name for area in registry.areas if area.code == code), code)
