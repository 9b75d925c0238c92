"""A measure's cohort -> its row of the overview."""

from __future__ import annotations

from datetime import date

from dashboard import words
from dashboard.views import changes, flags, telling
from dashboard.views.counting import cases
from dashboard.views.readings import cell
from dashboard.views.types import Change, Row, Spark, Verdict
from dashboard.views.verdicts import verdict
from etl.analysis.book import Book, Line, Value, last_number
from etl.analysis.targets import Stand, declared_for, standing
from etl.model import Period

# A figure is due again within so many days of its period's end; later, the series has
# stopped. Reports follow each other every two months, DfE's releases each June.
_YEARLY = ("calendar_year", "academic_year", "term")  # what DfE gives once a year
_DUE = {"yearly": 19 * 31, "": 8 * 31}


def stopped(value: Value | None, today: date) -> str:
    """A notice that no figure has come since; empty while one may still be expected."""
    if value is None:
        return ""
    end = value.period.end
    yearly = value.period.span in _YEARLY
    due = _DUE["yearly" if yearly else ""]
    since = words.period(value.period) if yearly else words.month(end)
    return f"No figure since {since}" if (today - end).days > due else ""


def url(measure: str, cohort: str = "", **choices: str) -> str:
    """The address of a measure's page with its choices; the default cohort is left out."""
    chosen = {"cohort": cohort, **choices}
    query = "&".join(f"{name}={value}" for name, value in chosen.items() if value)
    return f"/measure/{measure}{'?' + query if query else ''}"


def first_cohort(book: Book, measure: str) -> str:
    """The cohort that a measure's page shows unless another is asked for."""
    cohorts = book.measure(measure).cohorts
    return min(cohorts, key=lambda name: cohorts[name].order)


def row_url(book: Book, measure: str, cohort: str) -> str:
    return url(measure, "" if cohort == first_cohort(book, measure) else cohort)


def file_name(book: Book, measure: str, cohort: str) -> str:
    """A file name's stem: the serial, if it has one, and the measure."""
    group = book.cohort(measure, cohort)
    title = measure.replace("_", "-") + ("" if cohort == "all" else f"-{cohort}")
    return f"{group.serial}_{title}" if group.serial else title


def detail(book: Book, value: Value) -> str:
    """What a row's title leaves out: what kind of period the figure covers."""
    span = value.period.span
    if span == "calendar_year":
        return "calendar year, from DfE" if value.point.shown.table == "dfe" else "calendar year"
    if span == "calendar_year_to_date":
        return "year to date"
    if span == "financial_year_to_date":
        return f"added up from {words.month(value.period.start)}"
    return ""


def _grid(start: Period, end: Period) -> list[date]:
    """The first days of all months (or years) from one period to another."""
    if start.span == "calendar_year":
        return [date(year, 1, 1) for year in range(start.end.year, end.end.year + 1)]
    months = range(start.end.year * 12 + start.end.month - 1, end.end.year * 12 + end.end.month)
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def spark(book: Book, value: Value) -> Spark:
    """The small line of the series a figure belongs to, with gaps where months are missing."""
    key = value.point.shown.series
    measure = book.measure(key.measure)
    line: Line = book.line(*key[1:4])
    shown = [v for v in line if v.value is not None and not (v.few and key.span == "calendar_year")]
    if not shown:
        return Spark((), "No figures")
    held = {v.period.end.replace(day=1): v for v in shown}
    if key.span == "calendar_year":
        held = {v.period.start: v for v in shown}
    grid = _grid(shown[0].period, shown[-1].period)
    points = tuple(
        (day, float(held[day].value) if day in held else None)  # type: ignore[arg-type]
        for day in grid
    )
    found = standing(book, value)
    level = found.target.value if isinstance(found, Stand) else None
    if level is None and measure.nature == "mean":
        limits = [t for t in declared_for(book, key.measure, key.cohort) if t.form == "limit"]
        level = limits[0].value if limits else None
    first, last = shown[0], last_number(shown)
    assert last is not None
    assert last.value is not None
    assert first.value is not None
    alt = "From " + " to ".join(
        f"{cell(end, measure)} ({words.period(end.period)})" for end in (first, last)
    )
    return Spark(
        points,
        alt,
        None if level is None else float(level),
        tuple(i for i, day in enumerate(grid) if day in held and not held[day].trusted),
    )


def row(book: Book, measure: str, cohort: str, today: date) -> Row:
    """One row of Appendix 1 come alive."""
    group = book.cohort(measure, cohort)
    value = book.latest(measure, cohort)
    shared = (f"{measure}.{cohort}", group.serial, group.title)
    address = row_url(book, measure, cohort)
    if value is None:
        newest = book.newest(measure, cohort)
        why = Change(why_not="No figure" if newest else "Not reported")
        missing = "No figure held"
        if newest:
            missing = words.capital(changes.without(newest.point.shown, short=True))
        return Row(
            *shared,
            "",
            measure,
            cohort,
            address,
            None,
            missing,
            why,
            why,
            Spark((), "No figures"),
            telling.unheld(book, measure, cohort),
            Verdict("No monthly figures", shape=""),
        )
    newest = book.line(*value.point.shown.series[1:4])[-1]
    missing = ""
    if newest.period.end > value.period.end:
        missing = (
            f"{words.capital(words.STATUSES[newest.point.shown.status]).lower()}"
            f" in {words.period(newest.period, True)}"
        )
    return Row(
        *shared,
        detail(book, value),
        measure,
        cohort,
        address,
        telling.figure(book, value),
        missing,
        changes.year_before(book, value),
        changes.last_report(book, value),
        spark(book, value),
        telling.standing_of(book, value),
        verdict(book, value),
        flags.of_value(book, value),
        f"from {cases(book, value)}" if value.few else "",
        stopped(value, today),
    )
