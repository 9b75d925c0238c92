"""A text file (a pack that some converter made from a PDF) -> lines, tables, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from etl import periods
from etl.model import Cell, Document, Place, Source, Table, UserError
from etl.readers import embedded, heading, markup
from etl.readers.prose import paragraphs

_HEAD = 1 << 16
_LONG = 1 << 16  # characters; a longer line is no table's and is not kept
_LARGE = 8_000_000  # bytes; of a larger file only the neighbourhood of tables is kept
_NEAR = 300  # lines
_KEPT = 20_000_000  # characters kept of any file
_SEPARATOR = re.compile(r":?-+:?")
_RULE = re.compile("-+")
_ABOVE = 15  # lines above a table that may head it
_PIECES = 12  # lines over which one row may be broken
_MONTH_YEAR = re.compile(
    rf"\b{periods.MONTH_LIKE}\.?[-\s/'\u2013]{{0,2}}(?:20)?[0-9]{{2}}\b",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"\W*(?:{'|'.join(periods.MONTHS)})\b", re.IGNORECASE)

Line = tuple[int, str]


def read(path: Path, source: Source) -> Document:
    """The document in a text file. Raises UserError for a file that is no text."""
    encoding = _encoding(path)
    large = path.stat().st_size > _LARGE
    near = _interesting(path, encoding) if large else None
    lines = list(_kept(path, encoding, near))
    return document(lines, source)


def document(lines: Sequence[Line], source: Source) -> Document:
    """The document in numbered lines; what `source` does not say is looked for in them."""
    pages, lines = embedded.split(lines, source.name)
    clean = [(number, markup.without_tags(text)) for number, text in lines]
    if not source.published:
        source = replace(source, published=heading.published([text for _, text in clean]))
    if not source.title:
        named = heading.title((text for _, text in clean), source.published)
        source = replace(source, title=named or source.name)
    tables, used = _tables(lines)
    rest = [(number, text) for number, text in clean if number not in used]
    return Document(
        source=source,
        tables=tuple(sorted([*tables, *pages], key=lambda table: table.place.line or 0)),
        paragraphs=tuple(paragraphs(rest)),
        lines=tuple(
            Cell(markup.without_emphasis(text), Place(line=number)) for number, text in clean
        ),
    )


def is_row(text: str) -> bool:
    """Whether a line is a table's row of cells set apart by tabs or upright strokes."""
    if "\t" in text.strip(" \n"):
        return bool(text.strip())
    return text.lstrip().startswith("|") or text.replace("\\|", "").count("|") > 1


def cells_of(text: str) -> list[str]:
    """The cells of such a row; a separator row of Markdown gives none."""
    if "\t" in text:
        return [markup.cell(part) for part in text.rstrip("\r\n").split("\t")]
    inner = text.strip()
    # Without a stroke at the beginning, one at the end is before an empty cell.
    if inner.startswith("|"):
        inner = inner[1:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner[1:]
    parts = re.split(r"(?<!\\)\|", inner)
    if all(_SEPARATOR.fullmatch(part.strip()) for part in parts):
        return []
    return [markup.cell(part) for part in parts]


def _tables(lines: Sequence[Line]) -> tuple[list[Table], set[int]]:
    """The tables among the lines, and the numbers of the lines that they take up."""
    tables: list[Table] = []
    used: set[int] = set()
    rows: list[tuple[Cell, ...]] = []
    title = ""
    above: list[str] = []  # lines since the table before; an empty one between paragraphs
    whole, joined = _unwrapped(lines)
    used |= joined
    for number, text in [*whole, (0, "")]:
        if is_row(text):
            used.add(number)
            place = Place(line=number)
            if found := cells_of(text):
                rows.append(tuple(Cell(cell, place) for cell in found))
        elif rows and text.lstrip().startswith("+-"):  # the rule of a grid table
            used.add(number)
        else:
            if rows:
                place = Place(rows[0][0].place.line, table=len(tables) + 1)
                title = next((line for line in reversed(above) if line), title)
                tables.append(Table(tuple(rows), title, place, above=tuple(above[-_ABOVE:])))
                rows, above = [], []
            above.append(markup.cell(text))
    return tables, used


def _unwrapped(lines: Sequence[Line]) -> tuple[list[Line], set[int]]:
    """The lines, a table's row that was broken over several put together on its first; and
    the numbers of those that went into one.

    Only between outer strokes, and only where the pieces make as many cells as the rule of
    dashes under the heading has.
    """
    whole: list[Line] = []
    joined: set[int] = set()
    width = at = 0
    while at < len(lines):
        number, text = lines[at]
        used = 1
        if not text.strip():
            width = 0
        elif text.lstrip().startswith("|"):
            width = width or _width(lines[at : at + _PIECES])
            used, text = _row_from(lines, at, width)
            joined.update(place for place, _ in lines[at : at + used] if used > 1)
        whole.append((number, text))
        at += used
    return whole, joined


def _width(lines: Sequence[Line]) -> int:
    """How many columns the rule of dashes has that stands here or under a heading's pieces."""
    for _, text in lines:
        if not text.strip():
            return 0
        if text.lstrip().startswith("|") and not cells_of(text):
            return len(_RULE.findall(text))
    return 0


def _row_from(lines: Sequence[Line], at: int, width: int) -> tuple[int, str]:
    """How many lines the row that begins here takes, and its text."""
    first = text = lines[at][1].rstrip()
    for used in range(1, min(_PIECES, len(lines) - at) + 1):
        count = len(cells_of(text))
        if count == width and text.endswith("|"):
            return used, text
        following = lines[at + used][1].strip() if at + used < len(lines) else ""
        new_row = text.endswith("|") and following.startswith("|")
        if count > width or not following or new_row:
            break
        text = f"{text} {following}"
    return 1, first


# --- the file ----------------------------------------------------------------------


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        if b"\0" in head or len(re.findall(rb"[\x01-\x08\x0e-\x1f]", head)) > len(head) // 100:
            raise UserError(f"{path.name}: this is not a text file, whatever its name says")
    try:
        with path.open(encoding="utf-8-sig") as text:
            while text.read(_HEAD):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _numbered(file: TextIO) -> Iterator[Line]:
    """The lines with their numbers; of one that is too long an empty one."""
    number = 1
    long = False
    while text := file.readline(_LONG):
        ended = text.endswith("\n")
        if ended or len(text) < _LONG:
            yield number, "" if long else text.rstrip("\n")
        long = not ended
        number += ended


def _lines(path: Path, encoding: str) -> Iterator[Line]:
    try:
        with path.open(encoding=encoding, errors="replace") as file:
            yield from _numbered(file)
    except UnicodeError:
        raise UserError(f"{path.name}: its characters cannot be read as text")


def _interesting(path: Path, encoding: str) -> Iterable[int]:
    """The lines of a large file that may be a table's: several months, or a row of one."""
    return [
        number
        for number, text in _lines(path, encoding)
        if len(text) < 4000
        and (
            len(_MONTH_YEAR.findall(text)) > 1
            or (text.count("\t") + text.count("|") > 4 and _MONTH_FIRST.match(text))
        )
    ]


def _kept(path: Path, encoding: str, near: Iterable[int] | None) -> Iterator[Line]:
    """The lines that are kept: all, or the front page and those near one of `near`."""
    size = 0
    waiting = iter(near or ())
    around = next(waiting, None)
    for number, text in _lines(path, encoding):
        if near is not None and number > _NEAR:
            while around is not None and number > around + _NEAR:
                around = next(waiting, None)
            if around is None:
                return
            if number < around - _NEAR:
                continue
        size += len(text)
        if size > _KEPT:
            raise UserError(f"{path.name}: too large; cut out the pages with the table")
        yield number, text
