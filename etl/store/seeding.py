"""What the data folder has brought into the store: seen once, by one worker, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, delete, select, update

from etl import aliases
from etl.compare import Version
from etl.model import Finding, Statement
from etl.publication import Declaration, NewRelease
from etl.store import releases, rows, schema
from etl.store.engine import now, reading, writing
from etl.store.store import Store


def sown(store: Store, digest: str) -> bool:
    """Whether the data folder in this very state has been loaded already."""
    with reading(store.engine) as connection:
        return bool(connection.execute(select(schema.state.c.seed_digest)).scalar_one() == digest)


class Sowing:
    """The transaction in which seeds are loaded; the other workers wait for its end."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names = aliases.of(store.registry)
        self._stack = ExitStack()
        self._figures: tuple[Version, ...] | None = None
        self._withdrawn: tuple[Version, ...] | None = None

    def __enter__(self) -> Sowing:
        self._connection: Connection = self._stack.enter_context(writing(self._store.engine))
        self._rename()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        return self._stack.__exit__(kind, error, trace)

    def _rename(self) -> None:
        """Seeds loaded under an older name are known by today's. The new name may be there, too:
        a later version loaded the seed before its older name was listed."""
        table, held = schema.seeds, schema.releases
        keys = set(self._connection.execute(select(table.c.key)).scalars())
        for key in sorted(keys):
            new = self._names.of("seed", key)
            if new == key:
                continue
            if new in keys:
                self._connection.execute(delete(table).where(table.c.key == key))
            else:
                self._connection.execute(update(table).where(table.c.key == key).values(key=new))
                keys.add(new)
        for key in self._connection.execute(select(held.c.seed).distinct()).scalars().all():
            if (new := self._names.of("seed", key)) != key:
                self._connection.execute(update(held).where(held.c.seed == key).values(seed=new))

    @property
    def digest(self) -> str:
        """The state of the data folder that was loaded last."""
        return str(self._connection.execute(select(schema.state.c.seed_digest)).scalar_one())

    def seen(self, seed: str) -> str:
        """The digest that a seed had when it was loaded; empty if it was not."""
        found = self._connection.execute(
            select(schema.seeds.c.digest).where(schema.seeds.c.key == seed)
        ).scalar()
        return found or ""

    def saw(self, seed: str, digest: str) -> None:
        """Note that a seed was loaded as it is now."""
        table = schema.seeds
        values = {"digest": digest, "loaded_at": now()}
        done = self._connection.execute(update(table).where(table.c.key == seed).values(**values))
        if not done.rowcount:
            self._connection.execute(table.insert().values(key=seed, **values))

    def taken_back(self, seed: str) -> bool:
        """Whether what this seed brought was withdrawn by someone."""
        found = select(schema.releases.c.number).where(
            schema.releases.c.seed == seed,
            schema.releases.c.withdrawn == True,  # noqa: E712
        )
        return self._connection.execute(found).first() is not None

    def figures(self) -> tuple[Version, ...]:
        """Every figure that stands, those just sown included."""
        if self._figures is None:
            self._figures = releases.figures(self._connection, self._names)
        return self._figures

    def withdrawn(self) -> tuple[Version, ...]:
        """Every figure that was withdrawn."""
        if self._withdrawn is None:
            self._withdrawn = releases.figures(self._connection, self._names, withdrawn=True)
        return self._withdrawn

    def publish(self, new: NewRelease, actor: str) -> None:
        """Publish a release from the data folder."""
        (number,) = releases.add(self._connection, [new], actor)
        self._figures = (*self.figures(), *((number, o) for o in new.observations))

    def restate(self, new: NewRelease) -> None:
        """The claims and findings of a seed's publication are those that its files now give:
        new ones are added, those that are gone go, none stands twice. Its figures stay.
        """
        table, held = schema.remarks, schema.releases
        numbers = (
            self._connection.execute(
                select(held.c.number)
                .where(held.c.seed == new.seed, held.c.published == new.published.isoformat())
                .order_by(held.c.number)
            )
            .scalars()
            .all()
        )
        if not numbers:  # another release holds all its figures, with claims of its own
            return
        kept = self._connection.execute(
            select(table.c.kind, table.c.body).where(table.c.release.in_(numbers))
        ).all()
        if Counter(map(self._remark, kept)) == Counter((*new.statements, *new.findings)):
            return
        self._connection.execute(delete(table).where(table.c.release.in_(numbers)))
        releases.remark(self._connection, numbers[-1], new)
        releases.bump(self._connection)

    def _remark(self, row: Any) -> Statement | Finding:
        read = rows.statement if row.kind == "statement" else rows.finding
        return read(row.body, self._names)

    def declare(self, declared: Sequence[Declaration], actor: str) -> None:
        """Make the files' own declarations those of `declared`; officers' are not touched.

        One that its file no longer has is hidden, a changed one is added anew.
        """
        table = schema.declarations
        held = self._connection.execute(
            select(table.c.id, table.c.kind, table.c.key, table.c.body).where(
                table.c.release.is_(None),
                table.c.hidden == False,  # noqa: E712
            )
        ).all()
        wanted = {(rows.kind_of(d), rows.key_of(d), rows.packed(d)): d for d in declared}
        known = {(row.kind, row.key, row.body) for row in held}
        gone = [row.id for row in held if (row.kind, row.key, row.body) not in wanted]
        new = [declaration for what, declaration in wanted.items() if what not in known]
        if gone:
            self._connection.execute(update(table).where(table.c.id.in_(gone)).values(hidden=True))
        releases.declare(self._connection, new, actor)
        if gone or new:
            releases.bump(self._connection)

    def finish(self, digest: str) -> None:
        """Note the state of the data folder that is now loaded."""
        self._connection.execute(update(schema.state).values(seed_digest=digest))
