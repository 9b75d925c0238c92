"""The time from which a release shows: in the council's time, still to come, within a year."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from etl.model import Refused
from etl.store import stamp

LONGEST = timedelta(days=370)
USUAL = "09:00"

# As date and time fields send them. `fromisoformat` would take half-typed ones too: 09, 2022-W19.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?")


def zone() -> tzinfo:
    """The time that officers keep: that of the council."""
    try:
        return ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:  # Windows without its time zones
        return UTC


def today() -> date:
    """The day it is where the council is, whatever the server's own clock is set to."""
    return datetime.now(zone()).date()


def agenda_opens(meeting: date) -> date:
    """The last day to publish so that five clear working days lie before the meeting.

    Local Government Act 1972, s.100B(3); bank holidays are not known here.
    """
    day, clear = meeting, 0
    while clear < 5:
        day -= timedelta(days=1)
        clear += day.weekday() < 5
    day -= timedelta(days=1)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day


def in_words(stored: str) -> str:
    """A stored time as the council's clock shows it: 2022-05-12 09:00, council's time."""
    return f"{datetime.fromisoformat(stored).astimezone(zone()):%Y-%m-%d %H:%M}, council's time"


def _typed(day: str, time: str) -> datetime:
    """A day and a time as the council's clock shows them. Refused where they are none."""
    if not day:
        raise Refused("Give the day as well as the time" if time else "Give the day and the time")
    if not _DAY.fullmatch(day):
        raise Refused(f"{day!r} is not a day: type it as 2022-05-12")
    if not _TIME.fullmatch(time):
        raise Refused(f"{time!r} is not a time: type it as 09:00")
    try:
        return datetime.fromisoformat(f"{day}T{time if time[1] != ':' else f'0{time}'}")
    except ValueError:
        raise Refused(f"There is no day {day}")


def visible_from(day: str, time: str = "", *, now: datetime | None = None) -> str:
    """A day (2022-05-12) and a time (09:00, the usual one) as a stored time, UTC.

    Raises Refused for what is no time, has passed, or lies more than a year ahead: a slip
    must never publish at once what was to wait.
    """
    now = now or datetime.now(UTC)
    local = _typed(day.strip(), time.strip() or (USUAL if day.strip() else ""))
    # Where the clocks go back an hour comes twice: the later one is meant, nothing shows early.
    moment = max(local.replace(tzinfo=zone(), fold=fold).astimezone(UTC) for fold in (0, 1))
    if moment.astimezone(zone()).replace(tzinfo=None) != local:
        raise Refused(f"There is no {local:%H:%M} on {local:%Y-%m-%d}: the clocks go forward then")
    if moment <= now:
        raise Refused(f"{local:%Y-%m-%d %H:%M} has passed: choose a later time, or at once")
    if moment > now + LONGEST:
        raise Refused(f"{local:%Y-%m-%d %H:%M} is more than a year ahead")
    return stamp(moment)


def of_text(text: str | None) -> str:
    """As `visible_from`, of one text: a day, or a day and a time; None for at once."""
    if text is None:
        return ""
    day, _, time = text.strip().replace("T", " ").partition(" ")
    return visible_from(day, time)
