"""A heading of one row or of several -> what each column is: month, role and span.

A heading of two rows is read as two rows: of a month over Target and Actual the column
under Actual holds the council's figures, that under Target its targets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from etl import cells, periods, roles
from etl.layouts import year_bands as bands
from etl.model import Reading
from etl.recognise import headers
from etl.recognise.headers import Cells, line
from etl.recognise.labels import Labels
from etl.recognise.levels import UNSAID, Facet, Head, Levels
from etl.roles import NOTHING, Meaning

_LEAST = 2  # roles that make a heading without months
NO_MONTH = "it names no month"
NOT_UNDERSTOOD = "words stand below its months that are not understood"
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LETTERED = re.compile(r"(?P<month>.{4,20}?)\s*\((?P<letter>[AT])\)")
_OF_LETTERS = {"A": roles.ACTUALLY, "T": Meaning("target", "", "T")}
_LOOKED_AT = 60  # rows below a heading that tell where its labels stand, and how many cells
_ROWS = 2  # rows above or below that of the months in which roles may stand


def heads(rows: Sequence[Cells], labels: Labels, *, exact: bool) -> Iterator[Head]:
    """The headings of months among a table's rows, in their order.

    `exact` where merging may have left fewer cells in a row: False for workbooks, whose cells
    have positions of their own.
    """
    done = 0
    for at, row in enumerate(rows):
        if at < done:
            continue
        months, taken = _months(row), 0
        below = rows[at + 1] if at + 1 < len(rows) else None
        if not months and (dated := bands.heading(rows[max(done, at - _ROWS) : at], row, below)):
            row, taken = dated
            months = _months(row)
        if not months:
            if (lone := _without_months(row, labels)) and not _near(rows, at):
                yield Head(at, at + 1, row, lone, NO_MONTH)
                done = at + 1
            continue
        first, end = at - max(taken, 0), at + 1 + (taken < 0)
        over = _roles_in(rows, range(first - 1, max(done, first - _ROWS) - 1, -1), months, labels)
        sub = _roles_in(rows, range(end, min(len(rows), end + _ROWS)), months, labels)
        plain = not (over or sub or any(said.told for _, said in months.values()))
        if len(months) < 2 and not (over or sub or headers.worded(row)):
            continue
        bounds = (min(first, over[0] if over else first), max(end, sub[0] + 1 if sub else end))
        below_it = rows[bounds[1] : bounds[1] + _LOOKED_AT]
        if plain and _not_understood(below_it, months, labels):
            doubt = {at: Facet("", UNSAID, row[at]) for at in months}
            found = Head(*bounds, row, doubt, NOT_UNDERSTOOD)
        elif plain:
            found = Head(*bounds, row, _beside_months(row, months, below_it, labels))
        else:
            upper = rows[over[0]] if over else ()
            lower = rows[sub[0]] if sub else ()
            width = max(_width(below_it, min(months), labels), len(row), len(lower))
            grid = Levels(
                (upper, row, lower),
                months,
                over[1] if over else {},
                sub[1] if sub else {},
                width,
                exact,
            )
            found = grid.head(*bounds)
        done = found.end
        yield found


def _months(row: Cells) -> dict[int, tuple[str, Meaning]]:
    """The cells that name a month, by column: the month, and what else they say of it."""
    found: dict[int, tuple[str, Meaning]] = {}
    for at, cell in enumerate(row):
        if periods.parse(headers.bare(cell.text)):
            found[at] = (cell.text, NOTHING)
        elif dated := roles.dated(cell.text):
            found[at] = dated
    return found or _lettered(row)


def _lettered(row: Cells) -> dict[int, tuple[str, Meaning]]:
    """Months with a letter for their role, where both letters stand: "Feb-22 (T)", "(A)"."""
    marked = {at: hit for at, cell in enumerate(row) if (hit := _LETTERED.fullmatch(cell.text))}
    marked = {at: hit for at, hit in marked.items() if periods.parse(hit["month"])}
    if {hit["letter"] for hit in marked.values()} != _OF_LETTERS.keys():
        return {}
    return {at: (hit["month"], _OF_LETTERS[hit["letter"]]) for at, hit in marked.items()}


def _beside_months(
    row: Cells,
    months: Mapping[int, tuple[str, Meaning]],
    below: Sequence[Cells],
    labels: Labels,
) -> dict[int, Facet] | None:
    """The facets of a plain row of months in which columns of targets and the like stand too."""
    columns = Counter(line(one, min(months), labels).column for one in below)
    del columns[None]
    label = columns.most_common(1)[0][0] if columns else min(months) - 1
    others = {
        at: Facet("", said, cell)
        for at, cell in enumerate(row)
        if at not in months
        and at > (label or 0)
        and (said := roles.of_heading(cell.text)).other
        and said.role != "unit"
    }
    if not others and all(text == row[at].text for at, (text, _) in months.items()):
        return None
    return others | {at: Facet(text, roles.ACTUALLY, row[at]) for at, (text, _) in months.items()}


def _not_understood(below: Sequence[Cells], months: Mapping[int, object], labels: Labels) -> bool:
    """Whether a second row of the heading parts the columns under a month by words that nobody
    knows: "T, A" or "2021, 2022" under each. The first of them may be any of the two.
    """
    row = next((one for one in below[:_ROWS] if any(cell.text for cell in one)), ())
    left = min(months)
    filled = {at: cell.text for at, cell in enumerate(row) if at >= left and cell.text}
    beside = [at for at in filled if at not in months]
    if (
        len(filled) < 2 * len(months)
        or len(beside) < len(months)
        or not months.keys() <= filled.keys()
    ):
        return False
    if line(row, left, labels).refs or any(cell.text for cell in row[:left]):
        return False
    return all(
        _YEAR.fullmatch(text) or not isinstance(cells.parse(text), Reading | cells.Blank)
        for text in filled.values()
    )


def _without_months(row: Cells, labels: Labels) -> dict[int, Facet]:
    """The facets of a row of roles that stands over figures without any month."""
    told = [at for at, one in _roles(row, 1, labels).items() if one.role not in ("", "unit")]
    if len([at for at in told if roles.of_heading(row[at].text).told]) < _LEAST:
        return {}
    return {at: Facet("", UNSAID, cell) for at, cell in enumerate(row) if at >= min(told)}


def _near(rows: Sequence[Cells], at: int) -> bool:
    """Whether a row stands straight above one of months, at most one of words between, and
    belongs to it."""
    for below in rows[at + 1 : at + 1 + _ROWS]:
        if _months(below) or (any(c.text for c in below) and bands.heading([], below, None)):
            return True
        if any(periods.month_number(cell.text) for cell in below):
            return True
        if any(isinstance(cells.parse(cell.text), Reading) for cell in below):
            return False
    return False


def _width(rows: Sequence[Cells], left: int, labels: Labels) -> int:
    """How many cells most of the known rows have."""
    widths = Counter(len(row) for row in rows if line(row, left, labels).refs)
    return widths.most_common(1)[0][0] if widths else 0


def _roles_in(
    rows: Sequence[Cells],
    numbers: Iterable[int],
    months: Mapping[int, object],
    labels: Labels,
) -> tuple[int, dict[int, Meaning]] | None:
    """The nearest filled one of the rows and what its cells say, if it is a row of roles; a row
    between that tells no column from another is passed over."""
    for number in numbers:
        if any(cell.text for cell in rows[number]):
            found = _roles(rows[number], min(months), labels)
            # "Number" or "%" under each month tells none of them from another.
            units = (
                all(one.role == "unit" for one in found.values()) and found.keys() <= months.keys()
            )
            if found and not units:
                return number, found
            if not (found or _alike(rows[number], months, labels)):
                return None
    return None


def _alike(row: Cells, months: Mapping[int, object], labels: Labels) -> bool:
    """Whether one and the same word stands in a row under each month, and nothing else."""
    filled = {at: cell.text for at, cell in enumerate(row) if cell.text}
    texts = set(filled.values())
    if len(filled) < 2 or len(texts) > 1 or isinstance(cells.parse(texts.pop()), Reading):
        return False
    return filled.keys() >= months.keys() and not line(row, min(months), labels).refs


def _roles(row: Cells, left: int, labels: Labels) -> dict[int, Meaning]:
    """What the cells of a row of roles say, by column; nothing for a row that is none.

    A cell that is not understood is in doubt. Where one text stands over all columns it is a
    caption, which may only relate the figures to something.
    """
    filled = {
        at: cell.text
        for at, cell in enumerate(row)
        if not isinstance(cells.parse(cell.text), cells.Blank)
    }
    right = [at for at in filled if at >= left]
    if any(isinstance(cells.parse(filled[at]), Reading) for at in right):
        return {}
    if line(row, left, labels).refs or _months(row):
        return {}
    said = {at: roles.of_heading(text) for at, text in filled.items()}
    if len(right) == len(filled) == 1 and len(filled[right[0]].split()) > 1:
        said[right[0]] = roles.of_caption(filled[right[0]])
    known = [at for at, one in said.items() if one.told]
    if len(known) == len(row) > 1:  # no cell stands over the labels
        return said
    if not any(at >= left for at in known):
        return {}
    return {
        at: one if one.told else UNSAID
        for at, one in said.items()
        if at >= left or (at and one.told and one.role != "unit")
    }
