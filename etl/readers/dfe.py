"""DfE's yearly release on education, health and care plans (SEN2): a zip, or one CSV of it.

The files are those of Explore Education Statistics: a row an area, a year and a breakdown.
Only files with a column that counts weeks are read, and of these only the total rows.
Column names, and with them the measures, are recognise_dfe's business.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from etl.model import Cell, Document, NoTable, Place, Source, Table, UserError
from etl.readers import unpack

# The columns without which a file is not one of DfE's.
_SIGNATURE = ("time_period", "geographic_level")
# A column that says how long something took: `pc_plans_issued_within_20_weeks`,
# `IncExc20weekRate`, `pc_decsion_4weeks`; not `request_outcome_six_weeks`.
_TIMED = re.compile(r"(?<!\d)(20|4)_?weeks?", re.IGNORECASE)
_REPORTING_YEAR = re.compile(r"Reporting year (20\d\d)", re.IGNORECASE)
MAX_ROWS = 500_000  # the largest file of 2025 has 36 thousand


def _names(header: list[str]) -> list[str]:
    return [name.strip().strip("\ufeff").casefold() for name in header]


def is_header(line: str) -> bool:
    """Whether a CSV's first line is a DfE file's."""
    names = _names(line.split(","))
    return all(name in names for name in _SIGNATURE)


def is_release(path: Path, name: str) -> bool:
    """Whether a zip holds a CSV of DfE's (told by the first bytes of its CSVs)."""
    with unpack.opened(path, name) as archive:
        return any(
            is_header(_first_line(archive.read(entry, 4096)))
            for entry in archive.entries
            if entry.lower().endswith(".csv")
        )


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")  # releases before 2023


def _first_line(content: bytes) -> str:
    return content.decode("utf-8-sig", "replace").split("\n", 1)[0]


def _is_total(fields: Mapping[str, int], row: list[str]) -> bool:
    """Whether a row is about all plans rather than a group of children.

    The total was `All EHC plans issued`, then `All EHC plans`; releases before 2023
    have no breakdown at all.
    """
    for name in ("breakdown_topic", "breakdown"):
        if name in fields and not row[fields[name]].strip().casefold().startswith(("all ", "tot")):
            return False
    return True


def _rows(text: str, name: str, breakdowns: bool) -> Iterator[tuple[int, list[str]]]:
    """The header and the rows wanted, each with its line in the file."""
    reader = csv.reader(io.StringIO(text, newline=""))
    fields: dict[str, int] = {}
    try:
        for row in reader:
            if not fields:
                names = _names(row)
                # A name can stand twice (`review_meeting_prior_24` in 2025): the first counts.
                fields = {field: names.index(field) for field in names}
                if not all(field in fields for field in _SIGNATURE):
                    raise UserError(f"{name}: its first line is damaged")
                yield reader.line_num, row
            elif reader.line_num > MAX_ROWS:
                raise UserError(f"{name}: more than {MAX_ROWS:,} rows; not a file of DfE's")
            elif not any(row):
                continue
            elif len(row) != len(names):
                raise UserError(
                    f"{name}: line {reader.line_num} has {len(row)} columns and the header "
                    f"{len(names)}; the file is damaged or cut off"
                )
            elif breakdowns or _is_total(fields, row):
                yield reader.line_num, row
    except csv.Error:
        raise UserError(f"{name}: line {reader.line_num} is not readable as CSV")


def _table(text: str, file: str, name: str, breakdowns: bool) -> Table:
    rows = tuple(
        tuple(
            Cell(" ".join(field.split()), Place(row=line, column=column))
            for column, field in enumerate(row, 1)
        )
        for line, row in _rows(text, name, breakdowns)
    )
    return Table(rows, title=file)


def _last_year(tables: list[Table]) -> int | None:
    """The newest calendar year in the tables."""
    years = []
    for table in tables:
        at = _names([cell.text for cell in table.rows[0]]).index("time_period")
        years += [
            int(row[at].text) for row in table.rows[1:] if re.fullmatch(r"20\d\d", row[at].text)
        ]
    return max(years, default=None)


def _files(path: Path, name: str) -> Iterator[tuple[str, str, str]]:
    """Each file worth a look: its name, how messages call it, and its text."""
    if not unpack.is_zip(unpack.first_bytes(path, name)):
        yield name, name, _decoded(path.read_bytes())
        return
    with unpack.opened(path, name) as archive:
        for entry in archive.entries:
            start = _first_line(archive.read(entry, 4096))
            if entry.lower().endswith(".txt") or (is_header(start) and _TIMED.search(start)):
                called = f"{name}: {entry}"
                yield entry.rsplit("/", 1)[-1], called, _decoded(archive.read(entry))


def read(path: Path, source: Source, *, breakdowns: bool = False) -> Document:
    """The release's tables on how long things took, one table a file, its name the title.

    `breakdowns` also gives the rows by age, sex and so on. `published` stays empty: no
    file of a release says its date. Raises UserError where a file is damaged, NoTable
    where none of the files counts weeks.
    """
    tables, year = [], None
    for file, called, text in _files(path, source.name):
        if file.lower().endswith(".txt"):
            stated = _REPORTING_YEAR.search(text)
            year = int(stated[1]) if stated else year
            continue
        header = text.split("\n", 1)[0]  # a lone file is looked at here for the first time
        if is_header(header) and _TIMED.search(header):
            tables.append(_table(text, file, called, breakdowns))
    if not tables:
        raise NoTable(f"{source.name}: none of DfE's figures on the time taken are in it")
    if year is None:
        last = _last_year(tables)
        year = last + 1 if last else None  # a release gives the years to the one before it
    title = "DfE, Education, health and care plans"
    title += f": reporting year {year}" if year else ""
    return Document(replace(source, form="dfe", title=title), tuple(tables))
