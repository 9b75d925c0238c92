"""A CSV file, as any spreadsheet writes it -> a Document with one table."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from etl.model import Cell, Document, Place, Source, Table, UserError
from etl.readers import unpack
from etl.text.signs import cleaned

MAX_ROWS = 500_000
MAX_CELLS = 4_000_000
MAX_FIELD = 20_000  # characters; the longest label of the packs has 240

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
# Control characters that no text has; a file with them is of another kind, renamed.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(content: bytes, name: str) -> str:
    """Text in UTF-8, UTF-16 with its mark or without, or what Windows writes (cp1252)."""
    for mark, coding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(coding)
            except UnicodeDecodeError:
                raise UserError(f"{name}: damaged: its text cannot be read as {coding.upper()}")
    try:
        text = content.decode(_unmarked(content[:4096]))
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if _NOT_TEXT.search(text):
        raise UserError(f"{name}: is not a text file, whatever its name says")
    return text


def _unmarked(head: bytes) -> str:
    """UTF-16 where every second byte is a zero, as of English text without its mark."""
    for first, coding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half, other = head[first::2], head[1 - first :: 2]
        if len(head) > 1 and half.count(0) > 0.9 * len(half) and not other.count(0):
            return coding
    return "utf-8"


def separator(text: str) -> str:
    """Comma, semicolon, tab or stroke: whichever the first lines have most of outside quotes.

    A line `sep=;`, which Excel writes and reads, decides.
    """
    named = re.match(r"sep=([,;\t|])\r?\n", text, re.IGNORECASE)
    if named:
        return named[1]
    start = re.sub('"[^"]*"', "", text[:20_000])
    lines = [line for line in start.splitlines() if line.strip(" ")][:20]
    return max("|\t;,", key=lambda sign: (sum(line.count(sign) for line in lines), sign == ","))


def _rows(text: str, name: str) -> list[tuple[Cell, ...]]:
    sign = separator(text)
    skipped = 1 if re.match(r"sep=.\r?\n", text, re.IGNORECASE) else 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=False)
    rows: list[tuple[Cell, ...]] = []
    cells = begun = ended = 0
    try:
        for number, row in enumerate(reader, 1):
            cells += len(row)
            begun, ended = ended, reader.line_num
            if number > MAX_ROWS or cells > MAX_CELLS:
                raise UserError(f"{name}: more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells")
            longest = max(map(len, row), default=0)
            if longest > MAX_FIELD:
                raise UserError(
                    f"{name}: row {number} has a field of {longest:,} characters; "
                    "a quotation mark may be missing its pair"
                )
            if number > skipped:
                rows.append(
                    tuple(
                        Cell(cleaned(field), Place(row=number, column=column))
                        for column, field in enumerate(row, 1)
                    )
                )
    except csv.Error:
        raise UserError(f"{name}: row {reader.line_num} is not readable as CSV")
    _closed(text.splitlines()[begun:ended], begun + 1, sign, name)
    return rows


def _closed(last: list[str], line: int, sign: str, name: str) -> None:
    """Raises UserError where the last row ends in a quotation that nothing closes.

    All lines after it have become one field, and its rows would be lost.
    """
    if len(last) > 1 and "\n".join(last).count('"') % 2 and f'{sign}"' in f"{sign}{last[0]}":
        raise UserError(
            f"{name}: a quotation mark on line {line} has no pair, so that the {len(last) - 1} "
            "lines after it cannot be told apart; close it, or take it out"
        )


def read(path: Path, source: Source) -> Document:
    """The file's rows as one table; a cell's place is its row (header included) and column.

    Raises UserError where the file is empty, too large, or no text.
    """
    if wrong := unpack.unsuitable(path, source.name):
        raise UserError(f"{source.name}: {wrong}")
    rows = _rows(decoded(path.read_bytes(), source.name), source.name)
    if not any(cell.text for row in rows for cell in row):
        raise UserError(f"{source.name}: holds no text")
    return Document(source, (Table(tuple(rows)),))
