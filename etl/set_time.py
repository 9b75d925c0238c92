"""The time from which a release shows: in the council's time, still to come, within a year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from etl.model import Refused
from etl.store import stamp

LONGEST = timedelta(days=370)
USUAL = "09:00"


def zone() -> tzinfo:
    """The time that officers keep: that of the council."""
    try:
        return ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:  # Windows without its time zones
        return UTC


def today() -> date:
    """The day it is where the council is, whatever the server's own clock is set to."""
    return datetime.now(zone()).date()


def visible_from(day: str, time: str = "", *, now: datetime | None = None) -> str:
    """A day (2022-05-12) and a time (09:00, the usual one) as a stored time, UTC.

    Raises Refused for what is no time, has passed, or lies more than a year ahead: a slip
    must never publish at once what was to wait.
    """
    now = now or datetime.now(UTC)
    try:
        local = datetime.fromisoformat(f"{day.strip()}T{time.strip() or USUAL}")
    except ValueError:
        local = None
    if local is None or local.tzinfo is not None:
        raise Refused("Give the day as 2022-05-12 and the time as 09:00")
    # Where the clocks go back an hour comes twice: the later one is meant, nothing shows early.
    moment = max(local.replace(tzinfo=zone(), fold=fold).astimezone(UTC) for fold in (0, 1))
    if moment <= now:
        raise Refused(f"{local:%Y-%m-%d %H:%M} has passed: choose a later time, or at once")
    if moment > now + LONGEST:
        raise Refused(f"{local:%Y-%m-%d %H:%M} is more than a year ahead")
    return stamp(moment)


def of_text(text: str | None) -> str:
    """As `visible_from`, of one text: a day, or a day and a time; empty for at once."""
    if not text:
        return ""
    day, _, time = text.strip().replace("T", " ").partition(" ")
    return visible_from(day, time)
