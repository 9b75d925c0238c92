"""Drafts: what an officer prepares, kept over restarts, two officers' never mixed up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, select

from etl.aliases import Names
from etl.model import Refused
from etl.store import files, schema
from etl.store.engine import StoreError, following, now, reading, writing


class DraftChanged(Refused):
    """The draft was saved from elsewhere since it was opened here."""


@dataclass(frozen=True)
class DraftFile:
    """A file of a draft: the name it came in with, and its SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True)
class StoredDraft:
    """A draft as kept. `contents` is the officer pages' own affair (anything JSON holds).

    `revision` goes up with every save; `based_on` is the store's version it was last
    compared with.
    """

    id: int
    owner: str
    title: str
    contents: Mapping[str, Any]
    revision: int
    based_on: str
    state: Literal["open", "published", "discarded"]
    created_at: str
    updated_at: str
    files: tuple[DraftFile, ...] = ()


class Drafts:
    """The drafts of a store."""

    def __init__(self, engine: Engine, names: Names) -> None:
        self._engine = engine
        self._names = names

    def _get(self, connection: Connection, number: int) -> StoredDraft:
        found = _get(connection, number)
        return replace(found, contents=self._names.in_json(found.contents))

    def create(
        self,
        owner: str,
        title: str,
        contents: Mapping[str, Any],
        based_on: str,
        attached: Sequence[tuple[str, bytes]] = (),
    ) -> StoredDraft:
        """A new open draft with its files (name and bytes)."""
        moment = now()
        with writing(self._engine) as connection:
            number = following(connection, schema.drafts.c.id)
            connection.execute(
                schema.drafts.insert().values(
                    id=number,
                    owner=owner,
                    title=title,
                    contents=json.dumps(contents),
                    revision=1,
                    based_on=based_on,
                    state="open",
                    created_at=moment,
                    updated_at=moment,
                )
            )
            _attach(connection, number, attached)
            return self._get(connection, number)

    def get(self, number: int) -> StoredDraft:
        """A draft by its number; StoreError where there is none."""
        with reading(self._engine) as connection:
            return self._get(connection, number)

    def all(self, owner: str = "", state: str = "open") -> tuple[StoredDraft, ...]:
        """Drafts of a state, newest saved first; of one owner where named."""
        query = select(schema.drafts.c.id).where(schema.drafts.c.state == state)
        if owner:
            query = query.where(schema.drafts.c.owner == owner)
        query = query.order_by(schema.drafts.c.updated_at.desc(), schema.drafts.c.id.desc())
        with reading(self._engine) as connection:
            return tuple(
                self._get(connection, n) for n in connection.execute(query).scalars().all()
            )

    def save(
        self,
        number: int,
        revision: int,
        contents: Mapping[str, Any],
        *,
        title: str | None = None,
        based_on: str | None = None,
        attached: Sequence[tuple[str, bytes]] = (),
    ) -> StoredDraft:
        """Save an open draft that was opened at `revision`.

        Raises DraftChanged where it was saved since, StoreError where it is not open.
        """
        values: dict[str, Any] = {"contents": json.dumps(contents)}
        if title is not None:
            values["title"] = title
        if based_on is not None:
            values["based_on"] = based_on
        with writing(self._engine) as connection:
            _change(connection, number, revision, values)
            _attach(connection, number, attached)
            return self._get(connection, number)

    def close(
        self, number: int, revision: int, state: Literal["published", "discarded"]
    ) -> StoredDraft:
        """End a draft; it stays readable. Errors as `save`."""
        with writing(self._engine) as connection:
            close(connection, number, revision, state)
            return self._get(connection, number)


def close(
    connection: Connection,
    number: int,
    revision: int,
    state: Literal["published", "discarded"],
) -> None:
    """End a draft in the running transaction (that of its publication)."""
    _change(connection, number, revision, {"state": state})


def _change(connection: Connection, number: int, revision: int, values: dict[str, Any]) -> None:
    table = schema.drafts
    done = connection.execute(
        table.update()
        .where(table.c.id == number, table.c.revision == revision, table.c.state == "open")
        .values(**values, revision=revision + 1, updated_at=now())
    )
    if done.rowcount:
        return
    held = _get(connection, number)
    if held.state != "open":
        raise StoreError(f"Draft {number} is {held.state}; it can no longer be changed")
    raise DraftChanged(f"Draft {number} was saved from elsewhere since you opened it")


def _attach(connection: Connection, number: int, attached: Sequence[tuple[str, bytes]]) -> None:
    table = schema.draft_files
    for name, content in attached:
        sha256 = files.keep(connection, name, content)
        held = connection.execute(
            select(table.c.name).where(table.c.draft == number, table.c.sha256 == sha256)
        ).first()
        if held is None:
            connection.execute(table.insert().values(draft=number, sha256=sha256, name=name))


def _get(connection: Connection, number: int) -> StoredDraft:
    row: Row[Any] | None = connection.execute(
        select(schema.drafts).where(schema.drafts.c.id == number)
    ).first()
    if row is None:
        raise StoreError(f"There is no draft {number}")
    attached = connection.execute(
        select(schema.draft_files.c.name, schema.draft_files.c.sha256)
        .where(schema.draft_files.c.draft == number)
        .order_by(schema.draft_files.c.name)
    )
    fields = dict(row._mapping)
    fields["contents"] = json.loads(row.contents)
    return StoredDraft(**fields, files=tuple(DraftFile(a.name, a.sha256) for a in attached))
