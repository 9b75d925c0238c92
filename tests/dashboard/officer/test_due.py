"""Which months are due for which meeting."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.officer import due
from etl import set_time
from etl.record import Record


@pytest.mark.parametrize(
    ("meeting", "opens"),
    [
        (date(2022, 3, 18), date(2022, 3, 10)),  # a Friday: 11, 14, 15, 16, 17 March lie between
        (date(2021, 9, 17), date(2021, 9, 9)),
        (date(2023, 2, 6), date(2023, 1, 27)),  # a Monday: 30, 31 January, 1, 2, 3 February
    ],
)
def test_five_clear_days_lie_between_agenda_and_meeting(meeting: date, opens: date) -> None:
    assert set_time.agenda_opens(meeting) == opens


def test_months_since_each_rows_last_figure(real_record: Record) -> None:
    rows = {r.row.name: r for r in due.rows_due(real_record, date(2022, 3, 31))}
    assert rows["1a Children missing education"].missing == (
        date(2022, 1, 31),
        date(2022, 2, 28),
        date(2022, 3, 31),
    )
    assert rows["1a Children missing education"].text == "495"
    assert rows["4 Reviews completed in time"].missing == (date(2022, 2, 28), date(2022, 3, 31))
    assert rows["2c Number of looked-after pupils"].last is None


def test_a_meeting_names_the_months_due_for_it(real_record: Record) -> None:
    found = {m.day: m for m in due.meetings_due(real_record, date(2022, 12, 1))}
    assert date(2022, 3, 18) not in found  # its report is held
    coming = found[date(2023, 2, 6)]
    assert coming.coming
    assert coming.months[0] == date(2022, 2, 28)
    assert coming.months[-1] == date(2022, 11, 30)  # what is over on 1 December
    assert found[date(2022, 1, 21)].months == ()
