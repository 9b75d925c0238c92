"""Tables of cells -> blocks of rows under months, whoever printed or converted them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from etl import cells, periods
from etl.labels import Labels, serial_of, squash
from etl.model import Cell, Finding, MeasureRef, Place, Reading, Table
from etl.rows import (
    Block,
    Kind,
    Month,
    Row,
    month_twice,
    month_unknown,
    row_unknown,
    serial_contradicts,
    warning,
)

_WORDS = re.compile(r"\b(?:serial|measure|description|indicator)\b", re.IGNORECASE)
_BASELINE = re.compile(r"\W*baseline\W+", re.IGNORECASE)
_LED = re.compile(r"([0-9]{1,2}[a-z]?)[.):]?\s+(.+)", re.IGNORECASE)

Cells = tuple[Cell, ...]


@dataclass(frozen=True)
class Header:
    """A heading row: which of its cells name months (by position), and how wide it is."""

    kind: Kind
    months: tuple[tuple[int, Month], ...]
    row: Cells

    @property
    def first(self) -> int:
        return self.months[0][0]

    def same_months(self, other: Header) -> bool:
        return [(m.first, m.last) for _, m in self.months] == [
            (m.first, m.last) for _, m in other.months
        ]


def header(row: Cells) -> Header | None:
    """The heading row of months that this row is, if it is one.

    Two months or more, or one beside the words that head a table of measures. A table whose
    months are all called a baseline is a summary.
    """
    months, baselines = [], 0
    for position, cell in enumerate(row):
        bare = _BASELINE.sub("", cell.text, count=1)
        if period := periods.parse(bare):
            months.append((position, Month(*period, cell.text)))
            baselines += bare != cell.text
    worded = any(_WORDS.search(cell.text) for cell in row)
    if len(months) < 2 and not (months and worded):
        return None
    return Header("summary_table" if baselines == len(months) else "appendix_1", tuple(months), row)


@dataclass(frozen=True)
class Line:
    """A data row taken apart: what stands before the months, and the cells under them."""

    serial: str
    label: str
    refs: tuple[MeasureRef, ...]
    column: int | None
    row: Cells

    @property
    def place(self) -> Place:
        return self.row[0].place if self.row else Place()


def line(row: Cells, before: int, labels: Labels) -> Line:
    """The serial and the label among the cells before the first month."""
    left = row[:before]
    serial = ""
    for position, cell in enumerate(left):
        led = _LED.fullmatch(cell.text)
        refs = labels.by_key.get(squash(cell.text), ())
        if not refs and led:
            refs = labels.by_key.get(squash(led[2]), ())
            serial = led[1].lower() if refs else serial
        if refs:
            return Line(serial, led[2] if led else cell.text, refs, position, row)
        serial = serial_of(cell.text) or serial
    texts = [cell.text for cell in left if serial_of(cell.text) is None]
    joined = " ".join(texts)
    return Line(serial, joined, labels.by_key.get(squash(joined), ()), None, row)


def blocks(tables: Sequence[Table], labels: Labels, *, exact: bool = True) -> Iterator[Block]:
    """The performance tables among `tables`, continuations joined to the header they follow.

    `exact` asks each row to have as many cells as the heading; False for workbooks, whose
    cells have positions of their own.
    """
    current: Header | None = None
    seen: set[tuple[MeasureRef, ...]] = set()
    for table in tables:
        if table.hidden:
            continue
        gathered: list[Cells] = []
        inherited = True
        for row in [*table.rows, None]:
            found = header(row) if row else None
            if row and not found:
                gathered.append(row)
                continue
            block = _block(current, gathered, labels, exact, inherited, seen)
            if block:
                yield block
            if found:
                inherited, gathered = False, []
                if current is None or not found.same_months(current):
                    seen = set()
                current = found


def _block(
    head: Header | None,
    gathered: Sequence[Cells],
    labels: Labels,
    exact: bool,
    inherited: bool,
    seen: set[tuple[MeasureRef, ...]],
) -> Block | None:
    """The block of the rows gathered under a header; `inherited` from an earlier table."""
    rows = [row for row in gathered if any(cell.text for cell in row)]
    if head is None:
        return _without_header(rows, labels)
    known = [row for row in rows if line(row, head.first, labels).refs]
    if inherited and not any(len(row) == len(head.row) for row in known):
        return _without_header(rows, labels)
    width = _width(head, known, exact)
    mended = list(_mended(rows, head, width, labels))
    lines = [line(row, head.first, labels) for row in mended]
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
    message = (
        f"{places[0]}: {len(places)} known rows stand under no heading of months that fits "
        "them; their figures are not read."
    )
    return Block("appendix_1", (), [], [warning("header-lost", message, *places)])


def _columns(head: Header, lines: Sequence[Line]) -> tuple[list[tuple[int, Month]], list[Finding]]:
    """The columns whose figures are read, and a finding for each that cannot be."""
    findings: list[Finding] = []
    counts = Counter((month.first, month.last) for _, month in head.months)
    kept = []
    for position, month in head.months:
        if counts[month.first, month.last] == 1:
            kept.append((position, month))
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
    filled = any(isinstance(cells.parse(cell.text), Reading) for cell in values)
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
        block.findings.append(row_unknown(place, one.label))


# --- rows that a line end or a page end has cut ------------------------------------


def _mended(rows: Sequence[Cells], head: Header, width: int, labels: Labels) -> Iterator[Cells]:
    """The rows with those put together again that were cut within their label."""
    position = 0
    while position < len(rows):
        row, used = rows[position], 1
        while position + used < len(rows):
            whole = _joined(row, rows[position + used], head, width, labels)
            if whole is None:
                break
            row, used = whole, used + 1
        yield row
        position += used


def _joined(above: Cells, below: Cells, head: Header, width: int, labels: Labels) -> Cells | None:
    """Two printed rows as the one that they are parts of, or None."""
    if len(above) == len(below) == width:
        return _page_cut(above, below, head, labels)
    # A line end inside the label: the upper part has no cell of its own yet.
    if len(above) > head.first or len(above) + len(below) - 1 > width:
        return None
    middle = replace(above[-1], text=f"{above[-1].text} {below[0].text}".strip())
    whole = (*above[:-1], middle, *below[1:])
    return whole if _begins(whole, head, labels) else None


def _page_cut(above: Cells, below: Cells, head: Header, labels: Labels) -> Cells | None:
    """A row cut across by a page end: the lower part has no serial, and its label goes on."""
    upper, lower = line(above, head.first, labels), line(below, head.first, labels)
    if lower.serial or lower.refs:
        return None
    whole = tuple(
        replace(a, text=f"{a.text} {b.text}".strip()) for a, b in zip(above, below, strict=True)
    )
    if lower.label:
        return whole if _begins(whole, head, labels) else None
    if not upper.refs:
        return None
    parts = [cell.text for cell in below[head.first :] if cell.text]
    units = [labels.measure(ref).unit for ref in upper.refs]
    alone = (isinstance(cells.parse(text, unit), Reading) for text in parts for unit in units)
    return whole if parts and not any(alone) else None


def _begins(row: Cells, head: Header, labels: Labels) -> bool:
    """Whether the row's label is a known one, or the beginning of one."""
    one = line(row, head.first, labels)
    return bool(one.refs) or squash(one.label) in labels.beginnings
