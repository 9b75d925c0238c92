"""Releases: published all or nothing, taken back, published again. Figures are only added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from etl.aliases import Names
from etl.model import Observation, Refused
from etl.publication import Declaration, NewRelease
from etl.record import Release
from etl.store import files, history, rows, schema
from etl.store.engine import following, now

# Figures put into the database at once, all within one transaction: a release of DfE's with
# its breakdowns has 160,000, and as rows they take three times the room.
_AT_ONCE = 5_000


class Outdated(Refused):
    """Something was published after this had been compared with what was held."""


def counter(connection: Connection) -> str:
    """The part of the version that changes with what is published, not with time."""
    row = connection.execute(select(schema.state.c.store_id, schema.state.c.counter)).one()
    return f"{row.store_id}.{row.counter}"


def bump(connection: Connection) -> None:
    """Name a new state of what is published; in the transaction that makes it."""
    connection.execute(update(schema.state).values(counter=schema.state.c.counter + 1))


def add(
    connection: Connection,
    new: Sequence[NewRelease],
    actor: str,
    *,
    based_on: str | None = None,
    reason: str = "",
    visible_from: str = "",
) -> tuple[int, ...]:
    """Store releases in the running transaction; returns their numbers.

    `based_on` is the version that they were compared with: Outdated is raised where
    anything was published since. `visible_from` is a stored time, or empty for at once.
    """
    refuse_outdated(connection, based_on)
    numbers = tuple(_insert(connection, one, actor, reason, visible_from) for one in new)
    bump(connection)
    return numbers


def refuse_outdated(connection: Connection, based_on: str | None) -> None:
    """Outdated where what is published has changed since `based_on`, a version or None."""
    if based_on is not None and not f"{based_on}.".startswith(f"{counter(connection)}."):
        raise Outdated("Something was published meanwhile; look at the differences again")


def _insert(
    connection: Connection, new: NewRelease, actor: str, reason: str, visible_from: str
) -> int:
    sha256 = new.sha256
    if new.content is not None:
        sha256 = files.keep(connection, new.name or new.title, new.content)
    # Also after those of releases that a restored backup does not know.
    number = following(connection, schema.releases.c.number, schema.history.c.release)
    connection.execute(
        schema.releases.insert().values(
            number=number,
            published=new.published.isoformat(),
            title=new.title,
            kind=new.kind,
            sha256=sha256,
            visible_from=visible_from,
            withdrawn=False,
            seed=new.seed,
            actor=actor,
            recorded_at=now(),
        )
    )
    for first in range(0, len(new.observations), _AT_ONCE):
        some = new.observations[first : first + _AT_ONCE]
        connection.execute(schema.observations.insert(), [rows.figure_row(number, o) for o in some])
    remark(connection, number, new)
    declare(connection, new.declarations, actor, release=number)
    detail: dict[str, Any] = {"title": new.title, **new.counts}
    if new.declarations:
        detail["declarations"] = [
            {"kind": rows.kind_of(d), "key": rows.key_of(d)} for d in new.declarations
        ]
    if visible_from:
        detail["visible_from"] = visible_from
    history.note(
        connection, actor, "publish", release=number, sha256=sha256, reason=reason, detail=detail
    )
    return number


def remark(connection: Connection, number: int, new: NewRelease) -> None:
    """Keep what was claimed in a publication, and what was found in it, with its release."""
    remarks = [("statement", rows.packed(s)) for s in new.statements]
    remarks += [("finding", rows.packed_finding(f)) for f in new.findings]
    if remarks:
        connection.execute(
            schema.remarks.insert(),
            [{"release": number, "kind": kind, "body": body} for kind, body in remarks],
        )


def declare(
    connection: Connection,
    declarations: Iterable[Declaration],
    actor: str,
    release: int | None = None,
) -> None:
    """Add targets, events, answers and explanations; the newest of one key counts."""
    first = following(connection, schema.declarations.c.id)
    found = [
        {
            "id": number,
            "kind": rows.kind_of(declaration),
            "key": rows.key_of(declaration),
            "body": rows.packed(declaration),
            "release": release,
            "hidden": False,
            "actor": actor,
            "recorded_at": now(),
        }
        for number, declaration in enumerate(declarations, first)
    ]
    if found:
        connection.execute(schema.declarations.insert(), found)


def listed(connection: Connection) -> tuple[Release, ...]:
    """Every release, withdrawn and not yet visible ones included, by number."""
    found = connection.execute(select(schema.releases).order_by(schema.releases.c.number))
    return tuple(rows.release(row) for row in found)


def seeded(connection: Connection) -> bool:
    """Whether what stands under data/ was ever loaded into this store."""
    if connection.execute(select(schema.state.c.seed_digest)).scalar_one():
        return True
    return connection.execute(select(schema.seeds.c.key).limit(1)).first() is not None


def taken_back(connection: Connection, names: Names) -> frozenset[str]:
    """The ids of the seeds whose releases were all withdrawn, by the names of today."""
    table = schema.releases.c
    seeds = connection.execute(select(table.seed, table.withdrawn).where(table.seed != "")).all()
    standing = {names.of("seed", row.seed) for row in seeds if not row.withdrawn}
    return frozenset(names.of("seed", row.seed) for row in seeds) - standing


def figures(
    connection: Connection, names: Names, *, withdrawn: bool = False
) -> tuple[tuple[int, Observation], ...]:
    """Every figure of the releases that stand (or of those withdrawn), with its release, by the
    names of today."""
    found = connection.execute(
        select(*rows.FIGURE_COLUMNS)
        .join(schema.releases, schema.releases.c.number == schema.observations.c.release)
        .where(schema.releases.c.withdrawn == withdrawn)
        .order_by(schema.observations.c.id)
    )
    return tuple(rows.figures(found, names))
