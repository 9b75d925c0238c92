"""Record -> the overview: the finding in words, then Appendix 1 come alive."""

from __future__ import annotations

from datetime import date

from dashboard.views.types import Choice, Overview
from etl.record import Record


def meetings(record: Record) -> tuple[Choice, ...]:
    """The meetings whose reports are held, newest first: `value` is the ISO date for `as_at`.

    Taken from the record of everything held (no as-at date). The first choice, of value
    "", shows all that is held.
    """
    raise NotImplementedError


def overview(record: Record, today: date | None = None) -> Overview:
    """What the first page says of `record`.

    `today` decides whether a series has stopped; the record's as-at date where it has
    one, else the day itself, unless given.
    """
    raise NotImplementedError
