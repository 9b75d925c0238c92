"""The document that a report is written into: plain, or the council's own template.

A template gives its styles, page, header and footer. Word keeps only the styles that a
document has used, so those that the report needs and the template lacks are added plainly.
"""

from __future__ import annotations

import zipfile
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart

from dashboard.exports import word_parts
from etl.model import UserError

NEEDED = ("Heading 1", "Heading 2", "List Bullet", "Caption", "Table Grid")
_TEMPLATE_TYPES = (
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
)


def opened(template: Path | None) -> Document:
    """A new document: plain, or made from the template, emptied of its text.

    Takes .docx and .dotx. Raises UserError for anything else.
    """
    plain = docx.Document()
    if template is None:
        word_parts.page(plain.sections[0])
        word_parts.dress(plain)
        return plain
    try:
        document = docx.Document(BytesIO(_as_document(template)))
        held = document.styles
        _empty(document)
        for name in NEEDED:
            if name not in held:
                _add_style(document, plain, name)
    except Exception as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else ""
        raise UserError(
            f"{template}: {said or 'not a Word document (.docx or .dotx) that can be opened'}"
        ) from None
    return document


def _empty(document: Document) -> None:
    """Leaves nothing but the first section's page, header and footer: later ones borrow them."""
    body: Any = document.element.body
    first = document.sections[0]._sectPr
    for element in list(body):
        body.remove(element)
    for kind in first.findall(qn("w:type")):
        first.remove(kind)
    body.append(first)


def _as_document(template: Path) -> bytes:
    """The file's bytes as those of a document: a .dotx differs in one word of its list."""
    content = template.read_bytes()
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "[Content_Types].xml":
                for kind in _TEMPLATE_TYPES:
                    data = data.replace(kind, CONTENT_TYPE.WML_DOCUMENT_MAIN.encode())
            new.writestr(entry, data)
    return made.getvalue()


def _add_style(document: Document, plain: Document, name: str) -> None:
    """Adds a built-in style as Word has it, in the template's own font and colour."""
    style = deepcopy(plain.styles[name].element)
    for tag in ("w:basedOn", "w:next", "w:link"):
        for found in style.findall(qn(tag)):
            style.remove(found)
    for tag in ("w:rFonts", "w:color"):
        for found in list(style.iter(qn(tag))):
            found.getparent().remove(found)
    if name == "List Bullet":
        number = _bullets(document, plain, style)
        style.find(f".//{qn('w:numId')}").set(qn("w:val"), number)
    document.styles.element.append(style)


def _bullets(document: Document, plain: Document, style: Any) -> str:
    """Brings the plain document's bullets along; gives their number in the template."""
    wanted = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
    source = plain.part.numbering_part.element
    kept = next(n for n in source.findall(qn("w:num")) if n.get(qn("w:numId")) == wanted)
    shape = kept.find(qn("w:abstractNumId")).get(qn("w:val"))
    look = next(
        a for a in source.findall(qn("w:abstractNum")) if a.get(qn("w:abstractNumId")) == shape
    )
    try:
        numbering = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        numbering = NumberingPart.load(
            PackURI("/word/numbering.xml"),
            CONTENT_TYPE.WML_NUMBERING,
            plain.part.numbering_part.blob,
            document.part.package,
        )
        document.part.relate_to(numbering, RELATIONSHIP_TYPE.NUMBERING)
        return str(wanted)
    target: Any = numbering.element  # type: ignore[attr-defined]
    look, kept = deepcopy(look), deepcopy(kept)
    for element, mark in ((look, "w:abstractNumId"), (kept, "w:numId")):
        taken = [int(e.get(qn(mark), "0")) for e in target.findall(element.tag)]
        element.set(qn(mark), str(max(taken, default=0) + 1))
    kept.find(qn("w:abstractNumId")).set(qn("w:val"), look.get(qn("w:abstractNumId")))
    first = target.find(qn("w:num"))
    if first is None:
        target.append(look)
    else:
        first.addprevious(look)
    target.append(kept)
    return str(kept.get(qn("w:numId")))
