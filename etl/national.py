"""DfE's totals of every area of England: read once a process, shared, laid under each store.

Nothing of it is copied into a store. Tables are kept as rows of text; figures are made of them
when a series is asked for. See data/england/dfe/README.md for what is held of whom.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from etl.compare import same
from etl.dfe import period, reading
from etl.dfe_columns import measures_in
from etl.model import DfeRelease, Observation, Period, Registry, Series, SeriesKey, UserError
from etl.periods import label
from etl.record import Release, assemble

FOLDER = "dfe"
KEY = ("area", "time_period", "time_identifier")
"""The columns of every table that say of whom and when its figures are."""
_SERIES = 4096  # kept ready: a council, its region, England and its neighbours have about 1,000

Version = tuple[int, Observation]


class Rows(NamedTuple):
    """A table as it was read: the columns' names, and each area's rows in the file's order."""

    columns: tuple[str, ...]
    areas: Mapping[str, tuple[tuple[Period, tuple[str, ...]], ...]]


class _Column(NamedTuple):
    """Where a measure's figures stand: a release's number, its table, the place of the column."""

    number: int
    release: DfeRelease
    file: str
    rows: Rows
    at: int


@lru_cache(maxsize=4096)
def _period(time: str, identifier: str) -> Period | None:
    return period(time, identifier)


@lru_cache(maxsize=64)
def read(file: Path, name: str) -> Rows:
    """A table under data/england/dfe, compressed or not.

    Raises UserError, with file and line, where it is damaged; `name` is what messages call it.
    """
    try:
        content = file.read_bytes()
        text = (gzip.decompress(content) if file.suffix == ".gz" else content).decode("utf-8")
    except FileNotFoundError:
        raise UserError(f"{name}: there is no such table")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        raise UserError(f"{name}: is damaged; take it anew from the project")
    lines = csv.reader(io.StringIO(text, newline=""))
    header = tuple(next(lines, ()))
    if header[: len(KEY)] != KEY or len(set(header)) != len(header):
        raise UserError(f"{name}, line 1: its columns are not {', '.join(KEY)} and figures")
    areas: dict[str, list[tuple[Period, tuple[str, ...]]]] = defaultdict(list)
    seen = set()
    for cells in lines:
        where = f"{name}, line {lines.line_num}"
        if len(cells) != len(header):
            raise UserError(f"{where}: {len(cells)} columns, and the header has {len(header)}")
        area, time, identifier, *figures = map(sys.intern, cells)
        covered = _period(time, identifier)
        if covered is None:
            raise UserError(f"{where}: {time!r}, {identifier!r} is no period of DfE's")
        if (area, covered) in seen:
            raise UserError(f"{where}: {area} stands twice for {label(covered)}")
        seen.add((area, covered))
        areas[area].append((covered, tuple(figures)))
    return Rows(header[len(KEY) :], {area: tuple(rows) for area, rows in areas.items()})


class National:
    """What DfE has published of every area, for the measures that a registry declares.

    `releases` are DfE's, oldest first, with numbers below those of any store: what a store holds
    of a day stands above what lies under it.
    """

    def __init__(self, folder: Path, registry: Registry) -> None:
        self._names = {area.code: area.name for area in registry.areas}
        self._measures = registry.measures
        listed = sorted(registry.dfe_releases, key=lambda one: one.published)
        self._listed = dict(enumerate(listed, -len(listed)))
        self.releases = tuple(
            Release(number, one.published, one.title, "dfe") for number, one in self._listed.items()
        )
        self._columns: dict[str, list[_Column]] = defaultdict(list)
        for number, one in self._listed.items():
            for file in sorted((folder / one.id).glob("*.csv*")):
                name = file.name.removesuffix(".gz")
                rows = read(file, f"{FOLDER}/{one.id}/{file.name}")
                for at, measure in _columns_of(one, name, rows.columns, registry).items():
                    self._columns[measure].append(_Column(number, one, name, rows, at))
        self.areas = frozenset(
            area for columns in self._columns.values() for c in columns for area in c.rows.areas
        )
        self.transcribed = frozenset(
            measure
            for measure, columns in self._columns.items()
            if any(column.release.transcribed for column in columns)
        )
        self._versions = lru_cache(maxsize=_SERIES)(self._made)

    def id_of(self, number: int) -> str:
        """By which name a release is known for good."""
        return self._listed[number].id

    def series_keys(self, areas: Iterable[str]) -> Iterator[SeriesKey]:
        """The series held of these areas."""
        for measure, columns in self._columns.items():
            for area in areas:
                spans = {p.span for c in columns for p, _ in c.rows.areas.get(area, ())}
                for span in sorted(spans):
                    yield SeriesKey(area, measure, "all", span)

    def versions(self, key: SeriesKey) -> tuple[Version, ...]:
        """Every release's figures of a series, with the release's number; none that is blank."""
        if key.cohort != "all" or key.measure not in self._columns:
            return ()
        return self._versions(key)

    def _made(self, key: SeriesKey) -> tuple[Version, ...]:
        unit = self._measures[key.measure].unit
        name = self._names.get(key.authority, key.authority)
        found = []
        for column in self._columns[key.measure]:
            release, printed = column.release, column.rows.columns[column.at]
            for covered, cells in column.rows.areas.get(key.authority, ()):
                text = cells[column.at]
                if covered.span != key.span or not text:
                    continue
                where = (name, label(covered), printed)
                given = reading(text, unit)
                if given is None:
                    raise UserError(
                        f"{FOLDER}/{release.id}/{column.file}: {text!r} ({', '.join(where)}) is "
                        "neither a number nor one of DfE's codes"
                    )
                figure = Observation(
                    authority=key.authority,
                    measure=key.measure,
                    cohort=key.cohort,
                    period=covered,
                    reading=given,
                    published=release.published,
                    source=release.title,
                    table="dfe",
                    locator=", ".join(where if release.gathered else (column.file, *where)),
                )
                found.append((column.number, figure))
        return tuple(found)


def _columns_of(
    release: DfeRelease, file: str, columns: Sequence[str], registry: Registry
) -> Mapping[int, str]:
    """The measures that a council's registry has of a table's columns, by the column's place."""
    if release.columns:
        return {
            columns.index(name): measure
            for name, measure in release.columns.items()
            if name in columns and measure in registry.measures
        }
    return {at: one.id for at, one in measures_in(file, columns, registry).items()}


class Known:
    """The national figures of some releases: those published by a day, none that was withdrawn."""

    def __init__(self, national: National, numbers: frozenset[int]) -> None:
        self.national = national
        self.numbers = numbers
        self.series = lru_cache(maxsize=_SERIES)(self._series)

    def _series(self, key: SeriesKey) -> Series | None:
        """A series of these figures alone; None where there is none."""
        return assemble(self.versions(key))[1].get(key)

    def versions(self, key: SeriesKey) -> tuple[Version, ...]:
        """The versions of a series in these releases."""
        found = self.national.versions(key)
        if all(number in self.numbers for number, _ in found):
            return found
        return tuple(version for version in found if version[0] in self.numbers)

    def series_keys(self, areas: Iterable[str]) -> Iterator[SeriesKey]:
        """The series of these areas."""
        return self.national.series_keys(areas)

    @property
    def areas(self) -> frozenset[str]:
        """All areas of which there is a figure."""
        return self.national.areas

    @property
    def transcribed(self) -> frozenset[str]:
        """The measures of which some figures were typed by hand: no rank rests on them."""
        return self.national.transcribed

    def under(self, own: Iterable[Version], areas: Collection[str]) -> list[Version]:
        """A store's own figures with those of the nation laid under them.

        Of the series that the store holds, and of `areas`. A figure that both have of one release
        of DfE's is there once, as the nation's.
        """
        kept = [version for version in own if not self._holds(version[1])]
        keys = {figure.series for _, figure in kept} | set(self.series_keys(areas))
        return [*(v for key in sorted(keys) for v in self.versions(key)), *kept]

    def _holds(self, figure: Observation) -> bool:
        return figure.table == "dfe" and any(
            other.period == figure.period
            and figure.published == other.published
            and same(other, figure)
            for _, other in self.versions(figure.series)
        )
