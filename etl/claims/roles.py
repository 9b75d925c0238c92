"""What the words around a figure make of it: a level, a change, a target, the law's limit."""

from __future__ import annotations

import re
from typing import Literal

Role = Literal["level", "change", "more", "target", "limit"]
Hedge = Literal["", "about", "over", "under"]

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
    r"|\b(?:rise|fall|drop|gain|cut|jump|dip|slip|slump|surge|climb|saving|movement|swing) of"
    r"|(?<!made )(?<!make )(?<!makes )(?<!making )\bup|\bdown|\bgr(?:ew|own) by)(?: a further"
    r"| another| just| only| exactly| a mere| a modest| as m(?:any|uch) as| about| around| some"
    r"| roughly| almost| nearly| more than| over| at least| less than| fewer than| under)?\s+$",
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
    r"\b(?:targets?|goal|ambition|aim)\b(?:\s+[\w'\u2019()-]+){0,9}?\s*(?:of|was|is|were|=|:"
    r"|remains|set at|to be|to|for|being|st(?:ood|ands) at|as|that)\s*(?:at least\s+)?$"
    r"|\btargets?:?\s+$",
    re.IGNORECASE,
)


AIM_BEFORE = re.compile(
    r"\b(?:achiev(?:e|ing)|(?:aim|seek|intend|want|commit\w*|plan)(?:s|ed|ing)? to \w+|aim(?:s"
    r"|ed|ing)?(?: for| at| to (?:reach|achieve))|\bset (?:itself|ourselves|themselves|us)"
    r"|\bstretch(?: figure)? of|\bcommitted to|\bpledged|\bpromised|ambition (?:of|is)"
    r"|goal (?:of|is|was))\s+(?:at least\s+)?$",
    re.IGNORECASE,
)


_NOT_TARGET = re.compile(
    r"\b(?:below|above|against|on|missed|met|under|over|exceed\w*|towards)\s+(?:the |our |its "
    r"|this )?target\b(?!\s+(?:\w+\s+){0,4}?(?:of|was|is|=)\s*(?:at least\s+)?$)[^,;]*$",
    re.IGNORECASE,
)


TARGET_AFTER = re.compile(r"^\s*(?:stretch\s+|agreed\s+|annual\s+)?target\b", re.IGNORECASE)


_LAW = (
    r"\b(?:statutory|legal|lawful|required by law)\s+(?:\w+\s+){0,2}"
    r"(?:timescale|timeframe|time limit|limit|deadline|maximum|period)s?"
)


LIMIT_BEFORE = re.compile(
    rf"\b(?:statutory|legal)\s+$|{_LAW}\W+(?:[\w\u2019'()]+\s+){{0,7}}(?:is|are|of|being|was|at"
    rf"|=|:)\s*$",
    re.IGNORECASE,
)


LIMIT_AFTER = re.compile(rf"^[\s-]*(?:{_LAW})", re.IGNORECASE)


_DOWN = re.compile(
    r"\b(?:f[ea]ll\w*|down|fewer|less|lower|reduc\w*|decreas\w*|drop\w*|declin\w*|shorter"
    r"|quicker|faster|below|cut|dip\w*|slip\w*|slid\w*|eas(?:ed|ing)|shrink\w*|shr[au]nk|narrow\w*"
    r"|tumbl\w*|smaller|shorten\w*|lost|los(?:s|ing)|declin\w*|halv\w*|c[ao]me down|shed)\b",
    re.IGNORECASE,
)


_UP = re.compile(
    r"\b(?:ris\w*|rose|up|more|higher|increas\w*|gr[eo]w\w*|longer|slower|above|gain\w*|jump\w*"
    r"|climb\w*|surg\w*|soar\w*|crept|swell\w*|swollen|spik\w*|leap\w*|leapt|lengthen\w*"
    r"|widen\w*|added|adding|extra|doubl\w*|additional|further)\b",
    re.IGNORECASE,
)


_BETTER = re.compile(r"\b(?:improv\w*|better)\b", re.IGNORECASE)


_WORSE = re.compile(r"\b(?:worse\w*|deteriorat\w*)\b", re.IGNORECASE)


# A distance from something else than the measure's own past.
OTHER_THAN = re.compile(
    r"^[^,;.()]{0,40}?\b(?:than|above|below|short of|off|over|under|from|behind|ahead of"
    r"|beyond)\s+(?:[\w'\u2019%-]+\s+){0,4}?"
    r"(?:law|legal|statutory|limit|targets?|England|national|average|regional|region"
    r"|neighbours?|expected|planned|counties|councils)\b",
    re.IGNORECASE,
)


def role_of(before: str, after: str, points: bool) -> tuple[Role, int]:
    if LIMIT_BEFORE.search(before) or LIMIT_AFTER.match(after):
        return "limit", 0
    if (
        TARGET_AFTER.match(after)
        or AIM_BEFORE.search(before)
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


def hedge_before(before: str) -> Hedge:
    return next((hedge for pattern, hedge in _HEDGE if pattern.search(before)), "")
