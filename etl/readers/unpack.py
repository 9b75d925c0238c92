"""Opening zip-based files (.docx, .xlsx, a DfE release) under stated limits.

Nothing here trusts what a file says of itself: the declared sizes are held against the
limits first, then the bytes that really come out. A file that was renamed is told by
its first bytes, not by its ending.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from etl.model import UserError

# The largest real file, DfE's release of 2025, has 15 entries and unpacks to 37 MB, 9 to 1.
MAX_FILE = 200_000_000  # bytes of the file itself
MAX_UNPACKED = 300_000_000  # bytes of all entries together
MAX_ENTRY = 150_000_000  # bytes of one entry
MAX_ENTRIES = 2_000
MAX_RATIO = 250  # unpacked to packed; only asked of entries above RATIO_FROM
RATIO_FROM = 5_000_000

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = {
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
}
# What a name may promise that a picture is not.
_FORMS = frozenset(
    (".csv", ".docx", ".htm", ".html", ".md", ".pdf", ".tsv", ".txt", ".xlsx", ".zip")
)
_OTHERS = {
    b"{\\rtf": "is in RTF format; save it as .docx",
    b"Rar!": "is a RAR archive; unpack it and import what is in it",
    b"7z\xbc\xaf": "is a 7z archive; unpack it and import what is in it",
    b"\x1f\x8b": "is packed with gzip; unpack it and import what is in it",
}
OPEN_DOCUMENT = "is in OpenDocument format; save it as .xlsx or .docx"
# Texts that are another program's file: their first words, in the first block of the file.
_MARKED_UP = (
    (rb"<office:document\b", OPEN_DOCUMENT),
    (
        rb"urn:schemas-microsoft-com:office:spreadsheet",
        "is in Excel's old XML format; save it as .xlsx",
    ),
    (rb"<w:worddocument\b|<pkg:package\b", "is in Word's XML format; save it as .docx"),
)
_MIME = re.compile(rb"(?:\A|\n)(?:mime-version|snapshot-content-location):", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
_XHTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
# Streams by which Microsoft's old container tells what is in it.
_OLE_KINDS = (
    ("EncryptedPackage", "is protected by a password; save a copy without one"),
    ("WordDocument", "is in Word's old .doc format; save it as .docx"),
    ("Workbook", "is in Excel's old .xls format; save it as .xlsx"),
    ("Book", "is in Excel's old .xls format; save it as .xlsx"),
)


def megabytes(size: int) -> str:
    """A size in bytes as whole megabytes, in words."""
    return f"{size / 1_000_000:,.0f} MB"


def first_bytes(path: Path, name: str, count: int = 4096) -> bytes:
    """The first bytes of a file no larger than MAX_FILE; UserError where it cannot be read."""
    try:
        if path.is_dir():
            raise UserError(f"{name}: a folder, not a file")
        size = path.stat().st_size
        if size > MAX_FILE:
            raise UserError(
                f"{name}: {megabytes(size)}; files over {megabytes(MAX_FILE)} are not read"
            )
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise UserError(f"{name}: cannot be opened: {error.strerror or 'no such file'}")


def is_zip(start: bytes) -> bool:
    """Whether a file's first bytes are a zip's."""
    return start.startswith(_ZIP)


def unsuitable(path: Path, name: str) -> str:
    """Why a file can be none of the forms read here, in plain words; empty if it may be one."""
    start = first_bytes(path, name)
    if not start:
        return "is empty"
    for mark, what in _PICTURES.items():
        if start.startswith(mark):
            other = Path(name).suffix.lower() in _FORMS
            called = ", whatever its name says" if other else ""
            return f"is {what}{called}: no figures are read from pictures; send the document itself"
    for mark, what in _OTHERS.items():
        if start.startswith(mark):
            return what
    if start.startswith(_OLE):
        content = path.read_bytes()
        for stream, what in _OLE_KINDS:
            if stream.encode("utf-16-le") in content:
                return what
        return "is in an old Microsoft Office format; save it as .docx, .xlsx or PDF"
    return _marked_up(start)


def _marked_up(start: bytes) -> str:
    """Why a text is no page, list or pack, but another program's file; empty if it may be one."""
    plain = start.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").strip(b"\xff\xfe")
    if _MIME.search(plain[:2000]):
        return "is a web page or an e-mail kept as one file; save the table as .xlsx or .docx"
    if not plain.lstrip().startswith(b"<"):
        return ""
    for words, what in _MARKED_UP:
        if re.search(words, plain, re.IGNORECASE) and not _XHTML.search(plain):
            return what
    if _XML.match(plain) and not _XHTML.search(plain):
        return "is an XML file; save the table as .xlsx or .csv"
    return ""


class Archive:
    """A zip whose declared sizes lie within the limits; made by `opened`."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self.name = name
        self._left = MAX_UNPACKED
        self.entries = {entry.filename: entry for entry in archive.infolist()}
        self._check(archive.infolist())

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > MAX_ENTRIES:
            raise UserError(f"{self.name}: holds {len(entries):,} files; at most {MAX_ENTRIES:,}")
        if len(self.entries) < len(entries):
            raise UserError(f"{self.name}: damaged or tampered with: a file in it stands twice")
        for entry in entries:
            if entry.flag_bits & 0x1:
                raise UserError(
                    f"{self.name}: {entry.filename} is protected by a password; save a copy "
                    "without one"
                )
            ratio = entry.file_size / max(entry.compress_size, 1)
            if entry.file_size > RATIO_FROM and ratio > MAX_RATIO:
                raise UserError(
                    f"{self.name}: {entry.filename} unpacks to {ratio:,.0f} times its size, "
                    "which no real document does; not opened"
                )
            if entry.file_size > MAX_ENTRY:
                raise UserError(
                    f"{self.name}: {entry.filename} unpacks to {megabytes(entry.file_size)}; "
                    f"more than {megabytes(MAX_ENTRY)} is not opened"
                )
        total = sum(entry.file_size for entry in entries)
        if total > MAX_UNPACKED:
            raise UserError(
                f"{self.name}: unpacks to {megabytes(total)}; "
                f"more than {megabytes(MAX_UNPACKED)} is not opened"
            )

    def read(self, entry: str, first: int | None = None) -> bytes:
        """The bytes of one entry, or its `first` ones.

        Raises UserError where it is missing, damaged or beyond a limit.
        """
        limit = min(MAX_ENTRY, self._left)
        try:
            with self._archive.open(entry) as file:
                content = file.read(limit + 1 if first is None else first)
        except KeyError:
            raise UserError(f"{self.name}: damaged: {entry} is missing from it")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
            raise UserError(f"{self.name}: damaged: {entry} in it cannot be unpacked")
        except RuntimeError:  # zipfile's way to say that a password is wanted
            raise UserError(f"{self.name}: {entry} is protected by a password")
        if len(content) > limit:
            raise UserError(
                f"{self.name}: unpacks to more than {megabytes(limit)}, and more than it says; "
                "not opened"
            )
        self._left -= len(content)
        return content

    def xml(self, entry: str) -> Element:
        """One entry as XML. Document types, entities and outside references are refused."""
        return parse_xml(self.read(entry), self.name, entry)

    def refuse_document_types(self) -> None:
        """UserError if any XML entry declares a document type, for readers that parse it."""
        for entry in self.entries:
            if entry.lower().endswith((".xml", ".rels", ".vml")):
                self._refuse_document_type(entry)

    def _refuse_document_type(self, entry: str) -> None:
        start = self.read(entry)
        # In any encoding that an XML parser takes, with the zeros of UTF-16 and -32 left out.
        plain = start.replace(b"\x00", b"")
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            raise UserError(
                f"{self.name}: {entry} holds XML declarations that no office document has; "
                "not opened"
            )


def parse_xml(content: bytes, name: str, entry: str) -> Element:
    """XML from bytes, `name` and `entry` saying whose; UserError where it is not safe or whole."""
    try:
        root: Any = ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise UserError(
            f"{name}: {entry} holds XML declarations that no office document has; not opened"
        )
    except (ParseError, ValueError, LookupError):
        raise UserError(f"{name}: damaged: {entry} in it is not whole")
    found: Element = root
    return found


def _listing_size(path: Path) -> int:
    """How large a zip says its list of entries is, in bytes; 0 where it does not say.

    Asked before Python's own reader makes an object of each entry.
    """
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 66_000))
        end = file.read()
    at = end.rfind(b"PK\x05\x06")
    return int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0


@contextmanager
def opened(path: Path, name: str) -> Iterator[Archive]:
    """The zip at `path`; `name` stands in messages. UserError where it may not be opened."""
    first_bytes(path, name)
    if _listing_size(path) > MAX_ENTRIES * 400:  # bytes: names and sizes of very many files
        raise UserError(f"{name}: holds more than {MAX_ENTRIES:,} files; not opened")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UserError(f"{name}: damaged or cut off: it cannot be unpacked")
    with archive:
        yield Archive(archive, name)


def check(path: Path, name: str) -> None:
    """All limits at once, for a reader (openpyxl) that opens the file itself afterwards."""
    with opened(path, name) as archive:
        archive.refuse_document_types()
