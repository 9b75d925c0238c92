"""From a change that a sentence states to its two periods."""

from __future__ import annotations

import re
from datetime import date

from etl.claims.claim import Claim, Timed, period_of
from etl.claims.dates import When
from etl.claims.months import index, month_of
from etl.model import Measure, Period, Span

_YEAR_TO = re.compile(
    r"\b(?:year|12 months|twelve months) (?:to|ending|ended)\s+(?:the end of\s+)?$", re.IGNORECASE
)


_NOW_MORE = re.compile(
    r"\b(?:it|this|that|the figure|the number|the total) (?:is|are|stands) now\s+$", re.IGNORECASE
)


_THAN = re.compile(
    r"\b(?:than|since|from|compared (?:with|to)|on|against|over)\s+(?:(?:it|they|there|we"
    r"|the figure)\s+(?:\w+\s+)?(?:did|was|were|had|stood)\s+)?(?:(?:in|at|for"
    r"|the)\s+)*(?:end of\s+)?$",
    re.IGNORECASE,
)


_YEARLY = re.compile(
    r"\b(?:year[- ]on[- ]year|annual(?:ly)?|over the (?:year|12 months|twelve months)|in a year"
    r"|on the year|within a year|in the (?:past|last) year)\b",
    re.IGNORECASE,
)


_AGAINST = re.compile(r"\b(?:than|compared|against|versus|from|since)\b", re.IGNORECASE)


def change(claim: Claim, measure: Measure, published: date | None) -> Timed | None:
    """The two periods of a change: those named beside it, or those of the levels beside it."""
    span: Span = measure.span
    usable = [one for one in claim.whens if one.role != "report"]
    levels = sorted((when for _, when in claim.levels), key=lambda one: index(one.month))
    since: When | None = None
    for one in usable:
        if (
            one.role == "since"
            or (one.start >= claim.figure.end and _THAN.search(claim.sentence[: one.start]))
            or (one.relative and one.start >= claim.figure.end)
        ):
            since = one
            break
    ranged = next((one for one in usable if one.begins is not None and one.begins[0]), None)
    if since is None and ranged is not None and ranged.begins is not None:
        return _over_a_range(ranged, ranged.begins, measure, usable)
    if since is None and len({one.month for one in levels}) > 1:
        return "change", _ended(levels[-1], measure), _ended(levels[0], measure), levels[0].sure
    before = [when for figure, when in claim.beside if figure.start < claim.figure.start]
    if (
        since is None
        and claim.first is not None
        and before
        and _NOW_MORE.search(claim.sentence[: claim.figure.start])
    ):
        # "gave 387, for July 2021; it is now 108 more": now is what the paragraph began with.
        return "change", _ended(claim.first, measure), _ended(before[-1], measure), claim.first.sure
    over = next((one for one in usable if _YEAR_TO.search(claim.sentence[: one.start])), None)
    if since is None and over is not None:
        return (
            "change",
            _ended(over, measure),
            period_of(span, (over.month[0] - 1, over.month[1])),
            over.sure,
        )
    if since is None:
        return _alone(claim, measure, usable)
    after = index(since.month)
    later = [one for one in levels if index(one.month) > after]
    later = later or [one for one in usable if index(one.month) > after]
    others = [one for one in usable if one.month != since.month and not one.relative]
    if not later and len({one.month for one in others}) == 1 and others[0].grain == since.grain:
        # "36 fewer plans in August than in December"
        sure = others[0].sure and since.sure
        return "change", _ended(others[0], measure), _ended(since, measure), sure
    if not later:
        return None
    later = [one for one in later if not one.relative] or later
    latest = min(
        later, key=lambda one: (one.start > claim.figure.start, abs(one.start - claim.figure.start))
    )
    sure = latest.sure and since.sure
    return "change", _ended(latest, measure), _ended(since, measure), sure


def _over_a_range(
    when: When, begins: tuple[int, int], measure: Measure, usable: list[When]
) -> Timed:
    """A change from the month, quarter or year in which a range begins to that in which it ends."""
    start = next(
        (one for one in usable if one.role == "from" and one.opens == begins and one.year), None
    )
    if start is None or start.grain == "month":
        ends = period_of(measure.span, when.month), period_of(measure.span, begins)
        return "change", *ends, when.sure
    # Of a running total a financial year has its own end, of all else a year and a quarter.
    own = (when.grain == "financial_year") == (measure.nature == "cumulative")
    return "change", _ended(when, measure), _ended(start, measure), when.sure and own


def _alone(claim: Claim, measure: Measure, usable: list[When]) -> Timed | None:
    """A change said of one month alone: since the month before, or year on year."""
    months = {one.month for one in usable}
    two = sorted((one for one in usable if not one.relative), key=lambda one: index(one.month))
    if len(months) == len(two) == 2 and two[0].grain == two[1].grain:
        # "Beside the 512 of November, the number was down 17 in December."
        sure = two[0].sure and two[1].sure
        return "change", _ended(two[1], measure), _ended(two[0], measure), sure
    if len(months) != 1 or any(one.grain == "financial_year" for one in usable):
        return None
    one = usable[0]
    yearly = bool(_YEARLY.search(claim.sentence))
    sure = one.sure and not one.relative and not _AGAINST.search(claim.sentence)
    ended = _ended(one, measure)
    if measure.nature == "cumulative" and not yearly:
        stretch = period_of("month", one.month)
        return ("increase", stretch, None, sure) if one.grain == "month" else None
    back = 12 if yearly or one.grain == "year" else 3 if one.grain == "quarter" else 1
    span = ended.span
    return "change", ended, period_of(span, month_of(index(one.month) - back)), sure


def _ended(when: When, measure: Measure) -> Period:
    if measure.nature == "cumulative" or when.grain not in ("year", "quarter"):
        return period_of(measure.span, when.month)
    return period_of("calendar_year" if when.grain == "year" else "quarter", when.month)
