"""The variation chart: the limits of usual variation, only where their conditions hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from dashboard import words
from dashboard.views import parts
from dashboard.views.chart import ChartView, Mark, Plan, Reading
from dashboard.views.chart import Line as Drawn
from dashboard.views.chart_trend import subtitle
from dashboard.views.parts import Scope
from dashboard.views.readings import reading
from dashboard.views.verdicts import judged, left_out, unsaid, why
from etl.analysis.variation import Judgement, Left, Variation, examine
from etl.text.numbers import rounded

_LEFT: dict[Left, str] = {
    "doubted": "flagged",
    "few_cases": "few cases",
    "uncounted": "cases not held",
}


def variation(scope: Scope) -> Plan:
    """Points between their limits, signals labelled; or why usual variation is not said."""
    found = examine(scope.book, scope.measure.id, scope.cohort)
    if not isinstance(found, Variation):
        verdict = unsaid(found, out=left_out(scope.book, scope.measure.id, scope.cohort))
        return f"{verdict.words}. {verdict.detail}" if verdict.detail else verdict.words
    yield
    places = max(scope.measure.decimals, 1)
    names = {
        "outside": "outside",
        "two_of_three": "near a limit again",
        "seven": "seven on one side",
    }
    own: list[Mark] = []
    upper: list[Mark] = []
    lower: list[Mark] = []
    average: list[Mark] = []
    rows: list[tuple[str, ...]] = []
    before: date | None = None
    for point in found.points:
        here = parts.month_of(point.value)
        if before and (here.year - before.year) * 12 + here.month - before.month > 1:
            gap = Mark(date(before.year + (before.month == 12), before.month % 12 + 1, 1), None)
            for marks in (own, upper, lower, average):
                marks.append(gap)
        before = here
        number = rounded(point.number, places)
        note = names.get(point.signal, "")
        own.append(Mark(here, float(number), _reading(scope, found, point), note))
        levels = (("Upper limit", point.upper, upper), ("Lower limit", point.lower, lower))
        for name, level, marks in (*levels, ("Average", found.centre, average)):
            height = rounded(level, places)
            read = Reading(words.period(point.value.period), name, _written(scope, found, height))
            marks.append(Mark(here, float(height), read))
        rows.append(
            (
                words.month(here),
                str(number),
                str(rounded(point.lower, places)),
                str(rounded(point.upper, places)),
                note or "within",
            )
        )
    centre = float(rounded(found.centre, places))
    lines = (
        Drawn(scope.row_title, tuple(own)),
        Drawn("Upper limit", tuple(upper), "limit"),
        Drawn("Lower limit", tuple(lower), "limit"),
        Drawn(f"Average {centre:g}", tuple(average), "limit"),
    )
    verdict = judged(scope.measure, found)
    first, last = (words.month(day) for day in found.baseline)
    method = (
        "a P\u2032 chart, whose limits know how many cases a month had"
        if found.method == "p_prime"
        else "an XmR chart"
    )
    notes: tuple[str, ...] = (
        f"Limits from {first} to {last}, kept since; {method}.",
        *(
            ("Each month is compared with its own month a year before.",)
            if found.differences
            else ()
        ),
    )
    if found.left_out:
        named = [
            f"{words.month(v.period.end, True)} ({_LEFT[reason]})" for v, reason in found.left_out
        ]
        notes += (f"Left out: {words.together(named)}.",)
    what = "change on the same month a year before" if found.differences else "usual variation"
    numbers = [n for n in parts.numbers(lines) if n is not None]
    scale = None if min(numbers) < 0 else parts.y_range(numbers, scope.measure.unit)
    return ChartView(
        "variation",
        f"{verdict.words}: {why(found)}",
        subtitle(scope, what),
        f"Latest {rows[-1][1]}, limits {rows[-1][2]} to {rows[-1][3]}, average {centre:g}; "
        f"{sum(1 for p in found.points if p.signal)} of {len(found.points)} months stand out.",
        lines,
        scope.measure.unit,
        parts.sources(p.value for p in found.points),
        scope.as_at,
        "months",
        scale,
        (),
        parts.events(scope, found.points[0].value.period.start, found.points[-1].value.period.end),
        notes,
        ("Month", scope.row_title, "Lower limit", "Upper limit", "Signal"),
        rows,
    )


def _written(scope: Scope, found: Variation, number: Decimal) -> str:
    """A number of the chart with its unit; a change with its sign."""
    write = words.signed if found.differences else words.figure
    return write(number, scope.measure.unit)


def _reading(scope: Scope, found: Variation, point: Judgement) -> Reading:
    """A month's figure; where its change on a year before is drawn, that with the figure."""
    read = reading(scope.book, point.value, scope.row_title)
    if not found.differences:
        return read
    figure = ", ".join(part for part in (f"figure {read.value}", read.count) if part)
    places = max(scope.measure.decimals, 1)
    return replace(read, value=_written(scope, found, rounded(point.number, places)), count=figure)
