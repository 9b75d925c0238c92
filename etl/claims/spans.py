"""From a figure, its series and its month to the period claimed; and whose figure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from etl import periods
from etl.claims.dates import When, index, month_of
from etl.claims.figures import Figure
from etl.claims.meaning import Choice
from etl.model import About, Measure, Period, Registry, Span

_TOTAL = re.compile(
    r"\b(?:total\w*|cumulative\w*|to date|stood|stands|reached|year to|bringing|so far|rose to"
    r"|risen to|risen from|rose from"
    r"|increased (?:from|to)|cumulative figure|had been received|have been received)\b",
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
_END_OF = re.compile(r"\bend of (?:the )?(?:calendar )?(?:year )?$", re.IGNORECASE)
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
_NATION = re.compile(r"\b(?:national|(?<!published )nationally|England)\b", re.IGNORECASE)
_REGION = re.compile(r"\b(?:regional|regionally|the region)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:statistical neighbours?|neighbouring|other (?:councils|authorities|areas|counties)"
    r"|elsewhere|across (?:the country|the UK|Britain))\b",
    re.IGNORECASE,
)
NOWHERE = "?"


@dataclass(frozen=True)
class Claim:
    """A figure with its series and month, and the sentence they stand in."""

    figure: Figure
    choice: Choice
    when: When | None
    words: str
    sentence: str
    levels: tuple[tuple[Figure, When], ...]
    whens: tuple[When, ...]
    now: bool
    anchor: tuple[int, int] | None = None
    stretches: tuple[tuple[int, int], ...] = ()
    beside: tuple[tuple[Figure, When], ...] = ()
    first: When | None = None


Timed = tuple[About, Period | None, Period | None, bool]


def areas(registry: Registry) -> list[tuple[re.Pattern[str], str]]:
    """What names another area in a sentence -> its code; an unknown one has no code."""
    council = registry.council
    named = [
        (re.compile(rf"\b{re.escape(name)}\b"), code)
        for code, name in council.areas.items()
        if code != council.authority and "(" not in name
    ]
    return [
        (_OTHERS, NOWHERE),
        (_NATION, council.country),
        (_REGION, council.region),
        *named,
        (
            re.compile(rf"\b(?:{re.escape(council.short_name)}|our|the council|we)\b"),
            council.authority,
        ),
    ]


def area(claim: Claim, known: Sequence[tuple[re.Pattern[str], str]], council: str) -> str:
    """The area whose figure it is: named in the figure's own words, or before any figure."""
    figure = claim.figure
    own = [(start, min(end, len(claim.sentence))) for start, end in claim.stretches]
    for spans in (own, [(0, figure.start)]):
        nearest: tuple[int, str] | None = None
        for pattern, code in known:
            for match in pattern.finditer(claim.sentence):
                if not any(start <= match.start() < end for start, end in spans):
                    continue
                away = (
                    figure.start - match.end()
                    if match.end() <= figure.start
                    else match.start() - figure.end
                )
                if nearest is None or away < nearest[0]:
                    nearest = (away, code)
        if nearest is not None:
            return "" if nearest[1] == council else nearest[1]
    return ""


def listed(claim: Claim, measure: Measure) -> Iterator[When | None]:
    """The month of a claim, and those listed with it: "61% in November and December".

    What a running total grew by in several months is one claim, of the last of them.
    """
    when = claim.when
    if measure.nature == "cumulative" and when is not None and len(claim.levels) < 2:
        place = claim.whens.index(when)
        while claim.whens[place].linked and place + 1 < len(claim.whens):
            place += 1
        yield claim.whens[place]
        return
    yield when
    if when is None or claim.choice.about == "change" or when.start < claim.figure.end:
        return
    place = claim.whens.index(when)
    before = place - 1
    ahead = place
    taken = {other for figure, other in claim.levels if figure is not claim.figure}
    while (
        before >= 0 and claim.whens[before].linked and claim.whens[before].start >= claim.figure.end
    ):
        if claim.whens[before] not in taken:
            yield claim.whens[before]
        before -= 1
    while claim.whens[ahead].linked and ahead + 1 < len(claim.whens):
        ahead += 1
        if claim.whens[ahead] not in taken:
            yield claim.whens[ahead]


def timed(claim: Claim, measure: Measure, published: date | None) -> Timed | None:
    """What is claimed of which period, since when, and whether that is sure; None: no time."""
    if claim.choice.about == "limit":
        return "limit", None, None, True
    if claim.choice.about == "target":
        return _target(claim, published)
    if claim.choice.about == "change":
        return _change(claim, measure, published)
    when = claim.when
    if when is None or _another_has(claim, when):
        return _now(claim, measure, published)
    return _level(claim, when, measure, published)


def _another_has(claim: Claim, when: When) -> bool:
    """Whether a figure "to date" only borrows the month of a nearer one: "52% to date, 60% in July"."""
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
        if _adds_up(measure) and _TO_DATE.search(near):
            return about, _period("calendar_year_to_date", when.month), None, when.sure
        return about, _period("quarter", when.month), None, when.sure
    to_date = when.to_date or (
        bool(_TO_DATE.search(near)) and not _MONTHLY.search(near) and not claim.figure.sign
    )
    yearly = _adds_up(measure)
    if (
        when.grain == "year"
        and measure.nature == "stock"
        and _END_OF.search(claim.sentence[: when.start])
    ):
        return about, _period("month", (when.year, 12)), None, when.sure
    if when.grain == "year":
        if to_date and published and yearly:
            last = min(index((when.year, 12)), index((published.year, published.month)) - 1)
            return about, _period("calendar_year_to_date", month_of(last)), None, False
        return about, _period("calendar_year", when.month), None, when.sure
    if when.begins is not None:
        first = when.begins
        if first[1] % 3 == 1 and index(when.month) - index(first) == 2 and not to_date:
            return about, _period("quarter", when.month), None, when.sure
        if first[1] == 1 and first[0] == when.year and yearly:
            return about, _period("calendar_year_to_date", when.month), None, when.sure
        if measure.nature == "flow":
            return "increase", _stretch(first, when.month), None, when.sure
        return about, _period("month", when.month), None, len(claim.levels) > 1 and when.sure
    if to_date and yearly:
        return about, _period("calendar_year_to_date", when.month), None, when.sure
    return about, _period("month", when.month), None, when.sure


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
        return about, _period(span, when.month), None, when.sure
    if when.grain == "year":
        return "increase", _stretch((when.year, 1), (when.year, 12)), None, False
    if when.grain == "quarter":
        year, number = when.month
        return "increase", _stretch((year, number - 2), when.month), None, when.sure
    if about == "rate":
        return about, _period(span, when.month), None, when.sure
    if about == "increase":
        first = when.begins or _list_start(claim, when)
        return "increase", _stretch(first, when.month), None, when.sure
    if when.begins is not None:
        total = _period(span, when.month)
        still = re.search(r"\b(?:remain|stay|unchanged|constant)", claim.sentence)
        if (total.start.year, total.start.month) == when.begins or len(claim.levels) > 1 or still:
            return about, total, None, when.sure
        return "increase", _stretch(when.begins, when.month), None, when.sure
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
    total_said = bool(_TOTAL.search(near) or _UP_TO.search(before)) and not _MONTHLY.search(
        claim.sentence
    )
    return about, _period(span, when.month), None, when.sure and total_said


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
    if claim.anchor and 0 <= index(last) - index(claim.anchor) < 6:
        last = claim.anchor
    if measure.nature == "cumulative":
        return claim.choice.about, _period(measure.span, last), None, False
    if _TO_DATE.search(_near(claim)) and measure.unit in ("count", "percent"):
        return claim.choice.about, _period("calendar_year_to_date", last), None, False
    span: Span = measure.span
    return claim.choice.about, _period(span, last), None, False


def _target(claim: Claim, published: date | None) -> Timed:
    when = claim.when
    if when is None:
        return "target", None, None, False
    year = when.month[0]
    return "target", _period("calendar_year", (year, 12)), None, when.sure


def _change(claim: Claim, measure: Measure, published: date | None) -> Timed | None:
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
        return "change", _period(span, ranged.month), _period(span, ranged.begins), ranged.sure
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
            _period(span, (over.month[0] - 1, over.month[1])),
            over.sure,
        )
    if since is None:
        return None
    later = [one for one in [*levels, *usable] if index(one.month) > index(since.month)]
    if not later:
        return None
    latest = min(
        later, key=lambda one: (one.start > claim.figure.start, abs(one.start - claim.figure.start))
    )
    sure = latest.sure and since.sure
    return "change", _ended(latest, measure), _ended(since, measure), sure


def _ended(when: When, measure: Measure) -> Period:
    if measure.nature == "cumulative" or when.grain not in ("year", "quarter"):
        return _period(measure.span, when.month)
    return _period("calendar_year" if when.grain == "year" else "quarter", when.month)


_VAGUE = re.compile(
    r"\b(?:(?:first|last|past|previous|next|other|second) (?:\w+ )?(?:months|weeks|terms?|half)"
    r"|half of|academic year|school year"
    r"|(?:autumn|spring|summer|winter) term|rolling|half[- ]year)\b",
    re.IGNORECASE,
)


def close(claim: Claim, when: When | None) -> bool:
    """Whether a figure and its month stand side by side, with nothing that may part them."""
    if when is None:
        return False
    left, right = sorted(((claim.figure.start, claim.figure.end), (when.start, when.end)))
    between = claim.sentence[left[1] : right[0]]
    return len(between) < 36 and not re.search(r"[,;0-9]", between)


def vague(claim: Claim, when: When | None) -> bool:
    """Whether the sentence names a stretch of time that is not understood, and no month."""
    return bool(_VAGUE.search(claim.sentence)) and (when is None or when.grain != "month")


def at(when: When, period: Period, measure: Measure) -> Period:
    """The period of the same span, as a claim of this measure at another time would have it."""
    span = (
        period.span
        if when.grain == "month"
        else "calendar_year"
        if when.grain == "year"
        else "quarter"
    )
    return _period(measure.span if measure.nature == "cumulative" else span, when.month)


def _near(claim: Claim) -> str:
    """The figure's own words, and what opens the sentence."""
    first = min([claim.figure.start, *(figure.start for figure, _ in claim.levels)])
    return f"{claim.sentence[:first][-80:]} {claim.words}"


def _period(span: Span, month: tuple[int, int]) -> Period:
    return periods.for_span(span, *month)


def _stretch(first: tuple[int, int], last: tuple[int, int]) -> Period:
    return Period("month", periods.month(*first)[0], periods.month(*last)[1])
