"""DfE's yearly release on education, health and care plans (SEN2): a zip, or one CSV of it.

The files are those of Explore Education Statistics: a row an area, a year and a breakdown.
Only files with a column that counts weeks are read, and of these only the total rows,
unless the breakdowns are asked for. Column names, and with them the measures, are
recognise_dfe's business.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from etl.model import Cell, Document, Finding, NoTable, Place, Source, Table, UserError
from etl.readers import unpack
from etl.readers.csv import decoded, separator

# The columns without which a file is not one of DfE's.
_SIGNATURE = ("time_period", "geographic_level")
# A column that says how long something took: `pc_plans_issued_within_20_weeks`,
# `IncExc20weekRate`, `pc_decsion_4weeks`; not `request_outcome_six_weeks`.
_TIMED = re.compile(r"(?<!\d)(20|4)_?weeks?", re.IGNORECASE)
_REPORTING_YEAR = re.compile(r"Reporting year (20\d\d)", re.IGNORECASE)
_START = 4096  # bytes of a file that tell whether it is worth a look
MAX_ROWS = 500_000  # the largest file of 2025 has 36 thousand


# What says where and when a row is about: never a group of children.
_WHERE = re.compile(r"time_(period|identifier)|geographic_level|.*_(code|name)")


def _names(header: Sequence[str]) -> list[str]:
    return [name.strip().strip("\ufeff").casefold() for name in header]


def is_header(line: str) -> bool:
    """Whether a CSV's first line is a DfE file's."""
    names = _names(line.replace('"', "").split(separator(line)))
    return all(name in names for name in _SIGNATURE)


def _first_line(content: bytes) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if wide else "utf-8-sig", "replace")
    return text.lstrip().split("\n", 1)[0]


def _file(entry: str) -> str:
    """A file's name in a zip, without its folders, whichever way they are written."""
    return re.split(r"[/\\]", entry)[-1]


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
        if n not in named and name not in names[:n] and not _WHERE.fullmatch(name)
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
            if not found and not all(field in _names(row) for field in _SIGNATURE):
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
    groups = filters(_names(header), (row for _, row in rows))
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
        at = _names([cell.text for cell in table.rows[0]]).index("time_period")
        years += [
            int(row[at].text) for row in table.rows[1:] if re.fullmatch(r"20\d\d", row[at].text)
        ]
    return max(years, default=None)


def _beginning(content: bytes, entry: str) -> Table:
    """The beginning of a file that is not read, for the guard against personal data to see."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    lines = content.decode("utf-16" if wide else "utf-8-sig", "replace").splitlines()[:20]
    sign = separator("\n".join(lines))
    rows = tuple(
        tuple(
            Cell(field.strip().strip('"'), Place(sheet=entry, cell=f"column {column}"))
            for column, field in enumerate(text.split(sign), 1)
        )
        for text in lines
    )
    return Table(rows, title=entry, hidden=True)


def unseen(path: Path, name: str) -> list[str]:
    """What a zip holds that nobody looked into: no CSV, no text."""
    if not unpack.is_zip(unpack.first_bytes(path, name)):
        return []
    with unpack.opened(path, name) as archive:
        return [
            entry
            for entry in archive.entries
            if not entry.lower().endswith((".csv", ".txt", "/", "\\"))
        ]


def _texts(path: Path, source: Source) -> Iterator[tuple[str, str, str]]:
    """Each file that may hold figures, or says which release it is: its name, how messages
    call it, and its text."""
    name = source.name
    if not unpack.is_zip(unpack.first_bytes(path, name)):
        yield name, name, decoded(path.read_bytes(), name)
        return
    with unpack.opened(path, name) as archive:
        for entry in archive.entries:
            file, called = _file(entry), f"{name}: {entry}"
            if file.lower().endswith(".txt"):
                yield file, called, archive.read(entry).decode("utf-8-sig", "replace")
            elif is_timed(_first_line(archive.read(entry, _START))):
                yield file, called, decoded(archive.read(entry), called)


def is_timed(header: str) -> bool:
    """Whether a CSV's first line is DfE's and counts how long something took."""
    return is_header(header) and _TIMED.search(header) is not None


def beside(path: Path, name: str) -> tuple[Table, ...]:
    """The first rows of the CSV files in a zip that are not read, as hidden tables."""
    if not unpack.is_zip(unpack.first_bytes(path, name)):
        return ()
    with unpack.opened(path, name) as archive:
        starts = {
            entry: archive.read(entry, _START)
            for entry in archive.entries
            if entry.lower().endswith(".csv")
        }
    return tuple(
        _beginning(start, _file(entry))
        for entry, start in starts.items()
        if not is_timed(_first_line(start))
    )


def read(path: Path, source: Source, *, breakdowns: bool = False) -> Document:
    """The release's tables on how long things took, one table a file, its name the title.

    `breakdowns` also gives the rows by age, sex and so on. `published` stays empty: no
    file of a release says its date. Files that are not read come as hidden tables of their
    first rows, for the guard against personal data. Raises UserError where a file is
    damaged, NoTable where none of the files counts weeks.
    """
    tables: list[Table] = []
    findings: list[Finding] = []
    year = None
    for file, called, text in _texts(path, source):
        if file.lower().endswith(".txt"):
            stated = _REPORTING_YEAR.search(text)
            year = int(stated[1]) if stated else year
        elif is_timed(text.lstrip().split("\n", 1)[0]):  # a lone file is looked at here first
            table, left_out = _table(text, file, called, breakdowns)
            tables.append(table)
            if left_out and len(table.rows) == 1:
                message = (
                    f"{file}: all of its {left_out:,} rows are about groups of children, none "
                    "about all of them; import it with --breakdowns to have these."
                )
                findings.append(Finding("dfe-breakdowns", "note", message, (file,)))
    if not tables:
        raise NoTable(f"{source.name}: none of DfE's figures on the time taken are in it")
    if year is None:
        last = _last_year(tables)
        year = last + 1 if last else None  # a release gives the years to the one before it
    title = "DfE, Education, health and care plans"
    title += f": reporting year {year}" if year else ""
    shown = (*tables, *beside(path, source.name))
    return Document(replace(source, form="dfe", title=title), shown, findings=tuple(findings))
