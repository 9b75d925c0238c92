"""How often a sign-in failed, counted for all workers; how long to wait is not said here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from etl.store import schema
from etl.store.engine import reading, writing

# Failures of a key, and when the newest was (seconds since 1970).
Counted = tuple[int, float]

_TABLE = schema.sign_ins


class SignIns:
    """The counters of a store. Only a sign-in that is let through to the password writes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(
        self,
        keys: Sequence[str],
        now: float,
        wait: Callable[[Mapping[str, Counted]], float],
        *,
        forget: float,
        kept: int,
    ) -> float:
        """Count an attempt under each key as failed, until it is known to have worked.

        `wait` says from the counts how many seconds there are still to wait: where there are
        any nothing is written, and they are returned. Counting comes before the password is
        looked at, so that many attempts at one moment cannot all pass. Counts older than
        `forget` seconds go, and the oldest beyond `kept`.
        """
        with reading(self._engine) as connection:
            seconds = wait(_held(connection, keys, now - forget))
        if seconds > 0:
            return seconds
        with writing(self._engine) as connection:
            held = _held(connection, keys, now - forget)
            seconds = wait(held)  # another worker may have been first
            if seconds > 0:
                return seconds
            _prune(connection, now - forget, kept - len(keys))
            for key in keys:
                failures = held.get(key, (0, 0.0))[0] + 1
                connection.execute(delete(_TABLE).where(_TABLE.c.key == key))
                connection.execute(insert(_TABLE).values(key=key, failures=failures, last_at=now))
        return 0.0

    def worked(self, own: str, others: Sequence[str]) -> None:
        """The attempt worked: its own key starts afresh, the others lose this attempt again."""
        with writing(self._engine) as connection:
            connection.execute(delete(_TABLE).where(_TABLE.c.key == own))
            connection.execute(
                update(_TABLE)
                .where(_TABLE.c.key.in_(others), _TABLE.c.failures > 0)
                .values(failures=_TABLE.c.failures - 1)
            )

    def count(self) -> int:
        """How many keys are counted."""
        with reading(self._engine) as connection:
            return connection.execute(select(func.count()).select_from(_TABLE)).scalar_one()


def _held(connection: Connection, keys: Sequence[str], since: float) -> dict[str, Counted]:
    found = connection.execute(
        select(_TABLE).where(_TABLE.c.key.in_(keys), _TABLE.c.last_at >= since)
    )
    return {row.key: (row.failures, row.last_at) for row in found}


def _prune(connection: Connection, since: float, most: int) -> None:
    connection.execute(delete(_TABLE).where(_TABLE.c.last_at < since))
    held = connection.execute(select(func.count()).select_from(_TABLE)).scalar_one()
    if held > most:
        oldest = select(_TABLE.c.key).order_by(_TABLE.c.last_at).limit(held - most)
        connection.execute(delete(_TABLE).where(_TABLE.c.key.in_(oldest)))
