"""A council's own Word document to write the report into: its page, styles and placeholders.

`{{name}}` in its text is filled: a text (outline.texts) anywhere, a part of the report
(outline.parts) in place of a paragraph of the body. There are no expressions. A document
without placeholders gives its styles, page, header and footer. Word keeps only the styles
that a document has used, so those that the report needs and the document lacks are added.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

from etl.model import UserError
from etl.readers import unpack

NEEDED = ("Heading 1", "Heading 2", "List Bullet", "Caption", "Table Grid")
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}")
_OTHER_KINDS = (  # what a .dotx says in its list of contents, where a .docx says "document"
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
)
# Parts that would run, or be fetched from elsewhere, when somebody opens the report.
_LEFT_OUT = ("/vbaProject", "/keyMapCustomizations", "/attachedTemplate")
_STORIES = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
_QUOTED = 60  # characters of a paragraph that a message quotes


class TemplateFault(Exception):
    """A council's template that cannot be filled; the message names each place, one a line."""


@dataclass(frozen=True)
class Template:
    """A council's document as it was read: its file's name and its bytes as a .docx's."""

    name: str
    content: bytes

    def document(self) -> Document:
        """A new document made from it, with the styles that the report needs."""
        document = docx.Document(BytesIO(self.content))
        for part in (document.part, document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)):
            for name, relation in list(part.rels.items()):
                if relation.reltype.endswith(_LEFT_OUT):
                    part.rels.pop(name)
        for element in document.settings.element.findall(qn("w:attachedTemplate")):
            document.settings.element.remove(element)
        plain = docx.Document()
        for name in NEEDED:
            if name not in document.styles:
                _add_style(document, plain, name)
        return document


def read(path: Path) -> Template:
    """A council's .docx or .dotx. Raises UserError for a file that is no Word document."""
    name = str(path)
    no_word = f"{name}: not a Word document (.docx or .dotx) that can be opened"
    if not unpack.is_zip(unpack.first_bytes(path, name)):
        raise UserError(no_word)
    try:
        with unpack.opened(path, name) as archive:
            archive.refuse_document_types()
            entries = {entry: archive.read(entry) for entry in archive.entries}
        packed = BytesIO()
        with ZipFile(packed, "w") as plain:
            for entry, content in entries.items():
                if entry == "[Content_Types].xml":
                    for kind in _OTHER_KINDS:
                        content = content.replace(kind, CONTENT_TYPE.WML_DOCUMENT_MAIN.encode())
                plain.writestr(entry, content)
        template = Template(name, packed.getvalue())
        template.document()
    except UserError:
        raise
    except Exception:  # python-docx and lxml have an error of their own for each way to be broken
        raise UserError(no_word)
    return template


def fill(
    document: Document, texts: Mapping[str, str], parts: Collection[str]
) -> dict[Any, str] | None:
    """Fills the texts in; gives the paragraphs in whose place a part is to stand, with its name.

    None where the body has no placeholder. Raises TemplateFault that names every placeholder
    which is not known or out of place.
    """
    faults: list[str] = []
    places: dict[Any, str] = {}
    in_body = False
    for place, paragraph, story in _paragraphs(document):
        nodes = [t for t in paragraph.iter(qn("w:t")) if _paragraph_of(t) is paragraph]
        text = "".join(node.text or "" for node in nodes)
        names = _PLACEHOLDER.findall(text)
        in_body |= story is not None and bool(names)
        wrong = [name for name in names if name not in texts and name not in parts]
        fault = ""
        if wrong:
            fault = f"{{{{{wrong[0]}}}}} is none of {', '.join([*texts, *parts])}"
        elif _BRACES.search(_PLACEHOLDER.sub("", text)):
            fault = "a placeholder is written {{name}}, and there are no expressions"
        elif any(name in parts for name in names):
            if paragraph.getparent() is story and _PLACEHOLDER.fullmatch(text.strip()):
                places[paragraph] = names[0]
            else:
                fault = f"{{{{{names[0]}}}}} must stand alone in a paragraph of the page itself"
        if fault:
            faults.append(f"{place} ({text.strip()[:_QUOTED]!r}): {fault}")
        elif names:
            _replace(nodes, texts)
    if faults:
        raise TemplateFault("\n".join(faults))
    return places if in_body else None


def _paragraph_of(node: Any) -> Any:
    """The innermost paragraph: one in a text box stands inside the one that holds the box."""
    return next(node.iterancestors(qn("w:p")), None)


def _paragraphs(document: Document) -> Iterator[tuple[str, Any, Any]]:
    """Each paragraph with its place in words, and the body, or None in headers and footers."""
    body: Any = document.element.body
    for number, paragraph in enumerate(body.iter(qn("w:p")), 1):
        yield f"paragraph {number}", paragraph, body
    for relation in document.part.rels.values():
        if relation.reltype in _STORIES:
            for paragraph in relation.target_part.element.iter(qn("w:p")):
                yield relation.reltype.rpartition("/")[2], paragraph, None


def _replace(nodes: list[Any], texts: Mapping[str, str]) -> None:
    """Texts in place of their placeholders, which Word often keeps in several pieces."""
    while found := _PLACEHOLDER.search("".join(node.text or "" for node in nodes)):
        if found[1] not in texts:
            return
        at, put = 0, texts[found[1]]
        for node in nodes:
            text = node.text or ""
            start, end = max(found.start() - at, 0), max(found.end() - at, 0)
            if start < len(text) and end:
                node.text = text[:start] + put + text[end:]
                node.set(qn("xml:space"), "preserve")
                put = ""
            at += len(text)


def clear(document: Document) -> None:
    """Leaves nothing but the first section's page, header and footer: later ones borrow them."""
    body: Any = document.element.body
    first = next(body.iter(qn("w:sectPr")))
    for element in list(body):
        body.remove(element)
    for kind in first.findall(qn("w:type")):
        first.remove(kind)
    body.append(first)


def _add_style(document: Document, plain: Document, name: str) -> None:
    """Adds a built-in style as Word has it, in the template's own font and colour."""
    style = deepcopy(plain.styles[name].element)
    for tag in ("w:basedOn", "w:next", "w:link", "w:rFonts", "w:color"):
        for element in list(style.iter(qn(tag))):
            element.getparent().remove(element)
    if name == "List Bullet":
        style.find(f".//{qn('w:numId')}").set(qn("w:val"), _add_bullets(document))
    document.styles.element.append(style)


_BULLET = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>'
    '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl>'
)


def _add_bullets(document: Document) -> str:
    """Adds a list with bullets to the document's numbering; gives its number."""
    try:
        numbering: Any = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        content = f"<w:numbering {nsdecls('w')}/>".encode()
        where, package = PackURI("/word/numbering.xml"), document.part.package
        numbering = NumberingPart.load(where, CONTENT_TYPE.WML_NUMBERING, content, package)
        document.part.relate_to(numbering, RELATIONSHIP_TYPE.NUMBERING)
    lists = numbering.element
    used = {int(e.get(qn(f"w:{kind}Id"), "0")) for kind in ("abstractNum", "num") for e in lists}
    number = str(max(used, default=0) + 1)
    look = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{_BULLET}</w:abstractNum>'
    entry = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    first = lists.find(qn("w:num"))  # all looks stand before all numbers
    lists.insert(len(lists) if first is None else lists.index(first), parse_xml(look))
    lists.append(parse_xml(entry))
    return number
