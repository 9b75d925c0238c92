"""A release of DfE's -> the tables of its totals under data/england/dfe (README there).

`python -m etl national FILE --release ID` makes them anew: which columns are kept is what the
measures declare under `dfe`, or the release's own `columns` in releases.yaml.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from etl import readers
from etl.dfe import period, plain
from etl.dfe_columns import measures_in
from etl.model import DfeRelease, Registry, TextFrame, UserError
from etl.national import KEY
from etl.readers import unpack
from etl.recognise.dfe_rows import AREA_COLUMNS, PERIOD_COLUMNS, area

Rows = list[list[str]]
_FOOTNOTES = re.compile(r"(?<![0-9,])[0-9]{1,2}(?:,[0-9]{1,2}){0,8}$")  # "Appeal rate1,2"
# What the appeals' table prints instead of a number -> DfE's code for it (its own notes).
_APPEALS_CODES = {"-": "0", "..": "x", "~": "c"}
_FIGURES = 3  # columns of a year in the appeals' table; what follows is in development


def made(file: Path, release: DfeRelease, registry: Registry) -> dict[str, Rows]:
    """The tables of a release's file (its zip, or one CSV) by name, each with its heading.

    Raises UserError where the file is no release of DfE's or holds nothing that is declared.
    """
    if release.columns:
        tables = {name: rows for name, rows in _appeals(file, registry) if len(rows) > 1}
    else:
        document = readers.read(file, declared=registry.dfe_columns)
        if document.source.form != "dfe":
            raise UserError(f"{file.name}: is no release of DfE's")
        tables = {
            frame.title: rows
            for frame in document.frames
            if len(rows := _totals(frame, registry)) > 1
        }
    if not tables:
        raise UserError(f"{file.name}: holds no totals of what measures declare under dfe")
    return tables


def _totals(frame: TextFrame, registry: Registry) -> Rows:
    """A file's rows as they are kept: the area's code, the time, the columns declared."""
    kept = sorted(measures_in(frame.title, frame.names, registry))
    rows = [[*KEY, *(frame.names[at] for at in kept)]]
    names = [plain(name) for name in frame.names]
    places = {name: names.index(name) for name in (*AREA_COLUMNS, *PERIOD_COLUMNS) if name in names}
    for cells in frame.data.itertuples(index=False, name=None):
        texts = {name: cells[at] for name, at in places.items()}
        code, _ = area(texts)
        when = [texts.get(name, "") for name in PERIOD_COLUMNS]
        if code and period(*when) is not None:
            rows.append([code, *when, *(cells[at] for at in kept)])
    return rows


def _appeals(file: Path, registry: Registry) -> Iterator[tuple[str, Rows]]:
    """The table of appeals to the SEND Tribunal that lies in a release's zip: a row a council,
    three columns a year, with DfE's old numbers. Councils without a number have ended."""
    with unpack.opened(file, file.name) as archive:
        for entry in archive.entries:
            if "appeal rate" in entry and entry.endswith(".csv"):
                text = archive.read(entry).decode("utf-8-sig")
                yield Path(entry).name, _by_year(list(csv.reader(io.StringIO(text))), registry)


def _by_year(lines: Sequence[Sequence[str]], registry: Registry) -> Rows:
    at = next(n for n, line in enumerate(lines) if line[:2] == ["Local Authority", "LA code"])
    years = {n: text for n, text in enumerate(lines[at]) if re.fullmatch(r"20\d\d", text)}
    named = lines[at + 1][2 : 2 + _FIGURES]
    rows = [[*KEY, *(_FOOTNOTES.sub("", name).strip() for name in named)]]
    for line in lines[at + 2 :]:
        england = line[0].startswith("England Total")
        for column, year in years.items():
            code = "E92000001" if england else _code(line[1], int(year), registry)
            cells = [text.strip() for text in line[column : column + _FIGURES]]
            cells = [_APPEALS_CODES.get(text, text) for text in cells]
            if code and any(cells):
                rows.append([code, year, "Calendar year", *cells])
    return rows


def _code(number: str, year: int, registry: Registry) -> str:
    """The code of an authority under its old number, as DfE's releases have it for a year."""
    held = [a for a in registry.areas if a.authority and number and a.dfe_number == number]
    for one in held:
        began = one.start is None or one.start.year <= year
        if began and (one.end is None or one.end.year >= year):
            return one.code
    return held[0].code if held else ""


def write(tables: dict[str, Rows], folder: Path) -> dict[str, int]:
    """Writes each table into the release's folder, compressed, the same bytes every time.

    Gives the size of each file in bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for name, rows in tables.items():
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        content = gzip.compress(text.getvalue().encode(), mtime=0)
        (folder / f"{name}.gz").write_bytes(content)
        sizes[name] = len(content)
    return sizes
