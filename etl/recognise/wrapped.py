"""Lines whose labels and cells a converter has wrapped -> blocks of rows under months.

A row runs from its label to the next one. The label must be one that the registry knows,
and the words that are left must fall into exactly as many cells as there are months, in one
way only. Anything else is a finding: no figure may slide into another month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from etl.model import Cell, Place
from etl.recognise import headings, text_levels, text_roles
from etl.recognise.doubts import header_lost
from etl.recognise.headings import Heading
from etl.recognise.labels import Labels
from etl.recognise.printed import Printed
from etl.recognise.rows import Block
from etl.recognise.startings import starts
from etl.recognise.words import Stretch, Word, stretch
from etl.recognise.wrapped_table import TableReader

_ROWS = 3  # known rows with figures that make a table without a heading
_NEAR = 4  # lines between a heading and its first row


def blocks(lines: Sequence[Cell], labels: Labels) -> Iterator[Block]:
    """The performance tables among the lines of a text.

    Rows whose cells the converter has kept apart, by tabs or strokes, are the grids' business.
    """
    run: list[Cell] = []
    number = 0
    for line in lines:
        apart = "\t" in line.text.strip() or line.text.lstrip().startswith("|")
        if run and (apart or (line.place.line or 0) > number + 1):
            yield from _tables(stretch(run), labels)
            run = []
        number = line.place.line or 0
        if not apart:
            run.append(line)
    yield from _tables(stretch(run), labels)


def _tables(text: Stretch, labels: Labels) -> Iterator[Block]:
    """The tables of a stretch: each heading that known rows follow, and those rows."""
    candidates = [text_levels.told(text, one) for one in headings.find(text)]
    candidates = [
        one if one.said else replace(one, said=text_roles.said_over(text, one, labels))
        for one in candidates
    ]
    following = [heading.first for heading in candidates[1:]] + [len(text.lines)]
    found: list[Heading] = []
    for heading, until in zip(candidates, following, strict=False):
        # Repeated in the middle of a row, a heading has no label below it.
        if (found and heading.same(found[-1])) or _heads(text, heading, until, labels):
            found.append(heading)
    groups: list[list[Heading]] = []
    for heading in found:
        # A heading repeated on the next page goes on with the same table.
        if groups and heading.same(groups[-1][0]) and heading.said in (None, groups[-1][0].said):
            groups[-1].append(heading)
        else:
            groups.append([heading])
    # Behind another table's heading no row goes on under the one before.
    others = [one.first for one in candidates if one not in found and len(one.columns) > 2]
    # Nor behind a line of roles without months.
    lone = text_levels.without_months(text, candidates)
    others += lone
    begins = [group[0].first for group in groups]
    bounds = sorted([*begins, *others, len(text.lines)])
    readers = [
        TableReader(
            text,
            group,
            next(at for at in bounds if at > group[-1].last or at == bounds[-1]),
            labels,
        )
        for group in groups
    ]
    # A converter that has torn one heading apart has not kept the next one's rows in order.
    torn = next((at for reader in readers if (at := reader.torn()) is not None), None)
    for reader in readers:
        yield from text_roles.by_role(reader, torn)
    for begin, end in pairwise([0, *bounds]):
        if begin in lone and (odd := text_roles.under_no_month(text, begin, end, labels)):
            yield odd
        elif begin not in begins and (lost := _without_heading(text, begin, end, labels)):
            yield lost


def _without_heading(text: Stretch, begin: int, end: int, labels: Labels) -> Block | None:
    """A finding where known rows with figures stand under no heading of theirs."""
    nowhere = Word("", -1, 0, 0, 0)
    found = list(starts(text, list(range(begin, end)), labels, nowhere))
    stops = [start.first for start in found[1:]] + [end]
    places = []
    for start, stop in zip(found, stops, strict=False):
        row = Printed(start)
        row.fill(text, range(start.first, stop), nowhere)
        numbers = [word for word in row.words if any(sign.isdigit() for sign in word.text)]
        if not row.broken and len(numbers) > 1:
            places.append(str(Place(line=text.lines[start.first].number)))
    if len(places) < _ROWS:
        return None
    return Block("appendix_1", (), [], [header_lost(places)])


def _heads(text: Stretch, heading: Heading, until: int, labels: Labels) -> bool:
    """Whether a known row follows the heading at once, before another heading does."""
    if heading.last + _NEAR < len(text.lines) and until <= heading.last:
        return False
    lines = list(range(heading.last, min(heading.last + 60, len(text.lines))))
    first = next(starts(text, lines, labels, heading.last_word), None)
    return first is not None and first.first <= min(heading.last + _NEAR, until)
