"""Numbers in a report that state no figure: pages, ages, deadlines, rates, plans for the future."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.claims import numerals
from etl.claims.roles import AIM_BEFORE, LIMIT_AFTER, LIMIT_BEFORE, TARGET_AFTER, hedge_before
from etl.model import Unit

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
    r"|(?:times|places|figures)\b)",
    re.IGNORECASE,
)


_RATE = re.compile(
    r"^\s*+(?:\w+\s+){0,2}?(?:per|a|each|every)\s+(?:month|week|day|term)\b"
    r"(?! (?:later|earlier|before|after|ago|on|previously))|^\s*+\w*\s*plus per\b",
    re.IGNORECASE,
)


_LAWS_WEEKS = re.compile(
    r"\b(?:within|in|inside|the|our|statutory|required|under|over|than|after|of|beyond|a|legal"
    r"|between|and|to|for|every|next|last|first)\s+(?:just\s+)?$",
    re.IGNORECASE,
)


_FUTURE = re.compile(
    r"\b(?:expect\w*|forecast\w*|project(?:ed|ion)\w*|predict\w*|anticipat\w*|estimat\w* to"
    r"|will|could|might|would|should|plan(?:s|ned)? to|if|hop(?:e|es|ed|ing)) "
    r"(?:(?!that\b)\w+ ){0,4}$",
    re.IGNORECASE,
)


# Weeks that the law and its guidance speak of; "over 30 weeks" is how long it took.
_LAWS = frozenset(
    {"1", "2", "3", "4", "5", "6", "8", "10", "12", "14", "15", "16", "20", "40", "52"}
)
_LAWS_DAYS = frozenset(
    {
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        10,
        12,
        14,
        15,
        20,
        21,
        25,
        28,
        30,
        40,
        42,
        45,
        56,
        60,
        84,
        90,
        100,
        140,
    }
)
_AVERAGE = re.compile(r"^\s*(?:on average|,? on average|average)\b", re.IGNORECASE)
_TYPICAL = re.compile(r"\b(?:average|mean|typical\w*)\b", re.IGNORECASE)
_SHORT = 20  # days: "in 15 days" is a deadline, "in 84 days" how long it took


def is_stranger(before: str, after: str, match: re.Match[str], unit: Unit | None) -> bool:
    if _FUTURE.search(before) and not TARGET_AFTER.match(after) and not AIM_BEFORE.search(before):
        return True
    if _AGE.search(before) and unit is None and len(match["digits"] or "") < 3:
        return True
    hedged = hedge_before(before)
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
        return match["digits"] != "1" and not LIMIT_AFTER.match(after)  # "a 4 week period"
    if unit in ("days", "weeks") and _AVERAGE.match(after):
        return False
    weeks = match["digits"] or str(numerals.value(match["words"] or "one"))
    if unit == "weeks" and weeks in _LAWS and _LAWS_WEEKS.search(before):
        return not (LIMIT_BEFORE.search(before) or re.search(r"\b(?:average|mean) of\s+$", before))
    if unit != "days" or "." in match[0]:
        return False
    if re.search(r"\b(?:for|in)\s+(?:about |just |only )?$", before):
        return Decimal(match["digits"] or 0) <= _SHORT
    if re.search(r"\bwithin\s+(?:just |only )?$", before):
        typical = _TYPICAL.search(f"{before} {after}") and "working" not in match[0].lower()
        return Decimal(match["digits"] or 0) in _LAWS_DAYS or not typical
    return bool(re.search(r"\b(?:every|next|first|last|for the|in the)\s+$", before))
