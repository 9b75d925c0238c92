"""What stands over a block -> what it says of all its figures, or why nothing below is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl import roles
from etl.layouts.blocks import Block
from etl.layouts.facets import NOTHING, OWN, Facets, Stands
from etl.layouts.words import Words
from etl.model import Finding, Layout
from etl.when import When
from etl.when_words import year_kind

_SOURCE = re.compile(r"\W*(?:data\s+)?sources?\b\W*", re.IGNORECASE)
_WEEKLY = re.compile(r"\bweekly\b|\bweeks?\s+(?:ending|commencing)\b", re.IGNORECASE)
_ENDS = " \t\n,:;()-\u2013"  # what a caption's label ends in where its period is taken away
_ROLES = {"comparison": "comparator"}
_SPANS = {"year_to_date": "to_date"}


@dataclass(frozen=True)
class Over:
    """What captions say: facets of the whole table; `times` the nearest that name any."""

    says: Facets = NOTHING
    times: tuple[When, ...] = ()
    measures: tuple[Stands, ...] = ()
    why: str = ""
    role_said: str = ""  # the caption that names the role, as printed
    mixed: str = ""  # a caption that names actual figures and others: each column must say which


def of(block: Block, words: Words) -> Over:
    """What the captions and the sheet's name say, the nearest first; words may only cast doubt:
    a caption that names us and another area is not read."""
    texts = [*reversed(block.captions), block.sheet]
    texts = [text for text in texts if text]
    area = ""
    for text in texts:
        whose = words.owners.of(text)
        if not whose.verdict or _own_words(text, words):
            continue
        if whose.verdict == "unclear":
            return Over(why=f"{text!r} names {whose.named} beside the council")
        said = OWN if whose.verdict == "own" else words.code(whose.named) or whose.named
        if area and said != area and (area != OWN or text == block.sheet):
            return Over(why=f"{text!r} and what stands over the table name different areas")
        area = area or said
    for text in texts:
        if (others := words.others(text)) and _own_words(text, words) is None and area == "":
            return Over(why=f"{text!r} speaks of others ({others!r})")
    if weekly := next((text for text in texts if _WEEKLY.search(text)), ""):
        return Over(why=f"{weekly!r}: a week's figures have no place in this record")
    role = span = mixed = said_by = ""
    for text in texts:
        if (own := _own_words(text, words)) is not None:
            said_by = said_by or (text if own.role and not role else "")
            role, span = role or own.role, span or own.span
            area = area or own.area
            continue
        if _label(text, words):
            continue  # "Plans in 2024": what is counted, not a plan to reach
        meaning = roles.of_caption(text)
        if meaning.role == roles.MIXED:
            mixed = mixed or text
            continue
        if meaning.other:
            said_by = said_by or text
            role = role or _ROLES.get(meaning.role, meaning.role)
        span = span or _SPANS.get(meaning.span, meaning.span)
    if span == "quarter" and not _only_quarters(block, words):
        span = ""  # "quarter 3" over its months, not a word for what each column covers
    says = Facets(role=role, area=area, span=span, year=_year(texts, words))
    return Over(says, _times(texts, words), _measures(texts, words), role_said=said_by, mixed=mixed)


def _only_quarters(block: Block, words: Words) -> bool:
    """Whether the months that columns name may each stand for a quarter: three months apart."""
    said = [words.heading(cell.text) for row in block.head for cell in row if cell.text]
    days = [s.when.end for s in said if s and s.when and s.when.kind in ("month", "day")]
    return roles.quarterly(day for day in days if day)


def _own_words(text: str, words: Words) -> Facets | None:
    """What the paper's own file says of a caption."""
    for one in (text, words.caption(text)):
        if found := words.own(one):
            return found
    return None


def _year(texts: Sequence[str], words: Words) -> str:
    for text in texts:
        own = _own_words(text, words)
        if own is not None and own.year:
            return own.year
        if kind := year_kind(text.replace("years", "year")):
            return kind
    return ""


def _times(texts: Sequence[str], words: Words) -> tuple[When, ...]:
    """The different times of the nearest caption that names one."""
    for text in texts:
        found, _ = words.times(words.caption(text))
        if found:
            # "Quarter 3 2024/25 (October to December 2024)" is one time, said twice.
            distinct = {
                (one.start, one.end) if one.start else (one.year, one.number): one for one in found
            }
            return tuple(distinct.values())
    return ()


def _measures(texts: Sequence[str], words: Words) -> tuple[Stands, ...]:
    """The measure that the nearest caption names, word for word."""
    return next((found for text in texts if (found := _label(text, words))), ())


def _label(text: str, words: Words) -> tuple[Stands, ...]:
    """What a caption stands for that is a known label, perhaps with a period behind it."""
    _, rest = words.times(words.caption(text))
    rest = re.sub(r"\b(?:in|for|at|to|by)$", "", rest.rstrip(_ENDS)).rstrip(_ENDS)
    return words.label(text) or words.label(words.caption(text)) or words.label(rest)


def meets(layout: Layout, over: Over) -> str:
    """Why a table's captions do not say what the layout takes from them; empty where they do."""
    if layout.period == "caption":
        if not over.times:
            return "its caption names no period"
        if len(over.times) > 1:
            named = " and ".join(repr(one.printed) for one in over.times)
            return f"its caption names several periods ({named})"
    if layout.measure == "caption" and not over.measures:
        return "its caption is no known label"
    return ""


def doubts(block: Block, over: Over, words: Words) -> Iterator[Finding]:
    """A note where a table is another area's, kept as printed; a warning where a line below it
    says that another council made it."""
    council = words.registry.council
    if over.says.area not in ("", OWN):
        titles = [text for text in (*reversed(block.captions), block.sheet) if text]
        title = next((t for t in titles if words.owners.of(t).verdict not in ("", "own")), "")
        message = (
            f"{block.place}: headed \u201c{title}\u201d, so its figures are not those of "
            f"{council.name}; they are kept as printed beside them."
        )
        yield Finding("table-of-another-area", "note", message, (block.place,))
    for text in block.notes:
        made = _SOURCE.match(text)
        whose = words.owners.of(text[made.end() :].strip()) if made else None
        if whose is not None and whose.verdict == "other":
            message = (
                f"{block.place}: \u201c{text}\u201d stands below the table and names "
                f"{whose.named}. If the figures are {council.short_name}'s, nothing is wrong "
                "with them."
            )
            yield Finding("file-of-another-council", "warning", message, (block.place,))
