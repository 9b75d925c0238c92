"""The four facts under a measure's heading."""

from __future__ import annotations

from dashboard import words
from dashboard.views import changes, flags, telling
from dashboard.views.counting import cases
from dashboard.views.measure_types import Fact
from dashboard.views.parts import Scope
from dashboard.views.readings import text
from dashboard.views.types import Change
from etl import set_time
from etl.analysis.book import Value
from etl.analysis.change import at, last_report
from etl.analysis.rates import england
from etl.record import Record


def _latest(scope: Scope, value: Value) -> Fact:
    shown = telling.figure(scope.book, value)
    span = value.period.span
    label = f"Latest, {'calendar year ' if span == 'calendar_year' else ''}{shown.period_long}"
    detail = cases(scope.book, value)
    if value.part is not None and value.cases is not None:
        detail = f"{words.count(value.part)} of {detail}"
    elif detail:
        detail = f"from {detail}"
    if not value.trusted:
        detail = next((flag.text for flag in flags.of_value(scope.book, value)), "flagged")
    day = value.point.shown.published
    out = "for the meeting of" if day > set_time.today() else "published"
    return Fact(label, shown.text, detail or f"{out} {words.day(day)}")


def _change(label: str, change: Change) -> Fact:
    if change.why_not:
        return Fact(label, change.why_not, change.versus)
    # Neither shape nor tone: one change is no verdict, and most lie within the usual.
    return Fact(label, change.number, change.versus)


def _england(scope: Scope, value: Value) -> Fact | None:
    """How far from England, and the region's figure beside it."""
    other = england(scope.book, value)
    if scope.measure.unit == "count" or other is None or not other.trusted or not value.trusted:
        return None
    assert value.value is not None
    assert other.value is not None
    apart = value.value - other.value
    side = "above" if apart > 0 else "below"
    far = f"{words.amount(apart, scope.measure.unit)} {side}" if apart else "The same"
    council = scope.book.registry.council
    region = at(
        scope.book.line(scope.measure.id, scope.cohort, value.period.span, council.region),
        value.period,
    )
    detail = text(other, scope.measure)
    if region and region.trusted:
        detail += f"; {council.areas.get(council.region, '')} {text(region, scope.measure)}"
    return Fact("Against England", far, detail)


def no_figure(scope: Scope) -> str:
    """Why a row has no figure, in a sentence: none is held, or each entry says why it has none."""
    newest = scope.book.newest(scope.measure.id, scope.cohort)
    if newest is None:
        return f"No figure {none_held(scope.book.record)}."
    line = scope.book.line(*newest.point.shown.series[1:4])
    which = "" if len(line) == 1 else "the last is "
    entries = words.many(len(line), "entry", "entries")
    return f"The row has {entries} and no figure: {which}{changes.without(newest.point.shown)}."


def none_held(record: Record) -> str:
    """What a row without a figure lacks: none "is held", or none "was published by" a meeting."""
    return f"was published by {words.day(record.as_at)}" if record.as_at else "is held"


def facts(scope: Scope, value: Value | None) -> tuple[Fact, ...]:
    """Latest; on a year before; on the last report (or England); against the target."""
    if value is None:
        newest = scope.book.newest(scope.measure.id, scope.cohort)
        if newest:
            said, _, when = changes.without(newest.point.shown).partition(" in ")
            return (Fact("Latest", words.capital(said), f"in {when}"),)
        return (Fact("Latest", "No figure", f"none {none_held(scope.book.record)}"),)
    yearly = value.period.span == "calendar_year"
    label = {
        "month": "Change from the same month a year before",
        "calendar_year": "Change from the year before",
        "academic_year": "Change from the year before",
        "term": "Change from the same term a year before",
        "calendar_year_to_date": "Change from the year before",
    }.get(value.period.span, "Change from the same months a year before")
    found = [_latest(scope, value), _change(label, changes.year_before(scope.book, value))]
    standing = telling.standing_of(scope.book, value)
    target = Fact(
        "Against the target", standing.words, standing.detail, standing.shape, standing.tone
    )
    if longer := telling.longer(scope.book, value):
        target = Fact(
            "Against the law's limit for a plan",
            words.capital(longer),
            f"{telling.ALLOWED}; an average has no standing of its own",
        )
    beside = _england(scope, value) if yearly else None
    if beside:
        return (*found, target, beside)
    report = last_report(scope.book)
    when = f", {words.month(report, True)}" if report else ""
    return (
        *found,
        _change(f"Change from the last report held{when}", changes.last_report(scope.book, value)),
        target,
    )
