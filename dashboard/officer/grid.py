"""The grid: Appendix 1 with room for the months since each row's last figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from dashboard.officer import due
from etl import appendix, cells, tidy
from etl.appendix import Row
from etl.draft.contents import cell_key
from etl.model import Measure, Observation, Reading
from etl.record import Record

COLUMNS = 5  # months to type at once; the others are a button away
BESIDE = 3
_USUAL = 12  # figures of which the usual range is the lowest and the highest
_FEWEST = 4


@dataclass(frozen=True)
class Entry:
    """A cell to type in: its key, what is typed, and what is to be said of it.

    `held` is a figure that is published already: it is shown and corrected elsewhere.
    """

    key: str
    label: str
    text: str
    fault: str = ""
    odd: str = ""
    held: str = ""


@dataclass(frozen=True)
class Line:
    """A row of the grid. `low` and `high` bound the usual range, as numbers in text."""

    row: Row
    hint: str
    beside: tuple[str, ...]
    usual: str
    low: str
    high: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Grid:
    """The page: months held beside, months to type, every month that may be typed, the lines."""

    beside: tuple[date, ...]
    months: tuple[date, ...]
    all_months: tuple[date, ...]
    lines: tuple[Line, ...]

    @property
    def earlier(self) -> date | None:
        """The first month of the page before this one."""
        at = self.all_months.index(self.months[0]) if self.months else 0
        return self.all_months[max(at - COLUMNS, 0)] if at else None

    @property
    def later(self) -> date | None:
        """The first month of the page after this one."""
        if not self.months or self.months[-1] == self.all_months[-1]:
            return None
        return self.all_months[self.all_months.index(self.months[-1]) + 1]


_HINTS = {"count": "a number", "percent": "%", "days": "days", "weeks": "weeks"}


def months(record: Record, until: date) -> tuple[date, ...]:
    """Every month since the row that ended first, up to that of `until`."""
    rows = due.rows_due(record, until)
    newest = max((row.last for row in rows if row.last), default=None)
    # A row that ended a year before the others has ceased; it opens no columns of its own.
    recent = [r.last for r in rows if r.last and newest and (newest - r.last).days < 366]
    first = min(recent) + timedelta(days=1) if recent else until.replace(day=1)
    return tuple(due.months_between(first, until)) or (until,)


def grid(record: Record, typed: Mapping[str, str], until: date, first: date | None = None) -> Grid:
    """The grid's page that begins with the month of `first` (None: the first that is due)."""
    everything = months(record, until)
    start = next((at for at, m in enumerate(everything) if first and m >= first), 0)
    shown = everything[start : start + COLUMNS]
    table = appendix.grid(record)
    before = tuple(m for m in table.months if m < shown[0])[-BESIDE:]
    doubted = {
        figure for judged in record.judged if judged.doubts for figure in judged.finding.figures
    }
    lines = []
    for row, figures in table.rows:
        held = dict(zip(table.months, figures, strict=True))
        measure = record.registry.measures[row.ref.measure]
        lines.append(_line(row, measure, held, typed, before, shown, doubted))
    return Grid(before, shown, everything, tuple(lines))


def published(record: Record) -> dict[str, Observation]:
    """Every figure of Appendix 1 that is held, by its cell's key."""
    table = appendix.grid(record)
    return {
        cell_key(row.ref, month): figure
        for row, figures in table.rows
        for month, figure in zip(table.months, figures, strict=True)
        if figure is not None
    }


def printed(figure: Observation | None, cohort: str) -> str:
    """A held figure as its cell prints it."""
    if figure is None:
        return ""
    return appendix.printed(figure.reading, "LAC" if cohort == "lac" else "cases")


def _line(
    row: Row,
    measure: Measure,
    held: Mapping[date, Observation | None],
    typed: Mapping[str, str],
    before: Sequence[date],
    shown: Sequence[date],
    doubted: set[Observation],
) -> Line:
    known = [(m, f) for m, f in sorted(held.items()) if f is not None]
    trusted = [f for _, f in known if f not in doubted]
    past = [f.value for f in trusted[-_USUAL:] if f.value is not None]
    adds_up = bool(measure.accumulates)
    low = high = None
    if len(past) >= _FEWEST and not adds_up:
        low, high = min(past), max(past)
    usual = f"{tidy.shortest(low)} to {tidy.shortest(high)}" if low is not None else ""
    if adds_up:
        usual = "adds up from April" if measure.accumulates == "financial_year" else "adds up"
    entries = []
    for month in shown:
        key = cell_key(row.ref, month)
        label = f"{row.name}, {appendix.heading(month)}"
        figure = held.get(month)
        if figure is not None:
            shows = printed(figure, row.ref.cohort)
            entries.append(Entry(key, label, typed.get(key, ""), held=shows))
            continue
        text = typed.get(key, "")
        fault, odd = judged(text, measure, low, high)
        if adds_up and not fault and not odd:
            odd = _falls(row, text, measure, month, held, typed)
        entries.append(Entry(key, label, text, fault, odd))
    return Line(
        row,
        _HINTS[measure.unit],
        tuple(printed(held.get(m), row.ref.cohort) for m in before),
        usual,
        tidy.shortest(low),
        tidy.shortest(high),
        tuple(entries),
    )


def judged(
    text: str, measure: Measure, low: Decimal | None = None, high: Decimal | None = None
) -> tuple[str, str]:
    """Why a typed text is no figure of its row, and what is odd about it if it is one."""
    found = cells.parse(text, measure.unit)
    if isinstance(found, cells.Unreadable):
        return f"not read: {found.reason}", ""
    if isinstance(found, cells.Blank) or found.value is None:
        return "", ""
    if measure.unit == "percent" and found.value > 100:
        return "", "above 100%"
    if low is not None and high is not None and not low <= found.value <= high:
        from etl.checks.scale import meant  # not at start: the checks are large

        if measure.unit == "percent" and (level := meant(found.value, (low, high))):
            return "", f"did you mean {tidy.shortest(level)}%?"
        side = "below" if found.value < low else "above"
        return "", f"{side} the usual range"
    return "", ""


def _falls(
    row: Row,
    text: str,
    measure: Measure,
    month: date,
    held: Mapping[date, Observation | None],
    typed: Mapping[str, str],
) -> str:
    """Whether a running total is below what it was earlier in its year."""
    here = cells.parse(text, measure.unit)
    if not isinstance(here, Reading) or here.value is None:
        return ""
    start = appendix.period(row, month).start
    before = tuple(due.months_between(start, month.replace(day=1) - timedelta(days=1)))
    for earlier in reversed(before):
        figure = held.get(earlier)
        value = figure.value if figure else None
        if value is None:
            other = cells.parse(typed.get(cell_key(row.ref, earlier), ""), measure.unit)
            value = other.value if isinstance(other, Reading) else None
        if value is not None and here.value < value:
            return f"less than in {appendix.heading(earlier)}"
    return ""
