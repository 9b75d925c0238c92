"""The figures in a sentence: their value, unit, and what the words around them make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.claims import numerals
from etl.claims.roles import OTHER_THAN, Hedge, Role, hedge_before, role_of
from etl.claims.strangers import is_stranger
from etl.model import Unit

Span = tuple[int, int]

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
_MULTIPLE = re.compile(
    r"\b(?P<word>halved|halving|doubled|doubling|trebled|trebling|tripled|tripling)\b"
    r"|\bby (?:almost |nearly |just under |just over |more than |over |about |around |roughly )?"
    r"(?P<share>(?:a|one|two|three) (?:thirds?|quarters?|fifths?|tenths?)|half)\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:no|nil|zero|none)\b(?!\s+(?:longer|later|more than|fewer|less|doubt))", re.IGNORECASE
)


_HUNDRED = re.compile(r"\b(?:of|in|for) (?:every|each) (?:hundred|100)\b", re.IGNORECASE)


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


def figures(text: str, taken: Sequence[Span], nouns: re.Pattern[str]) -> list[Figure]:
    """The figures of a sentence in their order.

    `taken` are stretches that are something else (dates, "within 20 weeks"); `nouns` are the
    words that a bare number or "no" may count.
    """
    found: list[Figure] = []
    for match in numerals.FRACTION.finditer(text):
        if not _inside(match.start(), taken):
            hedge = hedge_before(text[: match.start()])
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
    found += _multiples(text, taken)
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
        them = re.match(r"\s+of (?:them|these|those|whom|which)\b", text[match.end() :])
        if noun or alone or them:
            more = re.match(r"\s+(?:further|additional|more|new|other)\b", text[match.end() :])
            role: Role = "more" if more else "level"
            found.append(Figure(match.start(), match.end(), Decimal(0), "count", match[0], role))
    return _again(text, sorted(found, key=lambda figure: figure.start))


def _multiples(text: str, taken: Sequence[Span]) -> Iterator[Figure]:
    """What doubled or halved changed by so much: "halved", "fell by a quarter"."""
    for match in _MULTIPLE.finditer(text):
        if _inside(match.start(), taken):
            continue
        word = match["word"]
        if word:
            percent = {"hal": -50, "dou": 100, "tri": 200, "tre": 200}[word[:3].lower()]
            sign = 1 if percent > 0 else -1
        else:
            share = numerals.FRACTION.search(f"{match['share']} of it")
            if share is None:
                continue
            percent = int(numerals.percent(share))
            sign = role_of(text[: match.start("share")], "", False)[1]
        value = Decimal(abs(percent))
        start, end = match.span()
        yield Figure(start, end, value, "percent", match[0], "change", sign, "about")


def _again(text: str, found: list[Figure]) -> list[Figure]:
    """A change said again as a share of it: "fell by 100, or 17%"."""
    for place in range(1, len(found)):
        left, right = found[place - 1], found[place]
        between = text[left.end : right.start]
        if (
            left.role == "change"
            and left.unit != "percent"
            and right.role == "level"
            and right.unit == "percent"
            and re.fullmatch(r"(?:,? or|,? i\.e\.|\s*\()\s*", between)
        ):
            found[place] = replace(right, role="change", sign=left.sign)
    return found


def _inside(position: int, spans: Sequence[Span]) -> bool:
    return any(start <= position < end for start, end in spans)


def _of_hundred(text: str, match: re.Match[str]) -> bool:
    """ "Of every hundred children, thirteen had a plan"."""
    if match["days"] or match["weeks"] or not _HUNDRED.search(text):
        return False
    digits = match["digits"]
    return (Decimal(digits.replace(",", "")) if digits else numerals.value(match["words"])) < 100


def _figure(text: str, match: re.Match[str], nouns: re.Pattern[str]) -> Figure | None:
    before, after = (
        text[max(0, match.start() - 120) : match.start()],
        text[match.end() : match.end() + 120],
    )
    points = bool(match["points"])
    unit: Unit | None = (
        "percent"
        if points or match["percent"] or _of_hundred(text, match)
        else "days"
        if match["days"]
        else "weeks"
        if match["weeks"]
        else None
    )
    if is_stranger(before, after, match, unit):
        return None
    if match["words"]:
        value = numerals.value(match["words"])
        counted = re.match(rf"\s*(?:[\w-]+\s+){{0,2}}?{nouns.pattern}", after, re.IGNORECASE)
        of_them = re.match(
            r"\s+(?:(?:in|at|by|during|to|between|from"
            r"|since)\s+(?:the\s+)?(?:end of\s+)?(?:[A-Z][a-z]{2,}|Q[1-4]|20[0-9]{2})"
            r"|of (?:them|these|those|the|whom|which)|were|was|had|did|are|have|more|fewer"
            r"|lower|higher|respectively)\b|\s*(?:[.,;()](?!\d)|$)|\s+(?:and|but|compared|against)\b",
            after,
        )
        by = re.search(r"\bby\s+$", before)
        if unit is None and not counted and not of_them and not by:
            return None
        if value == 1 and not counted and unit is None:
            return None
    else:
        value = Decimal(match["digits"].replace(",", ""))
    hedge = hedge_before(before)
    if hedge == "about" and before[-1:].isspace():  # without "about" itself
        before = f"{before.rstrip().rpartition(' ')[0]} "
    role, sign = role_of(before, after, points)
    if role == "more" and unit is not None:
        role, sign = "change", 1
    if role == "change" and OTHER_THAN.match(after):
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
