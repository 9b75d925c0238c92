"""What a scorecard is made of, and the truth that follows from it.

A scorecard's tables are written once, as data: heading rows, body rows, and beside them what each
column and each row means. The file that a council would publish and the rows of `truth.csv` both
come from that; what a figure means is what its table, column, row and cell say, the later ones
above the earlier.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

COLUMNS = (
    "measure_words",
    "measure",
    "cohort",
    "area",
    "role",
    "span",
    "period_start",
    "period_end",
    "value",
    "unit",
    "place",
    "note",
)
REFUSED_COLUMNS = ("place", "printed", "why")
LEFT, ABOVE = "<", "^"  # a grid position that belongs to the merged cell left of it, or above it
EMPTY = {"", "-", "–", "n/a", "N/A", "..", "*", "c", "TBC", "not set", LEFT, ABOVE}
NUMBER = r"^£?(?P<value>nil|[\d,]*\.?\d+)(?:%| days| weeks)?$"
RAISED = re.compile(r"\s?‹(.+?)›")  # ‹1› is a raised mark, in whatever way the form raises it

Facets = dict[str, Any]

# What many cards say of a row or column.
PCT: Facets = {"unit": "percent"}
OUTSIDE: Facets = {"role": "comparator"}
ON_TIME = "ehc_plans_on_time_share_excluding_exceptions"
ON_TIME_ALL = "ehc_plans_on_time_share_including_exceptions"


@dataclass(frozen=True)
class Row:
    """A row of a table: printed cells, and what they mean; `None` means no figure is in it."""

    cells: list[str]
    facets: Facets | None


@dataclass(frozen=True)
class Table:
    """Captions above, heading rows, one meaning a column (`None` for row headings), rows, notes."""

    head: list[list[str]]
    columns: list[Facets | None]
    rows: list[Row]
    caption: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    facets: Facets = field(default_factory=dict)
    widths: list[float] = field(default_factory=list)
    ruled: bool = True


@dataclass(frozen=True)
class Text:
    """Lines of running text; those with facets hold figures by the named groups of `form`."""

    lines: list[str]
    facets: list[Facets | None] = field(default_factory=list)
    large: bool = False


@dataclass(frozen=True)
class Part:
    """A sheet, or a page; text and Word have one."""

    items: list[Table | Text]
    name: str = ""
    landscape: bool = False


@dataclass(frozen=True)
class Scorecard:
    """One council's file: `form` is its suffix; `style` how the form is written."""

    name: str
    council: str
    area: str
    form: str
    parts: list[Part]
    look: str
    traps: str
    not_read: str
    style: str = ""


def split(line: str) -> list[str]:
    """`"a | b | c"` as its cells."""
    return [cell.strip() for cell in line.split("|")]


def row(line: str, **facets: Any) -> Row:
    """A row that holds figures."""
    return Row(split(line), facets)


def bare(line: str) -> Row:
    """A row without figures: a section, a remark, or cells that must not be read."""
    return Row(split(line), None)


def heads(*lines: str) -> list[list[str]]:
    return [split(line) for line in lines]


def periods(*words: str, **facets: Any) -> list[Facets | None]:
    """A column for each period."""
    return [{"period": each} | facets for each in words]


def plain(text: str) -> str:
    """Printed text without its raised marks."""
    return RAISED.sub("", text)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _months_from(start: date, count: int) -> date:
    """The last day of the `count` months that begin at `start`."""
    month = start.year * 12 + start.month - 1 + count - 1
    return _month_end(month // 12, month % 12 + 1)


def period(words: str) -> tuple[str, date, date]:
    """`"month 2024-09"` and the like as span, first and last day.

    Terms run to 31 December, 31 March and 31 August, the days that the Education (Start of
    Compulsory School Age) Order 1998 prescribes. A quarter is any three months in a row.
    """
    span, when = words.split()
    if span == "point_in_time":
        return span, date.fromisoformat(when), date.fromisoformat(when)
    if span == "term":
        year, term = int(when[:4]), when[5:]
        first, last = {"autumn": (9, 12), "spring": (1, 3), "summer": (4, 8)}[term]
        return span, date(year, first, 1), _month_end(year, last)
    first = date(int(when[:4]), int(when[5:7] or 1), 1)
    if span in ("academic_year", "financial_year", "calendar_year"):
        month = {"academic_year": 9, "financial_year": 4, "calendar_year": 1}[span]
        first = date(first.year, month, 1)
        return span, first, _months_from(first, 12)
    if span == "quarter":
        return span, first, _months_from(first, 3)
    return taken_as(span, first, _month_end(first.year, first.month))


def taken_as(span: str, start: date, end: date) -> tuple[str, date, date]:
    """A column's period as a row of another span takes it: only its last day counts."""
    if span == "month":
        return span, start, end
    if span == "point_in_time":
        return span, end, end
    if span == "rolling_12_months":
        following = end.year * 12 + end.month
        return span, date(following // 12 - 1, following % 12 + 1, 1), end
    month = {"financial_year_to_date": 4, "academic_year_to_date": 9, "calendar_year_to_date": 1}
    year = end.year if end.month >= month[span] else end.year - 1
    return span, date(year, month[span], 1), end


def number(text: str) -> str:
    """A printed number as its shortest decimal."""
    if text.lower() == "nil":
        return "0"
    return f"{Decimal(text.replace(',', '')).normalize():f}"


def figures(printed: str, facets: Facets, place: str) -> list[dict[str, str]]:
    """The rows of truth of one printed cell or line."""
    text = plain(printed)
    if text in EMPTY or facets.get("refused"):
        return []
    match = re.search(facets.get("form", NUMBER), text)
    if not match:
        raise ValueError(f"{place}: {text!r} is not in the form {facets.get('form', NUMBER)}")
    span = start = end = ""
    if facets.get("period"):
        taken = period(facets["period"])
        if facets.get("take"):
            taken = taken_as(facets["take"], taken[1], taken[2])
        span, start, end = taken[0], taken[1].isoformat(), taken[2].isoformat()
    common = {
        "measure_words": facets["words"],
        "measure": facets.get("measure", ""),
        "cohort": facets.get("cohort", "all"),
        "area": facets["area"],
        "span": span,
        "period_start": start,
        "period_end": end,
        "place": place,
    }
    result = []
    for name, value in match.groupdict().items():
        if value is None or name == "note":
            continue
        role = facets.get("role", "actual") if name == "value" else name
        worded = role in ("rating", "direction")
        unit = facets.get("unit", "count")
        figure = common | {
            "role": role,
            "value": value if worded else number(value),
            "unit": "" if worded else "count" if role in ("numerator", "denominator") else unit,
            "note": facets.get("note", ""),
        }
        if name == "value" and match.groupdict().get("note"):
            figure["note"] = match["note"]
        if name == "previous":  # a target in the cell is its figure's; what went before is not
            other = facets.get("previous_period")
            days = period(other) if other else ("", "", "")
            figure |= {"span": days[0], "period_start": str(days[1]), "period_end": str(days[2])}
        result.append(figure)
    return result


def meaning(table: Table, line: Row, column: int, area: str) -> Facets | None:
    """What a cell means: nothing, or the facets of table, column and row together."""
    here = table.columns[column]
    if here is None or line.facets is None:
        return None
    joined = {"area": area} | table.facets | here | line.facets
    if "role" in here:
        joined["role"] = here["role"]  # a target column stays one in every row
    if joined.get("role") in ("rating", "direction"):
        joined["form"] = r"^(?P<value>.+)$"
    joined.setdefault("words", plain(line.cells[0]))
    return joined
