"""DfE's yearly release on education, health and care plans (SEN2): a zip, or one CSV of it.

The files are those of Explore Education Statistics: a row an area, a year and a breakdown.
Only files with a column that counts weeks, or one that is declared, are read, and of these
only the total rows, unless the breakdowns are asked for. Which measure a column is of is
recognition's business.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from etl.model import (
    Cell,
    DfeColumns,
    Document,
    Finding,
    NoTable,
    Place,
    Source,
    Table,
    UserError,
)
from etl.readers import unpack
from etl.readers.csv import decoded, separator
from etl.readers.dfe_files import (
    SIGNATURE,
    START,
    WHERE,
    Wanted,
    beside,
    fields,
    file_name,
    first_line,
    names_in,
    nothing_read,
    unwanted,
    wanted_of,
)

_REPORTING_YEAR = re.compile(r"Reporting year (20\d\d)", re.IGNORECASE)
MAX_ROWS = 500_000  # the largest file of 2025 has 36 thousand


def is_total(text: str) -> bool:
    """Whether a breakdown's name is that of all children: it was `All EHC plans issued`,
    then `All EHC plans`; other filters of DfE's say `Total`."""
    return text.strip().casefold().startswith(("all ", "tot"))


def filters(names: Sequence[str], rows: Iterable[Sequence[str]]) -> list[int]:
    """The columns that say which group of children a row is about, by their place.

    Those are the breakdown's two, and any other in which some row names a total: releases
    gain filters, and a row for boys is no total because its breakdown is.
    """
    named = [n for n, name in enumerate(names) if name in ("breakdown_topic", "breakdown")]
    others = [
        n
        for n, name in enumerate(names)
        if n not in named and name not in names[:n] and not WHERE.fullmatch(name)
    ]
    if others:
        totals = {n for row in rows for n in others if row[n][:1] in "AaTt" and is_total(row[n])}
        named += sorted(totals)
    return named


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """The header and all rows, each with its line in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    found: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            if reader.line_num > MAX_ROWS:
                raise UserError(f"{name}: more than {MAX_ROWS:,} rows; not a file of DfE's")
            if not any(row):
                continue
            if not found and not all(field in names_in(row) for field in SIGNATURE):
                raise UserError(f"{name}: its first line is damaged")
            # A name can stand twice (`review_meeting_prior_24` in 2025): the places count.
            if found and len(row) != len(found[0][1]):
                raise UserError(
                    f"{name}: line {reader.line_num} has {len(row)} columns and the header "
                    f"{len(found[0][1])}; the file is damaged or cut off"
                )
            found.append((reader.line_num, row))
    except csv.Error:
        raise UserError(f"{name}: line {reader.line_num} is not readable as CSV")
    return found


def _table(text: str, file: str, name: str, breakdowns: bool) -> tuple[Table, int]:
    """A file's rows as a table, and how many about groups of children were left out."""
    (at, header), *rows = _rows(text, name)
    groups = filters(names_in(header), (row for _, row in rows))
    wanted = [
        (line, row) for line, row in rows if breakdowns or all(is_total(row[n]) for n in groups)
    ]
    # Half a million cells with the breakdowns: a row shares one place, equal texts are one.
    known: dict[str, str] = {}
    cells = [
        tuple(
            Cell(" ".join(name.split()), Place(row=at, column=column))
            for column, name in enumerate(header, 1)
        )
    ]
    for line, row in wanted:
        place = Place(row=line)
        texts = (" ".join(field.split()) for field in row)
        cells.append(tuple(Cell(known.setdefault(text, text), place) for text in texts))
    return Table(tuple(cells), title=file), len(rows) - len(wanted)


def _last_year(tables: list[Table]) -> int | None:
    """The newest calendar year in the tables."""
    years = []
    for table in tables:
        at = names_in([cell.text for cell in table.rows[0]]).index("time_period")
        years += [
            int(row[at].text) for row in table.rows[1:] if re.fullmatch(r"20\d\d", row[at].text)
        ]
    return max(years, default=None)


def _texts(path: Path, source: Source, wanted: Wanted) -> Iterator[tuple[str, str, str]]:
    """Each file that may hold figures, or says which release it is: its name, how messages
    call it, and its text."""
    name = source.name
    if not unpack.is_zip(unpack.first_bytes(path, name)):
        yield name, name, decoded(path.read_bytes(), name)
        return
    with unpack.opened(path, name) as archive:
        for entry in archive.entries:
            file, called = file_name(entry), f"{name}: {entry}"
            if file.lower().endswith(".txt"):
                yield file, called, archive.read(entry).decode("utf-8-sig", "replace")
            elif wanted(file, first_line(archive.read(entry, START))):
                yield file, called, decoded(archive.read(entry), called)


def read(
    path: Path,
    source: Source,
    *,
    breakdowns: bool = False,
    declared: Sequence[DfeColumns] = (),
) -> Document:
    """The release's tables of what is declared, one table a file, its name the title.

    `breakdowns` also gives the rows by age, sex and so on. `published` stays empty: no
    file of a release says its date. Files that are not read come as hidden tables of their
    first rows, for the guard against personal data, and are told by name. Raises UserError
    where a file is damaged, NoTable where none of the files has a column that is declared.
    """
    lone = not unpack.is_zip(unpack.first_bytes(path, source.name))
    wanted = wanted_of(declared, lone=lone)
    tables: list[Table] = []
    findings: list[Finding] = []
    columns: list[str] = []
    year = None
    for file, called, text in _texts(path, source, wanted):
        first = text.lstrip().split("\n", 1)[0]
        if file.lower().endswith(".txt"):
            stated = _REPORTING_YEAR.search(text)
            year = int(stated[1]) if stated else year
        elif wanted(file, first):  # a lone file is looked at here first
            table, left_out = _table(text, file, called, breakdowns)
            tables.append(table)
            if left_out and len(table.rows) == 1:
                message = (
                    f"{file}: all of its {left_out:,} rows are about groups of children, none "
                    "about all of them; import it with --breakdowns to have these."
                )
                findings.append(Finding("dfe-breakdowns", "note", message, (file,)))
        else:
            columns = fields(first)
    left = unwanted(path, source.name, wanted)
    if not tables:
        raise NoTable(nothing_read(source.name, columns, left, declared))
    if left:
        message = (
            f"{source.name}: not read, since no measure declares a column of theirs under dfe: "
            f"{', '.join(sorted(left))}."
        )
        findings.append(Finding("dfe-columns", "note", message, tuple(sorted(left))))
    if year is None:
        last = _last_year(tables)
        year = last + 1 if last else None  # a release gives the years to the one before it
    title = "DfE, Education, health and care plans"
    title += f": reporting year {year}" if year else ""
    shown = (*tables, *beside(path, source.name, wanted))
    return Document(replace(source, form="dfe", title=title), shown, findings=tuple(findings))
