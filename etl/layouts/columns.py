"""The heading rows of a block -> what each column names, level by level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from etl import cells
from etl.layouts import ambiguity, levels
from etl.layouts.ambiguity import CONTRADICT, UNCLEAR
from etl.layouts.blocks import Block
from etl.layouts.facets import Column, Facets, merged
from etl.layouts.words import Words
from etl.model import Layout, Reading
from etl.recognise.labels import serial_of
from etl.when import When

_WEEK = re.compile(r"\bweek|\bw/?[ec]\b", re.IGNORECASE)
# How places name the spans that a layout gives a group's words.
_SPANS = {"month": "month", "quarter": "quarter", "calendar_year_to_date": "cumulative"}
Stub = Literal["label", "area", "period", "group", "unit", "beside", "role", "unknown"]


@dataclass(frozen=True)
class Heads:
    """A block's columns: those beside the rows' headings by kind, and those of figures."""

    stubs: dict[int, Stub]
    columns: tuple[Column, ...]
    corner: When | None = None  # a year that stands over the row headings
    weekly: bool = False  # whether weeks stand down the side
    role: str = ""  # what stands over the row headings says of all figures: "Targets"

    @property
    def tells_roles(self) -> bool:
        """Whether every column of figures says its role, and they are not all one."""
        roles = {column.says.role for column in self.columns if column.figures}
        return len(roles) > 1 and "" not in roles

    @property
    def first(self) -> int:
        """Where the figures begin."""
        return min((column.at for column in self.columns), default=0)


def of(block: Block, words: Words, layout: Layout) -> Heads:
    """What the columns name, in the words of the vocabulary and of the layout.

    A layout that lists words of spans knows no other spans.
    """
    spans = {text.casefold(): span for text, span in layout.spans.items()}

    def says(text: str) -> Facets | None:
        if (plain := " ".join(text.casefold().split())) in spans:
            return Facets(span=spans[plain])
        found = words.heading(text)
        return None if spans and found is not None and found.span else found

    printed_levels = levels.of(block, spans)
    rows = [level for level in printed_levels if _counts(level, words)]
    across = [level for level in rows if any(level[1:])]  # a year may stand over the rows alone
    width = block.width
    stubs: dict[int, Stub] = {}
    columns: list[Column] = []
    corner: When | None = None
    role = ""
    for at in range(width):
        printed = tuple(level[at] for level in (across if at else rows))
        texts = [text for text in printed if text]
        kinds = [_stub(text, words) for text in texts]
        kind = kinds[-1] if kinds and all(kinds) else None
        if kind and (not columns or kind in ("beside", "unit")):
            stubs[at] = kind
            continue
        parts = [says(text) for text in texts]
        if at == 0 and 0 < len(texts) < len(rows) and parts[0] is not None:
            stubs[at], corner = "unknown", parts[0].when
            continue
        if not columns and _over_labels(at, texts, parts, block, words):
            stubs[at], role = "unknown", parts[-1].role if parts[-1] else ""
            continue
        untold = not any(part is not None and part.told for part in parts)
        if not columns and untold and not _holds_figures(at, texts, stubs, block):
            stubs[at] = "unknown"
            continue
        columns.append(_column(at, printed, parts))
    sides = [level[at] for level in printed_levels for at in stubs]
    weekly = any(_WEEK.search(text) for text in sides)
    if spans:
        columns = [_covering(column) for column in columns]
    return Heads(stubs, tuple(ambiguity.refused(_grouped(columns, spans))), corner, weekly, role)


def _holds_figures(at: int, texts: Sequence[str], stubs: Mapping[int, Stub], block: Block) -> bool:
    """Whether figures stand under a heading that nobody understands, beside the rows' labels:
    "Jly-20". Numbers may be the rows' own where nothing stands over them."""
    if not texts or "label" not in stubs.values():
        return False
    below = [row[at].text for row in block.body if at < len(row) and row[at].text]
    return bool(below) and all(isinstance(cells.parse(text), Reading) for text in below)


def _over_labels(
    at: int, texts: Sequence[str], parts: Sequence[Facets | None], block: Block, words: Words
) -> bool:
    """Whether a column's one heading is a role, and known labels stand below it."""
    if len(texts) != 1 or parts[-1] is None or parts[-1] != Facets(role=parts[-1].role):
        return False
    below = [row[at].text for row in block.body if at < len(row) and row[at].text]
    return any(words.label(text) for text in below)


def _covering(column: Column) -> Column:
    """A column of a layout with groups: refused where neither its group nor its label says what
    its figures cover, since a month would be taken for a year to date."""
    says = column.says
    if column.why or not says.measures or says.span or all(one.span for one in says.measures):
        return column
    return replace(column, why="nothing above it says what period its figures cover")


def _grouped(columns: Sequence[Column], spans: Mapping[str, str]) -> list[Column]:
    """The columns with their group's words, where the last heading stands several times or the
    group says what its figures cover."""
    lasts = Counter(column.printed[-1] if column.printed else "" for column in columns)
    found = []
    for column in columns:
        above = dict.fromkeys(text for text in column.printed[:-1] if text)
        covers = spans and not any(one.span for one in column.says.measures)
        if above and (covers or lasts[column.printed[-1]] > 1):
            words = (_SPANS.get(spans.get(text.casefold(), ""), text) for text in above)
            column = replace(column, group=", ".join(words))
        found.append(column)
    return found


def _column(at: int, printed: tuple[str, ...], parts: Sequence[Facets | None]) -> Column:
    if len(parts) < len(printed):
        why = "it has fewer headings above it than its neighbours"
        return Column(at, printed, why=why, code=UNCLEAR if parts else "month-unknown")
    if any(part is None for part in parts):
        unknown = next(t for t, p in zip(printed, parts, strict=True) if p is None)
        told = any(part is not None and part.told for part in parts)
        why = f"the heading {unknown!r} is not understood"
        return Column(at, printed, why=why, code=UNCLEAR if told else "month-unknown")
    whole = merged(part for part in parts if part is not None)
    if whole is None:
        return Column(at, printed, why=CONTRADICT, code=UNCLEAR)
    if whole.when is not None and whole.when.kind == "week":
        return Column(at, printed, why="a week's figures have no place in this record")
    return Column(at, printed, whole)


def _stub(text: str, words: Words) -> Stub | None:
    """What stands below a heading that belongs to the rows; None for a heading of figures."""
    kinds: tuple[tuple[str, Stub], ...] = (
        ("labels", "label"),
        ("areas", "area"),
        ("periods", "period"),
        ("groups", "group"),
    )
    if text.strip().casefold() in ("unit", "units"):
        return "unit"
    for name, kind in kinds:
        if words.is_one_of(text, name):
            return kind
    return "beside" if words.is_one_of(text, "beside", "remarks") else None


def _counts(level: Sequence[str], words: Words) -> bool:
    """Whether a heading row says anything but what stands over row headings."""
    beside = [kind for text in level if text and (kind := _stub(text, words))]
    others = [text for text in level if text and _stub(text, words) is None]
    if beside == ["beside"] and all(serial_of(text) for text in others):
        return False  # "Serial, 1a, 1b" over the labels
    return bool(others)


def closed(heads: Heads, year: When | None) -> Heads:
    """Bare months, quarters or terms across, in the one year that the caption names.

    Only where all of them are bare, and rise within that year: "Q4, Q1, Q2" is not of one year.
    """
    dated = [column for column in heads.columns if column.says.when is not None and not column.why]
    times = [column.says.when for column in dated if column.says.when is not None]
    if year is None or not times or not all(one.bare for one in times):
        return heads
    kind = "calendar" if year.kind == "year" else ""
    whole = {c.at: merged((c.says, Facets(when=year, year=kind))) for c in dated}
    ends = [says.when.end for says in whole.values() if says and says.when and says.when.end]
    if len(ends) < len(dated) or ends != sorted(ends):
        return heads
    return replace(
        heads,
        columns=tuple(
            replace(c, says=says) if (says := whole.get(c.at)) else c for c in heads.columns
        ),
    )
