"""One figure told in words: the clause, its change, its standing. For pages and reports alike."""

from __future__ import annotations

from collections.abc import Callable

from dashboard import words
from dashboard.views import changes, readings
from dashboard.views.counting import cases
from dashboard.views.types import Figure, Sentence, Standing
from etl.analysis.book import Book, Line, Value, last_number
from etl.analysis.change import on_year_before
from etl.analysis.rates import england
from etl.analysis.targets import NoStand, Stand, declared_for, standing
from etl.analysis.totals import closed_year
from etl.model import Measure, Target
from etl.text.numbers import rounded

BASIS = {
    "including": "counting those with permitted exceptions",
    "excluding": "leaving out those with permitted exceptions",
}
ALLOWED = "than the law normally allows a plan"


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
    if target.form == "monthly":
        return f"{level} each month"
    return f"law's {level}" if target.kind == "statutory" else f"{level} in each case"


def unheld(book: Book, measure: str, cohort: str, otherwise: Standing | None = None) -> Standing:
    """Why a row's figures are held against no target.

    A target of its own is named; `otherwise`, else that there is none, is said where it has none.
    """
    declared = book.measure(measure)
    own = [t for t in declared_for(book, measure, cohort) if t.kind != "statutory"]
    if own:
        return Standing("Not held against its target", form(own[-1], declared))
    return otherwise or Standing(declared.target.why_not)


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


def _none_for_an_average(book: Book, value: Value) -> Standing | None:
    """How far beyond the law's limit for one an average lies; it has no standing of its own."""
    beyond = longer(book, value)
    return Standing(words.capital(beyond), ALLOWED) if beyond else None


def _no_standing(book: Book, value: Value, found: NoStand, measure: Measure) -> Standing:
    if found.why == "not_held":
        average = _none_for_an_average(book, value)
        return unheld(book, measure.id, value.point.shown.cohort, average)
    year = value.period.end.year
    label = form(found.target, measure) if found.target else ""
    if found.why == "no_target":
        note = next(
            (
                e.text
                for e in reversed(book.events)
                if measure.id in e.measures and "target" in e.title.lower() and e.start.year <= year
            ),
            "",
        )
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
    limit = next(
        (
            t
            for t in declared_for(book, measure.id, value.point.shown.cohort)
            if t.form == "limit" and t.start <= value.period.end <= t.end
        ),
        None,
    )
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
    """Everything that can be said of a trusted figure, in one sentence.

    A total that has just begun again is followed by what it came to in the year before.
    """
    key = value.point.shown.series
    measure = book.measure(key.measure)
    parts = [clause(book, value)]
    change = changes.year_before(book, value)
    found = standing(book, value)
    said = [change.words] if change.words else []
    if isinstance(found, Stand):
        said.append(against(found, measure))
    text = parts[0] + (f", {' and '.join(said)}" if said else "")
    if change.why_not == changes.NO_CHANGE["break"] and change.versus:
        text += f"; not comparable with the year before ({change.versus})"
    if beyond := longer(book, value):
        text += f"; that is {beyond} {ALLOWED}"
    if closed := closed_year(book, value):
        text += f". {clause(book, closed)}"
    assert value.value is not None
    return Sentence(
        f"{text}.",
        f"/measure/{key.measure}?cohort={key.cohort}",
        (words.figure(value.value, measure.unit),),
    )


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


def beside_england(book: Book, value: Value) -> Value | None:
    """England's figure of the same period, for a share or a mean, where no finding doubts it."""
    other = england(book, value)
    counted = book.measure(value.point.shown.measure).unit == "count"
    return None if counted or other is None or not other.trusted else other


def year_heading(book: Book, value: Value) -> str:
    """A year's finding beside England's: 59.0% of EHC plans ... in 2025, against 45.5%."""
    measure = book.measure(value.point.shown.measure)
    other = beside_england(book, value)
    if other and not value.few:
        text_of = clause(book, value, counts=False)
        return f"{text_of}, against {readings.text(other, measure)} in England"
    return heading(book, value)
