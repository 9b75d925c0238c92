"""Whether a figure lies beyond usual variation, in words, or why that is not said."""

from __future__ import annotations

from dashboard import words
from dashboard.views.counting import cases
from dashboard.views.types import Verdict
from etl.analysis.book import Book, Value
from etl.analysis.variation import Unsaid, Variation, examine
from etl.model import Measure


def verdict(book: Book, value: Value) -> Verdict:
    """Whether the figure lies beyond usual variation, or why that is not said."""
    shown = value.point.shown
    if value.period.span != "month":
        running = value.period.span != "calendar_year"
        return Verdict(
            "A running total is not tested" if running else "A year is not tested",
            "Only what happens in a single month is held against usual variation.",
            shape="",
        )
    if not value.trusted:
        return Verdict("Left out: it is flagged", "A flagged figure gets no verdict.")
    found = examine(book, shown.measure, shown.cohort)
    if isinstance(found, Variation):
        return judged(book.measure(shown.measure), found)
    return unsaid(found, cases(book, value), left_out(book, shown.measure, shown.cohort))


def left_out(book: Book, measure: str, cohort: str) -> str:
    """Which months break the run because their figures are flagged, as a sentence; or nothing."""
    line = book.line(measure, cohort, "month")
    out = [words.month(v.period.end) for v in line if v.value is not None and not v.trusted]
    if not out:
        return ""
    does = "is flagged and takes" if len(out) == 1 else "are flagged and take"
    return f" {words.together(out)} {does} no part."


def unsaid(found: Unsaid, small: str = "", out: str = "") -> Verdict:
    """Why usual variation cannot be said; `out` are the months that are left out."""
    if found.reason == "too_few":
        year = found.wanted > 13
        need = f"{found.wanted} months in a row are needed"
        need += ", so that each can be compared with its own month a year before" if year else ""
        held = f"{found.months} {'is' if found.months == 1 else 'are'} held"
        return Verdict("Too few months in a row to say", f"{need}; {held}.{out}")
    texts = {
        "stock": (
            "Not tested: a count at one date",
            "Usual variation is only worked out for what happens within a month.",
        ),
        "cumulative": (
            "A running total is not tested",
            "Its restart each April would look like an improvement.",
        ),
        "unknown_stock": (
            "Not tested: not known what is counted",
            "It is not known here whether it counts one month's cases or all.",
        ),
        "flat": (
            "Hardly varied, so not tested",
            "The first 13 months were all the same: they tell nothing of usual variation.",
        ),
        "doubted": ("Left out: it is flagged", "A flagged figure gets no verdict."),
        "uncounted": (
            "Not tested: its number of cases is not held",
            "How far a share usually varies depends on how many cases it is of.",
        ),
        "none": ("No monthly figures", "Only what happens in a single month is tested."),
        "few_cases": (
            f"{small}: read with care" if small else "Few cases: read with care",
            "A figure from fewer than 10 cases gets no verdict.",
        ),
    }
    short, detail = texts[found.reason]
    return Verdict(short, detail, shape="unsaid" if found.reason == "few_cases" else "")


def why(found: Variation) -> str:
    """What the verdict on the newest point rests on, as a clause."""
    last = found.points[-1]
    what = "change on a year before" if found.differences else "figure"
    side = "above" if last.high else "below"
    return {
        "": f"the latest {what} lies where such usually lie",
        "outside": f"the latest {what} lies {side} the limits of usual variation",
        "two_of_three": f"two of the last three lie far {side} the average, near the limit",
        "seven": f"the last seven lie {side} the average",
    }[last.signal]


def judged(measure: Measure, found: Variation) -> Verdict:
    """The verdict on the newest point, in the direction that the registry declares."""
    last = found.points[-1]
    if not last.signal:
        return Verdict("Within usual variation", f"{words.capital(why(found))}.", "usual")
    detail = f"More than usual variation: {why(found)}."
    if measure.better == "none":
        return Verdict("Unusually high" if last.high else "Unusually low", detail, "unsaid")
    good = last.high == (measure.better == "higher")
    return (
        Verdict("Improving", detail, "better", "good")
        if good
        else Verdict("Worsening", detail, "worse", "bad")
    )
