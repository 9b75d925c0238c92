"""One figure told in words: the clause, its change, its standing. For pages and reports alike."""

from __future__ import annotations

from decimal import Decimal

from dashboard import words
from dashboard.views.types import Change, Figure, Sentence, Standing, Verdict
from etl.analysis import rounded
from etl.analysis.book import Book, Value
from etl.analysis.change import on_year_before, since_last_report
from etl.analysis.targets import NoStand, Stand, declared_for, standing
from etl.analysis.variation import Unsaid, Variation, examine
from etl.model import Measure, Target

BASIS = {
    "including": "counting those with permitted exceptions",
    "excluding": "leaving out those with permitted exceptions",
}
# What the cases are that a figure rests on, by theme; a measure may have others.
_CASES = {"missing": "children", "alternative": "pupils", "plans": "plans", "context": "pupils"}

_NO_CHANGE = {
    "doubted": "Left out until answered",
    "before_doubted": "The earlier figure is flagged",
    "not_held": "Not reported then",
    "no_number": "No figure then",
    "first": "First printed since",
    "same": "No newer figure",
    "restarted": "Started again in April",
    "only": "No earlier report held",
}


def cases(book: Book, value: Value) -> str:
    """How many cases a figure rests on: "22 pupils", "1,025 plans"; empty where not known."""
    if value.cases is None:
        return ""
    declared = book.measure(value.point.shown.measure)
    noun = _CASES.get(declared.theme, "cases")
    if value.point.shown.reading.sample_size is not None:
        noun = "cases"
    return words.many(value.cases, noun.removesuffix("s"), noun) if noun != "children" else (
        f"{value.cases} {'child' if value.cases == 1 else 'children'}"
    )  # fmt: skip


def figure(book: Book, value: Value) -> Figure:
    """The figure as printed large, with its unit and period."""
    assert value.value is not None
    unit = book.measure(value.point.shown.measure).unit
    return Figure(
        words.number(value.value, unit),
        words.beside(value.value, unit),
        words.period(value.period, short=True),
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
    versus = f"{words.plain(before.value, measure.unit)} in {words.period(before.period, True)}"
    if now.period.span == before.period.span == "calendar_year":
        versus = f"{words.plain(before.value, measure.unit)} in {before.period.end.year}"
    if running:
        versus = (
            f"{words.plain(before.value, measure.unit)} by {words.month(before.period.end, True)}"
        )
    if before.few:
        versus += f", from {cases(book, before)}"
    return Change(
        words.signed(amount, measure.unit),
        versus + source,
        words.than(amount, measure.unit, when, before.value),
        amount=float(amount),
        tone=_tone(measure, amount),  # type: ignore[arg-type]
    )


def year_before(book: Book, value: Value) -> Change:
    """The change on the same month (or months, or year) a year before."""
    change, why = on_year_before(book, value)
    if change is None:
        return Change(why_not=_NO_CHANGE[why])
    other = change.before.point.shown.table == "dfe" != value.point.shown.table
    return _change(book, value, change.before, " (DfE)" if other else "")


def last_report(book: Book, value: Value) -> Change:
    """The change on what the last report held gave as its latest figure."""
    since = since_last_report(book, value)
    if value.point.shown.table == "dfe":
        return Change(why_not="Not in the reports")
    if since.reason == "first":
        return Change(why_not="First printed now")
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
    return f"{level} each month" if target.form == "monthly" else f"{level} by law"


def standing_of(book: Book, value: Value) -> Standing:
    """The standing against a target in words, or why there is none."""
    found = standing(book, value)
    measure = book.measure(value.point.shown.measure)
    if isinstance(found, Stand):
        gap = words.amount(found.gap, measure.unit)
        beyond = "below" if measure.better == "lower" else "above"
        kind = "" if found.target.kind == "statutory" else f", {found.target.kind}"
        detail = f"{form(found.target, measure)}{kind}"
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
        note = next((e.text for e in reversed(book.record.events) if measure.id in e.measures
                     and "target" in e.title.lower() and e.start.year <= year), "")  # fmt: skip
        return Standing(f"No target is held for {year}", note)
    return Standing(
        {
            "not_yet": "The year is still running",
            "other_form": "The target is for a whole year",
            "other_basis": "The target counts exceptions differently",
            "other_basis_differs": "Met on one basis, short on the other",
            "other_basis_missing": "Not said how the target counts exceptions",
            "doubted": "Left out until answered",
            "set_later": "The target was set later",
        }.get(found.why, "No target is set"),
        label,
    )


def verdict(book: Book, value: Value) -> Verdict:
    """Whether the figure lies beyond usual variation, or why that is not said."""
    shown = value.point.shown
    if value.period.span != "month":
        running = value.period.span != "calendar_year"
        return Verdict("A running total is not tested" if running else "A year is not tested",
                       "Only what happens in a single month is held against usual variation.",
                       shape="")  # fmt: skip
    if not value.trusted:
        return Verdict("Left out until answered", "A flagged figure gets no verdict.")
    found = examine(book, shown.measure, shown.cohort)
    if isinstance(found, Variation):
        return judged(book.measure(shown.measure), found)
    return unsaid(found, cases(book, value))


def unsaid(found: Unsaid, small: str = "") -> Verdict:
    """Why usual variation cannot be said."""
    if found.reason == "too_few":
        year = found.wanted > 13
        need = f"{found.wanted} months in a row are needed"
        need += ", so that each can be compared with its own month a year before" if year else ""
        return Verdict("Too few months in a row to say", f"{need}; {found.months} are held.")
    texts = {
        "stock": ("Not tested: a count at one date",
                  "Usual variation is only worked out for what happens within a month."),
        "cumulative": ("A running total is not tested",
                       "Its restart each April would look like an improvement."),
        "unknown_stock": ("Not tested: not said what is counted",
                          "The papers do not say whether it counts a month's cases or all there are."),
        "flat": ("Hardly varied, so not tested",
                 "The first 13 months were all the same: they tell nothing of usual variation."),
        "none": ("No monthly figures", "Only what happens in a single month is tested."),
        "few_cases": (f"{small}: read with care" if small else "Few cases: read with care",
                      "A figure from fewer than 10 cases gets no verdict."),
    }  # fmt: skip
    short, detail = texts[found.reason]
    return Verdict(short, detail, shape="unsaid" if found.reason == "few_cases" else "")


def judged(measure: Measure, found: Variation) -> Verdict:
    """The verdict on the newest point, in the direction that the registry declares."""
    last = found.points[-1]
    what = "change on a year before" if found.differences else "figure"
    if not last.signal:
        return Verdict("Within usual variation",
                       f"The latest {what} lies where such figures usually lie.", "usual")  # fmt: skip
    side = "above" if last.high else "below"
    why = {
        "outside": f"the latest {what} lies {side} the limits of usual variation",
        "two_of_three": f"two of the last three lie far {side} the average, near the limit",
        "seven": f"the last seven lie {side} the average",
    }[last.signal]
    why = f"More than usual variation: {why}."
    if measure.better == "none":
        return Verdict("Unusually high" if last.high else "Unusually low", why, "unsaid")
    good = last.high == (measure.better == "higher")
    return (Verdict("Improving", why, "better", "good") if good
            else Verdict("Worsening", why, "worse", "bad"))  # fmt: skip


def over_limit(book: Book, value: Value) -> str:
    """For an average of times: how far beyond what the law normally allows a single plan."""
    measure = book.measure(value.point.shown.measure)
    if measure.nature != "mean" or value.value is None:
        return ""
    limit = next((t for t in declared_for(book, measure.id, value.point.shown.cohort)
                  if t.form == "limit" and t.start <= value.period.end <= t.end), None)  # fmt: skip
    if limit is None or value.value <= limit.value:
        return ""
    more = rounded(value.value - limit.value, 0 if measure.unit == "days" else 1)
    return (
        f"on average {words.amount(more, measure.unit)} longer than the law normally allows a plan"
    )


def clause(book: Book, value: Value, *, counts: bool = True) -> str:
    """The figure in a clause: what, when, from how many; no full stop."""
    assert value.value is not None
    key = value.point.shown.series
    measure, cohort = book.measure(key.measure), book.cohort(key.measure, key.cohort)
    says = cohort.says or f"was the figure for {words.lower(cohort.title)}"
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
    """A standing at the end of a sentence: 6.7 points short of the agreed 60% by the end of 2021."""
    goal = form(found.target, measure)
    kind = "" if found.target.kind == "statutory" else f"{found.target.kind} "
    if found.target.kind == "stretch":
        kind = "stretch target of "
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
    if longer := over_limit(book, value):
        text += f"; {longer}"
    assert value.value is not None
    return Sentence(f"{text}.", f"/measure/{key.measure}?cohort={key.cohort}",
                    (words.figure(value.value, measure.unit),))  # fmt: skip


def heading(book: Book, value: Value) -> str:
    """The finding as a heading: the figure and the one comparison that matters most."""
    measure = book.measure(value.point.shown.measure)
    text = clause(book, value, counts=False)
    if not value.trusted:
        return f"{text}, as printed; it does not add up"
    found = standing(book, value)
    if isinstance(found, Stand):
        return f"{text}, {against(found, measure)}"
    change, _ = on_year_before(book, value)
    if change:
        amount = words.compared(change.amount, measure.unit)
        return f"{text}, {amount} {'as' if amount == 'the same' else 'than'} a year before"
    return text
