"""Tables of cells -> blocks of rows under months, whoever printed or converted them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from etl import cells, periods
from etl.layouts import year_bands as bands
from etl.model import Cell, Finding, MeasureRef, Reading, Table
from etl.recognise.doubts import (
    header_lost,
    month_misplaced,
    month_twice,
    month_unknown,
    row_unknown,
    serial_contradicts,
    warning,
)
from etl.recognise.headers import Cells, Header, Line, header, line
from etl.recognise.labels import Labels
from etl.recognise.mending import joined, mended
from etl.recognise.rows import Block, Month, Row
from etl.text.signs import squash

_BANDS = 2  # rows above one of bare months in which their years may stand


@dataclass
class Part:
    """Rows under one printing of a heading; `inherited` where that stands in an earlier table."""

    head: Header | None
    rows: list[Cells]
    inherited: bool


def blocks(tables: Sequence[Table], labels: Labels, *, exact: bool = True) -> Iterator[Block]:
    """The performance tables among `tables`, continuations joined to the header they follow.

    `exact` asks each row to have as many cells as the heading; False for workbooks, whose
    cells have positions of their own.
    """
    parts = _parts(tables)
    for above, below in pairwise(parts):
        _mend_between(above, below, labels)
    foreign = _foreign(parts, labels)
    last: Header | None = None
    seen: set[tuple[MeasureRef, ...]] = set()
    for part in parts:
        if part.inherited and id(part.head) in foreign:
            part.head = None
        if part.head and (last is None or not part.head.same_months(last)):
            last, seen = part.head, set()
        if block := _block(part, labels, exact, seen):
            yield block


def _parts(tables: Sequence[Table]) -> list[Part]:
    parts: list[Part] = []
    head: Header | None = None
    for table in tables:
        if table.hidden:
            continue
        parts.append(Part(head, [], inherited=True))
        under = False
        for row, below in zip_longest(table.rows, table.rows[1:]):
            if under:
                under = False
                continue
            found, taken = header(row), 0
            if not found and (dated := bands.heading(parts[-1].rows[-_BANDS:], row, below)):
                found, taken = header(dated[0]), dated[1]
            if found:
                head = found
                del parts[-1].rows[len(parts[-1].rows) - max(taken, 0) :]
                under = taken < 0
                parts.append(Part(head, [], inherited=False))
            elif any(cell.text for cell in row):
                parts[-1].rows.append(row)
    return [part for part in parts if part.rows]


def _foreign(parts: Sequence[Part], labels: Labels) -> set[int]:
    """The headings under which another subject's rows stand: no table of ours goes on there."""
    return {
        id(part.head)
        for part in parts
        if part.head
        and not part.inherited
        and not any(line(row, part.head.first, labels).refs for row in part.rows)
    }


def _mend_between(above: Part, below: Part, labels: Labels) -> None:
    """Put a row together that a page end has cut, its halves in two tables or two headings."""
    if not above.rows or not above.head or not below.head:
        return
    if not above.head.same_months(below.head):
        return
    whole = joined(above.rows[-1], below.rows[0], above.head, len(above.head.row), labels)
    if whole is not None and line(whole, above.head.first, labels).refs:
        above.rows[-1] = whole
        del below.rows[0]


def _block(
    part: Part, labels: Labels, exact: bool, seen: set[tuple[MeasureRef, ...]]
) -> Block | None:
    """The block of a part's rows; `seen` are the rows read under the same months before."""
    head, rows, inherited = part.head, part.rows, part.inherited
    if head is None:
        return _without_header(rows, labels)
    known = [row for row in rows if line(row, head.first, labels).refs]
    if inherited and not any(len(row) == len(head.row) for row in known):
        return _without_header(rows, labels) or _cut_labels(rows, head, labels)
    width = _width(head, known, exact)
    whole = mended(rows, head, width, labels)
    lines = [line(row, head.first, labels) for row in whole]
    if not any(one.refs for one in lines):
        return None
    repeated = [one for one in lines if one.refs in seen and len(one.refs) == 1]
    if inherited and repeated:
        return _without_header(rows, labels)
    seen.update(one.refs for one in lines if one.refs)
    columns, findings = _columns(head, lines)
    block = Block(head.kind, tuple(month for _, month in columns), [], findings)
    for one in lines:
        _add(block, one, columns, width, labels, exact)
    return block


def _cut_labels(rows: Iterable[Cells], head: Header, labels: Labels) -> Block | None:
    """A finding for each row with figures whose label is only the beginning of a known one.

    Below a table of ours, such rows are its rest; any other row is another subject's.
    """
    findings = [
        row_unknown(str(one.place), f"{one.serial} {one.label}")
        for one in (line(row, head.first, labels) for row in rows)
        if one.serial in labels.serials
        and squash(one.label)
        and squash(one.label) in labels.beginnings
        and any(_holds(cell) for cell in one.row[1:])
    ]
    return Block("appendix_1", (), [], findings) if findings else None


def _holds(cell: Cell) -> bool:
    """Whether a cell holds what is, or may have been, a figure."""
    digits = any(sign.isdigit() for sign in cell.text)
    return digits or isinstance(cells.parse(cell.text), Reading)


def _width(head: Header, known: Sequence[Cells], exact: bool) -> int:
    """How many cells a row must have: as many as the heading.

    Some converters end every row, but not the heading, with empty cells: where at least
    three known rows agree on that, it is no accident of one row.
    """
    width = len(head.row)
    widths = {len(row) for row in known}
    if exact and len(widths) == 1 and len(known) > 2 and (common := widths.pop()) > width:
        extra = (cell for row in known for cell in row[width:])
        return common if not any(cell.text for cell in extra) else width
    return width


def _without_header(rows: Iterable[Cells], labels: Labels) -> Block | None:
    """A finding where known rows hold figures, but no heading says of which months."""
    places = []
    for row in rows:
        for position in range(min(3, len(row))):
            if line(row, position + 1, labels).refs:
                rest = [cells.parse(cell.text) for cell in row[position + 1 :]]
                if sum(isinstance(read, Reading) for read in rest) > 1:
                    places.append(str(row[0].place))
                break
    if not places:
        return None
    return Block("appendix_1", (), [], [header_lost(places)])


def _columns(head: Header, lines: Sequence[Line]) -> tuple[list[tuple[int, Month]], list[Finding]]:
    """The columns whose figures are read, and a finding for each that cannot be."""
    findings: list[Finding] = []
    counts = Counter((month.first, month.last) for _, month in head.months)
    once = [(p, month) for p, month in head.months if counts[month.first, month.last] == 1]
    misplaced = periods.out_of_order([month.first for _, month in once])
    kept = [column for at, column in enumerate(once) if at not in misplaced]
    for at in sorted(misplaced):
        position, month = once[at]
        findings.append(month_misplaced(str(head.row[position].place), month.printed))
    for position, month in head.months:
        if counts[month.first, month.last] == 1:
            continue
        findings.append(month_twice(str(head.row[position].place), month.printed))
    label_columns = Counter(one.column for one in lines if one.refs and one.column is not None)
    label = label_columns.most_common(1)[0][0] if label_columns else head.first - 1
    named = {position for position, _ in head.months}
    for position in range(label + 1, len(head.row)):
        if position in named or not _holds_figures(position, lines):
            continue
        cell = head.row[position]
        findings.append(month_unknown(str(cell.place), cell.text))
    return kept, findings


def _holds_figures(position: int, lines: Sequence[Line]) -> bool:
    under = (one.row[position].text for one in lines if one.refs and position < len(one.row))
    return any(isinstance(cells.parse(text), Reading) for text in under)


def _add(
    block: Block,
    one: Line,
    columns: Sequence[tuple[int, Month]],
    width: int,
    labels: Labels,
    exact: bool,
) -> None:
    """The row, or the finding that keeps it out."""
    row, place = one.row, str(one.place)
    if not exact and len(row) != width:
        empty = Cell("", one.place)
        row = row[:width] if len(row) > width else (*row, *[empty] * (width - len(row)))
    values = tuple(row[position] for position, _ in columns if position < len(row))
    filled = any(map(_holds, values))
    name = one.serial or one.label[:80]
    if one.refs and len(row) != width:
        message = (
            f"{place}: row {name} has {len(row)} cells, its heading {width}; nothing of it is "
            "read, since its figures may have moved."
        )
        block.findings.append(warning("row-width", message, place))
        first = columns[0][0] if columns else len(row)
        block.refuse(one.refs, (cell.text for cell in row[first:]))
    elif one.refs and labels.contradicts(one.serial, one.refs):
        block.findings.append(serial_contradicts(place, one.serial, one.label))
    elif one.refs:
        block.rows.append(Row(one.serial, one.label, one.refs, values, one.place))
    elif filled:
        # Where cells have moved, the serial and the label stand all the same, somewhere.
        printed = " ".join(cell.text for cell in row if cell.text)
        block.findings.append(row_unknown(place, one.label or printed[:80]))
