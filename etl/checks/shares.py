"""Shares against the counts they are made of, and against each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from etl.checks.book import Book, Line, number
from etl.checks.slips import slip
from etl.checks.wording import month, printed, slack, subject, when, worked_out
from etl.model import Finding, Observation, Span

_YEARS_TO_DATE: tuple[Span, ...] = ("calendar_year_to_date", "financial_year_to_date")


def against_counts(book: Book) -> Iterator[Finding]:
    """A share against its part and whole, within what rounding can explain.

    The share is doubted; where two shares of one whole are both wrong at once, the whole
    is doubted with them, as the one figure that would explain it.
    """
    wrong: dict[Observation | None, list[tuple[Observation, Observation, Observation]]] = {}
    for line in book.lines.values():
        of = line.cohort.share_of
        if of is None:
            continue
        for share in line.figures:
            part, whole = book.beside(of.part, share), book.beside(of.whole, share)
            if part and whole and _contradicts(line, share, part, whole):
                wrong.setdefault(whole, []).append((share, part, whole))
    for cases in wrong.values():
        for share, part, whole in cases:
            doubted = [share, whole] if len(cases) > 1 else [share]
            yield book.finding(
                "share-against-counts",
                _words(book, share, part, whole, shared=len(cases) > 1),
                doubted,
                part,
                whole,
            )


def _contradicts(line: Line, share: Observation, part: Observation, whole: Observation) -> bool:
    a, b, printed_share = number(part), number(whole), number(share)
    if b <= 0:
        return printed_share != 0 if a <= 0 else False  # part-above-whole speaks of the rest
    return abs(100 * a - printed_share * b) > slack(share, line.measure.decimals) * b


def _words(
    book: Book, share: Observation, part: Observation, whole: Observation, *, shared: bool
) -> str:
    a, b, value = number(part), number(whole), number(share)
    if b <= 0:
        return f"{subject(book, share)}: printed {printed(share)}, but that is a share of none."
    right = 100 * a / b
    text = (
        f"{subject(book, share)}: printed {printed(share)}, but {printed(part)} of "
        f"{printed(whole)} is {worked_out(right, 'percent')}."
    )
    if shared:
        return (
            f"{text} Other shares of the same {printed(whole)} do not fit it either, so that "
            "number itself may be wrong."
        )
    reason = slip(book, share, right)
    needed = worked_out(value * b / 100, "count", 0)
    return f"{text} {reason or f'{printed(share)} would need about {needed}.'}"


def outside_parts(book: Book) -> Iterator[Finding]:
    """A quarter's or year's share or mean lies between those of its parts.

    Not where its own counts are held, which say it exactly.
    """
    for line in book.lines.values():
        if line.measure.nature not in ("share", "mean") or line.key.span == "month":
            continue
        of = line.cohort.share_of
        if of and book.line(of.part, line.key.span) and book.line(of.whole, line.key.span):
            continue
        months = book.lines.get((line.key.measure, line.key.cohort, "month"))
        wrong: set[date] = set()
        for figure in line.figures:
            parts = _parts(line, months, figure, wrong)
            if not outside(line, parts, figure):
                continue
            wrong.add(figure.period.end)
            values = [number(part) for part in parts]
            unit = figure.reading.unit
            yield book.finding(
                "share-outside-parts",
                f"{subject(book, figure)}: printed {printed(figure)}, but what it is made of "
                f"lies between {worked_out(min(values), unit)} and {worked_out(max(values), unit)} "
                f"({when(parts[0].period)} to {month(parts[-1])}). One of these is wrong.",
                [figure],
                *parts,
            )


def outside(line: Line, parts: list[Observation], figure: Observation) -> bool:
    """Whether a figure lies outside all that it is made of, by more than rounding explains."""
    if not parts:
        return False
    usual = line.measure.decimals
    rounding = max(slack(part, usual) for part in parts) + slack(figure, usual)
    values = [number(part) for part in parts]
    return not min(values) - rounding <= number(figure) <= max(values) + rounding


def _parts(
    line: Line, months: Line | None, figure: Observation, wrong: set[date]
) -> list[Observation]:
    """What a figure is made of: the year to the month before and this month, or its months.

    Empty where not all of them are held; a year to date that is `wrong` itself is passed over.
    """
    if months is None:
        return []
    ends = month_ends(figure.period.start, figure.period.end)
    if figure.period.span in _YEARS_TO_DATE and len(ends) > 1 and ends[-2] not in wrong:
        before, last = line.at(ends[-2], figure), months.at(ends[-1], figure)
        if before and last:
            return [before, last]
    found = [months.at(day, figure) for day in ends]
    return [part for part in found if part] if all(found) else []


def month_ends(start: date, end: date) -> list[date]:
    """The last days of the months from `start` to `end`."""
    ends = []
    year, number = start.year, start.month
    while (year, number) <= (end.year, end.month):
        year, number = (year, number + 1) if number < 12 else (year + 1, 1)
        ends.append(date.fromordinal(date(year, number, 1).toordinal() - 1))
    return ends
