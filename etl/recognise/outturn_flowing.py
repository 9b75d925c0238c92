"""An outturn table printed cell after cell -> its rows, where the numbers bear them out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from etl import cells, periods
from etl.model import Cell, Finding, Place, Reading
from etl.recognise.doubts import warning
from etl.recognise.outturn_heading import (
    GROUP,
    NUMBER,
    PIECES,
    ROWS,
    Found,
    Head,
    month_of,
    unplaced,
)
from etl.recognise.outturn_rows import YEAR_ROW
from etl.recognise.words import Stretch

_SHARE = Decimal("0.06")  # percentage points: printed to one decimal


def rows(text: Stretch, head: Head, found: Found) -> tuple[list[tuple[Cell, ...]], int] | None:
    """The rows below whose numbers bear one another out, a group of blanks allowed."""
    size = len(head.columns)
    starts = [at for at in range(head.last, len(text.lines)) if month_of(text.lines[at])]
    starts = [at for n, at in enumerate(starts) if n == 0 or at - starts[n - 1] < PIECES]
    made: list[tuple[Cell, ...]] = []
    before: list[Decimal] | None = [Decimal(0)] * 2
    end = head.last
    for at, stop in pairwise([*starts, min(starts[-1] + PIECES, len(text.lines))]):
        label, numbers = _flow(text, at, stop)
        months = month_of(text.lines[at]) or 0
        end = at + 1
        whole = _whole(numbers, head, before if made or months == 1 else None)
        if whole is None:
            found.findings.append(unplaced(text.lines[at]))
            before = None
            continue
        before = [_decimal(number) for number in _part(whole, head, "cumulative")[:2]]
        place = Place(line=text.lines[at].number)
        made.append(tuple(Cell(value, place) for value in (label, *whole)))
        assert len(whole) == size
    last = [text.lines[at] for at in range(end, min(end + PIECES, len(text.lines)))]
    found.findings += [unplaced(line) for line in last if YEAR_ROW.match(line.text)][:1]
    if quarters := _quarters_apart(made, head):
        found.findings.append(quarters)
    return (made, end) if len(made) >= ROWS else None


def _quarters_apart(rows: Sequence[tuple[Cell, ...]], head: Head) -> Finding | None:
    """A finding where a quarter's figures do not stand in the row that others have them in."""
    quarter = next((n for n, group in enumerate(head.groups) if "quarter" in group), None)
    if quarter is None:
        return None
    filled = {
        periods.month_number(row[0].text) or 0 for row in rows if row[quarter * GROUP + 1].text
    }
    months = {periods.month_number(row[0].text) or 0 for row in rows}
    usual = {(month - 1) % 3 for month in filled}
    if filled and months - filled <= {m for m in months if (m - 1) % 3 not in usual}:
        return None
    place = str(rows[0][0].place)
    message = (
        f"{place}: the quarters' figures do not stand with their months in this text; those that "
        "stand apart are not read."
    )
    return warning("outturn-lost", message, place)


def _flow(text: Stretch, at: int, stop: int) -> tuple[str, list[str]]:
    """A row's label and the numbers that follow it, up to the first other word."""
    label: list[str] = []
    numbers: list[str] = []
    for word in (word for line in text.lines[at:stop] for word in line.words):
        if NUMBER.fullmatch(word.text):
            numbers.append(word.text)
        elif numbers:
            break
        else:
            label.append(word.text)
    return " ".join(label), numbers


def _whole(numbers: Sequence[str], head: Head, before: list[Decimal] | None) -> list[str] | None:
    """The row's cells: all of them, or all but the quarter's; None where they disagree."""
    size = len(head.columns)
    quarter = next((n for n, g in enumerate(head.groups) if "quarter" in g.lower()), None)
    if len(numbers) == size - GROUP and quarter is not None:
        at = quarter * GROUP
        whole = [*numbers[:at], *[""] * GROUP, *numbers[at:]]
    elif len(numbers) == size:
        whole = list(numbers)
    else:
        return None
    parts = [whole[n * GROUP : (n + 1) * GROUP] for n in range(len(head.groups))]
    if not all(_share(part) for part in parts if part[0]):
        return None
    month, total = _part(whole, head, "month"), _part(whole, head, "cumulative")
    if not month or not total or before is None:
        return None
    grown = zip(month[:2], total[:2], before, strict=True)
    return whole if all(_decimal(m) + b == _decimal(t) for m, t, b in grown) else None


def _part(whole: Sequence[str], head: Head, word: str) -> Sequence[str]:
    at = next((n for n, group in enumerate(head.groups) if word in group.lower()), None)
    return whole[at * GROUP : (at + 1) * GROUP] if at is not None else []


def _share(part: Sequence[str]) -> bool:
    """Whether the third number is the share of the second in the first."""
    number, on_time, share, _ = map(_decimal, part)
    return number > 0 and abs(100 * on_time / number - share) <= _SHARE


def _decimal(text: str) -> Decimal:
    read = cells.parse(text)
    return read.value if isinstance(read, Reading) and read.value is not None else Decimal(-1)
