"""One publication's figures against what is held: new, revised, unchanged. No SQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from etl.analysis.rounding import confirms
from etl.model import Observation, Period, SeriesKey, Statement, TableName
from etl.record import claim_of

Version = tuple[int, Observation]  # a release's number and a figure of it


class FigureKey(NamedTuple):
    """What two publications print the same of: one cell of one kind of table.

    An officer's entry counts as Appendix 1.
    """

    series: SeriesKey
    period: Period
    table: TableName


class Revision(NamedTuple):
    """A figure that differs from the one published before it."""

    old: Observation
    new: Observation


@dataclass(frozen=True)
class Comparison:
    """How one publication's figures stand to those held.

    `held` are already held as published on that very date: nothing to store.
    `new` has no predecessor, `revised` differs from the newest earlier publication (or
    from the same publication as read before), `unchanged` reprints it. `gone` are
    figures that the publication before printed and this one, for months that it prints,
    does not: they stay in the record. `withdrawn` is the number of the withdrawn
    release that says just this, if there is one.
    """

    new: tuple[Observation, ...] = ()
    revised: tuple[Revision, ...] = ()
    unchanged: tuple[Observation, ...] = ()
    held: tuple[Observation, ...] = ()
    gone: tuple[Observation, ...] = ()
    withdrawn: int | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many are new, revised and unchanged, as the history keeps it."""
        unchanged = len(self.unchanged) + len(self.held)
        return {"new": len(self.new), "revised": len(self.revised), "unchanged": unchanged}

    @property
    def to_store(self) -> bool:
        """Whether publishing would add anything."""
        return bool(self.new or self.revised or self.unchanged)

    @property
    def stored(self) -> tuple[Observation, ...]:
        """What publishing would store, in no particular order."""
        return (*self.new, *(revision.new for revision in self.revised), *self.unchanged)


def key(observation: Observation) -> FigureKey:
    """Which cell of which kind of table a figure is."""
    return FigureKey(observation.series, observation.period, observation.revises)


def same(one: Observation, other: Observation) -> bool:
    """Whether two publications say the same; the place and the printed form may differ, and of
    DfE's figures the number of decimals."""
    a, b = one.reading, other.reading
    if confirms(one, other):
        return (a.sample_size, a.note) == (b.sample_size, b.note)
    return (a.value, a.unit, a.status, a.sample_size, a.note) == (
        b.value,
        b.unit,
        b.status,
        b.sample_size,
        b.note,
    )


def not_held(statements: Sequence[Statement], held: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements of a publication that are new or say something else than those held.

    What is said twice of one thing in one place goes together: all of it, or none.
    """
    known: dict[tuple[object, ...], Counter[Statement]] = defaultdict(Counter)
    for statement in held:
        known[claim_of(statement)][statement] += 1
    said: dict[tuple[object, ...], Counter[Statement]] = defaultdict(Counter)
    for statement in statements:
        said[claim_of(statement)][statement] += 1
    return tuple(s for s in statements if known[claim_of(s)] != said[claim_of(s)])


def repeated(observations: Iterable[Observation]) -> tuple[tuple[Observation, ...], ...]:
    """Figures that one publication prints more than once in one kind of table."""
    groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for observation in observations:
        cell = (observation.published, observation.table, key(observation))
        groups[cell].append(observation)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def compare(
    observations: Sequence[Observation],
    published: date,
    held: Iterable[Version],
    withdrawn: Iterable[Version] = (),
) -> Comparison:
    """The figures of the publication of `published` against those of standing releases."""
    keyed = [(key(observation), observation) for observation in observations]
    wanted = {of for of, _ in keyed}
    newest: dict[FigureKey, Version] = {}
    same_day: dict[FigureKey, Version] = {}
    same_table: dict[tuple[FigureKey, TableName], Version] = {}
    before: dict[tuple[str, TableName], date] = {}
    earlier: list[tuple[FigureKey, Observation]] = []
    for number, figure in held:
        if figure.published > published:
            continue
        of = key(figure)
        if figure.published == published:
            if of in wanted and (of not in same_day or number >= same_day[of][0]):
                same_day[of] = (number, figure)
            exact = (of, figure.table)
            if of in wanted and (exact not in same_table or number >= same_table[exact][0]):
                same_table[exact] = (number, figure)
            continue
        earlier.append((of, figure))
        printed = (figure.authority, figure.revises)
        before[printed] = max(before.get(printed, date.min), figure.published)
        if of in wanted:
            last = newest.get(of)
            if last is None or (figure.published, number) >= (last[1].published, last[0]):
                newest[of] = (number, figure)

    new, revised, unchanged, already = [], [], [], []
    for of, observation in keyed:
        if of in same_day:
            # The pack read again after an officer corrected a figure of it is no news.
            _, known = same_table.get((of, observation.table), same_day[of])
            if same(known, observation):
                already.append(observation)
            else:
                revised.append(Revision(same_day[of][1], observation))
        elif of not in newest:
            new.append(observation)
        elif same(newest[of][1], observation):
            unchanged.append(observation)
        else:
            revised.append(Revision(newest[of][1], observation))
    return Comparison(
        tuple(new),
        tuple(revised),
        tuple(unchanged),
        tuple(already),
        _gone(observations, wanted, earlier, before),
        _withdrawn(observations, published, withdrawn),
    )


def _gone(
    observations: Sequence[Observation],
    wanted: set[FigureKey],
    earlier: Iterable[tuple[FigureKey, Observation]],
    before: dict[tuple[str, TableName], date],
) -> tuple[Observation, ...]:
    """What the publication before printed for these months, and this one does not."""
    columns: dict[tuple[str, TableName], set[date]] = defaultdict(set)
    for observation in observations:
        # What an officer types or corrects, or a sentence says, prints no whole column.
        if observation.table not in ("officer", "stated") and not observation.corrects:
            columns[observation.authority, observation.revises].add(observation.period.end)
    found: dict[FigureKey, Observation] = {}
    for of, figure in earlier:
        printed = (figure.authority, figure.revises)
        if figure.published != before[printed] or of in wanted:
            continue
        if figure.period.end in columns.get(printed, ()):
            found[of] = figure
    return tuple(found.values())


def _withdrawn(
    observations: Sequence[Observation], published: date, withdrawn: Iterable[Version]
) -> int | None:
    """The newest withdrawn release of that date which holds every one of these figures."""
    releases: dict[int, dict[FigureKey, Observation]] = defaultdict(dict)
    for number, figure in withdrawn:
        if figure.published == published:
            releases[number][key(figure)] = figure
    for number in sorted(releases, reverse=True):
        held = releases[number]
        if observations and all(
            (known := held.get(key(observation))) is not None and same(known, observation)
            for observation in observations
        ):
            return number
    return None
