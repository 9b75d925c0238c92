"""What a file says of itself: title, author, company, a workbook's printed headers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.model import UserError
from etl.readers.unpack import Archive

Properties = tuple[tuple[str, str], ...]

_PARTS = ("docProps/core.xml", "docProps/app.xml")
# The elements' names, and how a person calls the property.
_NAMES = {
    "title": "title",
    "subject": "subject",
    "creator": "author",
    "lastModifiedBy": "last author",
    "Company": "company",
    "Manager": "manager",
}
# Fonts, colours, sizes; then page, date, file and the like. ECMA-376 part 1, 18.3.1.46.
_HEADER_CODE = re.compile('&"[^"]*"|&K[0-9A-Fa-f+-]{6}|&[0-9]{1,3}|&[A-Za-z]')
_LONG = 200  # characters; what is longer names no council


def of_office(archive: Archive) -> Properties:
    """The properties of a .docx or .xlsx; none where they are missing or damaged."""
    found: list[tuple[str, str]] = []
    for part in _PARTS:
        if part not in archive.entries:
            continue
        try:
            root = archive.xml(part)
        except UserError:
            continue
        found += [(element.tag.rpartition("}")[2], element.text or "") for element in root]
    return _named(found)


def of_pdf(said: dict[str, str]) -> Properties:
    """The properties of a PDF from its information dictionary."""
    return _named((name.lower().replace("author", "creator"), text) for name, text in said.items())


def _named(found: Iterable[tuple[str, str]]) -> Properties:
    pairs = ((name, " ".join(text.split())) for name, text in found)
    return tuple(
        (_NAMES[name], text) for name, text in pairs if name in _NAMES and 0 < len(text) < _LONG
    )


def printed(header: str) -> list[str]:
    """The texts of a printed page's header or footer, its codes left out: left, middle, right."""
    parts = re.split("&[LCR]", header.replace("&&", "\0"))
    texts = (" ".join(_HEADER_CODE.sub("", part).replace("\0", "&").split()) for part in parts)
    return [text for text in texts if text]
