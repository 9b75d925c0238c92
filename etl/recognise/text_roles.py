"""Tables of wrapped text by what their figures are: by caption, section and column.

The same as `apart` does for tables whose cells are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from etl import roles
from etl.model import Place
from etl.recognise import captions
from etl.recognise.facets import NO_MONTH
from etl.recognise.headings import Heading
from etl.recognise.labels import Labels
from etl.recognise.levels import UNSAID, UNTOLD
from etl.recognise.rows import Block
from etl.recognise.startings import starts
from etl.recognise.words import Stretch, TextLine, Word
from etl.recognise.wrapped_table import TableReader
from etl.roles import Reason
from etl.text.signs import squash

_ABOVE = 12  # lines above a heading that may be its caption
_PIECE = 8  # letters of a line that no label has by chance


def said_over(text: Stretch, heading: Heading, labels: Labels) -> Reason | None:
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


def by_role(reader: TableReader, torn: int | None) -> Iterator[Block]:
    """The table's blocks: one of its actual figures, one for each other role of its columns."""
    heading, said = reader.heading, reader.heading.said
    place = str(Place(line=reader.text.lines[heading.first].number))
    block = reader.block(torn)
    if heading.doubt:
        block.reason = Reason(UNSAID, "heading", place, doubt=heading.doubt)
        block.refuse((), ())  # known rows stand below it, read or not
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
    yield from _by_sections(reader, block, over)
    if any(meaning == UNSAID for meaning in heading.meanings):
        doubtful = Block(block.kind, block.months, block.rows, place=block.place)
        doubtful.reason = Reason(UNSAID, "heading", place, doubt=UNTOLD)
        doubtful.refuse((), ())  # without months it has no figures that could speak for it
        yield doubtful


def under_no_month(text: Stretch, begin: int, end: int, labels: Labels) -> Block | None:
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


def _by_sections(reader: TableReader, block: Block, over: Reason | None) -> Iterator[Block]:
    """The table's block, parted where lines between its rows say what the rows below are."""
    numbers = [row.place.line or 0 for row in block.rows]
    sections = list(_sections(reader, max(numbers, default=0)))
    if not sections:
        block.reason = over
        yield block
        return
    parts: dict[Reason | None, Block] = {}
    for row, number in zip(block.rows, numbers, strict=True):
        reason = next((one for at, one in reversed(sections) if at < number), over)
        reason = None if reason and not reason.keeps else reason
        part = parts.setdefault(reason, replace(block, rows=[], findings=[], reason=reason))
        part.rows.append(row)
    first = parts.setdefault(None, replace(block, rows=[], findings=[]))
    first.findings += block.findings
    yield from parts.values()


def _sections(reader: TableReader, last: int) -> Iterator[tuple[int, Reason]]:
    """The lines below the heading that head rows as something, or as actual, by their numbers."""
    for line in reader.text.lines[reader.heading.last + 1 : reader.end]:
        if line.number > last:
            return
        figures = any(sign.isdigit() for word in line.words for sign in word.text)
        if (
            figures
            or any(word.gap > 1 for word in line.words[1:])
            or _of_a_row(line, reader.labels)
        ):
            continue
        meaning = roles.of_caption(line.text)
        if meaning.other or meaning.span or roles.says_actual(meaning):
            yield line.number, Reason(meaning, "section", str(Place(line=line.number)), line.text)
