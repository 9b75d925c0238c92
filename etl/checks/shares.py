"""Shares against the counts they are made of, and against each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from etl.checks.book import Book, Line, number
from etl.checks.months import month_ends, sum_of_months
from etl.checks.slips import slip
from etl.checks.wording import listed, month, printed, slack, subject, when, worked_out
from etl.model import Finding, Observation, Span

_YEARS_TO_DATE: tuple[Span, ...] = ("calendar_year_to_date", "financial_year_to_date")


class Case(NamedTuple):
    """A share, the part and the whole it is printed with, and how far rounding moves it."""

    share: Observation
    part: Observation
    whole: Observation
    rounding: Decimal


def against_counts(book: Book) -> Iterator[Finding]:
    """A share against its part and whole, within what rounding can explain.

    The share is doubted; but where several shares of one whole are wrong at once, and one
    other whole would fit them all, that whole is.
    """
    wrong: dict[Observation, list[Case]] = {}
    for line in book.lines.values():
        of = line.cohort.share_of
        if of is None:
            continue
        part_of = book.cohort(of.part).part_of
        bound = part_of is not None and part_of.whole == of.whole
        for share in line.figures:
            part, whole = book.beside(of.part, share), book.beside(of.whole, share)
            if part is None or whole is None or (bound and number(part) > number(whole)):
                continue  # a part above its whole is told as that
            case = Case(share, part, whole, slack(share, line.measure.decimals))
            if _contradicts(case) and not _fits_months(book, case):
                wrong.setdefault(whole, []).append(case)
    for whole, cases in wrong.items():
        fitting = _fitting(cases) if len(cases) > 1 else None
        if fitting is not None:
            yield _wrong_whole(book, whole, cases, fitting)
            continue
        for case in cases:
            yield book.finding(
                "share-against-counts", _words(book, case), [case.share], case.part, case.whole
            )


def contradicts_counts(book: Book, line: Line, share: Observation) -> bool:
    """Whether a share's counts are shown for its period and do not give it."""
    of = line.cohort.share_of
    part, whole = (book.beside(ref, share) for ref in ((of.part, of.whole) if of else (None,) * 2))
    if part is None or whole is None:
        return False
    return _contradicts(Case(share, part, whole, slack(share, line.measure.decimals)))


def _contradicts(case: Case) -> bool:
    return _apart(number(case.part), number(case.whole), number(case.share), case.rounding)


def _apart(part: Decimal, whole: Decimal, share: Decimal, rounding: Decimal) -> bool:
    if whole <= 0:
        return part <= 0 and share != 0
    return abs(100 * part - share * whole) > rounding * whole


def _fits_months(book: Book, case: Case) -> bool:
    """Whether a total that its months do not add up to is what is wrong, and not the share."""
    sums = [sum_of_months(book, case.part), sum_of_months(book, case.whole)]
    if None in sums or (sums[0] == number(case.part) and sums[1] == number(case.whole)):
        return False
    part, whole = (value for value in sums if value is not None)
    return not _apart(part, whole, number(case.share), case.rounding)


def _fitting(cases: list[Case]) -> int | None:
    """A whole that all the shares fit, if there is one."""
    low, high = Decimal(1), Decimal("1e9")
    for case in cases:
        part, share = number(case.part), number(case.share)
        low = max(low, 100 * part / (share + case.rounding))
        if share > case.rounding:
            high = min(high, 100 * part / (share - case.rounding))
    whole = low.to_integral_value(ROUND_CEILING)
    return int(whole) if whole <= high else None


def _wrong_whole(book: Book, whole: Observation, cases: list[Case], fitting: int) -> Finding:
    said = listed(f"{printed(case.part)} as {printed(case.share)}" for case in cases)
    return book.finding(
        "share-against-counts",
        f"{subject(book, whole)}: printed {printed(whole)}, but the shares printed beside it give "
        f"{said} of it, which fit a number such as {fitting}. "
        f"{slip(book, whole, Decimal(fitting)) or 'That one number is likely wrong.'}",
        [whole],
        *(figure for case in cases for figure in (case.share, case.part)),
    )


def _words(book: Book, case: Case) -> str:
    part, whole, share = number(case.part), number(case.whole), number(case.share)
    if whole <= 0:
        return (
            f"{subject(book, case.share)}: printed {printed(case.share)}, but that is a share of "
            f"none."
        )
    right = 100 * part / whole
    needed = worked_out(share * whole / 100, "count", 0)
    reason = slip(book, case.share, right)
    return (
        f"{subject(book, case.share)}: printed {printed(case.share)}, but {printed(case.part)} of "
        f"{printed(case.whole)} is {worked_out(right, 'percent')}. "
        f"{reason or f'{printed(case.share)} would need about {needed}.'}"
    )


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
                f"({_named(parts)}). One of these is wrong.",
                [figure],
                *parts,
            )


def _named(parts: list[Observation]) -> str:
    if len(parts) == 2:
        return f"{when(parts[0].period)} and {when(parts[1].period)}"
    return f"{month(parts[0])} to {month(parts[-1])}"


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
