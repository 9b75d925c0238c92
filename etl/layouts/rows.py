"""The body of a block -> each row's heading as facets, with the section it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from etl.layouts import alignment, wrapping
from etl.layouts.blocks import Block, Row
from etl.layouts.columns import Heads, Stub
from etl.layouts.facets import NOTHING, Facets, merged
from etl.layouts.words import Words
from etl.model import Cell
from etl.recognise.labels import serial_of
from etl.when import When

_CONTRADICT = "its headings contradict each other"


@dataclass(frozen=True)
class Line:
    """A row of figures: its heading as printed, what it says, why it is not read."""

    row: Row
    printed: str
    says: Facets
    why: str = ""
    serial: str = ""
    of: str = ""  # "numerator" or "denominator" of the row named before it
    code: str = "row-unknown"  # of the finding that says why

    @property
    def name(self) -> str:
        """How a person finds the row: its serial, else the beginning of its label."""
        return self.serial or (
            self.printed if len(self.printed) < 80 else self.printed[:77] + "..."
        )

    @property
    def place(self) -> str:
        return str(self.row[0].place)


@dataclass
class _Section:
    """What the last heading between rows says; `known` whether it is understood."""

    text: str = ""
    says: Facets = NOTHING
    known: bool = True


def of(block: Block, heads: Heads, words: Words, year: When | None = None) -> Iterator[Line]:
    """Every row that has anything in a column of figures, in order; bare months in `year`."""
    label = _label_column(block, heads, words)
    figures = [column.at for column in heads.columns]
    section = _Section()
    group = ""
    owner: Facets | None = None  # the measure whose numerator, target ... may follow
    body = list(wrapping.joined(block.body, label, words)) if block.wrapped else block.body
    wide = alignment.width(block, [row for row in body if _filled(row, figures)])
    roles: list[int] = _role_columns(body, heads, label, figures, words)
    for row in body:
        cells = {at: row[at] for at in heads.stubs if at < len(row) and row[at].text}
        if not _filled(row, figures):
            if cells:
                section, group, owner = _section(cells, words), "", None
            continue
        groups = [at for at in _groups(heads, label) if at in cells]
        group = cells[groups[0]].text if groups else group
        stubs: dict[int, Stub] = {**heads.stubs, **dict.fromkeys(roles, "role")}
        line = _line(row, cells, stubs, label, section, group, words, weekly=heads.weekly)
        if year is not None and line.says.when is not None and line.says.when.bare:
            kind = "calendar" if year.kind == "year" else ""
            whole = merged((line.says, Facets(when=year, year=kind)))
            line = replace(line, says=whole) if whole else replace(line, why=_CONTRADICT)
        if line.of or (line.says.names and "measure" not in line.says.names and not line.why):
            line = _owned(line, owner, section)
        elif line.says.measures and not line.why:
            owner = Facets(measures=line.says.measures, unit=line.says.unit)
            whole = merged((line.says, replace(section.says, measures=())))
            line = replace(line, says=whole) if whole else replace(line, why=_CONTRADICT)
        else:
            owner = None
        serials = [serial_of(cells[at].text) for at in cells if heads.stubs[at] == "beside"]
        before, own = words.led(cells[label].text if label in cells else "")
        serial = next(filter(None, (*serials, before)), "")
        yield _aligned(replace(line, serial=serial), own, wide, words)


def _filled(row: Row, figures: Sequence[int]) -> bool:
    """Whether anything stands in a column of figures."""
    return any(at < len(row) and row[at].text for at in figures)


def _aligned(line: Line, label: str, wide: int | None, words: Words) -> Line:
    """The row, or why its figures may not be its own: cells moved, another row's serial."""
    if line.why:
        return line
    if why := alignment.moved(line.row, wide):
        return replace(line, why=why, code="row-width")
    if words.contradicts(line.serial, label):
        why = f"the serial {line.serial} is another row's"
        return replace(line, why=why, code="serial-contradicts")
    return line


def _role_columns(
    body: Sequence[Row], heads: Heads, label: int, figures: Sequence[int], words: Words
) -> list[int]:
    """Columns beside the labels whose cells say what each row's figures are: "Actual", "Target"."""
    found = []
    for at, kind in heads.stubs.items():
        if at == label or kind not in ("beside", "unknown"):
            continue
        texts = {row[at].text for row in body if at < len(row) and _filled(row, figures)} - {""}
        if any((says := words.heading(text)) and says == Facets(role=says.role) for text in texts):
            found.append(at)
    return found


def _groups(heads: Heads, label: int) -> list[int]:
    """Columns beside the label whose cells head several rows."""
    kinds = ("group", "label", "unknown")
    return [at for at, kind in heads.stubs.items() if kind in kinds and at != label]


def _label_column(block: Block, heads: Heads, words: Words) -> int:
    """The column of the rows' own headings: by its heading's word, else by its known labels."""
    kinds = heads.stubs
    candidates = [at for at, kind in kinds.items() if kind in ("label", "unknown")]
    candidates = candidates or [at for at, kind in kinds.items() if kind in ("period", "area")]

    def known(at: int) -> tuple[int, bool]:
        texts = [row[at].text for row in block.body if at < len(row) and row[at].text]
        understood = sum(bool(words.label(t)) or bool(words.heading(t)) for t in texts)
        return understood, kinds[at] == "label"

    return max(candidates, key=known, default=0)


def _section(cells: Mapping[int, Cell], words: Words) -> _Section:
    """What a row without figures says of those below it."""
    text = " ".join(dict.fromkeys(cell.text for cell in cells.values()))
    if found := words.label(text):
        return _Section(text, Facets(measures=found))
    if words.section(text):
        return _Section(text)  # "Plans" over rows is a subject, over a column a role
    says = words.heading(text)
    if says is not None and says.told:
        return _Section(text, says)
    return _Section(text, NOTHING, known=False)


def _line(
    row: Row,
    cells: Mapping[int, Cell],
    stubs: Mapping[int, Stub],
    label: int,
    section: _Section,
    group: str,
    words: Words,
    *,
    weekly: bool,
) -> Line:
    printed = cells[label].text if label in cells else ""
    part = words.numerator(printed)
    if part:
        return Line(row, printed, Facets(role=part), of=part)
    roles = [at for at, kind in stubs.items() if kind == "role"]
    says, why = NOTHING, ""  # a row that only says its role belongs to the one above
    if printed or not roles:
        says, why = _own(printed, section, group, words)
    if any(at not in cells for at in roles):
        why = why or "it does not say what its figures are, as other rows do"
    parts = [says]
    for at, cell in cells.items():
        kind = stubs[at]
        if at == label or kind not in ("area", "period", "unit", "role"):
            continue
        if kind == "unit":
            unit = words.unit(cell.text)
            parts.append(Facets(unit=unit))
            why = why or ("" if unit else f"the unit {cell.text!r} is not understood")
            continue
        more = words.heading(cell.text)
        if more is None or not more.told:
            why = why or f"{cell.text!r} is not understood"
        else:
            parts.append(more)
    whole = merged(parts)
    if whole is None:
        return Line(row, printed, says, _CONTRADICT)
    if weekly or (whole.when is not None and whole.when.kind == "week"):
        why = why or "a week's figures have no place in this record"
    periods = {at: cell for at, cell in cells.items() if stubs[at] == "period" and at != label}
    named = " ".join(cell.text for _, cell in sorted(periods.items()))
    return Line(row, " ".join(filter(None, (printed, named))) or "the row", whole, why)


def _own(printed: str, section: _Section, group: str, words: Words) -> tuple[Facets, str]:
    """What a row's own label says under its section and group, or why that is not told."""
    for above in (group, section.text):
        if above and words.grouped(printed, above):
            return Facets(measures=words.label(printed, above)), ""
    for above, known in ((group, not group or words.section(group)), (section.text, section.known)):
        if above and not known:
            return NOTHING, f"the heading {above!r} over the row is not understood"
    if found := words.label(printed):
        return Facets(measures=found), ""
    says = words.heading(printed)
    if says is None or not says.told:
        return NOTHING, "its label is not known" if printed else "it has no label"
    return says, ""


def _owned(line: Line, owner: Facets | None, section: _Section) -> Line:
    """A row that says only a role, an area or a period, with what its section adds."""
    above = owner if owner is not None else section.says
    if section.says.measures and not line.of:
        above = section.says
    if not section.known:
        return replace(line, why=f"the heading {section.text!r} over the row is not understood")
    if line.of and not above.measures:
        return replace(line, why="no known measure stands above it")
    whole = merged((line.says, above)) if above.told else line.says
    if whole is None:
        return replace(line, why=_CONTRADICT)
    return replace(line, says=whole)


def labels(lines: Sequence[Line]) -> tuple[int, int]:
    """How many of the rows are understood, and how many there are."""
    return sum(not line.why for line in lines), len(lines)
