"""Which files of a DfE release are read: by their names, and the columns of their first lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from etl.dfe import file_name, named_for, plain
from etl.model import Cell, DfeColumns, Place, Table
from etl.readers import unpack
from etl.readers.csv import separator

# The columns without which a file is not one of DfE's.
SIGNATURE = ("time_period", "geographic_level")
# A column that says how long something took: `pc_plans_issued_within_20_weeks`,
# `IncExc20weekRate`, `pc_decsion_4weeks`; not `request_outcome_six_weeks`.
_TIMED = re.compile(r"(?<!\d)(20|4)_?weeks?", re.IGNORECASE)
START = 4096  # bytes of a file that tell whether it is worth a look
# What says where and when a row is about: never a group of children.
WHERE = re.compile(r"time_(period|identifier)|geographic_level|.*_(code|name)")
# The same, and breakdowns: columns that hold no figures.
_GENERAL = re.compile(WHERE.pattern + "|breakdown.*")
_NAMED = 12  # columns of a file that is not read, named in the message

Wanted = Callable[[str, str], bool]  # of a file's name and first line


def names_in(header: Sequence[str]) -> list[str]:
    return [name.strip().strip("\ufeff").casefold() for name in header]


def is_header(line: str) -> bool:
    """Whether a CSV's first line is a DfE file's."""
    names = names_in(line.replace('"', "").split(separator(line)))
    return all(name in names for name in SIGNATURE)


def fields(header: str) -> list[str]:
    """The names in a CSV's first line."""
    return [name.strip() for name in header.replace('"', "").split(separator(header))]


def first_line(content: bytes) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if wide else "utf-8-sig", "replace")
    return text.lstrip().split("\n", 1)[0]


def is_timed(header: str) -> bool:
    """Whether a CSV's first line is DfE's and counts how long something took."""
    return is_header(header) and _TIMED.search(header) is not None


def wanted_of(declared: Sequence[DfeColumns], *, lone: bool) -> Wanted:
    """Tells by its name and first line whether a file is to be read. Of a `lone` one, which
    its owner may have renamed, the columns decide."""

    def wanted(file: str, header: str) -> bool:
        if not is_header(header):
            return False
        names = {
            plain(name)
            for one in declared
            if lone or named_for(file, one.file)
            for name in one.columns
        }
        return is_timed(header) or not names.isdisjoint(map(plain, fields(header)))

    return wanted


def unwanted(path: Path, name: str, wanted: Wanted) -> list[str]:
    """DfE's files in a zip of which no column is declared."""
    if not unpack.is_zip(unpack.first_bytes(path, name)):
        return []
    with unpack.opened(path, name) as archive:
        starts = {
            file_name(entry): first_line(archive.read(entry, START))
            for entry in archive.entries
            if entry.lower().endswith(".csv")
        }
    return [file for file, line in starts.items() if is_header(line) and not wanted(file, line)]


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


def beside(path: Path, name: str, wanted: Wanted) -> tuple[Table, ...]:
    """The first rows of the CSV files in a zip that are not read, as hidden tables."""
    if not unpack.is_zip(unpack.first_bytes(path, name)):
        return ()
    with unpack.opened(path, name) as archive:
        starts = {
            entry: archive.read(entry, START)
            for entry in archive.entries
            if entry.lower().endswith(".csv")
        }
    return tuple(
        _beginning(start, file_name(entry))
        for entry, start in starts.items()
        if not wanted(file_name(entry), first_line(start))
    )


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


def nothing_read(
    name: str, columns: Sequence[str], files: Sequence[str], declared: Iterable[DfeColumns]
) -> str:
    """Why nothing of a file is read, and what there is to declare."""
    if files:
        return f"{name}: no measure declares a column, under dfe, of {', '.join(sorted(files))}"
    if not columns:
        return f"{name}: none of DfE's figures on the time taken are in it"
    figures = [one for one in columns if not _GENERAL.fullmatch(one.casefold())]
    listed = ", ".join(figures[:_NAMED]) + (" and more" if figures[_NAMED:] else "")
    missing = [
        f"{', '.join(one.columns)} of {one.file}"
        for one in declared
        if plain(one.file) in plain(name)
    ]
    looked_for = f"; declared and not in it: {'; '.join(missing)}" if missing else ""
    return f"{name}: no measure declares one of its columns, under dfe: {listed}{looked_for}"
