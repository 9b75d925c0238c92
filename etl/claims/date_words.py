"""What months, quarters and years look like in a sentence, and the words that tell their part."""

from __future__ import annotations

import re

from etl import periods
from etl.claims import numerals

SHORT = "|".join(f"{name}|{name.upper()}" for name in periods.SHORT) + "|Sept"
FULL = "|".join(name.capitalize() for name in periods.MONTHS)
YEAR = r"(?:19|20)[0-9]{2}"
MONTH = re.compile(
    rf"(?<![\w])(?:(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:(?P<full>{FULL})"
    rf"|(?P<short>{SHORT})\b\.?)(?!\w)"
    rf"(?:(?:,?\s+|\s*[-\u2013/'\u2018\u2019]\s*|\s+of\s+"
    rf"|\s*\((?={YEAR}\)))(?P<year>{YEAR})(?![0-9])"
    r"|(?:\s*[-\u2013/'\u2018\u2019]\s?|\s)(?P<two>[1-4][0-9])(?![0-9%,]|\.[0-9]|\s*(?:%"
    r"|per\s?cent|days|weeks|[a-z]+(?<!and)(?<!data)(?<!figures)(?<!figure)(?<!to)\b)))?"
)
NUMERIC = re.compile(r"(?<![\w/.])(?:[0-3]?[0-9]/)([01]?[0-9])/((?:20)?[0-9]{2})(?![\w/])")
QUARTER = re.compile(
    rf"\b(?:Q(?P<q>[1-4])|(?:(?P<name>first|second|third|fourth|final|last)|(?P<n>[1-4])(?:st"
    rf"|nd|rd|th)) quarter|quarter (?P<q2>[1-4]))"
    rf"(?:\s+(?:of\s+)?(?:(?:the\s+)?(?:calendar\s+"
    rf"|financial\s+)?year\s+)?(?P<year>{YEAR})(?P<to>\s?[-/\u2013]\s?(?:20)?[0-9]{{2}})?)?",
    re.IGNORECASE,
)
FINANCIAL = re.compile(
    rf"(?<![\w/-])(?P<first>{YEAR})\s?[-/\u2013]\s?(?P<last>(?:20)?[0-9]{{2}})(?![\w/-])"
)
ALONE = re.compile(rf"(?<![\w/\u00a3.,-])(?P<year>{YEAR})(?![\w/%]|[.,][0-9]|-[0-9])")
FIRST_MONTHS = re.compile(
    rf"\b(?:the )?first (?P<n>{numerals.NUMBER}"
    rf"|1?[0-9]) months of (?:the )?(?:calendar )?(?:year )?(?P<year>{YEAR})(?![-/\u2013])",
    re.IGNORECASE,
)
SEVERAL = re.compile(
    rf"\b(?P<n>{numerals.NUMBER}|1?[0-9]) months (?:(?P<to>(?:up )?to|ending|ended)|from|starting"
    rf"|beginning|commencing)(?: in| with)?(?: the (?:start|end) of)?\s+"
    rf"(?:(?P<full>{FULL})|(?P<short>{SHORT})\b)(?:\s+(?P<year>{YEAR}))?"
    r"(?!\s*(?:to|until|up to|-|\u2013)\s)",
    re.IGNORECASE,
)
CHRISTMAS = re.compile(rf"\bChristmas(?:\s+(?P<year>{YEAR}))?")
RELATIVE = re.compile(
    r"\b(?:(?P<same>(?:at |in )?(?:the )?same (?:months?|time|point|period|quarter) (?:of |in "
    r"|a |the )*(?:year before|year earlier|previous year|last year|year ago|preceding year))"
    r"|(?P<year>(?:a|one) year (?:earlier|ago|before|previously)|the (?:year before"
    r"|previous year|preceding year)|(?:12|twelve) months (?:earlier|ago|before)"
    r"|(?<!since )last year)"
    r"|(?P<month>(?:the )?(?:previous|preceding|prior) month|(?:the|a|one) month (?:before"
    r"|earlier|ago|previously)|last month)"
    r"|(?P<next>(?:the )?(?:following|next) month|a month later"
    r"|(?:the|a|one) month (?:after|afterwards|following)(?=\s*(?:[.,;:)]|$|and\b)))"
    r"|(?:at |in )?(?:the |this )?same (?:month|time|point|stage|period) (?:in"
    r"|of) (?P<same_in>20[0-9]{2})"
    r"|(?P<this_year>this (?:calendar )?year|the current (?:calendar )?year)"
    rf"|(?P<several>{numerals.NUMBER}|[0-9]{{1,2}}) (?P<of_what>months?|years?) (?P<way>later"
    rf"|earlier|before|previously|ago|on)\b"
    r"|(?P<next_year>a year later|the following year)"
    r"|(?P<that>(?:that|the same) (?:month|year|quarter|date|time|period)\b))",
    re.IGNORECASE,
)
BEFORE_MONTH = re.compile(
    r"\b(?:previous|preceding|last)\s+$|\bthe year before,?\s+$", re.IGNORECASE
)
YEAR_AFTER = re.compile(
    r"^(?:\s+(?:of|in))?\s+(?:the\s+)?(?:previous|preceding|last|prior)\s+year\b|^\s+last year",
    re.IGNORECASE,
)
NO_YEAR_BEFORE = re.compile(
    r"\b(?:Act|Regulations|Order|Code|Census of|SI)\s+\(?$|\($", re.IGNORECASE
)
REPORT_AFTER = re.compile(
    r"^['\u2019]?s?\s+(?:\d{4}\s+)?(?:report|meeting|committee|paper|Cabinet|Select|minutes"
    r"|agenda|newsletter)s?\b",
    re.IGNORECASE,
)
REPORT_BEFORE = re.compile(
    r"\b(?:told|heard|informed|advised|report(?:s|ed)?|meetings?|committee|paper|minutes"
    r"|published|submitted|submission|held|revised)(?:\s+(?:held|to (?:the )?committee|is held"
    r"|dated|again|nationally|for|to (?:the )?DfE))*"
    r"\s*(?:,|\(|in|on|of|for|by)?\s*$",
    re.IGNORECASE,
)
SINCE = re.compile(r"\bsince\s+(?:the (?:start|end|beginning) of\s+)?$", re.IGNORECASE)
TO_DATE_BEFORE = re.compile(
    r"\b(?:year|12 months|twelve months)\s+(?:to date\s*)?(?:,?\s*(?:at|to|to the end of|up to"
    r"|ending|ended|by|in)(?: the end of)?\s+)(?:\d+\s+)?$"
    r"|\bcumulative(?:ly)?(?:\s+\w+){0,4}\s+(?:at|to|for|in|by|of)\s+(?:the end of\s+)?$"
    r"|\byear[- ]to[- ]date\W+(?:[A-Za-z]+\W+){0,3}$",
    re.IGNORECASE,
)
TO_DATE_AFTER = re.compile(r"^\W{0,3}(?:cumulative|year[- ]to[- ]date|to date)\b", re.IGNORECASE)
LINK = re.compile(r"\s*(?:,|and|&|or|, and)\s*(?:in\s+|at\s+)?", re.IGNORECASE)
RANGE_LINK = re.compile(
    r"\s*(?:to|until|up to|through to|and|-|\u2013)\s*(?:the end of\s+)?", re.IGNORECASE
)
ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
