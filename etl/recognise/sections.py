"""The tables of a document that are the council's, and a finding for each that is not.

What heads a table decides: its caption, its sheet's name, a row above it or between its rows,
else the document's own heading. A table of another council or of England gives no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from etl import cells
from etl.model import Cell, Finding, Observation, Place, Reading, Table
from etl.recognise import heading_words, tidy_layout
from etl.recognise.headers import header
from etl.recognise.labels import Labels
from etl.recognise.ownership import NOBODY, Owners, Whose
from etl.recognise.table_headings import caption, corner
from etl.text.signs import squash

CODE = "table-of-another-area"
_COVER = 8  # filled cells of a table that only lays out a heading
_NAMED = 6  # areas that a finding lists
_FILLED = 3  # cells of a row that heads others
_FIGURES = re.compile(r"[\d.,%\s\u2013-]+")

Row = tuple[Cell, ...]


@dataclass
class Sections:
    """What is left of a document's tables; what was left out, and whose it is."""

    tables: list[Table] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)  # councils by name, and places
    headings: set[str] = field(default_factory=set)  # by which tables were left out, as printed
    left_out: int = 0
    refused: set[str] = field(default_factory=set)  # places of the cells that were left out


@dataclass
class Divider:
    """Divides a document's tables by whose they are."""

    owners: Owners
    labels: Labels
    found: Sections = field(default_factory=Sections)
    lines: Sequence[Cell] = ()  # of the whole document, to tell where a heading stands
    inherited: Whose = NOBODY
    inherited_from: str = ""  # its place
    ours: bool = False  # whether a table of the council's came already

    def divide(self, tables: Sequence[Table]) -> None:
        """Adds the tables, or what of them is the council's."""
        for table in tables:
            if table.hidden:
                self.found.tables.append(table)
            else:
                self._table(table)

    def keeps(self, said: Whose, place: Place) -> bool:
        """Whether a table of running text under this caption may be the council's; a finding
        where not."""
        if said.verdict in ("", "own"):
            return True
        self._leave_out(said, str(place))
        return False

    def told(
        self, observations: Sequence[Observation], named: Sequence[tuple[str, str, str]]
    ) -> Sequence[Observation]:
        """The figures of tidy rows; none where all but DfE's are other councils', as in the
        export of one. `named` are the rows left out that name another area, by code, name and
        place."""
        own = self.owners.registry.council.authority
        names = {a.code: a.name for a in self.owners.registry.areas if a.authority}
        said = [o for o in observations if o.table != "dfe"]
        councils = [(names[code], place) for code, _, place in named if code in names]
        councils += [(names[o.authority], o.locator) for o in said if o.authority in names]
        if councils and not any(o.authority == own for o in said):
            self.found.left_out += 1
            self.found.others.append(councils[0])
            return ()
        if named:
            listed = ", ".join(list(dict.fromkeys(name for _, name, _ in named))[:_NAMED])
            message = (
                f"{named[0][2]}: the rows of {listed} are not "
                f"{self.owners.registry.council.name}'s; they are not read."
            )
            places = tuple(place for _, _, place in named)[:_NAMED]
            self.found.findings.append(Finding("comparator-left-out", "note", message, places))
        return observations

    def warn(self) -> None:
        """Makes warnings of the findings: of a file of which nothing else is read they are all
        that there is to say."""
        self.found.findings = [replace(one, severity="warning") for one in self.found.findings]

    def _inherits(self, whose: Whose, title: bool, place: str) -> Whose:
        """What a heading says; where it says nothing, another council's name above the first
        table of a workbook or a list: that heads what follows too, as does any other place's
        that stands as the `title` of a sheet. (Of papers, the front page does.)"""
        if not whose.verdict:
            return self.inherited
        if whose.verdict == "own":
            self.inherited = NOBODY
        elif whose.verdict == "other" and (whose.council or title) and not self.ours:
            self.inherited = NOBODY if heading_words.is_caption(whose.printed) else whose
            self.inherited_from = place
        return whose

    def _heading_place(self, whose: Whose, table: Table, rows: Sequence[Row]) -> str:
        """Where the heading stands that says whose a table is; else where the table begins."""
        if whose is self.inherited and self.inherited_from:
            return self.inherited_from
        for row in rows[:1]:
            if any(cell.text and cell.text in whose.printed for cell in row):
                return str(next(c for c in row if c.text and c.text in whose.printed).place)
        if table.place.sheet and whose.printed.startswith(table.title):
            return f"sheet {table.place.sheet}"
        below = table.place.line
        for line in reversed(self.lines[: below - 1 if below else 0]):
            text = heading_words.unmarked(line.text)
            if text and whose.printed.startswith(text):
                return str(line.place)
        return next((str(row[0].place) for row in rows if row), "") or str(table.place)

    def _table(self, table: Table) -> None:
        parts = list(self._parts(table))
        kept: list[Row] = []
        last_own = max((n for n, (said, _) in enumerate(parts) if said.verdict == "own"), default=0)
        # A workbook's first sheet may be its cover; a CSV's first rows are its title, and a
        # report's first table of few words its heading, laid out.
        filled = sum(bool(cell.text) for row in table.rows for cell in row)
        cells_apart = bool(table.place.sheet) or table.place == Place()
        laid_out = filled <= _COVER and not self._performance(table.rows)
        cover = not self.found.tables and (cells_apart or laid_out)
        for at, (said, rows) in enumerate(parts):
            ours = self._performance(rows)
            title = bool(table.place.sheet) and at > 0
            whose = said if said.verdict else self.inherited
            if cover or (cells_apart and ours):
                whose = self._inherits(said, title, self._heading_place(said, table, rows))
            if whose.verdict in ("", "own") or not ours:
                self.ours = self.ours or ours
                kept += rows
                continue
            if at < last_own:
                kept += [row for row in rows if header(row)]  # the months of all parts below
            self._leave_out(whose, self._heading_place(whose, table, rows))
            self.found.refused |= {str(cell.place) for row in rows for cell in row}
        if any(cell.text for row in kept for cell in row):
            self.found.tables.append(replace(table, rows=tuple(kept)))

    def _parts(self, table: Table) -> Iterator[tuple[Whose, list[Row]]]:
        """The table's rows, parted wherever one says whose figures follow."""
        base = whose = caption((*table.above, table.title), self.owners)
        rows: list[Row] = []
        for row in table.rows:
            said = self._row(row) or self._corner(row)
            if said is not None:
                yield whose, rows
                whose = self._within(base, said, bool(table.place.sheet)) if said.verdict else base
                rows = []
            rows.append(row)
        yield whose, rows

    def _corner(self, row: Row) -> Whose | None:
        """Whom a heading of months names beside the word for its labels: "Measure (Suffolk)"."""
        head = header(row)
        said = corner([cell.text for cell in row[: head.first]], self.owners) if head else NOBODY
        return said if said.verdict else None

    @staticmethod
    def _within(base: Whose, said: Whose, sheet: bool) -> Whose:
        """What a row says; where a sheet's name contradicts its title, both."""
        if sheet and base.verdict in ("other", "comparator") and said.verdict == "own":
            both = (*base.others, *base.comparators)
            return replace(said, printed=f"{base.printed}: {said.printed}", others=both)
        return said

    def _leave_out(self, whose: Whose, place: str) -> None:
        self.found.left_out += 1
        self.found.headings.add(whose.printed)
        council = self.owners.registry.council
        printed = f"“{whose.printed}”"
        if whose.verdict == "unclear":
            message = (
                f"{place}: the heading {printed} names {whose.named} beside "
                f"{council.short_name}; whose figures stand below it cannot be told, so none of "
                "them is read."
            )
            self.found.findings.append(Finding(CODE, "warning", message, (place,)))
            return
        if whose.verdict == "other":
            self.found.others.append((whose.named, place))
        message = (
            f"{place}: headed {printed}, so its figures are not those of {council.name}; none of "
            "them is read."
        )
        self.found.findings.append(Finding(CODE, "note", message, (place,)))

    def _row(self, row: Row) -> Whose | None:
        """What a row says that heads those below it; None for any other row."""
        filled = [cell for cell in row if cell.text]
        if not 0 < len(filled) <= _FILLED or filled[0] not in row[:2]:
            return None
        texts = [cell.text for cell in filled]
        if any(_FIGURES.fullmatch(text) for text in texts) or header(row):
            return None
        if any(squash(text) in self.labels.by_key for text in texts):
            return None
        if len(texts) > 1 and texts[0].rstrip(" :").casefold() in heading_words.words("fields"):
            named = self.owners.of(texts[1])
            return named if named.verdict else None
        said = [self.owners.of(text) for text in texts]
        if said[0].verdict and not any(one.verdict for one in said[1:]):
            return said[0]
        return NOBODY if len(texts) == 1 and heading_words.is_numbered(texts[0]) else None

    def _performance(self, rows: Sequence[Row]) -> bool:
        """Whether rows hold figures under names that the registry knows."""
        texts = [cell.text for row in rows for cell in row if cell.text]
        keys = {squash(text) for text in texts}
        known = any(key in self.labels.by_key for key in keys) or any(
            squash(text.partition(" ")[2]) in self.labels.by_key for text in texts
        )
        tidy = any(tidy_layout.columns(row) for row in rows)
        if not (known or tidy or len(keys & self.labels.columns) > 1):
            return False
        return any(isinstance(cells.parse(text), Reading) for text in texts)
