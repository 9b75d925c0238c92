"""The list of releases for those who publish: who published what, when, and what it changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from etl.record import Release
from etl.store import rows, schema

_COUNTS = ("new", "revised", "unchanged")


@dataclass(frozen=True)
class Published:
    """A release and the act of publishing it; officers' names are for officers only.

    `figures` is how many it holds, `counts` how many of them were new, revised, unchanged (all
    0 where that was not counted), `words` how many of each kind came with it.
    """

    release: Release
    actor: str
    recorded_at: str
    figures: int
    counts: Mapping[str, int]
    words: Mapping[str, int]
    reason: str = ""

    @property
    def changes(self) -> str:
        """What it changed, in words: 12 new, 3 revised, 330 unchanged, 1 target."""
        found = [f"{self.counts[name]:,} {name}" for name in _COUNTS if self.counts[name]]
        if not found and self.figures:
            found = [f"{self.figures:,} figure{'' if self.figures == 1 else 's'}"]
        found += [f"{n} {kind}{'' if n == 1 else 's'}" for kind, n in self.words.items()]
        return ", ".join(found) or "no figure"


def listed(connection: Connection) -> tuple[Published, ...]:
    """Every release, withdrawn and not yet visible ones included, by number."""
    table, acts = schema.releases, schema.history.c
    held = schema.observations.c.release
    counted = select(held, func.count().label("figures")).group_by(held).subquery()
    query = (
        select(table, counted.c.figures)
        .outerjoin(counted, counted.c.release == table.c.number)
        .order_by(table.c.number)
    )
    published = {
        act.release: act
        for act in connection.execute(
            select(acts.release, acts.detail, acts.reason).where(acts.what == "publish")
        )
    }
    found = []
    for row in connection.execute(query):
        act = published.get(row.number)
        detail: dict[str, Any] = json.loads(act.detail) if act and act.detail else {}
        words: dict[str, int] = {}
        for declaration in detail.get("declarations", ()):
            kind = declaration.get("kind", "")
            words[kind] = words.get(kind, 0) + 1
        counts = {name: int(detail.get(name, 0)) for name in _COUNTS}
        reason = act.reason if act else ""
        found.append(
            Published(
                rows.release(row),
                row.actor,
                row.recorded_at,
                row.figures or 0,
                counts,
                words,
                reason,
            )
        )
    return tuple(found)
