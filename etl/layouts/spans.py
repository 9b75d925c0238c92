"""A time, the words around it and the measure -> the period of a figure, or why there is none."""

from __future__ import annotations

from datetime import date
from typing import cast, get_args

from etl import periods
from etl.model import Measure, Period, Span
from etl.when import When

_TO_DATE: tuple[Span, ...] = (
    "financial_year_to_date",
    "calendar_year_to_date",
    "academic_year_to_date",
)
_KINDS = {"financial": "financial_year", "academic": "academic_year", "calendar": "calendar_year"}


def of(when: When, span: str, year: str, measure: Measure, *, within: bool = False) -> Period | str:
    """The period that a figure of `measure` covers, or in words why that cannot be told.

    `span` is what words say of it ("" where nothing; "to_date" for a year to date of any kind),
    `year` the kind of year that the table speaks of. `within` lets a month stand for the quarter
    that it lies in, where a layout says so. A stock under a day gives that day; a running total
    begins on 1 April unless words or its measure say otherwise.
    """
    if when.kind == "week":
        return "a week's figures have no place in this record"
    if when.kind == "split_year":
        return _split(when, span, year, measure)
    if when.kind == "to_date":
        return _to_month(when, year, measure)
    if when.start is None or when.end is None:
        return f"of which year {when.printed!r} is, nothing says"
    start, end = when.start, when.end
    wanted = _wanted(span, year, measure) if span else ""
    declared = measure.span
    if when.kind == "rolling":
        return _if(wanted in ("", "rolling_12_months"), "rolling_12_months", start, end, when)
    if when.kind == "day":
        return _day(when, wanted, measure)
    last = periods.month(end.year, end.month)[1]
    if wanted == "month" or (not wanted and when.kind == "month" and declared == "month"):
        return _if(when.kind == "month", "month", start, end, when)
    if wanted in ("rolling_12_months", *_TO_DATE) or (
        not wanted and declared in ("rolling_12_months", *_TO_DATE)
    ):
        return _ending(wanted or declared, when, last)
    if wanted == "point_in_time" or (not wanted and declared == "point_in_time"):
        return Period("point_in_time", last, last)
    if when.kind in ("term", "year"):
        own: Span = "term" if when.kind == "term" else "calendar_year"
        return _if(wanted in ("", own), own, start, end, when)
    if when.kind == "range":
        return _range(start, last, wanted, declared, when)
    return _quarter(when, wanted or declared, within)


def _wanted(span: str, year: str, measure: Measure) -> str:
    """The kind of period that words name; a year to date by the year that is spoken of."""
    if span != "to_date":
        assert span in get_args(Span), span
        return span
    if measure.span in _TO_DATE and not year:
        return measure.span
    return f"{year or 'financial'}_year_to_date"


def _if(fits: bool, span: Span, start: date, end: date, when: When) -> Period | str:
    return Period(span, start, end) if fits else f"{when.printed!r} is no {_named(span)} here"


def _named(span: str) -> str:
    return span.replace("_", " ")


def _ending(span: Span, when: When, last: date) -> Period | str:
    """A year up to the end of a month, a quarter or a range that lies within that year."""
    found = periods.for_span(span, last.year, last.month)
    if when.kind == "range" and when.start != found.start:
        return f"{when.printed!r} is no {_named(span)}"
    if when.kind in ("term", "year") and when.end != found.end:
        return f"{when.printed!r} is no {_named(span)}"
    if when.kind == "year":
        return f"a whole year is no {_named(span)}" if span != "calendar_year_to_date" else found
    return found


def _day(when: When, wanted: str, measure: Measure) -> Period | str:
    """A day: the day itself for what is counted at a date, else the month that it ends."""
    assert when.end is not None, "a day has a date"
    end = when.end
    last = periods.month(end.year, end.month)[1]
    span = wanted or measure.span
    if span in ("rolling_12_months", *_TO_DATE):
        if end != last:
            return f"{when.printed!r} is not the last day of a month"
        return periods.for_span(span, end.year, end.month)
    if span == "quarter" and measure.nature != "stock":
        return "a quarter cannot be told by one day"
    opens = end.day == 1 and not when.as_at  # a workbook's date of a month
    if wanted == "point_in_time" or when.as_at or (measure.nature == "stock" and not opens):
        if measure.nature in ("flow", "cumulative") and wanted != "point_in_time":
            return f"what is counted over time has no figure at {when.printed!r}"
        return Period("point_in_time", end, end)
    if measure.span == "point_in_time":
        return Period("point_in_time", end, end)
    if end == last or end.day == 1:
        first, last = periods.month(end.year, end.month)
        return Period("month", first, last)
    return f"{when.printed!r} is a day within a month"


def _split(when: When, span: str, year: str, measure: Measure) -> Period | str:
    """ "2023/24" by its own words, the table's, or the row's measure; a doubt where two differ."""
    declared = next((k for k in ("academic", "financial") if measure.span.startswith(k)), "")
    running = measure.accumulates.removesuffix("_year") if measure.accumulates else ""
    said = when.year_kind or year or declared or (running if running == "financial" else "")
    if span in ("academic_year", "financial_year"):
        said = span.removesuffix("_year")
    elif span:
        return f"{when.printed!r} does not say where its {_named(span)} ends"
    if said not in ("academic", "financial"):
        return f"whether {when.printed!r} is a school year or a financial one, nothing says"
    month = 9 if said == "academic" else 4
    return periods.for_span(cast(Span, _KINDS[said]), when.year, month)


def _to_month(when: When, year: str, measure: Measure) -> Period | str:
    """ "2024/25 (to Dec)"."""
    kind = when.year_kind or year or "financial"
    if kind == "calendar":
        return f"{when.printed!r} is no calendar year"
    opening = 4 if kind == "financial" else 9
    end_year = when.year + (when.number < opening)
    span = cast(Span, f"{kind}_year_to_date")
    return periods.for_span(span, end_year, when.number)


def _range(start: date, last: date, wanted: str, declared: str, when: When) -> Period | str:
    months = (last.year - start.year) * 12 + last.month - start.month + 1
    if when.end != last or start.day != 1:
        return f"{when.printed!r} does not run from the first to the last day of a month"
    if months == 12 and wanted in ("", "rolling_12_months"):
        return Period("rolling_12_months", start, last)
    if months == 3 and wanted in ("", "quarter"):
        return Period("quarter", start, last)
    if months == 1 and wanted in ("", "month"):
        return Period("month", start, last)
    return f"{when.printed!r} covers {months} months, for which this record has no place"


def _quarter(when: When, span: str, within: bool) -> Period | str:
    """A quarter, or a month under words that say "quarter"."""
    if when.start is None or when.end is None:
        return f"of which year {when.printed!r} is, nothing says"
    if when.kind == "quarter":
        if span in ("quarter", "month", ""):
            return Period("quarter", when.start, when.end)
        return f"{when.printed!r} is no {_named(span)}"
    if span != "quarter":
        return f"{when.printed!r} is no {_named(span)}"
    if not within and when.end.month % 3:
        return f"{when.printed!r} is not the last month of a quarter"
    return periods.for_span("quarter", when.end.year, when.end.month)
