"""Whose a document is, by its front page, its running headers and the file's own properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from etl import officers_workbook
from etl.model import Cell, Document, Finding, Refused, Registry, Source
from etl.recognise import heading_words, officers_form
from etl.recognise.ownership import NOBODY, Owners, Whose
from etl.recognise.text_sections import months_in

_TITLES = 10  # rows of a sheet in which a title may stand
_FRONT = 12  # lines of a front page that may say whose document it is
_COVER = re.compile(r"\b(?:cover|front|title|about|intro\w*|read ?me)\b", re.IGNORECASE)
_OFTEN = 3  # times that a line stands in a document to be its running header
_LINE = 150  # characters of a running header at most
_PAGE = re.compile(
    r"^[0-9]{1,3}\s+(?=\D)|\W{0,5}(?:page\W{0,5})?\b[0-9]{1,3}(?: of [0-9]{1,3})?$", re.IGNORECASE
)
_LAST = re.compile(r"[\w'\u2019-]+\W*$")
_CODE = "file-of-another-council"


def refuse(document: Document, registry: Registry) -> None:
    """Raises Refused, naming council and place, for a document that another council heads."""
    if document.source.form == "dfe":
        return
    if officers_form.is_one(document):
        _refuse_workbook(document, registry)
    found = headed(document, Owners(registry))
    if found is None:
        return
    whose, line = found
    place = f", {line.place}" if str(line.place) else ""
    raise Refused(
        f"{document.source.name}{place}: headed “{whose.printed}”, so it is {whose.named}'s and "
        f"not {registry.council.name}'s; nothing of it is read."
    )


def _refuse_workbook(document: Document, registry: Registry) -> None:
    """Raises Refused for an officer's workbook that was made for another council."""
    cell, own = _council(document), registry.council
    if cell is None or not cell.text:
        return
    code = officers_workbook.code_of(cell.text)
    other = Owners(registry).of(cell.text).verdict == "other"
    if other or code not in ("", own.authority):
        raise Refused(
            f"{document.source.name}, {cell.place}: the workbook was made for {cell.text}, not for "
            f"{officers_workbook.council(registry)}; nothing of it is read."
        )


def _council(document: Document) -> Cell | None:
    """The cell in which the workbook says whose it is; those made before it did have none."""
    for table in document.tables:
        if table.title != officers_workbook.START:
            continue
        for row in table.rows[:_TITLES]:
            if len(row) > 1 and row[0].text == officers_workbook.COUNCIL:
                return row[1]
    return None


def _titles(document: Document) -> Iterator[Cell]:
    """What somebody has put above the headings of its sheets."""
    for table in document.tables:
        for row in () if table.hidden else table.rows[:_TITLES]:
            filled = [cell for cell in row if cell.text]
            if len(filled) == 1 and filled[0].text != officers_workbook.MARK:
                yield filled[0]


def refuse_others(
    document: Document, registry: Registry, others: Sequence[tuple[str, str]]
) -> None:
    """Raises Refused where every table is another council's; `others` as `Recognised` has them."""
    if others:
        named, place = others[0]
        raise Refused(
            f"{document.source.name}, {place}: headed as {named}'s, not {registry.council.name}'s; "
            "nothing of the file is read."
        )


def of_ours(source: Source, registry: Registry) -> Source:
    """The source of a document that is the council's, its title with the council's own name
    where the reader took another one that the text names more often."""
    named = Owners(registry).names.mentions(source.title)
    if not named or named[0].start or not named[0].council:
        return source
    if named[0].area.code == registry.council.authority:
        return source
    return replace(source, title=registry.council.name + source.title[named[0].end :])


def doubts(document: Document, owners: Owners) -> list[Finding]:
    """A warning where the file's name or its own properties name another council: it may be a
    copy."""
    found = []
    stem = " ".join(re.split(r"[\W_]+", Path(document.source.name).stem))
    whose = owners.of(stem[:1].upper() + stem[1:])
    if whose.verdict == "other" and not whose.compared:
        message = (
            f"{document.source.name}: its name says {whose.named}. If the figures are "
            f"{owners.registry.council.short_name}'s, nothing is wrong with them."
        )
        found.append(Finding(_CODE, "warning", message, (document.source.name,)))
    for name, value in document.properties:
        whose = owners.of(value)
        if whose.verdict != "other" or not (whose.council or name == "company"):
            continue
        message = (
            f"{document.source.name}: its properties give “{whose.printed}” as {name}. If the "
            f"figures are {owners.registry.council.short_name}'s, nothing is wrong with them."
        )
        found.append(Finding(_CODE, "warning", message, (f"{name} of the file",)))
    return found


def headed(document: Document, owners: Owners) -> tuple[Whose, Cell] | None:
    """What the front page, or a running header where that is silent, says of the document:
    another council's name, and the line. None where the council itself is named, or nobody."""
    for lines in (_front(document), _running(document), _covers(document)):
        said = [(whose, line) for line in lines if (whose := _of_line(line.text, owners)).verdict]
        if any(whose.own for whose, _ in said):
            return None
        if others := [one for one in said if one[0].verdict == "other"]:
            return others[0]
    return None


def _front(document: Document) -> list[Cell]:
    """The first lines, as far as they stand above any table."""
    found: list[Cell] = []
    if officers_form.is_one(document):
        return list(_titles(document))
    for line in document.front or document.lines:
        if "\t" in line.text.strip() or line.text.count("|") > 2 or months_in(line.text):
            break
        if line.text.strip():
            found.append(line)
        if len(found) == _FRONT:
            break
    return found


def _covers(document: Document) -> list[Cell]:
    """What stands alone in the rows of a workbook's cover sheet, wherever that is among them."""
    sheets = [t for t in document.tables if not t.hidden and _COVER.search(t.place.sheet)]
    rows = [row for sheet in sheets for row in sheet.rows[:_FRONT]]
    alone = [[cell for cell in row if cell.text] for row in rows]
    return [filled[0] for filled in alone if len(filled) == 1]


def _running(document: Document) -> list[Cell]:
    """The headers and footers of pages; in a text, lines that stand again and again, page
    numbers apart."""
    if document.running or not document.lines:
        return list(document.running)
    counted: dict[str, list[Cell]] = {}
    for line in document.lines:
        if len(line.text) < _LINE and "council" in line.text.casefold():
            key = " ".join(re.sub("[0-9]+", "", line.text).casefold().split())
            counted.setdefault(key, []).append(line)
    return [lines[0] for lines in counted.values() if len(lines) >= _OFTEN]


def _of_line(text: str, owners: Owners) -> Whose:
    """What a line says that heads a document: a council's name, with a committee's perhaps."""
    text = _PAGE.sub("", heading_words.unmarked(text))
    found = owners.of(text)
    if found.own and found.verdict:
        return found
    if found.verdict != "other" or found.comparators or heading_words.is_caption(text):
        return NOBODY
    last = _LAST.search(text)
    body = last is not None and last[0].strip(" .:").casefold() in heading_words.words("bodies")
    before = text[: text.find(found.others[0])]
    named = found.council and body and heading_words.plain(before)
    return found if found.alone or named else NOBODY
