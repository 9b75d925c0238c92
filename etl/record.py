"""What is published as at a date: every version of every figure, as series. No SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Protocol

from etl.model import (
    Answer,
    Event,
    Finding,
    Flag,
    Observation,
    Period,
    Point,
    Registry,
    Series,
    SeriesKey,
    Statement,
    TableName,
    Target,
)

# How a paragraph is called that has no printed number, in forms that have no lines.
UNNUMBERED = "no. "
# Where one release prints a figure in two tables, the later in this order is shown.
# A layout's id stands before the appendix (DESIGN 3: officer, appendix_1, other layouts, ...).
_SHOWN_LAST: tuple[TableName, ...] = ("stated", "dfe", "outturn", "", "appendix_1", "officer")


def _rank(table: TableName) -> int:
    """Where a table stands in `_SHOWN_LAST`."""
    return _SHOWN_LAST.index(table if table in _SHOWN_LAST else "")


_GRAVEST: tuple[Flag, ...] = ("misprint", "open", "unexplained")


@dataclass(frozen=True)
class Release:
    """One act of publishing: a pack, a DfE release, an officer's draft.

    `number` counts up in the order of publishing; `visible_from` is an ISO time (UTC)
    before which nothing of it is public; `withdrawn` hides it.
    """

    number: int
    published: date
    title: str
    kind: str
    sha256: str = ""
    visible_from: str = ""
    withdrawn: bool = False


@dataclass(frozen=True)
class Explanation:
    """An officer's dated words beside a figure or a series; `period_end` None for the series."""

    measure: str
    cohort: str
    period_end: date | None
    dated: date
    text: str


@dataclass(frozen=True)
class Judged:
    """A finding and its answer, if it has one."""

    finding: Finding
    answer: Answer | None = None

    @property
    def open(self) -> bool:
        return self.answer is None and self.finding.severity != "note"

    @property
    def doubts(self) -> bool:
        """Whether its figures stay out of sentences, changes and verdicts."""
        return self.finding.severity != "note" and (
            self.answer is None or self.answer.verdict != "stands"
        )


class Beneath(Protocol):
    """National figures that lie under a record's own: of any area, made when asked for."""

    def versions(self, key: SeriesKey) -> tuple[tuple[int, Observation], ...]:
        """Each release's figures of a series, with the release's number."""

    def series(self, key: SeriesKey, /) -> Series | None:
        """The same as a line; None where there is none."""

    def series_keys(self, areas: Iterable[str]) -> Iterator[SeriesKey]:
        """The series of these areas."""

    @property
    def areas(self) -> frozenset[str]:
        """All areas of which there is a figure."""

    @property
    def transcribed(self) -> frozenset[str]:
        """The measures of which some figures were typed by hand: no rank rests on them."""


@dataclass(frozen=True)
class Judge:
    """What the checks say, for a record to ask: it is given them and imports none.

    `judged` gives a record's findings (its own checks' and those that its documents brought)
    with their answers; `flagged`, of pairs of a figure and what replaced it, the figures that
    were in doubt when they were replaced.
    """

    judged: Callable[[Record, Sequence[Finding], Sequence[Answer]], tuple[Judged, ...]]
    flagged: Callable[[Record, Sequence[tuple[Observation, Observation]]], Iterable[Observation]]


@dataclass(frozen=True)
class Record:
    """Everything published as at a date (None: everything there is). Never changes.

    `observations` holds every version of the council's figures and of the areas that it is
    compared with, ordered by publication; `series` the same as lines; `beneath` has all other
    areas'. `version` names this state of the store: equal versions, equal content.
    `judged` may be worked out when first looked at (the checks of the whole record), by `judge`;
    without a judge nothing was ever in doubt.
    """

    registry: Registry
    series: Mapping[SeriesKey, Series]
    observations: tuple[Observation, ...]
    as_at: date | None = None
    version: str = ""
    releases: tuple[Release, ...] = ()
    statements: tuple[Statement, ...] = ()
    targets: tuple[Target, ...] = ()
    events: tuple[Event, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    answers: tuple[Answer, ...] = ()
    judged: Sequence[Judged] = ()
    beneath: Beneath | None = None
    judge: Judge | None = None

    def line(self, key: SeriesKey) -> Series | None:
        """One series of any area, wherever it is held."""
        found = self.series.get(key)
        return self.beneath.series(key) if found is None and self.beneath else found

    def of(self, measure: str, cohort: str, span: str, authority: str = "") -> Series | None:
        """One series; of the council itself unless another authority is named."""
        area = authority or self.registry.council.authority
        return self.line(SeriesKey(area, measure, cohort, span))  # type: ignore[arg-type]

    @cached_property
    def _doubts(self) -> Mapping[tuple[SeriesKey, Period, Decimal | None], tuple[Judged, ...]]:
        doubts: dict[tuple[SeriesKey, Period, Decimal | None], tuple[Judged, ...]] = {}
        for judged in self.judged:
            if judged.doubts:
                for figure in judged.finding.figures:
                    key = (figure.series, figure.period, figure.value)
                    doubts[key] = (*doubts.get(key, ()), judged)
        return MappingProxyType(doubts)

    def doubts(self, figure: Observation) -> tuple[Judged, ...]:
        """The findings that keep a figure out of sentences, changes and verdicts.

        A finding holds for its series, period and value, in whichever publication: the
        same wrong figure printed again is still wrong, a corrected one is not.
        """
        return self._doubts.get((figure.series, figure.period, figure.value), ())

    def flag(self, figure: Observation) -> Flag | None:
        """What the tidy table warns of beside a figure; None where nothing is in doubt.

        Of several findings the gravest speaks: that it is a misprint, then that nobody has
        looked into it yet.
        """
        verdicts = {j.answer.verdict if j.answer else "open" for j in self.doubts(figure)}
        return next((flag for flag in _GRAVEST if flag in verdicts), None)

    def shown(self) -> Iterator[Observation]:
        """One figure a series and period: the newest."""
        for key in sorted(self.series):
            yield from (point.shown for point in self.series[key].points)

    @property
    def compared(self) -> frozenset[str]:
        """The codes of the council and of the areas that it is compared with: England, its
        region, its statistical neighbours."""
        council = self.registry.council
        return frozenset((council.authority, council.country, council.region, *council.areas))

    @property
    def areas(self) -> frozenset[str]:
        """The codes of all areas of which a figure can be asked for."""
        under = self.beneath.areas if self.beneath else frozenset()
        return under | self.compared | {key.authority for key in self.series}

    def figures(
        self, areas: Iterable[str] | None = (), *, versions: bool = False
    ) -> Iterator[Observation]:
        """What is given out: of the areas compared, and of `areas` besides (None: of all).

        One figure a series and period, the newest, or with `versions` every one; as `shown` and
        `observations` have them in order, then those of the areas that lie beneath.
        """
        asked = self.areas if areas is None else self.compared | frozenset(areas)
        held = self.observations if versions else self.shown()
        yield from (figure for figure in held if figure.authority in asked)
        if self.beneath is None:
            return
        for key in self.beneath.series_keys(sorted(asked)):
            line = None if key in self.series else self.line(key)
            for point in line.points if line else ():
                yield from point.versions if versions else (point.shown,)


def claim_of(statement: Statement) -> tuple[object, ...]:
    """Which claim of a publication a statement is, whatever it says the figure is.

    A publication is what was given out on one day, as it is for figures: its PDF and its text
    are one, so neither lines and pages count nor how a form tells bullets from sentences, only
    a paragraph's printed number.
    """
    paragraph = statement.place.paragraph
    return (
        statement.published,
        "prose" if statement.kind in ("sentence", "bullet") else statement.kind,
        "" if paragraph.startswith(UNNUMBERED) else paragraph,
        statement.authority,
        statement.measure,
        statement.cohort,
        statement.period,
        statement.since,
        statement.about,
    )


def claims(versions: Iterable[tuple[int, Statement]]) -> tuple[Statement, ...]:
    """Statements with their release's number -> those that count, in their order.

    A publication that was read again is still one: each of its claims is as the newest
    release has it.
    """
    held = tuple(versions)
    newest: dict[tuple[object, ...], int] = {}
    for number, statement in held:
        claim = claim_of(statement)
        newest[claim] = max(number, newest.get(claim, number))
    return tuple(s for number, s in held if number == newest[claim_of(s)])


def assemble(
    versions: Iterable[tuple[int, Observation]],
) -> tuple[tuple[Observation, ...], Mapping[SeriesKey, Series]]:
    """Observations with their release's number -> (all in order of publication, the series).

    Of one period the newest publication is shown; between equal dates the later
    release; within one release Appendix 1 before other tables.
    """

    def newness(version: tuple[int, Observation]) -> tuple[date, int, int]:
        number, observation = version
        return observation.published, number, _rank(observation.table)

    numbered = sorted(versions, key=newness)
    lines: dict[SeriesKey, dict[object, list[tuple[int, Observation]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for number, observation in numbered:
        lines[observation.series][observation.period].append((number, observation))
    series = {
        key: Series(
            key,
            tuple(
                _point(held)
                for _, held in sorted(periods.items(), key=lambda item: item[0].end)  # type: ignore[attr-defined]
            ),
        )
        for key, periods in lines.items()
    }
    return tuple(observation for _, observation in numbered), MappingProxyType(series)


def _point(held: Sequence[tuple[int, Observation]]) -> Point:
    numbers, versions = zip(*held, strict=True)
    return Point(shown=versions[-1], versions=versions, releases=_once(numbers))


@lru_cache(maxsize=4096)
def _once(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """One tuple for the many points that the same releases give."""
    return numbers


def numbered(series: Mapping[SeriesKey, Series]) -> Iterator[tuple[int, Observation]]:
    """The versions of series with their release's number, as `assemble` takes them."""
    for one in series.values():
        for point in one.points:
            yield from zip(point.releases, point.versions, strict=True)
