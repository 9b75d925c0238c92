"""Marks behind months, and the notes that explain them -> months that say what they hold:
"May-22*" in a table above "* is a target" is "May-22 (target)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl import periods, roles
from etl.model import Cell, Document, Finding, Table
from etl.recognise import marked_figures

CODE = "provisional"
_MARK = r"\*{1,3}|[\u2020\u2021]{1,2}"
_MARKED = re.compile(rf"(?P<month>[^*\u2020\u2021]{{4,40}}?)\s*(?P<mark>{_MARK})")
# The readers make a bullet of an asterisk with a space behind it.
_NOTE = re.compile(
    rf"(?:(?:figures?|months?|columns?)\s+marked\s+(?:with\s+)?)?(?P<mark>{_MARK}|\u2022)\s*"
    r"(?:(?:is|are|=|:|-|denotes?|indicates?|means?)(?=\s))?\s*(?:an?\s|the\s)?(?P<note>.{3,60})",
    re.IGNORECASE,
)
_NOT_FINAL = re.compile(
    r"\b(?:provisional|unvalidated|not\s+(?:yet\s+)?(?:final|validated))\b", re.I
)
_BULLET = "\u2022"


def explained(document: Document) -> tuple[tuple[Table, ...], list[Finding]]:
    """The document's tables with each marked month named by its note's role and each marked
    figure without its mark, and a note for each that is explained."""
    tables, findings = marked_figures.explained(document.tables, _texts(document))
    marked = [
        (cell, match)
        for table in tables
        for row in table.rows
        for cell in row
        if (match := _MARKED.fullmatch(cell.text)) and periods.parse(match["month"])
    ]
    if not marked:
        return tables, findings
    notes = dict(_notes(document))
    named: dict[Cell, Cell] = {}
    for cell, match in marked:
        note = notes.get(match["mark"]) or notes.get(_BULLET, "")
        meaning = roles.of_heading(note.rstrip(" ."), strict=False)
        if meaning.other:
            named[cell] = replace(cell, text=f"{match['month']} ({meaning.word})")
        elif _NOT_FINAL.search(note):
            place = str(cell.place)
            message = (
                f"{place}: a note below the table says “{note}” of {cell.text}; the figures are "
                "read as they stand, and may yet change."
            )
            findings.append(Finding(CODE, "note", message, (place,)))
    if not named:
        return tables, findings
    return tuple(
        replace(
            table, rows=tuple(tuple(named.get(cell, cell) for cell in row) for row in table.rows)
        )
        for table in tables
    ), findings


def _notes(document: Document) -> Iterator[tuple[str, str]]:
    """Marks and what their notes say: of bullets only those that are short."""
    for text in _texts(document):
        note = _NOTE.fullmatch(" ".join(text.split()))
        if note and (
            roles.of_heading(note["note"].rstrip(" ."), strict=False).other
            or _NOT_FINAL.search(note["note"])
        ):
            yield note["mark"], note["note"]


def _texts(document: Document) -> Sequence[str]:
    rows = [row for table in document.tables for row in table.rows]
    alone = [filled[0].text for row in rows if len(filled := [c for c in row if c.text]) == 1]
    return [cell.text for cell in (*document.paragraphs, *document.lines)] + alone
