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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.dfe import file_name, plain
from etl.model import (
    DfeColumns,
    Document,
    Finding,
    NoTable,
    Source,
    TextFrame,
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
    first_line,
    names_in,
    nothing_read,
    unwanted,
    wanted_of,
)

if TYPE_CHECKING:
    import pandas as pd

_REPORTING_YEAR = re.compile(r"Reporting year (20\d\d)", re.IGNORECASE)
PUBLICATION = "Education, health and care plans"
_WHEN = ("time_period", "time_identifier")
MAX_ROWS = 500_000  # the largest file of 2025 has 36 thousand


def is_total(text: str) -> bool:
    """Whether a breakdown's name is that of all children: it was `All EHC plans issued`,
    then `All EHC plans`; other filters of DfE's say `Total`."""
    return text.strip().casefold().startswith(("all ", "tot"))


def filters(names: Sequence[str], data: pd.DataFrame) -> list[int]:
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
    return named + [n for n in others if _has_total(data[n])]


def _has_total(column: pd.Series) -> bool:
    return any(text[:1] in "AaTt" and is_total(text) for text in column.unique())


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


def _frame(text: str, file: str, name: str, breakdowns: bool) -> tuple[TextFrame, int]:
    """A file's rows, and how many about groups of children were left out."""
    import pandas as pd  # 250 ms and 45 MB: not before a release is read

    (_, header), *rows = _rows(text, name)
    lines = pd.Index([line for line, _ in rows], dtype="int64")
    data = pd.DataFrame(
        [row for _, row in rows], index=lines, columns=range(len(header)), dtype=object
    )
    if not breakdowns:
        for n in filters(names_in(header), data):
            data = data[data[n].map(_known(is_total, data[n])).astype(bool)]
    # Half a million texts with the breakdowns: equal ones are one.
    collapsed = {n: data[n].map(_known(_collapsed, data[n])) for n in data}
    data = pd.DataFrame(collapsed, index=data.index, dtype=object)
    names = tuple(map(_collapsed, header))
    return TextFrame(file, names, data), len(rows) - len(data)


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _known(ask: Callable[[str], Any], column: pd.Series) -> dict[str, Any]:
    """What `ask` says of each text of a column."""
    return {text: ask(text) for text in column.unique()}


def _newest(frames: Sequence[TextFrame]) -> str:
    """What tells a release from those before it: "reporting year 2025" of the calendar years to
    2024, else its newest school year or term, "autumn term 2025/26"."""
    times: set[tuple[str, str]] = set()
    for frame in frames:
        names = names_in(frame.names)
        at = [names.index(name) for name in _WHEN if name in names]
        rows = frame.data[at].drop_duplicates().itertuples(index=False)
        times |= {(row[0], row[1] if len(at) > 1 else "") for row in rows}
    years = [int(time) for time, _ in times if re.fullmatch(r"20\d\d", time)]
    if years:  # a release gives the years to the one before it
        return f"reporting year {max(years) + 1}"
    split = [(time, kind) for time, kind in times if re.fullmatch(r"20\d{4}", time)]
    time, kind = max(split, default=("", ""))
    return f"{kind.lower()} {time[:4]}/{time[4:]}".strip() if time else ""


def _publication(frames: Sequence[TextFrame], declared: Sequence[DfeColumns]) -> str:
    """Which of DfE's series of releases files are of, by the columns that measures declare."""
    names = {plain(name) for frame in frames for name in frame.names}
    return next(
        (one.publication for one in declared if not names.isdisjoint(map(plain, one.columns))),
        PUBLICATION,
    )


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
    """The release's files of what is declared, a frame a file, its name the title.

    `breakdowns` also gives the rows by age, sex and so on. `published` stays empty: no
    file of a release says its date. Files that are not read come as hidden tables of their
    first rows, for the guard against personal data, and are told by name. Raises UserError
    where a file is damaged, NoTable where none of the files has a column that is declared.
    """
    lone = not unpack.is_zip(unpack.first_bytes(path, source.name))
    wanted = wanted_of(declared, lone=lone)
    frames: list[TextFrame] = []
    findings: list[Finding] = []
    columns: list[str] = []
    year = None
    for file, called, text in _texts(path, source, wanted):
        first = text.lstrip().split("\n", 1)[0]
        if file.lower().endswith(".txt"):
            stated = _REPORTING_YEAR.search(text)
            year = int(stated[1]) if stated else year
        elif wanted(file, first):  # a lone file is looked at here first
            frame, left_out = _frame(text, file, called, breakdowns)
            frames.append(frame)
            if left_out and frame.data.empty:
                message = (
                    f"{file}: all of its {left_out:,} rows are about groups of children, none "
                    "about all of them; import it with --breakdowns to have these."
                )
                findings.append(Finding("dfe-breakdowns", "note", message, (file,)))
        else:
            columns = fields(first)
    left = unwanted(path, source.name, wanted)
    if not frames:
        raise NoTable(nothing_read(source.name, columns, left, declared))
    if left:
        message = (
            f"{source.name}: not read, since no measure declares a column of theirs under dfe: "
            f"{', '.join(sorted(left))}."
        )
        findings.append(Finding("dfe-columns", "note", message, tuple(sorted(left))))
    newest = f"reporting year {year}" if year else _newest(frames)
    title = f"DfE, {_publication(frames, declared)}" + (f": {newest}" if newest else "")
    return Document(
        replace(source, form="dfe", title=title),
        beside(path, source.name, wanted),
        findings=tuple(findings),
        frames=tuple(frames),
    )
