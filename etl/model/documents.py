"""What a reader gives: a document with its tables and cells, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from etl.model.figures import Finding
from etl.model.places import NOWHERE, Place

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell (or a line of text) as printed: tags removed, white space collapsed.

    `problem` says in plain words why a reader could not give the text for certain
    (a formula with no saved value, `#REF!`); such a cell is a finding, never a figure.
    `wide` is over how many columns it is merged, itself among them.
    """

    text: str
    place: Place = NOWHERE
    problem: str = ""
    wide: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells, header rows included, as the file has them; rows may differ in length.

    `title` is what stands just above (or the sheet's name). Continuations of one
    printed table may arrive as several tables in a row: recognition joins them.
    `hidden` is a sheet that its owner hid: the guard against personal data looks at
    it, recognition does not (it may be an older copy of the same table). `above` are the
    lines that stand between it and the table before, the last of them perhaps its `title`.
    `wrapped`: a row's label may go on in the rows below it.
    """

    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    place: Place = NOWHERE
    hidden: bool = False
    above: tuple[str, ...] = ()
    wrapped: bool = False


@dataclass(frozen=True, eq=False)
class TextFrame:
    """A file of many rows, all of it text: one of a release's CSV files.

    `names` are its columns as printed (a name may stand twice). `data` has the columns' places,
    from 0, as labels and the rows' lines in the file, from 1, as index.
    """

    title: str
    names: tuple[str, ...]
    data: pd.DataFrame


@dataclass(frozen=True)
class Source:
    """The file that was read. `title` is what the tidy table prints as its source."""

    name: str
    sha256: str
    form: Literal["text", "pdf", "word", "excel", "csv", "dfe", "grid", "html"]
    published: date | None = None
    title: str = ""


@dataclass(frozen=True)
class Document:
    """What a reader found, knowing nothing of measures.

    `lines` are a text file's lines as they stand (spaces kept, tags removed), for
    tables whose cells the converter has wrapped; other forms leave it empty.
    `paragraphs` are the prose, for claims; `place.paragraph` carries a printed number.
    `findings` are what the reader itself must tell (hidden columns that were read);
    recognition passes them on. `front` are the lines of the front page, before any table,
    where `lines` do not hold them; `running` the headers and footers of its pages;
    `properties` what the file says of itself (title, author, company), by name; `spaced` are
    tables whose columns only spaces keep apart, for layouts alone; `frames` files of too many
    rows to be tables of cells.
    """

    source: Source
    tables: tuple[Table, ...] = ()
    paragraphs: tuple[Cell, ...] = ()
    lines: tuple[Cell, ...] = ()
    findings: tuple[Finding, ...] = ()
    front: tuple[Cell, ...] = ()
    running: tuple[Cell, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    spaced: tuple[Table, ...] = ()
    frames: tuple[TextFrame, ...] = ()
