"""From a figure, its series and its month to the period claimed; and whose figure it is."""

from __future__ import annotations

import re
from datetime import date

from etl import periods
from etl.claims.changes import change
from etl.claims.claim import Claim, Timed, period_of
from etl.claims.dates import When
from etl.claims.months import index, month_of
from etl.model import Measure, Period, Span

_TOTAL = re.compile(
    r"\b(?:total\w*|cumulative\w*|to date|stood|stands|reached|year to|bringing|so far|rose to"
    r"|risen to|risen from|rose from"
    r"|increased (?:from|to)|cumulative figure|had been received|have been received)\b",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"\b(?:rose|ris(?:en|ing)|went|gone|going|increas\w+|climb\w+|gr[eo]w\w*|up|bringing|taking"
    r"|took)\b[^;.]*\bto\s+(?:a total of )?$",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\b(?:by|to|at|as at|since|until|up to)\s+(?:the\s+)?(?:(?:end|start|beginning) of\s+)?$",
    re.IGNORECASE,
)
_CUMULATIVE = re.compile(
    r"\b(?:cumulative\w*|total to|to date|year to|since (?:the start of )?(?:April|January)"
    r"|so far)\b",
    re.IGNORECASE,
)
_TO_DATE = re.compile(
    r"\b(?:year[- ]to[- ]date|to date|cumulative\w*|so far (?:this|in)"
    r"|since (?:the start of )?(?:January|the year)|year to (?!date))",
    re.IGNORECASE,
)
_MONTHLY = re.compile(
    r"\b(?:month(?:ly)? (?:alone|stand)|stand[- ]alone|in the month|in \w+\)|monthly breakdown)",
    re.IGNORECASE,
)


def timed(claim: Claim, measure: Measure, published: date | None) -> Timed | None:
    """What is claimed of which period, since when, and whether that is sure; None: no time."""
    if claim.choice.about == "limit":
        return "limit", None, None, True
    if claim.choice.about == "target":
        return _target(claim, published)
    if claim.choice.about == "change":
        return change(claim, measure, published)
    when = claim.when
    if when is None or (when.grain == "month" and _another_has(claim, when)):
        return _now(claim, measure, published)
    about, period, since, sure = _level(claim, when, measure, published)
    return about, period, since, sure and when.role != "since"


def _another_has(claim: Claim, when: When) -> bool:
    """Whether a figure "to date" only borrows a month: July in "52% to date, 60% in July"."""
    if not _TO_DATE.search(claim.words) or when.to_date or when.start < claim.figure.end:
        return False
    return any(
        claim.figure.end <= figure.start < when.start and other is when
        for figure, other in claim.beside
    )


def _level(claim: Claim, when: When, measure: Measure, published: date | None) -> Timed:
    about = claim.choice.about
    near = _near(claim)
    if measure.nature == "cumulative":
        return _running(claim, when, measure, near)
    if when.grain == "financial_year":
        return (
            about,
            Period("month", date(when.year, 4, 1), date(when.year + 1, 3, 31)),
            None,
            False,
        )
    if when.grain == "quarter":
        if _adds_up(measure) and when.at_end and measure.unit == "count":
            return about, period_of("calendar_year_to_date", when.month), None, False
        if _adds_up(measure) and _TO_DATE.search(near):
            return about, period_of("calendar_year_to_date", when.month), None, when.sure
        return about, period_of("quarter", when.month), None, when.sure and not when.at_end
    to_date = when.to_date or (
        bool(_TO_DATE.search(near)) and not _MONTHLY.search(near) and not claim.figure.sign
    )
    yearly = _adds_up(measure)
    if when.grain == "year" and when.at_end and not yearly and measure.span == "month":
        return about, period_of("month", (when.year, 12)), None, when.sure
    if when.grain == "year":
        if to_date and published and yearly:
            last = min(index((when.year, 12)), index((published.year, published.month)) - 1)
            return about, period_of("calendar_year_to_date", month_of(last)), None, False
        return about, period_of("calendar_year", when.month), None, when.sure
    if when.begins is not None:
        first = when.begins
        if any(other.role == "from" for _, other in claim.levels):
            return about, period_of("month", when.month), None, when.sure  # "from 54% to 53%"
        whole = first[1] % 3 == 1 and index(when.month) - index(first) == 2
        if whole and not to_date and (yearly or measure.nature != "share"):
            return about, period_of("quarter", when.month), None, when.sure
        if first[1] == 1 and first[0] == when.year and yearly:
            return about, period_of("calendar_year_to_date", when.month), None, when.sure
        if measure.nature == "flow":
            return "increase", _stretch(first, when.month), None, when.sure
        return about, period_of("month", when.month), None, len(claim.levels) > 1 and when.sure
    if to_date and yearly:
        return about, period_of("calendar_year_to_date", when.month), None, when.sure
    return about, period_of("month", when.month), None, when.sure


def _adds_up(measure: Measure) -> bool:
    """Whether the measure is also given for the calendar year to date."""
    outturn = measure.outturn
    return measure.accumulates == "calendar_year" or (
        outturn is not None and "calendar_year_to_date" in outturn.spans
    )


def _running(claim: Claim, when: When, measure: Measure, near: str) -> Timed:
    """Of a running total: its level at a month, or what it grew by within months."""
    about = claim.choice.about
    span: Span = measure.span
    before = claim.sentence[: when.start][-40:]
    if when.grain == "financial_year":
        return about, period_of(span, when.month), None, when.sure
    if when.grain == "year" and when.at_end:
        return about, period_of(span, when.month), None, when.sure and not when.number
    if when.grain == "year":
        return "increase", _stretch((when.year, 1), (when.year, 12)), None, False
    if when.grain == "quarter":
        year, number = when.month
        return "increase", _stretch((year, number - 2), when.month), None, when.sure
    if about == "rate":
        return about, period_of(span, when.month), None, when.sure
    if about == "increase":
        first = _after_end(when) if when.begins else _list_start(claim, when)
        return "increase", _stretch(first, when.month), None, when.sure
    if when.begins is not None:
        total = period_of(span, when.month)
        if _REACHED.search(claim.sentence[: claim.figure.start]):
            return about, total, None, when.sure
        still = re.search(r"\b(?:remain|stay|unchanged|constant)", claim.sentence)
        if (total.start.year, total.start.month) == when.begins or len(claim.levels) > 1 or still:
            return about, total, None, when.sure
        return "increase", _stretch(_after_end(when), when.month), None, when.sure
    grouped = (
        when in claim.whens
        and claim.whens.index(when)
        and claim.whens[claim.whens.index(when) - 1].linked
    )
    if grouped and len(claim.levels) < 2:
        return "increase", _stretch(_list_start(claim, when), when.month), None, when.sure
    if re.search(
        r"(?:\bduring|\bthroughout|\bin the month of)\s+(?:the month of\s+)?$",
        before,
        re.IGNORECASE,
    ) and not _CUMULATIVE.search(near):
        return "increase", _stretch(_list_start(claim, when), when.month), None, when.sure
    total_said = (
        not when.end or when.to_date or bool(_TOTAL.search(near) or _UP_TO.search(before))
    ) and not _MONTHLY.search(claim.sentence)
    return about, period_of(span, when.month), None, when.sure and total_said


def _after_end(when: When) -> tuple[int, int]:
    """The first month of a range; what is "between the end of May and" June begins in June."""
    assert when.begins is not None, "only a range begins"
    return month_of(index(when.begins) + when.at_end)


def _list_start(claim: Claim, when: When) -> tuple[int, int]:
    """The first of the months listed up to `when`: December of "December and January"."""
    place = claim.whens.index(when) if when in claim.whens else 0
    while place and claim.whens[place - 1].linked:
        place -= 1
    return claim.whens[place].month if claim.whens else when.month


def _now(claim: Claim, measure: Measure, published: date | None) -> Timed | None:
    """The last month before publication, where the words say "latest" or "to date"."""
    if not claim.now or published is None:
        return None
    last = month_of(index((published.year, published.month)) - 1)
    if claim.anchor and 0 <= index(last) - index(claim.anchor.month) < 6:
        last = claim.anchor.month
    if measure.nature == "cumulative":
        return claim.choice.about, period_of(measure.span, last), None, False
    if _TO_DATE.search(_near(claim)) and measure.unit in ("count", "percent"):
        return claim.choice.about, period_of("calendar_year_to_date", last), None, False
    span: Span = measure.span
    return claim.choice.about, period_of(span, last), None, False


def _target(claim: Claim, published: date | None) -> Timed:
    when = claim.when
    if when is None:
        return "target", None, None, False
    year = when.month[0]
    return "target", period_of("calendar_year", (year, 12)), None, when.sure


def _near(claim: Claim) -> str:
    """The figure's own words, and what opens the sentence."""
    first = min([claim.figure.start, *(figure.start for figure, _ in claim.levels)])
    return f"{claim.sentence[:first][-80:]} {claim.words}"


def _stretch(first: tuple[int, int], last: tuple[int, int]) -> Period:
    return Period("month", periods.month(*first)[0], periods.month(*last)[1])
