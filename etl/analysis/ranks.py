"""A council's place among all authorities of England, and how far chance alone would move it.

The interval is that of Goldstein and Spiegelhalter, "League tables and their limitations" (Journal
of the Royal Statistical Society A, 1996): the ranks that would come of the same true shares if the
cases were drawn anew. Theirs is found by simulation; here the same distribution is added up: given
where the council's own share falls, each other authority lies before it with a known chance.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import erf, exp, sqrt
from typing import NamedTuple

from etl.analysis import share
from etl.analysis.book import Book, Value
from etl.analysis.keep import Kept
from etl.analysis.rates import RANKED
from etl.model import MeasureRef, Observation, Period, SeriesKey
from etl.record import Record

# The middle 95 of 100 ranks that chance would give.
_TAIL = 0.025
# Where the council's own share may fall: steps across 4 standard errors to each side.
_STEPS, _REACH = 41, 4.0
# DfE leaves an authority out now and then; a year in which more are missing is not complete.
_COMPLETE = 0.95

_kept = Kept(200)


class Share(NamedTuple):
    """A share as counts: `part` of `whole` cases."""

    part: int
    whole: int

    @property
    def shown(self) -> Decimal:
        """In percent, as pages show it: areas that show the same share a rank."""
        found = share(Decimal(self.part), Decimal(self.whole))
        assert found is not None, "a share of nothing"
        return found

    @property
    def middle(self) -> float:
        """Its level, drawn in by two cases on each side: Agresti and Coull, 1998, so that none
        of a hundred is not taken for certain."""
        return (self.part + 2) / (self.whole + 4)

    @property
    def error(self) -> float:
        """Its standard error, by the same rule."""
        return sqrt(self.middle * (1 - self.middle) / (self.whole + 4))


@dataclass(frozen=True)
class NationalRank:
    """Where the council stands among all authorities in a year.

    `rank` counts from 1, the lowest first where lower is better, else the highest; None where it
    has no figure or too few cases. `low` and `high` are the ranks that chance alone would give.
    `of` are ranked, `missing` have no figure, `few` too few cases; together `authorities`.
    """

    period: Period
    rank: int | None
    low: int
    high: int
    of: int
    tied: bool
    missing: int
    few: int

    @property
    def authorities(self) -> int:
        return self.of + self.missing + self.few


def chance_ranks(own: Share, others: Sequence[Share], *, lower: bool = False) -> tuple[int, int]:
    """The lowest and highest rank of `own` among `others` that chance alone would give."""
    steps = [_REACH * (2 * step / (_STEPS - 1) - 1) for step in range(_STEPS)]
    weights = [exp(-step * step / 2) for step in steps]
    normals = []
    for step in steps:
        level = own.middle + step * own.error
        before = [_below((level - other.middle) / other.error) for other in others]
        before = before if lower else [1 - chance for chance in before]
        normals.append((sum(before), sqrt(sum(c * (1 - c) for c in before)) or 1e-9))
    total = sum(weights)

    def chance(rank: int) -> float:
        """That the rank is at most this one: at most rank - 1 stand before."""
        parts = zip(weights, normals, strict=True)
        return sum(w * _below((rank - 0.5 - mean) / sd) for w, (mean, sd) in parts) / total

    ranks = range(1, len(others) + 2)
    low = bisect_right(ranks, _TAIL, key=chance)
    high = bisect_left(ranks, 1 - _TAIL, key=chance)
    return ranks[min(low, len(others))], ranks[min(high, len(others))]


def _below(z: float) -> float:
    """The share of a normal distribution below z standard deviations."""
    return (1 + erf(z / sqrt(2))) / 2


def national_rank(book: Book, measure: str, cohort: str) -> NationalRank | None:
    """The council's rank in the newest year of which all authorities are held.

    None for what is no share with its counts, for what was typed by hand, and without such a year.
    """
    return _kept.get(book.record, (measure, cohort), lambda: _rank(book, measure, cohort))


def _rank(book: Book, measure: str, cohort: str) -> NationalRank | None:
    beneath = book.record.beneath
    group = book.cohort(measure, cohort)
    if beneath is None or group.share_of is None or measure in beneath.transcribed:
        return None
    refs = (MeasureRef(measure, cohort), group.share_of.part, group.share_of.whole)
    own = book.line(measure, cohort, "calendar_year")
    for value in reversed(own):
        found = {
            codes[0]: _of_year(book, refs, value.period, codes)
            for codes in _authorities(book, value.period)
        }
        if sum(figures is not None for figures in found.values()) >= _COMPLETE * len(found):
            return _placed(book, value, found)
    return None


def _authorities(book: Book, period: Period) -> Iterable[tuple[str, ...]]:
    """The codes of each authority in force at the end of a period, today's first; a county that
    became one authority of its name has two."""
    areas = [area for area in book.registry.areas if area.authority]
    earlier = {code: area for area in areas for code in area.successors}
    for area in areas:
        began = area.start is None or area.start <= period.end
        if began and (area.end is None or area.end >= period.end):
            before = earlier.get(area.code)
            same = before is not None and before.name == area.name
            yield (area.code, before.code) if before and same else (area.code,)


def _newest(record: Record, key: SeriesKey, period: Period) -> Observation | None:
    """The figure shown of a period; quick, where no line of it is needed."""
    if series := record.series.get(key):
        return next((point.shown for point in series.points if point.period == period), None)
    versions = record.beneath.versions(key) if record.beneath else ()
    return next((o for _, o in reversed(versions) if o.period == period), None)


_Figures = tuple[Observation | None, ...]


def _of_year(
    book: Book, refs: Sequence[MeasureRef], period: Period, codes: Sequence[str]
) -> _Figures | None:
    """The share and its two counts in one year, under the code that has it; None where no code
    has so much as an entry."""
    found = None
    for code in codes:
        keys = (SeriesKey(code, *ref, period.span) for ref in refs)
        figures = tuple(_newest(book.record, key, period) for key in keys)
        if figures[0] is not None and (found is None or figures[0].value is not None):
            found = figures
    return found


def _share(book: Book, figures: _Figures | None) -> Share | None:
    """The counts that a share rests on; None where it is withheld, or a finding doubts it."""
    shown, part, whole = figures or (None, None, None)
    if shown is None or shown.value is None or book.doubts(shown):
        return None
    if part is None or part.value is None or whole is None or not whole.value:
        return None
    return Share(int(part.value), int(whole.value))


def _placed(book: Book, own: Value, found: Mapping[str, _Figures | None]) -> NationalRank:
    shares = {code: _share(book, figures) for code, figures in found.items()}
    given = {code: one for code, one in shares.items() if one is not None}
    ranked = {code: one for code, one in given.items() if one.whole >= RANKED}
    few, missing = len(given) - len(ranked), len(shares) - len(given)
    mine = ranked.pop(book.own, None)
    if mine is None:
        return NationalRank(own.period, None, 0, 0, len(ranked), False, missing, few)
    lower = book.measure(own.point.shown.measure).better == "lower"
    above = sum(one.shown > mine.shown for one in ranked.values())
    below = sum(one.shown < mine.shown for one in ranked.values())
    low, high = chance_ranks(mine, list(ranked.values()), lower=lower)
    before, after = (below, above) if lower else (above, below)
    tied = before + after < len(ranked)
    of = len(ranked) + 1
    return NationalRank(own.period, 1 + before, low, high, of, tied, missing, few)
