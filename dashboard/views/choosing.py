"""What may be chosen of a row: its views in the order of their buttons, its cohorts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dashboard.views import (
    chart_added,
    chart_cohorts,
    chart_months,
    chart_neighbours,
    chart_rates,
    chart_tail,
    chart_totals,
    chart_trend,
    chart_variation,
    chart_years,
)
from dashboard.views.chart import ChartView, Plan
from dashboard.views.errors import BadChoice
from dashboard.views.parts import Scope
from etl.analysis.book import last_number
from etl.analysis.targets import other_basis

Build = Callable[[Scope], Plan]

# The views in the order of their buttons, each with its label.
VIEWS: dict[str, tuple[str, Build]] = {
    "years": ("Year by year", chart_years.years),
    "months": ("Months of a year", chart_months.months),
    "trend": ("Month by month", chart_trend.trend),
    "quarters": ("Quarters", chart_months.quarters),
    "year-on-year": ("Year on year", chart_trend.year_on_year),
    "added": ("Added between reports", chart_added.added),
    "average": ("Monthly average", chart_totals.average),
    "calendar": ("By calendar year", chart_totals.calendar),
    "cohorts": ("Groups together", chart_cohorts.cohorts),
    "rates": ("Per 1,000 pupils", chart_rates.rates),
    "bases": ("Both bases", chart_tail.bases),
    "tail": ("How late", chart_tail.tail),
    "weeks": ("Average weeks", chart_tail.weeks),
    "neighbours": ("Neighbours", chart_neighbours.neighbours),
    "variation": ("Usual variation", chart_variation.variation),
}


def known(name: str, asked: str, there_are: Iterable[str]) -> str:
    """`asked`, which is one of `there_are`. Raises BadChoice, in words, where it is not."""
    each = tuple(there_are)
    if asked not in each:
        there = "there is" if len(each) == 1 else "there are"
        raise BadChoice(f"{name}: there is no {asked[:40]!r} here; {there} {', '.join(each)}")
    return asked


def unavailable(scope: Scope, view: str) -> str:
    """Why a view of a row cannot be drawn; empty where it can. Nothing is drawn for it."""
    try:
        next(VIEWS[view][1](scope))
    except StopIteration as end:
        return str(end.value)
    return ""


def drawn(scope: Scope, view: str) -> ChartView | str:
    """A view of a row, or why it cannot be drawn."""
    plan = VIEWS[view][1](scope)
    try:
        while True:
            next(plan)
    except StopIteration as end:
        made: ChartView | str = end.value
        return made


def fitting(scope: Scope) -> tuple[str, ...]:
    """The views that make sense for a row at all; one that then lacks figures says so."""
    found, measure, cohort = scope.book, scope.measure, scope.cohort
    spans = found.spans(measure.id, cohort)
    ids = []
    if last_number(found.line(measure.id, cohort, scope.yearly)):
        ids.append("years")
    if "calendar_year_to_date" in spans:
        ids += ["months", "quarters"] if "quarter" in spans else ["months"]
    monthly = "month" in spans or "financial_year_to_date" in spans
    if monthly and "calendar_year_to_date" not in spans:
        ids += ["trend", "year-on-year"]
    if measure.nature == "cumulative":
        ids += ["added", "average", "calendar"]
    if len(measure.cohorts) > 1:
        ids.append("cohorts")
    if any(group.population for group in measure.cohorts.values()):
        ids.append("rates")
    if other_basis(found, measure.id) and measure.unit == "percent" and "years" in ids:
        ids.append("bases")
    if measure.band and "years" in ids:
        ids += ["tail"] if measure.nature == "mean" else ["tail", "weeks"]
    if measure.unit != "count" and "years" in ids:
        ids.append("neighbours")
    if monthly:
        ids.append("variation")
    return tuple(sorted(ids or ["trend"], key=list(VIEWS).index))
