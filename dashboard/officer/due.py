"""Which months are due, for which meeting, and in which rows they are missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from etl import appendix, periods
from etl.appendix import Row
from etl.record import Record

# The pack of 17 September 2021 went to July (48 days), that of 18 March 2022 to January (46).
LEAD = timedelta(days=42)


@dataclass(frozen=True)
class RowDue:
    """A row, its last figure's month, and the months since then that are over."""

    row: Row
    last: date | None
    text: str
    missing: tuple[date, ...]


@dataclass(frozen=True)
class MeetingDue:
    """A meeting whose report is not held: the months due for it that no release has."""

    day: date
    note: str
    months: tuple[date, ...]
    coming: bool


def months_between(first: date, last: date) -> Iterator[date]:
    """The last days of the months from the one of `first` to the one of `last`."""
    day = first.replace(day=1)
    while day <= last:
        end = periods.month(day.year, day.month)[1]
        yield end
        day = end + timedelta(days=1)


def last_over(today: date) -> date:
    """The last day of the newest month that is over."""
    return today.replace(day=1) - timedelta(days=1)


def rows_due(record: Record, until: date) -> tuple[RowDue, ...]:
    """Each row of Appendix 1 and the months up to that of `until` that it lacks at its end."""
    grid = appendix.grid(record)
    found = []
    for row, figures in grid.rows:
        held = [(m, f) for m, f in zip(grid.months, figures, strict=True) if f is not None]
        if not held:
            found.append(RowDue(row, None, "", ()))
            continue
        last, figure = held[-1]
        who = "LAC" if row.ref.cohort == "lac" else "cases"
        found.append(
            RowDue(
                row,
                last,
                appendix.printed(figure.reading, who),
                tuple(months_between(last + timedelta(days=1), until)),
            )
        )
    return tuple(found)


def meetings_due(record: Record, today: date) -> tuple[MeetingDue, ...]:
    """Known meetings without a release of their day, the coming ones first."""
    published = {release.published for release in record.releases if release.kind != "dfe"}
    rows = rows_due(record, last_over(today))
    lasts = [row.last for row in rows if row.last]
    newest = max(lasts, default=None)
    found = []
    for meeting in record.registry.meetings:
        if meeting.day in published:
            continue
        due = last_over(meeting.day - LEAD + timedelta(days=1))
        months: tuple[date, ...] = ()
        if newest and due > newest:
            months = tuple(months_between(newest + timedelta(days=1), min(due, last_over(today))))
        found.append(MeetingDue(meeting.day, meeting.note, months, meeting.day >= today))
    return tuple(sorted(found, key=lambda m: (not m.coming, abs((m.day - today).days))))
