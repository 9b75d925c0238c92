"""Lines whose labels and cells a converter has wrapped -> blocks of rows under months.

A row runs from its label to the next one. The label must be one that the registry knows,
and the words that are left must fall into exactly as many cells as there are months, in one
way only. Anything else is a finding: no figure may slide into another month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from etl import roles
from etl.appendix import squash
from etl.model import Cell, Place
from etl.recognise import captions, headings, text_levels
from etl.recognise.doubts import header_lost
from etl.recognise.facets import NO_MONTH
from etl.recognise.headings import Heading
from etl.recognise.labels import Labels
from etl.recognise.levels import UNSAID, UNTOLD
from etl.recognise.printed import Printed
from etl.recognise.rows import Block
from etl.recognise.startings import starts
from etl.recognise.words import Stretch, TextLine, Word, stretch
from etl.recognise.wrapped_table import TableReader
from etl.roles import Reason

_ROWS = 3  # known rows with figures that make a table without a heading
_NEAR = 4  # lines between a heading and its first row
_ABOVE = 12  # lines above a heading that may be its caption
_PIECE = 8  # letters of a line that no label has by chance


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
    candidates = [
        replace(text_levels.told(text, one), said=_said_over(text, one, labels))
        for one in headings.find(text)
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
        yield from _by_role(reader, torn)
    for begin, end in pairwise([0, *bounds]):
        if begin in lone and (odd := _under_no_month(text, begin, end, labels)):
            yield odd
        elif begin not in begins and (lost := _without_heading(text, begin, end, labels)):
            yield lost


def _said_over(text: Stretch, heading: Heading, labels: Labels) -> Reason | None:
    """What the lines above a heading say of its table; None where they say nothing."""
    lines: list[str] = []
    before = text.lines[heading.first]
    for line in reversed(text.lines[max(0, heading.first - _ABOVE) : heading.first]):
        if _of_a_row(line, labels):
            break
        if before.number - line.number > 1 or before.page > line.page:
            lines.append("")
        lines.append(line.text)
        before = line
    lines.reverse()
    meaning, printed = captions.over(lines)
    place = str(Place(line=text.lines[heading.first].number))
    if meaning.told:
        return Reason(meaning, "caption", place, printed)
    return Reason(roles.NOTHING, "caption", place) if captions.numbered(lines) else None


def _of_a_row(line: TextLine, labels: Labels) -> bool:
    """Whether a line is a row's: cells alone, or a piece of a known label."""
    cells_alone = not any(word.foreign for word in line.words)
    piece = squash(line.text)
    return cells_alone or (len(piece) >= _PIECE and any(piece in key for key in labels.by_key))


def _by_role(reader: TableReader, torn: int | None) -> Iterator[Block]:
    """The table's blocks: one of its actual figures, one for each other role of its columns."""
    heading, said = reader.heading, reader.heading.said
    place = str(Place(line=reader.text.lines[heading.first].number))
    block = reader.block(torn)
    if heading.doubt:
        block.reason = Reason(UNSAID, "heading", place, doubt=heading.doubt)
        yield block
        return
    told = {(one.role, one.span): one for one in heading.meanings} if heading.meanings else {}
    over = said if said and said.keeps and not (len(told) > 1 and said.meaning.other) else None
    if over and over.meaning.span == "quarter" and not over.meaning.other:
        days = [month.first for month in heading.columns if month]
        over = over if roles.quarterly(days) else None
    for (role, span), meaning in told.items():
        if meaning == UNSAID or (role, span) == (roles.ACTUAL, ""):
            continue
        part = TableReader(
            reader.text, [one.only(role, span) for one in reader.same], reader.end, reader.labels
        )
        other = part.block(torn)
        other.reason = Reason(meaning, "heading", place, meaning.word)
        yield other
    block.reason = over
    yield block
    if any(meaning == UNSAID for meaning in heading.meanings):
        doubtful = Block(block.kind, block.months, block.rows, place=block.place)
        doubtful.reason = Reason(UNSAID, "heading", place, doubt=UNTOLD)
        yield doubtful


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


def _under_no_month(text: Stretch, begin: int, end: int, labels: Labels) -> Block | None:
    """A finding where known rows stand under a line of roles that names no month."""
    nowhere = Word("", -1, 0, 0, 0)
    if next(starts(text, list(range(begin, end)), labels, nowhere), None) is None:
        return None
    place = Place(line=text.lines[begin].number)
    block = Block("appendix_1", (), place=place)
    printed = text.lines[begin].text
    block.reason = Reason(UNSAID, "heading", str(place), printed, NO_MONTH)
    block.refuse((), ())
    return block


def _heads(text: Stretch, heading: Heading, until: int, labels: Labels) -> bool:
    """Whether a known row follows the heading at once, before another heading does."""
    if heading.last + _NEAR < len(text.lines) and until <= heading.last:
        return False
    lines = list(range(heading.last, min(heading.last + 60, len(text.lines))))
    first = next(starts(text, lines, labels, heading.last_word), None)
    return first is not None and first.first <= min(heading.last + _NEAR, until)
