"""Releases taken back and published again, alone or with others that go along."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select, update

from etl.record import Release
from etl.store import history, rows, schema
from etl.store.engine import StoreError
from etl.store.releases import bump, listed


def standing(connection: Connection, number: int, *, withdrawn: bool = False) -> Release:
    """A release that stands (or one that is withdrawn); StoreError where there is none."""
    table = schema.releases
    row = connection.execute(select(table).where(table.c.number == number)).first()
    if row is None:
        raise StoreError(f"There is no release {number}; see: python -m etl releases")
    if row.withdrawn != withdrawn:
        is_so = "not withdrawn" if withdrawn else "already withdrawn"
        raise StoreError(f"Release {number} ({row.title}) is {is_so}")
    return rows.release(row)


def hide(
    connection: Connection,
    number: int,
    actor: str,
    reason: str,
    *,
    withdrawn: bool,
    along: Sequence[int] = (),
) -> Release:
    """Take a release back, or publish it again, and others `along` with it, all or nothing.

    StoreError where one of them is so already.
    """
    act = "withdraw" if withdrawn else "republish"
    if not reason.strip():
        raise StoreError(f"To {act} a release needs a reason")
    detail: dict[str, Any] = {"along": list(along)} if along else {}
    done = _hide(connection, number, actor, reason, detail, withdrawn=withdrawn)
    for other in along:
        _hide(connection, other, actor, reason, {"with": number}, withdrawn=withdrawn)
    bump(connection)
    return done


def _hide(
    connection: Connection,
    number: int,
    actor: str,
    reason: str,
    detail: Mapping[str, Any],
    *,
    withdrawn: bool,
) -> Release:
    held = standing(connection, number, withdrawn=not withdrawn)
    table = schema.releases
    connection.execute(update(table).where(table.c.number == number).values(withdrawn=withdrawn))
    seed = connection.execute(select(table.c.seed).where(table.c.number == number)).scalar()
    if seed and not withdrawn:  # its files may have changed meanwhile: look at them again
        connection.execute(update(schema.state).values(seed_digest=""))
    history.note(
        connection,
        actor,
        "withdraw" if withdrawn else "republish",
        release=number,
        sha256=held.sha256,
        reason=reason,
        detail=detail,
    )
    return replace(held, withdrawn=withdrawn)


def taken_back_with(connection: Connection, number: int) -> tuple[tuple[int, ...], int]:
    """What was taken back along with a withdrawn release and is withdrawn since; and the number
    of the release that it was itself taken back with, if that is withdrawn too, else 0."""
    withdrawn = {release.number for release in listed(connection) if release.withdrawn}
    if number not in withdrawn:
        return (), 0
    detail = _last_withdrawal(connection, number)
    along = tuple(
        other
        for other in detail.get("along", ())
        if other in withdrawn and _last_withdrawal(connection, other).get("with") == number
    )
    of = detail.get("with", 0)
    return along, of if of in withdrawn else 0


def _last_withdrawal(connection: Connection, number: int) -> Mapping[str, Any]:
    table = schema.history
    detail = connection.execute(
        select(table.c.detail)
        .where(table.c.release == number, table.c.what == "withdraw")
        .order_by(table.c.id.desc())
        .limit(1)
    ).scalar()
    found: Mapping[str, Any] = json.loads(detail) if detail else {}
    return found
