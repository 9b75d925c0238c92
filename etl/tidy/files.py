"""The tidy table as a file: CSV and JSON, written and read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from etl.model import Observation, UserError
from etl.tidy.columns import COLUMNS, FIELDS, NAMES, TEXT, RowError
from etl.tidy.rows import Flags, flagged_row, parse
from etl.tidy.spreadsheets import neutral, plain

_NAMED = 25  # rows of one file that are named one by one


class CsvError(UserError):
    """A tidy file with rows that are wrong, each named with its line."""


def as_csv(figures: Iterable[Observation], flags: Flags) -> str:
    """The tidy table as CSV. Free text that a spreadsheet would run gets an apostrophe
    before it (`neutral`), which the import takes off again.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(NAMES)
    free = [column.free for column in COLUMNS]
    for figure in figures:
        cells = flagged_row(figure, flags).values()
        writer.writerow([neutral(t) if f else t for t, f in zip(cells, free, strict=True)])
    return text.getvalue()


def as_json(figures: Iterable[Observation], flags: Flags) -> str:
    """The tidy table as a JSON list: numbers as numbers, what has no value as null."""
    rows = (json.dumps(_typed(flagged_row(f, flags)), ensure_ascii=False) for f in figures)
    return "[\n" + ",\n".join(rows) + "\n]\n"


# Columns that are null in JSON where they are empty; free text stays text.
_NULL = {column.name: column.type for column in COLUMNS if not column.free and not column.required}


def _typed(cells: Mapping[str, str]) -> dict[str, object]:
    typed: dict[str, object] = {**cells}
    for name, kind in _NULL.items():
        text = cells[name]
        if not text:
            typed[name] = None
        elif kind != "string":
            typed[name] = float(text) if "." in text else int(text)
    return typed


def read_csv(
    file: Path,
    name: str = "",
    renamed: Callable[[Any], Any] = lambda fields: fields,
) -> list[Observation]:
    """The figures of a tidy CSV with all the columns of `FIELDS`, as `as_csv` writes it.

    `name` is what messages call the file; `renamed` gives a row's fields the names of today.
    Raises CsvError that tells every column that is missing, or every row that is wrong.
    """
    name = name or file.name
    figures, wrong = [], []
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text)
            if missing := [c.name for c in FIELDS if c.name not in (reader.fieldnames or ())]:
                raise CsvError(f"{name}: its first line does not name {', '.join(missing)}")
            for fields in reader:
                try:
                    figures.append(parse(renamed(_texts(fields))))
                except RowError as error:
                    wrong.append(f"{name}, line {reader.line_num}: {error}")
    except (csv.Error, UnicodeDecodeError) as error:
        raise CsvError(f"{name} cannot be read as CSV in UTF-8: {error}")
    if wrong:
        more = [f"and {len(wrong) - _NAMED:,} more rows"] if len(wrong) > _NAMED else []
        raise CsvError("\n".join([*wrong[:_NAMED], *more]))
    return figures


def _texts(fields: Mapping[str | None, str | None]) -> dict[str, str]:
    """A row's texts by column; what is short of columns has empty ones."""
    named = ((name, text or "") for name, text in fields.items() if name is not None)
    return {name: plain(text) if name in TEXT else text for name, text in named}
