"""The figures in a sentence: their value, unit, and what the words around them make of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from etl.claims import numerals
from etl.model import Unit

Role = Literal["level", "change", "more", "target", "limit"]
Span = tuple[int, int]
Hedge = Literal["", "about", "over", "under"]

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_UNIT = (
    r"(?P<points>[\s-]*(?:percentage|per cent|%)?[\s-]*points?\b|\s*pp\b|\s*ppts?\b)"
    r"|(?P<percent>\s*%|[\s-]*per\s?cent\b)"
    r"|(?P<days>[\s-]*(?:calendar\s+|working\s+)?days?\b)|(?P<weeks>[\s-]*weeks?\b)"
)
_FIGURE = re.compile(
    rf"(?:(?<![\w.,/\u00a3$\u20ac+-])|(?<=\w\s-))(?:(?P<digits>{_DIGITS})(?![\d\w]|[.,/]\d)"
    rf"|\b(?P<words>{numerals.NUMBER})\b)"
    rf"(?:{_UNIT})?",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:no|nil|zero|none)\b(?!\s+(?:longer|later|more than|fewer|less|doubt))", re.IGNORECASE
)

_HEDGES: tuple[tuple[str, Hedge], ...] = (
    (
        r"just under|nearly|almost|close to|slightly under|a little under|fewer than|less than"
        r"|under|below|up to|at most|no more than",
        "under",
    ),
    (r"just over|slightly over|a little over|more than|in excess of|over|above|at least", "over"),
    (r"about|around|approximately|approx\.?|roughly|some|circa|c\.", "about"),
)
_HEDGE = tuple(
    (re.compile(rf"\b(?:{words})\s+(?:an?\s+)?$", re.IGNORECASE), hedge) for words, hedge in _HEDGES
)

_CHANGE_BEFORE = re.compile(
    r"(?:\bby|\b(?:increas|decreas|ris|fall|drop|reduc|improve|gain|growth|declin|differen"
    r"|chang)\w*(?: of| by)"
    r"|\b(?:rise|fall|drop|gain|cut|jump|dip) of"
    r"|(?<!made )(?<!make )(?<!makes )(?<!making )\bup|\bdown|\bgr(?:ew|own) by)(?: a further"
    r"| another| just| only)?\s+$",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    r"^\s*(?:\w+\s+){0,2}?(?:more|fewer|less|lower|higher|better|worse|longer|shorter|quicker"
    r"|faster|slower|above|below)\b(?!\s+than\s+half)"
    r"|^\s*(?:increase|decrease|rise|fall|drop|reduction|improvement)\b",
    re.IGNORECASE,
)
_MORE_BEFORE = re.compile(r"\b(?:further|additional|another)\s+$", re.IGNORECASE)
_MORE_AFTER = re.compile(r"^\s*(?:further|additional|more|new)\s+(?!than\b)", re.IGNORECASE)
_TARGET_BEFORE = re.compile(
    r"\btargets?\b(?:\s+[\w'\u2019()-]+){0,9}?\s*(?:of|was|is|were|=|:|remains|set at|to be"
    r"|to)\s*(?:at least\s+)?$",
    re.IGNORECASE,
)
_AIM_BEFORE = re.compile(
    r"\b(?:achiev(?:e|ing)|(?:aim|seek|intend|want|commit\w*|plan)(?:s|ed|ing)? to \w+|aim(?:s"
    r"|ed|ing)?(?: for| at| to (?:reach|achieve))|ambition (?:of|is)|goal (?:of|is"
    r"|was))\s+(?:at least\s+)?$",
    re.IGNORECASE,
)
_NOT_TARGET = re.compile(
    r"\b(?:below|above|against|on|missed|met|under|over|exceed\w*|towards)\s+(?:the |our |its "
    r"|this )?target\b[^,;]*$",
    re.IGNORECASE,
)
_TARGET_AFTER = re.compile(r"^\s*(?:stretch\s+|agreed\s+|annual\s+)?target\b", re.IGNORECASE)
_LAW = r"\b(?:statutory|legal|lawful|required by law)\s+(?:\w+\s+){0,2}(?:timescale|timeframe|time limit|limit|deadline|maximum|period)s?"
_LIMIT_BEFORE = re.compile(
    rf"\b(?:statutory|legal)\s+$|{_LAW}\W+(?:[\w\u2019'()]+\s+){{0,7}}(?:is|are|of|being|was|at"
    rf"|=|:)\s*$",
    re.IGNORECASE,
)
_LIMIT_AFTER = re.compile(rf"^[\s-]*(?:{_LAW})", re.IGNORECASE)

_NOT_BEFORE = re.compile(
    r"(?:\b(?:every|each|per|paragraphs?|paras?|pages?|pp?\.|items?|sections?|s\.|appendix"
    r"|appendices|annex|regulations?|reg\.?|articles?"
    r"|tables?|charts?|rows?|bullets?|chapters?|parts?|phases?|stages?|ks|years?|year groups?"
    r"|no\.?|number:|numbers?:?"
    r"|tel|telephone|call|phone|covid|version|strand|priority|recommendations?|schedule|act"
    r"|level|band|tier|grade"
    r"|ages?|aged|aged between|ages? (?:of )?)\s*[:.]?\s*(?:[0-9]+\s*(?:-|to|and|,|or)\s*)?"
    r"|\bfigures?\s+|[\u00a3$\u20ac#]\s*)$",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b(?:ages?|aged)\s+(?:of\s+)?(?:[0-9]+\s*(?:-|to|and)\s*)?$", re.IGNORECASE)
_NOT_AFTER = re.compile(
    r"^\s*(?:(?:-|\u2013|to)\s*[0-9]{1,2}[\s-]*(?:years?|year|week|month)"
    r"|(?:million|billion|m\b|bn\b|k\b|hours?|minutes?|months?|years?|yrs?|-?year|-?month|st\b"
    r"|nd\b|rd\b|th\b|am\b|pm\b|/|:\d|x\b)"
    r"|-(?!\s)|\u2013\d|-\d"
    r"|(?:of the|standard)\s+(?:\w+\s+){0,2}?(?:data sets|measures|indicators|areas|ways?)"
    r"|(?:times|places)\b)",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"^\s*(?:\w+\s+){0,2}?(?:per|a|each|every)\s+(?:month|week|day|term)\b|^\s*\w*\s*plus per\b",
    re.IGNORECASE,
)
_LAWS_WEEKS = re.compile(
    r"\b(?:within|in|inside|the|our|statutory|required|under|over|than|after|of|beyond|a|legal"
    r"|between|and|to|for|every|next|last|first)\s+(?:just\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Figure:
    """A number in a sentence that may be a claim; `start` and `end` lie in the sentence.

    `role`: a level, a change since another time, what came on top ("a further 15"), a target
    or the law's limit. `sign` of a change: 1 a rise, -1 a fall, 2 better, -2 worse, 0 unsaid.
    """

    start: int
    end: int
    value: Decimal
    unit: Unit | None
    raw: str
    role: Role = "level"
    sign: int = 0
    hedge: Hedge = ""
    points: bool = False


_DOWN = re.compile(
    r"\b(?:f[ea]ll\w*|down|fewer|less|lower|reduc\w*|decreas\w*|drop\w*|declin\w*|shorter"
    r"|quicker|faster|below|cut|dip\w*)\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:ris\w*|rose|up|more|higher|increas\w*|gr[eo]w\w*|longer|slower|above|gain\w*|jump\w*"
    r"|additional|further)\b",
    re.IGNORECASE,
)
_BETTER = re.compile(r"\b(?:improv\w*|better)\b", re.IGNORECASE)
_WORSE = re.compile(r"\b(?:worse\w*|deteriorat\w*)\b", re.IGNORECASE)


def figures(text: str, taken: Sequence[Span], nouns: re.Pattern[str]) -> list[Figure]:
    """The figures of a sentence in their order.

    `taken` are stretches that are something else (dates, "within 20 weeks"); `nouns` are the
    words that a bare number or "no" may count.
    """
    found: list[Figure] = []
    for match in numerals.FRACTION.finditer(text):
        if not _inside(match.start(), taken):
            hedge = _hedge(text[: match.start()])
            found.append(
                Figure(
                    match.start(),
                    match.end(),
                    numerals.percent(match),
                    "percent",
                    match[0],
                    hedge=hedge or "about",
                )
            )
    fractions = [(figure.start, figure.end) for figure in found]
    for match in _FIGURE.finditer(text):
        if _inside(match.start(), taken) or _inside(match.start(), fractions):
            continue
        figure = _figure(text, match, nouns)
        if figure is not None:
            found.append(figure)
    for match in _NONE.finditer(text):
        noun = re.match(
            rf"\s+(?:of\s+(?:the|these|those)\s+)?(?:[\w-]+\s+){{0,2}}?{nouns.pattern}",
            text[match.end() :],
            re.IGNORECASE,
        )
        alone = re.match(r"\s+(?:were|was|had|in)\b", text[match.end() :]) and match[0].lower() in (
            "none",
            "nil",
        )
        if noun or alone:
            found.append(Figure(match.start(), match.end(), Decimal(0), "count", match[0]))
    return sorted(found, key=lambda figure: figure.start)


def _inside(position: int, spans: Sequence[Span]) -> bool:
    return any(start <= position < end for start, end in spans)


def _hedge(before: str) -> Hedge:
    return next((hedge for pattern, hedge in _HEDGE if pattern.search(before)), "")


def _figure(text: str, match: re.Match[str], nouns: re.Pattern[str]) -> Figure | None:
    before, after = (
        text[max(0, match.start() - 120) : match.start()],
        text[match.end() : match.end() + 120],
    )
    points = bool(match["points"])
    unit: Unit | None = (
        "percent"
        if points or match["percent"]
        else "days"
        if match["days"]
        else "weeks"
        if match["weeks"]
        else None
    )
    if _is_other(before, after, match, unit):
        return None
    if match["words"]:
        value = numerals.value(match["words"])
        counted = re.match(rf"\s*(?:[\w-]+\s+){{0,2}}?{nouns.pattern}", after, re.IGNORECASE)
        of_them = re.match(
            r"\s+(?:(?:in|at|by|during|to|between|from"
            r"|since)\s+(?:the\s+)?(?:end of\s+)?(?:[A-Z][a-z]{2,}|Q[1-4]|20[0-9]{2})"
            r"|of (?:them|these|those|whom|which)|were|was|had|more|fewer)\b",
            after,
        )
        if unit is None and not counted and not of_them:
            return None
        if value == 1 and not counted:
            return None
    else:
        value = Decimal(match["digits"].replace(",", ""))
    hedge = _hedge(before)
    if hedge:
        before = re.sub(r"\s*\S+\s+$", " ", before) if hedge == "about" else before
    role, sign = _role(before, after, points)
    if role == "change" and _OTHER_THAN.match(after):
        return None
    if (
        role == "change"
        and hedge in ("under", "over")
        and re.search(r"\b(?:up|down)\s+to\s+$", before)
    ):
        role, sign = "level", 0
    return Figure(
        match.start(), match.end(), value, unit, match[0].strip(), role, sign, hedge, points
    )


# A distance from something else than the measure's own past.
_OTHER_THAN = re.compile(
    r"^[^,;.()]{0,40}?\b(?:than|above|below|short of|off|over|under|from|behind|ahead of"
    r"|beyond)\s+(?:[\w'\u2019-]+\s+){0,4}?"
    r"(?:law|legal|statutory|limit|targets?|England|national|average|regional|region"
    r"|neighbours?|expected|planned|counties|councils)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:expect\w*|forecast\w*|project(?:ed|ion)\w*|predict\w*|anticipat\w*|estimat\w* to"
    r"|will|could|might|would|should|plan(?:s|ned)? to|if|hop(?:e|es|ed|ing)) "
    r"(?:(?!that\b)\w+ ){0,4}$",
    re.IGNORECASE,
)


def _is_other(before: str, after: str, match: re.Match[str], unit: Unit | None) -> bool:
    if _FUTURE.search(before) and not _TARGET_AFTER.match(after) and not _AIM_BEFORE.search(before):
        return True
    if _AGE.search(before) and unit is None and len(match["digits"] or "") < 3:
        return True
    hedged = _hedge(before)
    if _NOT_BEFORE.search(before) and not (unit or (hedged and not _AGE.search(before))):
        return True
    if unit is None and (_NOT_AFTER.match(after) or _RATE.match(after)):
        return True
    if unit == "percent" and _RATE.match(after):
        return True
    if (
        (match["digits"] or "").startswith("0")
        and len(match["digits"]) > 1
        and "." not in match["digits"]
    ):
        return True
    if unit in ("days", "weeks") and re.search(r"(?:day|week)$", match[0], re.IGNORECASE):
        return match["digits"] != "1" and not _LIMIT_AFTER.match(after)  # "a 4 week period"
    if unit == "weeks" and "." not in match[0] and _LAWS_WEEKS.search(before):
        return not (_LIMIT_BEFORE.search(before) or re.search(r"\b(?:average|mean) of\s+$", before))
    return (
        unit == "days"
        and bool(re.search(r"\b(?:within|every|next|first|last|for|in)\s+(?:the\s+)?$", before))
        and "." not in match[0]
    )


def _role(before: str, after: str, points: bool) -> tuple[Role, int]:
    if _LIMIT_BEFORE.search(before) or _LIMIT_AFTER.match(after):
        return "limit", 0
    if (
        _TARGET_AFTER.match(after)
        or _AIM_BEFORE.search(before)
        or (_TARGET_BEFORE.search(before) and not _NOT_TARGET.search(before))
    ):
        return "target", 0
    if _MORE_BEFORE.search(before) and not re.search(
        r"\bby a\s+(?:further|additional)\s+$", before
    ):
        return "more", 1
    if _MORE_AFTER.match(after) and not re.match(r"[^,;.(]{0,60}\bthan\b", after) and not points:
        return "more", 1
    changes = _CHANGE_BEFORE.search(before)
    follows = _CHANGE_AFTER.match(after)
    if changes or follows or points:
        return "change", _sign(before, after, bool(follows))
    return "level", 0


def _sign(before: str, after: str, follows: bool) -> int:
    near = after[:25] if follows else before
    best: tuple[int, int] | None = None
    for sign, pattern in ((-1, _DOWN), (1, _UP), (2, _BETTER), (-2, _WORSE)):
        for match in pattern.finditer(near):
            # The nearest word decides: the first after the figure, the last before it.
            distance = match.start() if follows else len(near) - match.end()
            if best is None or distance < best[0]:
                best = (distance, sign)
    return best[1] if best else 0
