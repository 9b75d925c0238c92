"""The flags beside figures that do not add up, and where each leads on the quality page."""

from __future__ import annotations

import re

from dashboard import words
from dashboard.views.types import Flag
from etl.analysis import share
from etl.analysis.book import Book, Line, Value
from etl.analysis.change import disputed
from etl.analysis.keep import Kept
from etl.record import Judged, Record
from etl.text.numbers import rounded

_anchors = Kept(4)

MISPRINT, UNEXPLAINED = "as printed; likely a misprint", "does not add up"
"""The few words of a flag that give no reason; the finding's sentence does."""


def anchors(record: Record) -> dict[int, str]:
    """An address for each finding, by its place in `record.judged`."""
    return _anchors.get(record, "anchors", lambda: _name(record))


def _name(record: Record) -> dict[int, str]:
    found: dict[int, str] = {}
    taken: set[str] = set()
    for place, judged in enumerate(record.judged):
        figure = next(iter(judged.finding.figures), None)
        parts = [judged.finding.code]
        if figure:
            parts += [figure.measure, figure.cohort, figure.period.end.isoformat()]
        name = re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")
        number = 2
        while name in taken:
            name = f"{name.removesuffix(f'-{number - 1}')}-{number}"
            number += 1
        taken.add(name)
        found[place] = name
    return found


def anchor(record: Record, judged: Judged) -> str:
    """The address of one finding on the quality page."""
    place = next((i for i, other in enumerate(record.judged) if other is judged), None)
    return "" if place is None else anchors(record)[place]


def _short(book: Book, value: Value, judged: Judged) -> str:
    """The flag's few words: the counts where they say it, else that it does not add up."""
    key = value.point.shown.series
    if judged.finding.code == "tables-differ" and (apart := _apart(book, value)):
        return apart
    made = book.cohort(key.measure, key.cohort).share_of
    if made and value.value is not None:
        part = book.at(
            key._replace(measure=made.part.measure, cohort=made.part.cohort), value.period
        )
        whole = book.at(
            key._replace(measure=made.whole.measure, cohort=made.whole.cohort), value.period
        )
        if part and whole and part.value is not None and whole.value:
            real = share(part.value, whole.value)
            if real is not None and real != value.value:
                counts = f"{words.count(part.value)} of {words.count(whole.value)}"
                return f"as printed; {counts} is {real}%"
    if judged.answer and judged.answer.verdict == "misprint":
        return MISPRINT
    return UNEXPLAINED


def _apart(book: Book, value: Value) -> str:
    """What another table prints and how far apart they are: "233 in another table, 2.2 days apart".

    With the share that the difference is of the larger figure: 2 days in 233 are no 10 in 226.
    """
    unit = book.measure(value.point.shown.measure).unit
    others = [one for one in disputed(book, value) if one != value.point.shown.value]
    if len(others) != 1 or value.value is None:
        return ""
    apart = abs(others[0] - value.value)
    size = rounded(apart * 100 / max(others[0], value.value))
    of_it = "" if unit == "percent" else f" ({'under 1' if size < 1 else size}%)"
    other = words.number(others[0], unit)
    return f"{other} in another table, {words.amount(apart, unit)}{of_it} apart"


def of_value(book: Book, value: Value) -> tuple[Flag, ...]:
    """The flags of one figure."""
    return tuple(
        Flag(
            _short(book, value, judged),
            judged.finding.message,
            f"/quality#{anchor(book.record, judged)}",
            judged.finding.code,
        )
        for judged in book.doubts(value.point.shown)
    )


def of_line(book: Book, line: Line) -> tuple[Flag, ...]:
    """The flags of every figure of a line, each with its period, none twice."""
    found: dict[str, Flag] = {}
    for value in line:
        for flag in of_value(book, value):
            label = words.period(value.period, short=True)
            found.setdefault(
                flag.url, Flag(f"{label}: {flag.text}", flag.detail, flag.url, flag.code)
            )
    return tuple(found.values())
