"""The store: what dashboards read, and the acts that change it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select, text

from etl import aliases
from etl.model import Finding, Observation, Registry, Statement
from etl.national import Known, National
from etl.publication import Declaration, NewRelease
from etl.record import Judge, Record, Release, assemble, claims
from etl.store import (
    backup,
    drafts,
    published,
    releases,
    restoring,
    rows,
    schema,
    withdrawing,
    words,
)
from etl.store import engine as database
from etl.store.accounts import Accounts
from etl.store.drafts import Drafts
from etl.store.files import Files
from etl.store.history import History
from etl.store.judging import Judging
from etl.store.published import Published
from etl.store.restoring import Loss
from etl.store.sign_ins import SignIns
from etl.store.words import Word

# Records kept in memory: as many dates as readers plausibly ask for at once.
_RECORDS = 16

_VERSION = text(
    "SELECT store_id, counter, (SELECT count(*) FROM releases "
    "WHERE visible_from <> '' AND visible_from <= :now) AS shown FROM state"
)


@dataclass(frozen=True)
class _Held:
    """Everything that stands in the store (visible or not yet), as one read found it."""

    counter: str
    releases: tuple[Release, ...]
    figures: tuple[tuple[int, Observation], ...]
    statements: tuple[tuple[int, Statement], ...]
    findings: tuple[tuple[int, Finding], ...]
    declarations: tuple[tuple[int | None, Declaration], ...]
    national: tuple[Release, ...] = ()


class Store:
    """Every figure as it was published, in a database. Safe to share between threads.

    `clock` gives the time as it is stored (UTC); tests set it. `national` are the figures that
    lie under those of every council, and are never copied into its database. `judge` are the
    checks of what it holds.
    """

    def __init__(
        self,
        engine: Engine,
        registry: Registry,
        judge: Judge,
        clock: Callable[[], str] = database.now,
        national: National | None = None,
    ) -> None:
        self.engine = engine
        self.registry = registry
        self._judge = judge
        self.clock = clock
        self.national = national
        self.accounts = Accounts(engine)
        self._names = aliases.of(registry)
        self.drafts = Drafts(engine, self._names)
        self.files = Files(engine)
        self.history = History(engine)
        self.sign_ins = SignIns(engine)
        self._lock = threading.Lock()
        self._held: _Held | None = None
        self._records: OrderedDict[tuple[object, ...], Record] = OrderedDict()

    # --- reading -------------------------------------------------------------------

    def version(self) -> str:
        """A name for what is public now: it changes with every act and scheduled time."""
        with database.plainly(self.engine), self.engine.connect() as connection:
            row = connection.execute(_VERSION, {"now": self.clock()}).one()
        return f"{row.store_id}.{row.counter}.{row.shown}"

    def record(self, as_at: date | None = None, *, scheduled: bool = False) -> Record:
        """What is published as at a date (None: all there is); quick to ask again.

        `scheduled` includes what is published from a time still to come: for officers only.
        """
        version = self.version()
        counter = version.rpartition(".")[0]
        with self._lock:
            if self._held is None or self._held.counter != counter:
                self._held = self._load()
                self._records.clear()
            held = self._held
            now = self.clock()
            shown = tuple(
                release
                for release in (*held.national, *held.releases)
                if (scheduled or release.visible_from <= now)
                and (as_at is None or release.published <= as_at)
            )
            name = f"{held.counter}.{version.rpartition('.')[2]}"
            numbers = tuple(release.number for release in shown)
            # Two dates between the same releases are one record but for their date.
            record = self._kept((name, None, *numbers), lambda: self._assembled(held, shown, name))
            if as_at is None:
                return record
            return self._kept((name, as_at, *numbers), lambda: replace(record, as_at=as_at))

    def _kept(self, key: tuple[object, ...], make: Callable[[], Record]) -> Record:
        """The record of a key, made where it is not held; the least asked for go."""
        found = self._records.get(key)
        if found is None:
            found = self._records[key] = make()
            while len(self._records) > _RECORDS:
                self._records.popitem(last=False)
        self._records.move_to_end(key)
        return found

    def releases(self) -> tuple[Release, ...]:
        """Every release, withdrawn and not yet visible ones included, by number."""
        with database.reading(self.engine) as connection:
            return releases.listed(connection)

    def published(self) -> tuple[Published, ...]:
        """Every release with who published it, when, and what it changed: for officers."""
        with database.reading(self.engine) as connection:
            return published.listed(connection)

    def withdrawn_figures(self) -> tuple[tuple[int, Observation], ...]:
        """The figures of withdrawn releases, with their release's number."""
        with database.reading(self.engine) as connection:
            return releases.figures(connection, self._names, withdrawn=True)

    @property
    def on_a_server(self) -> bool:
        """Whether the database is a server's, with a log and backups of its own."""
        return self.engine.dialect.name != "sqlite"

    def read_only(self) -> bool:
        """Whether the database can be read and not written."""
        return database.is_read_only(self.engine)

    def secret(self) -> str:
        """What this store's sessions are signed with; the same for every worker."""
        with database.reading(self.engine) as connection:
            return str(connection.execute(select(schema.state.c.secret)).scalar_one())

    def _load(self) -> _Held:
        with database.reading(self.engine) as connection:
            counter = releases.counter(connection)
            standing = tuple(r for r in releases.listed(connection) if not r.withdrawn)
            national = self._national(connection)
            numbers = {release.number for release in standing}
            remarks = connection.execute(select(schema.remarks).order_by(schema.remarks.c.id)).all()
            declared = connection.execute(
                select(schema.declarations)
                .where(schema.declarations.c.hidden == False)  # noqa: E712
                .order_by(schema.declarations.c.id)
            ).all()
            figures = releases.figures(connection, self._names)
        kept = [remark for remark in remarks if remark.release in numbers]
        return _Held(
            counter,
            standing,
            figures,
            tuple(
                (r.release, rows.statement(r.body, self._names))
                for r in kept
                if r.kind == "statement"
            ),
            tuple(
                (r.release, rows.finding(r.body, self._names)) for r in kept if r.kind == "finding"
            ),
            tuple(
                (d.release, rows.declaration(d, self._names))
                for d in declared
                if d.release is None or d.release in numbers
            ),
            national,
        )

    def _national(self, connection: Connection) -> tuple[Release, ...]:
        """The national releases that lie under the store's.

        None where nothing was ever loaded of what stands under data/ (SEND_SEED=0); what somebody
        took back here, when it was loaded from there, stays taken back.
        """
        national = self.national
        if national is None or not releases.seeded(connection):
            return ()
        gone = releases.taken_back(connection, self._names)
        return tuple(r for r in national.releases if national.id_of(r.number) not in gone)

    def _assembled(self, held: _Held, shown: Sequence[Release], version: str) -> Record:
        numbers = {release.number for release in shown}
        own: list[tuple[int, Observation]] = [f for f in held.figures if f[0] in numbers]
        beneath = None
        if self.national is not None and held.national:
            beneath = Known(self.national, frozenset(n for n in numbers if n < 0))
            own = beneath.under(own, self.registry.council.areas)
        observations, series = assemble(own)
        newest: dict[tuple[str, str], Declaration] = {}
        # What an officer published stands before a file's word, also one changed since.
        for number, declaration in sorted(held.declarations, key=lambda d: d[0] is not None):
            if number is None or number in numbers:
                newest[rows.kind_of(declaration), rows.key_of(declaration)] = declaration

        def declared(kind: str) -> tuple[Any, ...]:
            return tuple(d for (of, _), d in newest.items() if of == kind)

        answers = declared("answer")
        judging = Judging(
            tuple(finding for number, finding in held.findings if number in numbers), answers
        )
        record = Record(
            registry=self.registry,
            series=series,
            observations=observations,
            version=version,
            releases=tuple(shown),
            statements=claims(s for s in held.statements if s[0] in numbers),
            targets=declared("target"),
            events=declared("event"),
            explanations=declared("explanation"),
            answers=answers,
            judged=judging,
            beneath=beneath,
            judge=self._judge,
        )
        judging.of(record)
        return record

    # --- acts ----------------------------------------------------------------------

    def publish(
        self,
        new: Sequence[NewRelease],
        actor: str,
        *,
        based_on: str | None = None,
        reason: str = "",
        visible_from: str = "",
        draft: tuple[int, int] | None = None,
    ) -> tuple[int, ...]:
        """Publish releases, all or nothing; returns their numbers. See `releases.add`.

        `draft` is the number and revision of the draft that is published: it ends with it.
        """
        with database.writing(self.engine) as connection:
            if draft is not None:
                drafts.close(connection, *draft, "published")
            return releases.add(
                connection,
                new,
                actor,
                based_on=based_on,
                reason=reason,
                visible_from=visible_from,
            )

    def withdraw(
        self,
        number: int,
        actor: str,
        reason: str,
        *,
        along: Sequence[int] = (),
        based_on: str | None = None,
    ) -> Release:
        """Take a release back: hidden everywhere, kept with who did so and why.

        Others go `along` with it, all or nothing. `based_on` is the version that was looked at:
        Outdated is raised where anything was published since.
        """
        with database.writing(self.engine) as connection:
            releases.refuse_outdated(connection, based_on)
            return withdrawing.hide(connection, number, actor, reason, withdrawn=True, along=along)

    def republish(
        self, number: int, actor: str, reason: str, *, along: Sequence[int] = ()
    ) -> Release:
        """Show a withdrawn release again, and others `along` with it, all or nothing."""
        with database.writing(self.engine) as connection:
            return withdrawing.hide(connection, number, actor, reason, withdrawn=False, along=along)

    def standing(self, number: int) -> Release:
        """A release that is not withdrawn; StoreError where there is none of that number."""
        with database.reading(self.engine) as connection:
            return withdrawing.standing(connection, number)

    def taken_back_with(self, number: int) -> tuple[tuple[int, ...], int]:
        """What went along with a withdrawn release, and what it went along with."""
        with database.reading(self.engine) as connection:
            return withdrawing.taken_back_with(connection, number)

    def figures(self) -> tuple[tuple[int, Observation], ...]:
        """The figures of the releases that stand, scheduled ones included, with their number."""
        self.record(scheduled=True)
        with self._lock:
            assert self._held is not None, "a record was just made of it"
            return self._held.figures

    def words(self) -> tuple[Word, ...]:
        """Officers' explanations, events and targets, taken back ones included, newest first."""
        with database.reading(self.engine) as connection:
            return words.listed(connection, self._names)

    def take_back_word(self, number: int, actor: str, reason: str) -> Word:
        """Hide one word; its release and its figures stay. See `words.hide`."""
        with database.writing(self.engine) as connection:
            return words.hide(connection, number, actor, reason, self._names, hidden=True)

    def say_word_again(self, number: int, actor: str, reason: str) -> Word:
        """Show a word again that was taken back."""
        with database.writing(self.engine) as connection:
            return words.hide(connection, number, actor, reason, self._names, hidden=False)

    def backup(self, file: Path, *, replace: bool = False) -> None:
        """Write everything to one file; safe while others read and write. See `backup.backup`."""
        backup.backup(self.engine, file, replace=replace)

    def compare_backup(self, file: Path) -> Loss:
        """What `restore` would undo; nothing is changed."""
        return restoring.compare(self.engine, file)

    def restore(self, file: Path, actor: str) -> Loss:
        """Hold what a backup holds, once it is checked: all of it, or nothing changes.

        What was done since for safety is not undone (see `restoring`); what is lost is returned
        and stands in the history.
        """
        return restoring.restore(self.engine, file, actor)

    def close(self) -> None:
        """Give back the database's connections."""
        self.engine.dispose()
