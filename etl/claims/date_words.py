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
_NTH = r"(?:first|second|third|fourth|final|last)"
QUARTERS = re.compile(
    rf"\b{_NTH}(?:(?:,|,? and) (?:the )?{_NTH})+ quarters?(?: of (?:the )?(?:calendar )?(?:year )?"
    rf"(?P<year>{YEAR})(?![-/\u2013]))?",
    re.IGNORECASE,
)
QUARTER_TO = re.compile(
    r"\bquarter (?:to|ending|ended|up to)(?: in)?(?: the end of)?\s+"
    rf"(?:(?P<full>{FULL})|(?P<short>{SHORT})\b)(?:\s+(?P<year>{YEAR}))?",
    re.IGNORECASE,
)
NTH = re.compile(_NTH, re.IGNORECASE)
# "54.8% in the first quarter of 2021, 51.2% in the second"
ORDINAL = re.compile(
    r"\b(?:in|for|during|at) the (?P<name>first|second|third|fourth|final|last)"
    r"(?=\s*(?:[,.;)(]|$|and\b|but\b))",
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
_COUNT = rf"(?:{numerals.NUMBER}|[0-9]{{1,2}}|a|an)"
_LAST = (
    r"(?:year before|year earlier|previous (?:financial |calendar )?year|prior year|last year"
    r"|year ago|preceding year|year previously)"
)
RELATIVE = re.compile(
    r"\b(?:(?P<same>(?:at |in |by |on )?(?:the )?(?:same|equivalent|corresponding) "
    r"(?:months?|time|point|stage|period|quarter|date|day)(?:'s)? "
    rf"(?:(?:of |in |a |the |one )*{_LAST}))"
    r"|(?:at |in |by )?(?:the |this )?(?:same|equivalent|corresponding) (?:month|time|point|stage"
    r"|period|date) (?:in|of) (?P<same_in>20[0-9]{2})"
    rf"|(?P<several>{_COUNT}) (?P<of_what>months?|years?|quarters?) (?P<way>later|earlier"
    r"|before(?:hand)?|previously|prior|ago|on(?! average)(?! from)|after(?:wards)?"
    r"(?=\s*(?:[.,;:)]|$|and\b|it\b|there\b|that\b)))(?!\s+(?:20[0-9]{2}|(?-i:[A-Z])))"
    r"|(?P<year>the (?:year before|previous year|preceding year|prior year)"
    r"|(?<!since )(?<!the )last year)"
    r"|(?P<month>(?:the )?(?:previous|preceding|prior) month|the month before"
    r"|(?<!the )last month)"
    r"|(?P<quarter>(?:the )?(?:previous|preceding|prior) quarter|the quarter before)"
    r"|(?P<next>(?:the )?(?:following|next) month"
    r"|the month (?:after|afterwards|following)(?=\s*(?:[.,;:)]|$|and\b|it\b|there\b)))"
    r"|(?P<this_year>this (?:calendar )?year|the current (?:calendar )?year)"
    r"|(?P<next_year>the following year|the year after)"
    r"|(?P<that>(?:that|the same) (?:month|year|quarter|date|time|period|point)\b))",
    re.IGNORECASE,
)
# "At the end of 2021" is its December for all that is not counted by the year.
YEAR_END = re.compile(
    r"\b(?:the )?(?:(?:end|close|finish) of |year[- ]end(?:,? of)? |last day of )(?:the )?"
    r"(?:calendar )?(?:year )?(?:in |of )?$"
)
END_OF_YEAR = re.compile(
    r"\b(?:the )?(?:(?:end|close) of (?:the|that) (?:calendar )?year|(?:calendar )?year[- ]end"
    r"|(?:calendar )?year['\u2019]s (?:end|close))\b"
    rf"(?!\s+(?:of |in )?{YEAR})",
    re.IGNORECASE,
)
FINAL_MONTH = re.compile(
    rf"\b(?P<which>first|final|last|closing|opening) month of (?:the )?(?:calendar )?(?:year )?"
    rf"(?P<year>{YEAR})(?![-/\u2013])",
    re.IGNORECASE,
)
END_BEFORE = re.compile(r"\b(?:the )?(?:end|close) of\s+(?:the )?$", re.IGNORECASE)
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
