"""Marks behind figures, and the notes below the table that explain them -> figures without them.

"470*" above "* provisional" is 470, and the note is told. A mark that no note explains stays, so
that its cell is refused: nobody can tell what it says of the figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from etl import cells, roles
from etl.model import Cell, Finding, Reading, Table

CODE = "footnote"
_RAISED = str.maketrans(
    "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789"
)
_UP = "[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]{1,2}"
_SIGNS = r"\*{1,3}|\u2020{1,2}|\u2021{1,2}"
_MARKED = re.compile(
    rf"(?P<figure>[0-9].{{0,60}}?)\s*(?P<mark>{_SIGNS}|{_UP}"
    r"|\([0-9a-z]\)|\[(?:note\s+|n\.?\s*)?[0-9a-z]\])",
    re.IGNORECASE,
)
_NOTE = re.compile(
    rf"(?P<mark>{_SIGNS}|{_UP}|\([0-9a-z]\)|\[(?:note\s+|n\.?\s*)?[0-9a-z]\]|note\s+[0-9a-z]\s*[:.)])"
    r"[\s:=\u2013-]*(?P<note>[^\W\d_].{2,200})",
    re.IGNORECASE,
)


# What such a note says of a figure, a printed number contradicts.
_NO_FIGURE = re.compile(
    r"\b(?:suppress|withh|redact|not\s+a(?:ctual|vailable)|error)", re.IGNORECASE
)


def _name(mark: str) -> str:
    """A mark as its note may print it: `(1)`, `[note 1]`, `Note 1:` and a raised 1 are one."""
    plain = mark.translate(_RAISED).lower()
    return re.sub(r"note|n\.|[\s()\[\]:.]", "", plain) or plain


def explained(
    tables: Iterable[Table], texts: Iterable[str]
) -> tuple[tuple[Table, ...], list[Finding]]:
    """The tables whose explained marks are taken off, and a note for each such figure.

    Figures that a note calls a target, a forecast or the like keep the mark, and are refused.
    """
    kept = tuple(tables)
    marked = [cell for table in kept for row in table.rows for cell in row if _parts(cell)]
    if not marked:
        return kept, []
    notes = _notes(texts)
    plain: dict[Cell, Cell] = {}
    findings: list[Finding] = []
    for cell in marked:
        figure, mark = _parts(cell) or ("", "")
        note = notes.get(_name(mark), "")
        said = roles.of_heading(note.rstrip(" ."), strict=False)
        if (
            not note
            or _NO_FIGURE.search(note)
            or said.other
            or said.span
            or roles.of_caption(note).other
        ):
            continue
        plain[cell] = replace(cell, text=figure)
        place = str(cell.place)
        message = (
            f"{place}: a note below the table says “{note}” of {cell.text!r}; the figure is read "
            "as it stands."
        )
        findings.append(Finding(CODE, "note", message, (place,)))
    return tuple(
        replace(table, rows=tuple(tuple(plain.get(one, one) for one in row) for row in table.rows))
        for table in kept
    ), findings


def _parts(cell: Cell) -> tuple[str, str] | None:
    """The figure and the mark of a cell that is a figure but for the mark."""
    match = _MARKED.fullmatch(cell.text) if cell.text[:1].isdigit() else None
    if match and isinstance(cells.parse(match["figure"]), Reading):
        return match["figure"], match["mark"]
    return None


def _notes(texts: Iterable[str]) -> Mapping[str, str]:
    """What is said of each mark; a mark that two notes explain differently is explained by none."""
    found: dict[str, str] = {}
    for text in texts:
        if match := _NOTE.fullmatch(" ".join(text.split())):
            name = _name(match["mark"])
            same = found.get(name, match["note"]) == match["note"]
            found[name] = match["note"] if same else ""
    return found
