"""What a running total grew by between two reports, each bar named by the months it covers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dashboard import words
from dashboard.views import parts
from dashboard.views.chart import ChartView, Mark, Plan, Reading
from dashboard.views.chart import Line as Drawn
from dashboard.views.chart_totals import SPAN, alt, handful, made_from, so_many
from dashboard.views.chart_trend import subtitle
from dashboard.views.parts import Scope
from dashboard.views.readings import change_between, places, published
from etl.analysis.totals import Increment, increments
from etl.model import Period
from etl.text.numbers import rounded

_FELL = "a total fell within its year, which a running total cannot do"


def _within(found: Increment) -> str:
    """What an increment covers: "in May 2021", "in the 2 months to May 2021"."""
    month = words.month(found.end)
    return f"in {month}" if found.months == 1 else f"in the {found.months} months to {month}"


def _bar_label(found: Increment) -> str:
    return words.months(found.start, found.end, short=True)


def added(scope: Scope) -> Plan:
    """What came in between two reports, a month on average: so that 4 months compare with 1."""
    line = scope.line(SPAN)
    found = increments(line)
    if not found:
        return "No running total is held"
    if handful(line):
        return "Of a handful of cases each would be drawn apart"
    yield
    values = {_period(i): i.value for i in found}
    marks = tuple(
        Mark(
            _bar_label(i),
            float(_per_month(i)),
            _added(scope, i, values),
            words.count(_per_month(i)),
            i.value < 0,
            months=i.months,
        )
        for i in found
    )
    last = found[-1]
    title = f"{so_many(scope, last.value)} {_within(last)}"
    wide = [i for i in found if i.months > 1]
    notes = []
    if wide:
        notes.append(
            f"{len(wide)} of {len(found)} bars cover more than one month, as their names say: "
            "each bar is the average of its months."
        )
    if any(i.value < 0 for i in found):
        notes.append(f"{words.capital(_FELL)}.")
    rows = [
        (words.months(i.start, i.end), str(i.months), words.count(i.value), str(_per_month(i)))
        for i in found
    ]
    drawn = (Drawn(scope.row_title, marks, "own", "bar"),)
    return ChartView(
        "added",
        title,
        subtitle(scope, "added between reports, a month on average"),
        alt("Average a month", [(_bar_label(i), words.count(_per_month(i))) for i in found]),
        drawn,
        scope.measure.unit,
        parts.sources(line),
        scope.as_at,
        "categories",
        parts.y_range(parts.numbers(drawn), "count"),
        (),
        (),
        tuple(notes),
        ("Months", "Months covered", "Added", "A month on average"),
        rows,
    )


def _period(found: Increment) -> Period:
    return Period("month", found.start, found.end)


def _added(scope: Scope, found: Increment, values: Mapping[Period, Decimal]) -> Reading:
    """What came in between two reports, against the same months a year before."""
    totals = [value for value in (found.now, found.since) if value]
    each = found.months > 1
    return Reading(
        words.months(found.start, found.end),
        scope.row_title,
        f"{words.count(_per_month(found))} a month" if each else words.count(found.value),
        f"{words.count(found.value)} {_within(found)}" if each else "",
        change_between(scope.book, scope.measure.id, _period(found), values),
        f"{made_from(found.now, found.since)}; {places(totals)}",
        published(totals),
        flag=_FELL if found.value < 0 else "",
    )


def _per_month(found: Increment) -> Decimal:
    return rounded(found.value / found.months, 1)
