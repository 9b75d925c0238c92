"""One figure told in words: the clause, its change, its standing. For pages and reports alike."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from dashboard import words
from dashboard.views.counting import cases
from dashboard.views.types import Change, Figure, Sentence, Standing
from etl.analysis import rounded
from etl.analysis.book import Book, Line, Value, last_number
from etl.analysis.change import break_between, on_year_before, since_last_report
from etl.analysis.change import year_before as find_year_before
from etl.analysis.targets import NoStand, Stand, declared_for, standing
from etl.model import Measure, Target

BASIS = {
    "including": "counting those with permitted exceptions",
    "excluding": "leaving out those with permitted exceptions",
}
ALLOWED = "than the law normally allows a plan"
_NO_CHANGE = {
    "doubted": "Left out: it is flagged",
    "before_doubted": "The earlier figure is flagged",
    "not_held": "Not reported then",
    "no_number": "No figure then",
    "first": "First printed since",
    "same": "No newer figure",
    "restarted": "Started again in April",
    "only": "No earlier report held",
    "break": "Not comparable",
}


def figure(book: Book, value: Value) -> Figure:
    """The figure as printed large, with its unit and period."""
    assert value.value is not None
    unit = book.measure(value.point.shown.measure).unit
    return Figure(
        words.number(value.value, unit),
        words.beside(value.value, unit),
        words.month(value.period.end, short=True)
        if value.period.span == "financial_year_to_date"
        else words.period(value.period, short=True),
        words.period(value.period),
    )


def _tone(measure: Measure, amount: Decimal) -> str:
    if not amount or measure.better == "none":
        return "neutral"
    return "good" if (amount > 0) == (measure.better == "higher") else "bad"


def _change(book: Book, now: Value, before: Value, source: str = "") -> Change:
    measure = book.measure(now.point.shown.measure)
    assert now.value is not None
    assert before.value is not None
    amount = now.value - before.value
    running = now.period.span == "financial_year_to_date"
    same_months = running and before.period.end.month == now.period.end.month
    when = "in the same months a year before" if same_months else words.within(before.period)
    versus = f"{words.number(before.value, measure.unit)} in {words.period(before.period, True)}"
    if now.period.span == before.period.span == "calendar_year":
        versus = f"{words.number(before.value, measure.unit)} in {before.period.end.year}"
    if running:
        versus = (
            f"{words.number(before.value, measure.unit)} by {words.month(before.period.end, True)}"
        )
    rests = f"from {cases(book, before)}" if before.few else ""
    if rests:
        versus += f", {rests}"
    return Change(
        words.signed(amount, measure.unit),
        versus + source,
        words.than(amount, measure.unit, when, before.value, rests),
        amount=float(amount),
        tone=_tone(measure, amount),  # type: ignore[arg-type]
    )


def year_before(book: Book, value: Value) -> Change:
    """The change on the same month (or months, or year) a year before."""
    change, why = on_year_before(book, value)
    if change is None:
        return Change(why_not=_NO_CHANGE[why], versus=_before(book, value, why))
    other = change.before.point.shown.table == "dfe" != value.point.shown.table
    return _change(book, value, change.before, " (DfE)" if other else "")


def _before(book: Book, value: Value, why: str) -> str:
    """What a change is not made from: the flagged figure, or what broke the series since."""
    before = find_year_before(book, value) if why in ("before_doubted", "break") else None
    if before is None or before.value is None:
        return ""
    if why == "break":
        return broken(book, value, before)
    unit = book.measure(value.point.shown.measure).unit
    return f"{words.number(before.value, unit)} in {words.period(before.period, True)}"


def broken(book: Book, value: Value, before: Value) -> str:
    """What broke the series between two figures, and when; empty where nothing did."""
    event = break_between(book, value.point.shown.measure, before.period, value.period)
    if event is None or str(event.start.year) in event.title:
        return event.title if event else ""
    return f"{event.title}, {words.month(event.start)}"


def last_report(book: Book, value: Value) -> Change:
    """The change on what the last report held gave as its latest figure."""
    since = since_last_report(book, value)
    if value.point.shown.table == "dfe":
        return Change(why_not="Not in the reports")
    if since.reason == "first":
        return Change(why_not="First printed now")
    if since.reason == "break" and since.before:
        return Change(why_not=_NO_CHANGE["break"], versus=broken(book, value, since.before))
    if since.reason or since.before is None:
        return Change(why_not=_NO_CHANGE[since.reason or "first"])
    return _change(book, value, since.before)


def form(target: Target, unit_of: Measure) -> str:
    """A target's level and form: 60% by the end of 2021; 90% in 2022."""
    level = words.figure(target.value, unit_of.unit)
    if target.form == "by_date":
        whole = (target.end.month, target.end.day) == (12, 31)
        return (
            f"{level} by {'the end of ' + str(target.end.year) if whole else words.day(target.end)}"
        )
    if target.form == "annual":
        return f"{level} in {target.end.year}"
    return f"{level} each month" if target.form == "monthly" else f"law's {level}"


def standing_of(book: Book, value: Value) -> Standing:
    """The standing against a target in words, or why there is none."""
    found = standing(book, value)
    measure = book.measure(value.point.shown.measure)
    if isinstance(found, Stand):
        gap = words.amount(found.gap, measure.unit)
        beyond = "below" if measure.better == "lower" else "above"
        kind = "" if found.target.kind == "statutory" else f", {found.target.kind}"
        detail = f"{form(found.target, measure)}{kind}"
        detail = f"the {detail}" if detail.startswith("law") else detail
        detail += "; the same on both bases" if found.both else ""
        if not found.met:
            return Standing(f"{gap} short", detail, "short", "bad")
        return Standing(f"Met, {gap} {beyond}" if found.gap else "Met", detail, "met", "good")
    return _no_standing(book, value, found, measure)


def _no_standing(book: Book, value: Value, found: NoStand, measure: Measure) -> Standing:
    if found.why == "not_held":
        return Standing(measure.target.why_not or "No target is set")
    year = value.period.end.year
    label = form(found.target, measure) if found.target else ""
    if found.why == "no_target":
        note = next((e.text for e in reversed(book.events) if measure.id in e.measures
                     and "target" in e.title.lower() and e.start.year <= year), "")  # fmt: skip
        return Standing(f"No target is held for {year}", note)
    return Standing(
        {
            "not_yet": "The year is still running",
            "other_form": "The target is for a whole year",
            "other_basis": "The target counts exceptions differently",
            "other_basis_differs": "Met on one basis, short on the other",
            "other_basis_missing": "Not said how the target counts exceptions",
            "doubted": "Left out: it is flagged",
            "set_later": "The target was set later",
        }.get(found.why, "No target is set"),
        label,
    )


def longer(book: Book, value: Value) -> str:
    """For an average of times: how far beyond the law's limit for one; empty where it is not."""
    measure = book.measure(value.point.shown.measure)
    if measure.nature != "mean" or value.value is None or not value.trusted:
        return ""
    limit = next((t for t in declared_for(book, measure.id, value.point.shown.cohort)
                  if t.form == "limit" and t.start <= value.period.end <= t.end), None)  # fmt: skip
    if limit is None or value.value <= limit.value:
        return ""
    more = rounded(value.value - limit.value, 0 if measure.unit == "days" else 1)
    return f"on average {words.amount(more, measure.unit)} longer" if more else ""


def clause(book: Book, value: Value, *, counts: bool = True) -> str:
    """The figure in a clause: what, when, from how many; no full stop."""
    assert value.value is not None
    key = value.point.shown.series
    measure, cohort = book.measure(key.measure), book.cohort(key.measure, key.cohort)
    says = cohort.says or f"was the figure for {words.lower(cohort.title)}"
    if cohort.says and measure.unit == "count" and value.value == 1:
        says = words.of_one(says)
    text = words.states(says, words.figure(value.value, measure.unit), words.within(value.period))
    inside = []
    if counts and value.part is not None and value.cases is not None:
        inside.append(f"{words.count(value.part)} of {words.count(value.cases)}")
    elif counts and value.few:
        inside.append(f"from {cases(book, value)} only")
    if counts and measure.basis:
        inside.append(BASIS[measure.basis])
    return f"{text} ({', '.join(inside)})" if inside else text


def against(found: Stand, measure: Measure) -> str:
    """A standing as a sentence ends: 6.7 points short of the agreed target of 60% ...."""
    goal = form(found.target, measure)
    kind = "" if found.target.kind == "statutory" else f"{found.target.kind} target of "
    if found.met:
        return f"which meets the {kind}{goal}"
    return f"{words.amount(found.gap, measure.unit)} short of the {kind}{goal}"


def sentence(book: Book, value: Value) -> Sentence:
    """Everything that can be said of a trusted figure, in one sentence."""
    key = value.point.shown.series
    measure = book.measure(key.measure)
    parts = [clause(book, value)]
    change = year_before(book, value)
    found = standing(book, value)
    said = [change.words] if change.words else []
    if isinstance(found, Stand):
        said.append(against(found, measure))
    text = parts[0] + (f", {' and '.join(said)}" if said else "")
    if change.why_not == _NO_CHANGE["break"] and change.versus:
        text += f"; not comparable with the year before ({change.versus})"
    if beyond := longer(book, value):
        text += f"; that is {beyond} {ALLOWED}"
    assert value.value is not None
    return Sentence(f"{text}.", f"/measure/{key.measure}?cohort={key.cohort}",
                    (words.figure(value.value, measure.unit),))  # fmt: skip


def heading(book: Book, value: Value) -> str:
    """The finding as a heading: a trusted figure and the one comparison that matters most."""
    measure = book.measure(value.point.shown.measure)
    if value.few:
        # One case more or less would move it: no comparison carries a heading.
        return clause(book, value)
    text = clause(book, value, counts=False)
    found = standing(book, value)
    if isinstance(found, Stand):
        return f"{text}, {against(found, measure)}"
    change, _ = on_year_before(book, value)
    if change and not change.before.few:
        amount = words.compared(change.amount, measure.unit)
        return f"{text}, {amount} {'as' if amount == 'the same' else 'than'} a year before"
    return text


def newest_trusted(line: Line) -> Value | None:
    """The last figure of a line that may be spoken of: no finding doubts it."""
    return next((value for value in reversed(line) if value.trusted), None)


def finding(book: Book, line: Line, say: Callable[[Book, Value], str] = heading) -> str:
    """A line's finding, of its newest figure that no finding doubts; empty without a number.

    A newer one that is flagged is named without its value: it takes no part in sentences.
    """
    newest, spoken = last_number(line), newest_trusted(line)
    if newest is None:
        return ""
    if newest is spoken:
        return say(book, newest)
    flagged = f"the figure for {words.period(newest.period)} is flagged"
    if spoken is None:
        key = newest.point.shown.series
        return f"{book.cohort(key.measure, key.cohort).title}: {flagged}"
    return f"{say(book, spoken)}; {flagged}"
