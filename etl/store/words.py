"""Officers' words beside figures: explanations, events, targets; each taken back by itself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from etl.aliases import Names
from etl.model import Event, Target
from etl.record import Explanation
from etl.store import history, rows, schema
from etl.store.engine import StoreError
from etl.store.releases import bump

KINDS = ("explanation", "event", "target")

_TABLE = schema.declarations


@dataclass(frozen=True)
class Word:
    """An officer's word, the release it came with, and whether it was taken back.

    `replaced` is the number of the newer word that stands in its place; 0 for none.
    """

    id: int
    said: Explanation | Event | Target
    release: int
    hidden: bool
    actor: str
    recorded_at: str
    replaced: int = 0

    @property
    def kind(self) -> str:
        """explanation, event or target."""
        return rows.kind_of(self.said)

    @property
    def text(self) -> str:
        """The word as readers see it, in a line."""
        said = self.said
        if isinstance(said, Explanation):
            return said.text
        if isinstance(said, Event):
            return f"{said.title}: {said.text}"
        return said.label


def listed(connection: Connection, names: Names) -> tuple[Word, ...]:
    """Every word that came with a release, newest first."""
    query = (
        select(_TABLE)
        .where(_TABLE.c.kind.in_(KINDS), _TABLE.c.release.is_not(None))
        .order_by(_TABLE.c.id.desc())
    )
    newer: dict[tuple[str, str], int] = {}
    found = []
    for row in connection.execute(query):
        said = rows.unpacked(rows.KINDS[row.kind], row.body, names)
        key = (row.kind, rows.key_of(said))
        found.append(
            Word(
                row.id, said, row.release, row.hidden, row.actor, row.recorded_at, newer.get(key, 0)
            )
        )
        if not row.hidden:
            newer[key] = row.id
    return tuple(found)


def hide(
    connection: Connection, number: int, actor: str, reason: str, names: Names, *, hidden: bool
) -> Word:
    """Take one word back, or say it again. StoreError where it is so already.

    What it had replaced counts again; its release, and the figures in it, stay as they are.
    """
    act = "take back" if hidden else "say again"
    if not reason.strip():
        raise StoreError(f"To {act} a word needs a reason")
    found = next((word for word in listed(connection, names) if word.id == number), None)
    if found is None:
        raise StoreError(f"There is no word {number}; see: python -m etl words")
    if found.hidden == hidden:
        state = "taken back already" if hidden else "not taken back"
        raise StoreError(f"The {found.kind} {number} is {state}")
    connection.execute(update(_TABLE).where(_TABLE.c.id == number).values(hidden=hidden))
    history.note(
        connection,
        actor,
        history.UNSAID if hidden else history.SAID,
        release=found.release,
        reason=reason,
        detail={"word": number, "kind": found.kind, "text": found.text},
    )
    bump(connection)
    return next(word for word in listed(connection, names) if word.id == number)
