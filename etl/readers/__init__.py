"""A file -> a Document. The form is told by the file's content, not only by its ending."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, cast

from etl.model import DfeColumns, Document, Source, UserError
from etl.readers import excerpt, unpack

Form = Literal["text", "pdf", "word", "excel", "csv", "dfe", "html"]

_BLOCK = 1 << 20
# A page's first tags, comments and XML declarations before them passed over. A text that some
# converter made begins with words.
_WEB_PAGE = re.compile(
    rb"(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|script|table|style|div|h[1-6]|center)\b",
    re.IGNORECASE | re.DOTALL,
)
_DFE_COLUMNS = (b"time_period", b"geographic_level")


def read(path: Path, *, breakdowns: bool = False, declared: Sequence[DfeColumns] = ()) -> Document:
    """The document in a file, or in a folder that holds a pack's excerpts and `source.yaml`.

    `breakdowns` asks of DfE's files the rows about groups of children as well, `declared` for
    the columns that measures declare. Raises UserError for a file that cannot be opened, is of
    no form read here, or (by its reader) is damaged.
    """
    if path.is_dir() or excerpt.is_one(path):
        return excerpt.read(path)
    if path.exists() and not path.is_file():
        raise UserError(f"{path.name}: a device or a pipe, not a file; save it as a file first")
    try:
        form, digest = form_of(path), _digest(path)
    except OSError as error:
        raise UserError(f"{path.name}: cannot be opened: {error.strerror or error}")
    reader: Any = import_module(f"etl.readers.{form}")
    asked = {"breakdowns": breakdowns, "declared": declared} if form == "dfe" else {}
    return cast(Document, reader.read(path, Source(path.name, digest, form), **asked))


def unseen(path: Path, source: Source) -> list[str]:
    """The files in a DfE release that no reader has looked into."""
    if source.form != "dfe":
        return []
    from etl.readers import dfe_files

    return dfe_files.unseen(path, source.name)


def form_of(path: Path) -> Form:
    """Which reader a file is for. Raises UserError for one that none can read, or OSError."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        raise UserError(f"{path.name}: the file is empty")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if unpack.is_zip(head):
        return _inside_zip(path)
    if reason := unpack.unsuitable(path, path.name):
        raise UserError(f"{path.name}: {reason}")
    return _delimited(path, head)


def _inside_zip(path: Path) -> Form:
    with unpack.opened(path, path.name) as archive:
        names = tuple(archive.entries)
    if any(name.startswith("word/") for name in names):
        return "word"
    if any(name.startswith("xl/") for name in names):
        return "excel"
    if "content.xml" in names:
        raise UserError(f"{path.name}: {unpack.OPEN_DOCUMENT}")
    if any(name.lower().endswith(".csv") for name in names):
        return "dfe"
    if any(name.lower().endswith(".zip") for name in names):
        raise UserError(f"{path.name}: holds another zip; unpack it and import what is in it")
    raise UserError(f"{path.name}: this zip holds no workbook, Word document or CSV file")


def _delimited(path: Path, head: bytes) -> Form:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # "Unicode text", as Excel saves it
        head = head.decode("utf-16", "replace").encode()
    head = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if _WEB_PAGE.match(head):
        return "html"
    first = head.split(b"\n", 1)[0].lower()
    if all(name in first for name in _DFE_COLUMNS):
        return "dfe"
    if path.suffix.lower() in (".csv", ".tsv"):
        return "csv"
    # The tidy table's three columns, or Appendix 1's header, in a file of another name.
    tidy = b"measure" in first and b"value" in first and (b"period" in first)
    wide = any(
        b"serial" in line and b"measure" in line and max(line.count(b","), line.count(b";")) > 2
        for line in head.lower().splitlines()[:20]
    )
    return "csv" if wide or (tidy and any(sign in first for sign in b",;\t")) else "text"


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
