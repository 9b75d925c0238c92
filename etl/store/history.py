"""Who did what, when, from which file: rows are added, never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, case, func, not_, or_, select

from etl.store import schema
from etl.store.engine import now, reading, writing

# The acts that change what is public.
UNSAID, SAID = "take back a word", "say a word again"
PUBLIC = ("publish", "withdraw", "republish", "restore", UNSAID, SAID)


@dataclass(frozen=True)
class Act:
    """One line of the history; `detail` is what else belongs to it (answers, counts)."""

    id: int
    at: str
    who: str
    what: str
    release: int | None = None
    sha256: str = ""
    reason: str = ""
    detail: Mapping[str, Any] | None = None


def note(
    connection: Connection,
    who: str,
    what: str,
    *,
    release: int | None = None,
    sha256: str = "",
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add a line in the transaction of the act itself, so that neither stands alone."""
    connection.execute(
        schema.history.insert().values(
            at=now(),
            who=who,
            what=what,
            release=release,
            sha256=sha256,
            reason=reason,
            detail=json.dumps(detail, ensure_ascii=False) if detail else "",
        )
    )


def listed(connection: Connection) -> tuple[Act, ...]:
    """Every act, oldest first."""
    return tuple(
        map(_act, connection.execute(select(schema.history).order_by(schema.history.c.id)))
    )


def _act(row: Row[Any]) -> Act:
    detail = json.loads(row.detail) if row.detail else None
    return Act(row.id, row.at, row.who, row.what, row.release, row.sha256, row.reason, detail)


class History:
    """The history as read, and lines that belong to no other act of the store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self, release: int | None = None) -> tuple[Act, ...]:
        """Every act, newest first; of one release only where it is named."""
        query = select(schema.history).order_by(schema.history.c.id.desc())
        if release is not None:
            query = query.where(schema.history.c.release == release)
        with reading(self._engine) as connection:
            return tuple(map(_act, connection.execute(query)))

    def last(self) -> int:
        """The newest act's number; 0 where there is none. Two acts of one second differ."""
        query = select(func.max(schema.history.c.id))
        with reading(self._engine) as connection:
            return connection.execute(query).scalar() or 0

    def changed(self, now: str) -> str:
        """When what is public last changed (UTC), as at `now`; empty where nothing ever was."""
        return self.visible(now)[1]

    def visible(self, now: str) -> tuple[int, str]:
        """How many acts changed what is public as at `now`, and when the last did (UTC).

        A release that shows from a set time changes it at that time, and not before; one that
        was taken back before its time never did.
        """
        acts, releases, seeds = schema.history.c, schema.releases.c, schema.seeds.c
        shows = case((releases.visible_from > acts.at, releases.visible_from), else_=acts.at)
        never = and_(releases.withdrawn, releases.visible_from > acts.at)
        query = (
            select(func.count(), func.max(shows))
            .select_from(schema.history.outerjoin(schema.releases, releases.number == acts.release))
            .where(acts.what.in_(PUBLIC))
            .where(or_(releases.number.is_(None), and_(releases.visible_from <= now, not_(never))))
        )
        with reading(self._engine) as connection:
            loaded = connection.execute(select(func.max(seeds.loaded_at))).scalar() or ""
            count, last = connection.execute(query).one()
        return count, max(last or "", loaded)

    def add(self, who: str, what: str, reason: str = "", **detail: Any) -> None:
        """A line of its own, for acts outside the store (an account made, a download)."""
        with writing(self._engine) as connection:
            note(connection, who, what, reason=reason, detail=detail or None)
