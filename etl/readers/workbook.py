"""The parts of an .xlsx workbook: its sheets, shared texts and number formats.

The XML is read directly, as data: nothing in a workbook is ever run or followed (macros,
links to other files, connections), a document type is refused, and one pass gives what a
spreadsheet library needs two for: formulas *and* their saved values. Namespaces are not
looked at, so that "Strict Open XML" workbooks read alike. ECMA-376 part 1, 18.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from etl.model import UserError
from etl.readers.numberformat import BUILTIN
from etl.readers.unpack import Archive

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# Cells without content that name their place, and rows with none but such: formatting only.
_EMPTY_CELL = re.compile(rb'<c(?: [a-z]+="[^"<>]*")* r="[A-Z]+[0-9]+"(?: [a-z]+="[^"<>]*")*/>')
_EMPTY_ROW = re.compile(rb"<row(?: [A-Za-z0-9:]+=\"[^\"<>]*\")*(?:/>|>\s*</row>)")
_YIELDED = frozenset(
    (
        "mergeCell",
        "oddHeader",
        "evenHeader",
        "firstHeader",
        "oddFooter",
        "evenFooter",
        "firstFooter",
    )
)
_PLACELESS = re.compile(rb'<(?:c|row)(?![^<>]* r=")[ />]')


@dataclass(frozen=True)
class Sheet:
    """A sheet of cells: its name, whether it is hidden, and the part that holds it."""

    name: str
    hidden: bool
    part: str


@dataclass(frozen=True)
class Workbook:
    """What all sheets of a workbook share. `formats` by the style number of a cell."""

    sheets: tuple[Sheet, ...]
    texts: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    epoch: date = date(1899, 12, 30)


@dataclass
class Hidden:
    """The rows and columns of a sheet that do not show, as it is read."""

    rows: set[int] = field(default_factory=set)
    columns: list[range] = field(default_factory=list)


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def texts_in(element: Element) -> str:
    """A text's runs joined; the phonetic ones, which do not show in the line, left out.

    A raised number behind a word is a footnote's mark and left out; behind a digit it stays,
    raised: "521" with such a mark is not 5211.
    """
    found = ""
    for child in element:
        name = local(child)
        if name == "t":
            found += child.text or ""
        elif name == "r":
            run = texts_in(child)
            raised = run.strip().isdigit() and any(
                local(setting) == "vertAlign" and setting.get("val") == "superscript"
                for properties in _children(child, "rPr")
                for setting in properties
            )
            before = found.rstrip()[-1:]
            if not raised or not before:
                found += run
            elif before.isdigit():
                found += run.translate(_RAISED)
    return _ESCAPED.sub(_sign, found)


def _sign(match: re.Match[str]) -> str:
    """What `_x000D_` stands for; a blank for control characters and halves of a pair."""
    code = int(match[1], 16)
    return " " if code < 0x20 or 0xD800 <= code < 0xE000 else chr(code)


def whole(text: str | None) -> int | None:
    """A whole number of at most seven digits, else None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else None


def _true(text: str | None) -> bool:
    return text in ("1", "true", "on")


def _children(element: Element | None, name: str) -> list[Element]:
    return [] if element is None else [child for child in element if local(child) == name]


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part names, by id: kind and path. Outside targets are left out."""
    folder, file = posixpath.split(part)
    entry = posixpath.join(folder, "_rels", f"{file}.rels")
    if entry not in archive.entries:
        return {}
    return {
        relation.get("Id", ""): (
            relation.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", "")))[1:],
        )
        for relation in archive.xml(entry)
        if relation.get("TargetMode") != "External"
    }


def opened(archive: Archive) -> Workbook:
    """The workbook in a zip. UserError where there is none that can be read."""
    start = dict(_relations(archive, "").values()).get("officeDocument")
    if start is None or start not in archive.entries:
        raise UserError(f"{archive.name}: damaged: it holds no workbook")
    if start.lower().endswith(".bin"):
        raise UserError(f"{archive.name}: is in Excel's binary .xlsb format; save it as .xlsx")
    root, relations = archive.xml(start), _relations(archive, start)
    sheets: list[Sheet] = []
    for listed in _children(root, "sheets"):
        for sheet in listed:
            ids = [value for name, value in sheet.attrib.items() if name.endswith("}id")]
            kind, part = relations.get(ids[0] if ids else "", ("", ""))
            if kind == "worksheet":
                name = " ".join(sheet.get("name", "").split()) or f"sheet {len(sheets) + 1}"
                sheets.append(Sheet(name, sheet.get("state", "visible") != "visible", part))
    shared = dict(relations.values())
    settings = _children(root, "workbookPr")
    return Workbook(
        sheets=tuple(sheets),
        texts=_texts(archive, shared.get("sharedStrings", "")),
        formats=_formats(archive, shared.get("styles", "")),
        epoch=(
            date(1904, 1, 1)
            if settings and _true(settings[0].get("date1904"))
            else date(1899, 12, 30)
        ),
    )


def _texts(archive: Archive, part: str) -> tuple[str, ...]:
    if part not in archive.entries:
        return ()
    return tuple(texts_in(item) for item in archive.xml(part) if local(item) == "si")


def _formats(archive: Archive, part: str) -> tuple[str, ...]:
    """The number format of each cell style, as its code."""
    if part not in archive.entries:
        return ()
    codes: dict[int, str] = dict(BUILTIN)
    used: list[int] = []
    for group in archive.xml(part):
        if local(group) == "numFmts":
            for form in group:
                codes[whole(form.get("numFmtId")) or 0] = form.get("formatCode", "")
        elif local(group) == "cellXfs":
            used = [whole(style.get("numFmtId")) or 0 for style in group]
    return tuple(codes.get(number, "General") for number in used)


def _without_padding(content: bytes) -> bytes:
    """A sheet without its empty cells and rows, which take minutes where there are a million.

    Left as it is where that might move a cell: where one does not name its own place.
    """
    if b"<!" in content or _PLACELESS.search(content):
        return content
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", content))


def elements(archive: Archive, sheet: Sheet, hidden: Hidden) -> Iterator[Element]:
    """A sheet's rows, merged ranges and printed headers (`row`, `mergeCell`, `oddHeader` and the
    like) in the file's order.

    Each is emptied once the next is asked for, so that a million empty rows take no room.
    `hidden` is filled on the way.
    """
    try:
        events: Any = ElementTree.iterparse(
            BytesIO(_without_padding(archive.read(sheet.part))),
            events=("start", "end"),
            forbid_dtd=True,
        )
        holder: Element | None = None
        for event, element in events:
            name = local(element)
            if event == "start":
                if name == "sheetData":
                    holder = element
            elif name == "row":
                if _true(element.get("hidden")):
                    hidden.rows.add(whole(element.get("r")) or 0)
                yield element
                if holder is not None:
                    holder.clear()
            elif name in _YIELDED:
                yield element
            elif name == "col" and _true(element.get("hidden")):
                first, last = whole(element.get("min")), whole(element.get("max"))
                hidden.columns.append(range(first or 0, (last or 0) + 1))
    except DefusedXmlException:
        raise UserError(
            f"{archive.name}: sheet {sheet.name} holds XML declarations that no workbook has; "
            "not opened"
        )
    except (ParseError, ValueError, LookupError):
        raise UserError(f"{archive.name}: damaged: sheet {sheet.name} is not whole")
