"""A backup is brought back, and what was done since for safety is not undone by it.

What the store holds becomes what the backup holds, but for this: files purged since stay
purged, files under a hold stay, accounts disabled since stay disabled and those changed since
keep the password and the roles that they have now. Every session ends, and what sessions are
signed with is renewed. The acts that are lost are written into the history.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Row, Table, and_, func, or_, select, text, update

from etl import temporary
from etl.record import Release
from etl.store import erasing, history, migrations, releases, schema, whose
from etl.store.copying import copied
from etl.store.engine import StoreError, connect, plainly, reading, writing
from etl.store.history import Act

# Counted by each store itself: a restore gives nobody fresh tries at a password.
_NOT_RESTORED = (schema.sign_ins,)


@dataclass(frozen=True)
class Loss:
    """What a restore undoes, and what it does not.

    `lost` are the acts that the backup does not know, oldest first; `public_again` releases
    that were taken back since; `purged` and `held` names of files that stay purged, or stay
    because a hold is on them; `disabled` accounts that stay disabled, `kept` those that keep
    the password and roles they have now, `gone` those that the backup does not know.
    """

    lost: tuple[Act, ...] = ()
    public_again: tuple[Release, ...] = ()
    purged: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def detail(self) -> dict[str, Any]:
        """As the history keeps it."""
        acts = [
            {
                name: value
                for name in ("at", "who", "what", "release", "sha256", "reason", "detail")
                if (value := getattr(act, name))
            }
            for act in self.lost
        ]
        found: dict[str, Any] = {"lost": len(acts), "acts": acts}
        found["public again"] = [release.number for release in self.public_again]
        for name in ("purged", "held", "disabled", "kept", "gone"):
            found[name] = list(getattr(self, name))
        return {name: value for name, value in found.items() if value or name == "lost"}


def compare(engine: Engine, file: Path) -> Loss:
    """What `restore` would undo; nothing is changed. Errors as `restore`."""
    with _checked(file) as source, reading(engine) as target:
        _refuse_another_s(source, target, file.name)
        return _loss(source, target)


def restore(engine: Engine, file: Path, actor: str) -> Loss:
    """Make the store hold what the backup `file` holds: all of it, or nothing changes.

    The backup is checked first: whether it is complete, of a schema this program knows, and
    whether every kept file still has its SHA-256. Raises StoreError, or OSError.
    """
    with _checked(file) as source, writing(engine) as target:
        _refuse_another_s(source, target, file.name)
        loss = _loss(source, target)
        _replace(source, target)
        # The highest number given: no release is numbered as one that is lost (see releases).
        given = max((act.release or 0 for act in loss.lost), default=0) or None
        history.note(
            target, actor, "restore", release=given, reason=f"from {file.name}", detail=loss.detail
        )
    if erasing.pending(engine):
        erasing.finish(engine)
    return loss


# --- the backup ---------------------------------------------------------------------


@contextmanager
def _checked(file: Path) -> Iterator[Connection]:
    """A copy of the backup, checked and of this program's schema; the backup is only read."""
    with temporary.folder("restore") as folder:
        checked = folder / "restore.db"
        shutil.copyfile(file, checked)
        copy = connect(URL.create("sqlite", database=str(checked)))
        try:
            _check(copy, file.name)
            with reading(copy) as source:
                yield source
        finally:
            copy.dispose()


def _check(copy: Engine, name: str) -> None:
    try:
        with plainly(copy), copy.connect() as connection:
            said = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            known = connection.execute(
                text("SELECT count(*) FROM sqlite_master WHERE name IN ('migrations', 'releases')")
            ).scalar()
    except StoreError:
        raise StoreError(f"{name}: not a backup of this program, or cut off; nothing was changed")
    if said != "ok" or dangling is not None:
        raise StoreError(f"{name}: the backup is damaged; nothing was changed")
    if known != 2:
        raise StoreError(f"{name}: not a backup of this program; nothing was changed")
    try:
        migrations.ensure(copy)
    except StoreError as error:
        raise StoreError(f"{name}: {error}; nothing was changed")
    with reading(copy) as connection:
        for row in connection.execution_options(yield_per=1).execute(
            select(schema.files.c.sha256, schema.files.c.name, schema.files.c.content)
        ):
            if row.content is not None and hashlib.sha256(row.content).hexdigest() != row.sha256:
                raise StoreError(
                    f"{name}: the file {row.name} in it is not what it was; nothing was changed"
                )


def _refuse_another_s(source: Connection, target: Connection, name: str) -> None:
    theirs, ours = whose.authority(source), whose.authority(target)
    if theirs and ours and theirs != ours:
        raise StoreError(
            f"{name}: a backup of another council's store ({theirs}; this one is of {ours}); "
            "nothing was changed"
        )


# --- what is lost -------------------------------------------------------------------


def _loss(source: Connection, target: Connection) -> Loss:
    lost = _lost(source, target)
    accounts = {row.name: row for row in source.execute(select(schema.accounts))}
    now = {row.name: row for row in target.execute(select(schema.accounts))}
    in_both = sorted(accounts.keys() & now.keys())
    files = {
        row.sha256: row.purged_at
        for row in source.execute(select(schema.files.c.sha256, schema.files.c.purged_at))
    }
    held = [row for row in target.execute(_names(_under_hold())) if row.sha256 not in files]
    purged = [
        row
        for row in target.execute(_names(schema.files.c.purged_at != ""))
        if files.get(row.sha256) == ""
    ]
    return Loss(
        lost=lost,
        public_again=_public_again(source, target),
        purged=tuple(row.name for row in purged),
        held=tuple(row.name for row in held),
        disabled=tuple(n for n in in_both if now[n].disabled and not accounts[n].disabled),
        kept=tuple(n for n in in_both if n in _changed(lost)),
        gone=tuple(sorted(now.keys() - accounts.keys())),
    )


def _lost(source: Connection, target: Connection) -> tuple[Act, ...]:
    """The acts of the store from the first on that the backup does not have alike."""
    known = history.listed(source)
    held = history.listed(target)
    alike = 0
    while alike < min(len(known), len(held)) and known[alike] == held[alike]:
        alike += 1
    return held[alike:]


def _changed(lost: tuple[Act, ...]) -> set[str]:
    """The accounts that were changed in these acts, or kept by a restore among them."""
    found: set[str] = set()
    for act in lost:
        detail = act.detail or {}
        if act.what == "account changed":
            found.add(str(detail.get("account", "")))
        elif act.what == "restore":
            found.update(detail.get("kept", ()), detail.get("disabled", ()))
    return found


def _public_again(source: Connection, target: Connection) -> tuple[Release, ...]:
    table = schema.releases
    query = select(table.c.number, table.c.recorded_at, table.c.withdrawn)
    now = {(row.number, row.recorded_at): row.withdrawn for row in target.execute(query)}
    back = {
        row.number
        for row in source.execute(query)
        if not row.withdrawn and now.get((row.number, row.recorded_at))
    }
    return tuple(one for one in releases.listed(source) if one.number in back)


def _under_hold() -> Any:
    standing = select(schema.holds.c.sha256).where(schema.holds.c.lifted_at == "")
    return schema.files.c.sha256.in_(standing)


def _names(which: Any) -> Any:
    table = schema.files.c
    return select(table.sha256, table.name).where(which).order_by(table.name)


# --- what is brought ----------------------------------------------------------------


def _replace(source: Connection, target: Connection) -> None:
    dialect = target.dialect.name
    loss_of = _changed(_lost(source, target))
    accounts = list(target.execute(select(schema.accounts)))
    holds = list(target.execute(select(schema.holds).order_by(schema.holds.c.id)))
    pending = target.execute(select(schema.state.c.purges_pending)).scalar_one()
    if _purged_there(source, target):
        pending += 1
    for statement in schema.DROP_TRIGGERS[dialect]:
        target.exec_driver_sql(statement)
    stay = or_(schema.files.c.purged_at != "", _under_hold())
    kept = set(target.execute(select(schema.files.c.sha256).where(stay)).scalars())
    # In this order no row is left that another still leads to.
    for table in reversed(schema.metadata.sorted_tables):
        if table is schema.files:
            target.execute(table.delete().where(table.c.sha256.not_in(kept)))
        elif table not in _NOT_RESTORED:
            target.execute(table.delete())
    for table in schema.metadata.sorted_tables:
        if table in _NOT_RESTORED:
            continue
        # Not even in passing: what was purged must not come into the database's log.
        without = kept if table is schema.files else ()
        copied(source, target, table, without)
        if dialect == "postgresql" and table.autoincrement_column is not None:
            _renumber(target, table)
    for statement in schema.TRIGGERS[dialect]:
        target.exec_driver_sql(statement)
    _keep_holds(target, holds)
    _end_sessions(target, accounts, loss_of)
    target.execute(
        update(schema.state).values(
            # A name of its own: no reader takes the restored state for the one it knew.
            store_id=secrets.token_hex(8),
            secret=secrets.token_urlsafe(48),
            purges_pending=pending + schema.state.c.purges_pending,
        )
    )


def _purged_there(source: Connection, target: Connection) -> bool:
    """Whether the backup has purged a file whose content the store still holds."""
    table = schema.files.c
    purged = set(source.execute(select(table.sha256).where(table.purged_at != "")).scalars())
    held = target.execute(select(table.sha256).where(table.purged_at == "", ~_under_hold()))
    return not purged.isdisjoint(held.scalars())


def _keep_holds(target: Connection, before: list[Row[Any]]) -> None:
    """Holds put on since stand, those lifted since are lifted."""
    table = schema.holds
    known = set(target.execute(select(schema.files.c.sha256)).scalars())
    taken = set(target.execute(select(table.c.id)).scalars())
    for hold in before:
        values = dict(hold._mapping)
        same = and_(
            *(table.c[n] == values[n] for n in ("sha256", "reason", "placed_by", "placed_at"))
        )
        found = target.execute(select(table).where(same)).first()
        if found is None and hold.sha256 in known:
            if hold.id in taken:
                del values["id"]
            target.execute(table.insert().values(**values))
        elif found is not None and hold.lifted_at and not found.lifted_at:
            lifted = {n: values[n] for n in ("lifted_by", "lifted_at", "lift_reason")}
            target.execute(update(table).where(table.c.id == found.id).values(**lifted))
    if target.dialect.name == "postgresql":
        _renumber(target, table)


def _end_sessions(target: Connection, before: list[Row[Any]], changed: set[str]) -> None:
    """Every account gets an epoch that no session knows; security acts since then hold."""
    table = schema.accounts
    target.execute(update(table).values(epoch=table.c.epoch + 1))
    for account in before:
        since: dict[str, Any] = {}
        if account.name in changed:
            since = {n: account._mapping[n] for n in ("password_hash", "editor", "publisher")}
        if account.disabled:
            since["disabled"] = True
        held = select(table.c.epoch).where(table.c.name == account.name)
        since["epoch"] = max(target.execute(held).scalar() or 0, account.epoch + 1)
        target.execute(update(table).where(table.c.name == account.name).values(**since))


def _renumber(target: Connection, table: Table) -> None:
    """PostgreSQL goes on counting after all numbers that were ever given, here or there."""
    column = table.autoincrement_column
    assert column is not None, "a table without numbers of its own"
    last = target.execute(select(func.max(column))).scalar() or 0
    sequence = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
    given = target.exec_driver_sql(f"SELECT pg_sequence_last_value({sequence}::regclass)").scalar()
    if newest := max(last, given or 0):
        target.exec_driver_sql(f"SELECT setval({sequence}, {newest})")
