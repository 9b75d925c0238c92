"""What the data folder has brought into the store: seen once, by one worker, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType

from sqlalchemy import Connection, delete, select, update

from etl.compare import Version
from etl.store import releases, rows, schema
from etl.store.engine import now, reading, writing
from etl.store.releases import NewRelease
from etl.store.rows import Declaration
from etl.store.store import Store


def sown(store: Store, digest: str) -> bool:
    """Whether the data folder in this very state has been loaded already."""
    with reading(store.engine) as connection:
        return bool(connection.execute(select(schema.state.c.seed_digest)).scalar_one() == digest)


class Sowing:
    """The transaction in which seeds are loaded; the other workers wait for its end."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stack = ExitStack()
        self._changed = False
        self._figures: tuple[Version, ...] | None = None

    def __enter__(self) -> Sowing:
        self._connection: Connection = self._stack.enter_context(writing(self._store.engine))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        return self._stack.__exit__(kind, error, trace)

    @property
    def digest(self) -> str:
        """The state of the data folder that was loaded last."""
        return str(self._connection.execute(select(schema.state.c.seed_digest)).scalar_one())

    def seen(self, key: str) -> str:
        """The digest that a file or folder had when it was loaded; empty if it was not."""
        found = self._connection.execute(
            select(schema.seeds.c.digest).where(schema.seeds.c.key == key)
        ).scalar()
        return found or ""

    def saw(self, key: str, digest: str) -> None:
        """Note that a file or folder was loaded as it is now."""
        table = schema.seeds
        values = {"digest": digest, "loaded_at": now()}
        done = self._connection.execute(update(table).where(table.c.key == key).values(**values))
        if not done.rowcount:
            self._connection.execute(table.insert().values(key=key, **values))

    def taken_back(self, key: str) -> bool:
        """Whether what this file or folder brought was withdrawn by someone."""
        found = select(schema.releases.c.number).where(
            schema.releases.c.seed == key,
            schema.releases.c.withdrawn == True,  # noqa: E712
        )
        return self._connection.execute(found).first() is not None

    def figures(self) -> tuple[Version, ...]:
        """Every figure that stands, those just sown included."""
        if self._figures is None:
            self._figures = releases.figures(self._connection)
        return self._figures

    def publish(self, new: NewRelease, actor: str) -> None:
        """Publish a release from the data folder."""
        (number,) = releases.add(self._connection, [new], actor)
        self._figures = (*self.figures(), *((number, o) for o in new.observations))

    def restate(self, new: NewRelease) -> None:
        """The claims that a release of the data folder makes are those its files now give.

        So a store seeded before a pack's claims were written gains them. Its figures stay.
        """
        table, held = schema.remarks, schema.releases
        number = self._connection.execute(
            select(held.c.number).where(held.c.seed == new.seed, held.c.title == new.title)
        ).scalar()
        kept = self._connection.execute(
            select(table.c.id, table.c.body).where(
                table.c.release == number, table.c.kind == "statement"
            )
        ).all()
        stated = {rows.packed(one) for one in new.statements}
        if number is None or not stated or stated == {row.body for row in kept}:
            return
        self._connection.execute(delete(table).where(table.c.id.in_([row.id for row in kept])))
        self._connection.execute(
            table.insert(),
            [
                {"release": number, "kind": "statement", "body": rows.packed(one)}
                for one in new.statements
            ],
        )
        releases.bump(self._connection)

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
