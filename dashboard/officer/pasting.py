"""Cells copied from a spreadsheet -> the rows and months of the grid that they are for."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from dashboard.officer import pasted_areas, pasted_heading
from dashboard.officer.pasted_heading import Heading
from etl import aliases, appendix, cells, roles
from etl.appendix import Row
from etl.draft import typed
from etl.draft.contents import cell_key
from etl.model import Observation, Reading, Registry, UserError
from etl.text.signs import squash

_MOST = 400  # lines
_MORE_THAN_ONCE = "The row {!r} was pasted more than once; nothing was pasted"
_SERIAL_FIRST = re.compile(r"([0-9]{1,2}[a-z]?)[.):]?\s+(\S.*)", re.IGNORECASE)

Line = list[str]


@dataclass(frozen=True)
class Pasted:
    """Cells by their key; `passed` are those left out: published otherwise already, or of a month
    before those to type."""

    cells: Mapping[str, str]
    passed: tuple[str, ...] = ()


def lines(text: str) -> list[Line]:
    """The pasted lines as cells, as a spreadsheet copies them: a cell of several lines stands in
    quotation marks. Empty lines stay: they may be the last cells of a column."""
    if typed.LOST in typed.plain(text):
        raise UserError("A figure holds a character that cannot be shown; nothing was pasted")
    try:
        found = list(csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter="\t"))
    except csv.Error:
        raise UserError("What was pasted is not a block of cells; nothing was pasted")
    if len(found) - _blank_at_end(found) > _MOST:
        raise UserError(f"More than {_MOST} lines were pasted; nothing of it was taken")
    return [[" ".join(typed.plain(cell).split()) for cell in line] or [""] for line in found]


def _blank_at_end(pasted: Sequence[Line]) -> int:
    return sum(1 for _ in takewhile(lambda line: not "".join(line).strip(), reversed(pasted)))


def _column(pasted: list[Line], count: int, *, headed: bool) -> list[Line]:
    """The lines of a whole column of `count` rows: without blank lines beyond them, and under
    a month with the last cell, where it is blank and the spreadsheet ended no line there."""
    beyond = min(max(len(pasted) - count, 0), _blank_at_end(pasted))
    short = headed and len(pasted) == count - 1 and _blank_at_end(pasted)
    return [*pasted[: len(pasted) - beyond], *([[""]] if short else [])]


def spread(
    text: str,
    registry: Registry,
    months: Sequence[date],
    held: Mapping[str, Observation] | None = None,
    first: date | None = None,
) -> Pasted:
    """The cells of what was pasted. Rows are told by their labels, or serials; columns by the
    months above them, else they go to `months` in their order, from `first` on.

    Without labels there must be a line for each row of the table, in its order. `held` are
    published figures by key: they are passed over, and told where they differ. Raises
    UserError, and gives nothing, where any line could be of several rows or of none, or a
    column of a month that cannot be typed.
    """
    rows = appendix.rows(registry)
    from_first = [month for month in months if first is None or month >= first]
    pasted = lines(text)
    if not any(any(line) for line in pasted):
        raise UserError("Nothing was pasted")
    pasted, others = pasted_areas.ours(pasted, registry)
    heading = pasted_heading.read(pasted, registry)
    pasted = _column(heading.below, len(rows), headed=bool(heading.months))
    labelled = _labelled(pasted, rows, registry)
    if labelled is None:
        if len(pasted) != len(rows):
            counted = "1 line was" if len(pasted) == 1 else f"{len(pasted)} lines were"
            raise UserError(
                f"{counted} pasted for {len(rows)} rows. Copy the whole column, or "
                "copy it with the rows' labels beside it"
            )
        labelled = [(row, 0, line) for row, line in zip(rows, pasted, strict=True)]
    found: dict[str, str] = {}
    passed = list(others)
    for row, at, line in labelled:
        for month, value in _by_month(row, at, line, heading, from_first):
            key = cell_key(row.ref, month)
            figure = (held or {}).get(key)
            if figure is None and month in months:
                found[key] = value
            elif figure is None or not _same(value, row, figure):
                passed.append(f"{row.name}, {appendix.heading(month)}: {value}")
    named = dict.fromkeys(heading.others.values())
    passed += [f"the columns headed {name!r}, which are no actual figures" for name in named]
    return Pasted(found, tuple(passed))


def _by_month(
    row: Row, at: int, line: Line, heading: Heading, months: Sequence[date]
) -> Iterator[tuple[date, str]]:
    """Each cell with a text and its month; the figures begin at column `at`."""
    above = heading.months
    for value in line[at:]:
        if roles.of_heading(value).role not in ("", "unit", "rating"):
            raise UserError(f"{row.name}: {value!r} is no figure of it; nothing was pasted")
    if above:
        for column, value in enumerate(line[at:], at):
            if column in heading.others:
                continue
            if value and column not in above:
                raise UserError(f"{row.name}: {value!r} stands under no month; nothing was pasted")
            if value and above[column] > months[-1]:
                raise UserError(
                    f"{appendix.heading(above[column])} is not over yet; nothing was pasted"
                )
            if value:
                yield above[column], value
        return
    values = line[at:]
    if len(values) > len(months):
        raise UserError(
            f"{row.name}: {len(values)} columns were pasted; only {len(months)} months follow"
        )
    yield from ((m, value) for m, value in zip(months, values, strict=False) if value)


def _same(value: str, row: Row, figure: Observation) -> bool:
    found = cells.parse(value, row.unit)
    held = figure.reading
    if isinstance(found, cells.Blank):
        return True
    return isinstance(found, Reading) and (found.value, found.status) == (held.value, held.status)


# --- rows ---------------------------------------------------------------------------


def _labelled(
    pasted: list[Line], rows: Sequence[Row], registry: Registry
) -> list[tuple[Row, int, Line]] | None:
    """Each line with the row that it names and the column of its first figure; None where no
    line names a row."""
    known: dict[str, list[Row]] = defaultdict(list)
    names = aliases.of(registry)
    for row in rows:
        labels = registry.measures[row.ref.measure].cohorts[row.ref.cohort].labels
        for name in {squash(text) for text in (*labels, row.title, row.name)}:
            known[name].append(row)
        for key in (f"{row.ref.measure}/{row.ref.cohort}", *names.keys_before(row.ref)):
            known[key].append(row)
    serials = {row.serial.lower() for row in rows if row.serial}
    taken: dict[tuple[str, str], list[tuple[int, Line]]] = defaultdict(list)
    strange: list[str] = []
    bare: list[tuple[str, int, Line]] = []
    for line in (line for line in pasted if any(line)):
        serial, at = _serial(line, serials)
        name, at = _name(line, at, known)
        if not name and not serial and (split := _SERIAL_FIRST.fullmatch(line[0])):
            serial, label = split[1].lower(), squash(split[2])
            name, at = (label, 1) if label in known and serial in serials else ("", 0)
        if name:
            taken[serial, name].append((at, line))
        elif at < len(line) and _words(line[at]):
            strange.append(line[at])
        else:
            bare.append((serial, at, line))
    # A figure in the first column may look like a serial (3, 4): only where no whole column
    # could be meant, or a letter tells, does a serial alone name its row.
    lettered = any(serial[-1:].isalpha() for serial, _, _ in bare)
    if bare and all(s for s, _, _ in bare) and (taken or lettered or len(pasted) != len(rows)):
        for serial, at, line in bare:
            taken[serial, ""].append((at, line))
    if strange and (taken or len(strange) + len(bare) != len(rows)):
        raise UserError(f"No row is called {strange[0][:60]!r}; nothing was pasted")
    if not taken:
        return None
    found = []
    for (serial, name), values in taken.items():
        candidates = [r for r in known.get(name, rows) if not serial or r.serial.lower() == serial]
        found += _matched(candidates, values, name or serial)
    return found


def _serial(line: Line, serials: set[str]) -> tuple[str, int]:
    """The serial in the first column, if the line has more than it, and the column after it."""
    plain = line[0].lower().rstrip(".")
    if len(line) > 1 and (plain in serials or plain in ("-", "")):
        return plain.strip("-"), 1
    return "", 0


def _name(line: Line, at: int, known: Mapping[str, object]) -> tuple[str, int]:
    """The label at a column, or the workbook's key of the row after it, and the column after."""
    for column in range(at, min(at + 2, len(line))):
        if "/" in line[column] and line[column] in known:
            return line[column], column + 1
    name = squash(line[at]) if at < len(line) else ""
    return (name, at + 1) if name and name in known else ("", at)


def _words(text: str) -> bool:
    """Whether a cell is a label rather than a figure (or a spreadsheet's error)."""
    letters = any(c.isalpha() for c in text) and not text.startswith("#")
    return letters and isinstance(cells.parse(text), cells.Unreadable)


def _matched(
    candidates: list[Row], lines_of: list[tuple[int, Line]], name: str
) -> list[tuple[Row, int, Line]]:
    """Lines of one label to its rows: by their units where two rows share it, never by order."""
    if not candidates:
        raise UserError(f"No row is called {name!r}; nothing was pasted")
    if len(lines_of) > len(candidates):
        raise UserError(_MORE_THAN_ONCE.format(candidates[0].name))
    if len(candidates) == 1:
        return [(candidates[0], *lines_of[0])]
    fits = [[row for row in candidates if _fits(row, line[at:])] for at, line in lines_of]
    only = [rows[0] for rows in fits if len(rows) == 1]
    found = []
    for (at, line), rows in zip(lines_of, fits, strict=True):
        left = rows if len(rows) == 1 else [row for row in rows if row not in only]
        if len(left) != 1:
            raise UserError(
                f"{candidates[0].name}: two rows have this label and the figures do not say which "
                "is which. Paste them with their units (days), or type these rows"
            )
        found.append((left[0], at, line))
    if len({row.ref for row, _, _ in found}) != len(found):
        raise UserError(_MORE_THAN_ONCE.format(candidates[0].name))
    return found


def _fits(row: Row, values: list[str]) -> bool:
    """Whether all the cells can be figures of the row."""
    return all(isinstance(cells.parse(v, row.unit), Reading | cells.Blank) for v in values)
