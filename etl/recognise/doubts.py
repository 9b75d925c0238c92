"""The findings that more than one part of reading makes: one wording each."""

from __future__ import annotations

from collections.abc import Sequence

from etl.model import Finding, Reading
from etl.recognise import other_words


def warning(code: str, message: str, *places: str) -> Finding:
    return Finding(code, "warning", message, places)


def month_twice(place: str, printed: str) -> Finding:
    return Finding(
        "month-twice",
        "error",
        f"{place}: the heading {printed!r} names a month that another column names too; "
        "neither column is read.",
        (place,),
    )


def month_misplaced(place: str, printed: str) -> Finding:
    return warning(
        "month-order",
        f"{place}: the heading {printed!r} stands out of order among its neighbours, so it may "
        "be mistyped; the figures under it are not read.",
        place,
    )


def month_unknown(place: str, printed: str) -> Finding:
    if told := other_words.of_column(printed, place):
        return told
    what = f"{printed!r} names no month" if printed else "a column has no heading"
    return warning("month-unknown", f"{place}: {what}; the figures under it are not read.", place)


def serial_contradicts(place: str, serial: str, label: str) -> Finding:
    message = (
        f"{place}: the serial {serial} and the label {label!r} belong to different rows; "
        "nothing of it is read."
    )
    return warning("serial-contradicts", message, place)


def header_lost(places: Sequence[str]) -> Finding:
    message = (
        f"{places[0]}: {len(places)} known rows stand under no heading of months that fits "
        "them; their figures are not read."
    )
    return warning("header-lost", message, *places)


def row_unknown(place: str, label: str) -> Finding:
    if told := other_words.of_row(label, place):
        return told
    what = f"a row {label!r}, which" if label else "a row without a label, which"
    return warning("row-unknown", f"{place}: {what} no measure has; it is not read.", place)


def fractions(readings: Sequence[Reading]) -> bool:
    """Whether a row of shares looks like fractions of one whose percent format was lost.

    None of them is above 1 or prints a percent sign, and one lies between 0 and 1: 0.55
    for 55%. A row of shares below one percent is possible, so it is asked, not changed.
    """
    values = [reading.value for reading in readings if reading.value is not None]
    signs = any("%" in reading.raw for reading in readings)
    return not signs and any(0 < v < 1 for v in values) and all(0 <= v <= 1 for v in values)


def share_as_fraction(place: str, printed: str) -> Finding:
    message = (
        f"{place}: {printed!r} in a row of percentages is read as {printed}%. If the row holds "
        "fractions of one, give its cells a percent format."
    )
    return warning("share-as-fraction", message, place)
