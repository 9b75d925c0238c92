"""Whether a figure of some unit, before some noun, may be a figure of some series."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from etl import periods
from etl.claims.figures import Figure
from etl.claims.vocabulary import Meaning, Vocabulary
from etl.model import About, Unit

COUNTED = re.compile(
    r"^\s*(?:\(|(?:in|on|at|to|by|from|of|for|with|within|during|and|or|as|than|compared"
    r"|against|up|down|was|were|are|is|had|has|have|be|been|being|this|that|who|whom|which|when"
    r"|while|respectively|so|over|under|between|a|an|the|more|fewer|less|lower|higher|further"
    r"|quicker|faster|slower|shorter|longer|better|worse"
    r"|these|those|them|out|now|also|currently|still|received|upheld|altogether|overall"
    r"|cumulative\w*|total|figures?|following|since|last|before|after|earlier|later|only|not"
    r"|did|do|it|it's|but|albeit|then|per cent|until|among|across|note|noting|latest|previous"
    r"|prior|year|month|inside|did|met|missed|took|decided|decisions|cases?|reported|recorded|issued|finalised"
    r"|held|hold|came|went|carried|remained|stood"
    r"|completed|produced|finished|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    rf"|twelve) (?:months?|years?))\b|[^\w\s]|$|{periods.MONTH_NAME}\b)",
    re.IGNORECASE,
)


SHARE_OF = re.compile(
    rf"^\s*(?:\([^)]*\)\s*)?of\s+(?![0-9]|{periods.MONTH_NAME})((?:[\w'\u2019-]+[ ,]*){{1,6}})",
    re.IGNORECASE,
)


PRONOUN = re.compile(
    r"\b(?:these|those|them|whom|which|cases|all|it|their|total|whole|overall)\b", re.IGNORECASE
)


def fitting(
    figure: Figure, meaning: Meaning, vocabulary: Vocabulary, mates: Sequence[Figure], sentence: str
) -> Iterable[tuple[About, Unit, float]]:
    """What a figure of this unit may say of a series, and in which unit."""
    measure, cohort = vocabulary.measure(meaning.ref), vocabulary.cohort(meaning.ref)
    after = sentence[figure.end : figure.end + 80]
    unit = figure.unit
    if unit == "percent":
        of = SHARE_OF.match(after)
        if (
            of
            and figure.role in ("level", "target")
            and not (vocabulary.nouns_of(meaning.ref).search(of[1]) or PRONOUN.search(of[1]))
        ):
            return
        if measure.unit == "percent":
            yield "level", "percent", 0.3 if figure.points else 0.0
        elif figure.points:
            return
        elif figure.role == "change" and not meaning.rest:
            yield "change", "percent", 0.2
        elif (
            measure.unit == "count"
            and cohort.part_of
            and measure.nature != "stock"
            and figure.role == "level"
            and not _of_itself(after, meaning, vocabulary)
        ):
            yield "rate", "percent", -5.0
        return
    if unit in ("days", "weeks"):
        if measure.unit == unit:
            yield "level", unit, 0.0
        elif {measure.unit, unit} == {"days", "weeks"}:
            yield "level", unit, -0.4
        return
    if measure.unit == "count":
        if figure.value != figure.value.to_integral_value():
            return
        if (
            unit == "count"
            or COUNTED.match(after)
            or noun_next(after, vocabulary.nouns_of(meaning.ref))
        ):
            grows = measure.nature in ("cumulative", "flow")
            yield (
                ("level" if figure.role != "more" else "increase" if grows else "change"),
                "count",
                0.0,
            )
        return
    if _HEADED.match(sentence) and not _DAYS.search(sentence) and measure.unit != "percent":
        return  # "Pupils counted in the average: 172 in October"
    listed = _MORE_NUMBERS.match(after)
    counted = noun_next(after[listed.end() :] if listed else after, _CHILDREN)
    told = _DAYS.search(sentence) or _AVERAGE_TIME.search(sentence)
    if cohort.denominator and not told and figure.value == figure.value.to_integral_value():
        return  # as likely a number of cases
    if counted or not (COUNTED.match(after)):
        return
    shared = any(
        mate.unit == measure.unit and (mate.role == "level" or mate.unit != "percent")
        for mate in mates
        if mate is not figure
    )
    timed = measure.unit in ("days", "weeks") and bool(shared or _TIME.search(sentence))
    if timed or (shared and figure.value <= 100):
        bracketed = any(figure.end < mate.start < figure.end + 4 for mate in mates)
        if measure.unit != "percent" or not bracketed:
            yield "level", measure.unit, 0.3 if shared else 0.0


def _of_itself(after: str, meaning: Meaning, vocabulary: Vocabulary) -> bool:
    """Whether the words of a part follow "of": "40% of upheld complaints" is a share of them."""
    of = re.match(r"\s*(?:\([^)]*\)\s*)?of\s+(?P<whom>.*)", after)
    if of is None:
        return False
    whom = _VERB.split(of["whom"])[0]
    named = {word.phrase for word in vocabulary.words(whom)}
    return all(group & named for group in meaning.groups)


_VERB = re.compile(r"\b(?:were|was|had|have|has|are|is|been)\b|[,;.]")
_HEADED = re.compile(
    r"(?:the )?(?:total |overall )?(?:numbers? of )?(?:children|pupils|complaints|cases)\b"
    r"(?! (?:waited|wait|were waiting|had waited)\b)",
    re.IGNORECASE,
)
_DAYS = re.compile(r"\b(?:days?|weeks?|wait\w*|took|take[ns]?|long)\b", re.IGNORECASE)
_MORE_NUMBERS = re.compile(r"\s*(?:(?:,|and|or|to)\s*[0-9][0-9.,]*\s*)+")  # "96 and 67 pupils"
_AVERAGE_TIME = re.compile(
    r"\b(?:average|mean|typical)\s+(?:\w+ )?(?:time|wait\w*|length|duration)", re.IGNORECASE
)
_TIME = re.compile(r"\b(?:days?|weeks?|average|mean)\b", re.IGNORECASE)
_CHILDREN = re.compile(
    r"(?:children|child|pupils?|complaints?|plans?|cases?|people|reviews?|EHCPs?)\b", re.IGNORECASE
)


def noun_next(after: str, nouns: re.Pattern[str]) -> bool:
    """Whether one of the next four words, with no other clause between, is such a noun."""
    found = re.match(rf"\s*(?:[\w'\u2019-]+\s+){{0,3}}?{nouns.pattern}", after, re.IGNORECASE)
    if not found:
        return False
    skipped = after[: found.end()].split()[:-1]
    return not any(COUNTED.match(word) for word in skipped) or bool(nouns.match(after.lstrip()))
