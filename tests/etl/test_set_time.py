"""A typed day and time as the moment from which a release shows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from etl import set_time
from etl.model import Refused

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "time", "stored"),
    [
        ("2026-03-02", "", "2026-03-02T09:00:00Z"),  # the usual hour, in winter
        ("2026-07-02", "9:30", "2026-07-02T08:30:00Z"),
        ("2026-03-01", "12:01", "2026-03-01T12:01:00Z"),
        # On 25 October 2026 the hour from 1 to 2 comes twice: the later one is meant.
        ("2026-10-25", "00:30", "2026-10-24T23:30:00Z"),
        ("2026-10-25", "01:30", "2026-10-25T01:30:00Z"),
        ("2026-10-25", "02:30", "2026-10-25T02:30:00Z"),
    ],
)
def test_a_time_is_the_councils(day: str, time: str, stored: str) -> None:
    assert set_time.visible_from(day, time, now=NOW) == stored


@pytest.mark.parametrize(
    ("day", "time", "says"),
    [
        ("", "", "Give the day and the time"),
        ("", "09:00", "Give the day as well"),
        ("2026-3-2", "", "is not a day"),
        ("2026-02-30", "", "There is no day 2026-02-30"),
        ("2026-03-02", "9", "is not a time"),
        ("2026-03-02", "24:00", "is not a time"),
        ("2026-03-29", "01:30", "the clocks go forward"),
        ("2026-03-01", "12:00", "has passed"),
        ("2027-03-07", "12:00", "more than a year ahead"),
    ],
)
def test_what_is_no_time_to_come_is_refused(day: str, time: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        set_time.visible_from(day, time, now=NOW)


@pytest.mark.parametrize(
    ("meeting", "opens"),
    [
        # Five clear working days before the meeting; neither its day nor the agenda's counts.
        (date(2026, 3, 20), date(2026, 3, 12)),  # Friday: Thursday of the week before
        (date(2026, 3, 16), date(2026, 3, 6)),  # Monday: Friday, over a weekend
        (date(2026, 3, 14), date(2026, 3, 6)),  # Saturday
    ],
)
def test_the_agenda_opens_five_clear_working_days_before(meeting: date, opens: date) -> None:
    assert set_time.agenda_opens(meeting) == opens
