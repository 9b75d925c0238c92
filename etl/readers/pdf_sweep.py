"""A PDF's text, page by page and fast, and which of its pages may hold a monthly table."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from etl.model import UserError
from etl.periods import MONTH_NAME
from etl.readers import unpack

MAX_PAGES = 3_000
MAX_CHARACTERS = 60_000  # on one page; a full page of this record holds 8,000
_TAIL = 2_048
_OBJECTS = 1_000  # looked at on a page without text

# pdfium may not be used by two threads at once.
_LOCK = threading.RLock()

# A heading's month, also broken over two lines; or the month that opens a yearly table's row.
_HEADING = re.compile(rf"\b{MONTH_NAME}\.?[\s\-–/'’]*(?:20)?\d\d(?!\d)", re.IGNORECASE)
_ROW = re.compile(rf"^[^\w\n]*{MONTH_NAME}\b[^\n]*?\d[^\n\d]+\d", re.IGNORECASE | re.MULTILINE)
# The same where words run into each other or years stand on a line of their own.
_NAMES = re.compile(rf"(?:{MONTH_NAME}[^a-z]{{0,8}}){{3}}")
_PERIOD = re.compile(
    r"\bQ[1-4]\b|\bquarter\s+[1-4]\b|\b(?:autumn|spring|summer)\s+(?:term\b|20[0-9]{2})"
    r"|\bas\s+at\s+[0-9]|\b12\s+months\s+to\b|\b(?:19|20)[0-9]{2}/[0-9]{2}\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\b(?:EHCP?s?|SEND?|pupils?|schools?|children|education)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,.]*%?(?!\w)")


@dataclass(frozen=True)
class Sweep:
    """Every page's text, the numbers (from 1) of the pages to read in full, and of those that
    are pictures without text.
    """

    texts: tuple[str, ...]
    wanted: tuple[int, ...]
    pictures: tuple[int, ...] = ()


def _open(path: Path, name: str) -> Any:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise UserError(
                f"{name}: protected by a password; save a copy without one and import that"
            )
        raise UserError(f"{name}: damaged: it cannot be opened as a PDF")


@contextmanager
def opened(path: Path, name: str) -> Iterator[Any]:
    """The document, for as long as no other thread reads one.

    Raises UserError that tells apart a password, a file cut off, and one damaged.
    """
    unpack.first_bytes(path, name)
    with path.open("rb") as file:
        file.seek(0, io.SEEK_END)
        file.seek(max(0, file.tell() - _TAIL))
        tail = file.read()
    with _LOCK:
        # pdfium mends a file without an end by leaving out what it cannot find: pages.
        if b"%%EOF" not in tail:
            raise UserError(f"{name}: the file is cut off: its end is missing")
        document = _open(path, name)
        try:
            if not len(document):
                raise UserError(f"{name}: damaged: no page in it can be found")
            if len(document) > MAX_PAGES:
                raise UserError(f"{name}: {len(document):,} pages; at most {MAX_PAGES:,} are read")
            yield document
        finally:
            document.close()


def _text(page: Any, name: str, number: int) -> str:
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        if count > MAX_CHARACTERS:
            raise UserError(
                f"{name}: page {number} holds {count:,} letters; "
                f"at most {MAX_CHARACTERS:,} can be read"
            )
        text: str = text_page.get_text_range() if count > 0 else ""
        return text.replace("\r\n", "\n").replace("\ufffe", "\u00ad")
    finally:
        text_page.close()


def _rules(page: Any) -> int:
    """How many drawn paths a page has, counted to 40: a table's rules, mostly."""
    count = 0
    for found in range(pdfium_c.FPDFPage_CountObjects(page)):
        held = pdfium_c.FPDFPage_GetObject(page, found)
        kind = pdfium_c.FPDFPageObj_GetType(held)
        if kind in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_FORM):
            count += 1
            if count >= 40:
                break
    return count


def _picture(page: Any) -> bool:
    """Whether a page shows a picture: asked of pages that hold no text."""
    return any(
        pdfium_c.FPDFPageObj_GetType(pdfium_c.FPDFPage_GetObject(page, at))
        in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM)
        for at in range(min(pdfium_c.FPDFPage_CountObjects(page), _OBJECTS))
    )


def months(text: str) -> int:
    """The longest run of months with hardly a word between them."""
    longest = run = 0
    end: int | None = None
    for found in _HEADING.finditer(text):
        between = "" if end is None else text[end : found.start()]
        near = end is not None and len(between) < 60 and len(_WORD.findall(between)) <= 1
        run = run + 1 if near else 1
        longest, end = max(longest, run), found.end()
    return longest


def _holds_table(page: Any, text: str) -> bool:
    """Whether a page may hold the beginning of a monthly table: generous, but not every page."""
    run = months(text)
    if run >= 3 or _NAMES.search("".join(text.split()).lower()) or len(_ROW.findall(text)) >= 3:
        return True
    if run == 2 and len(_NUMBER.findall(text)) >= 4 and _rules(page) >= 6:
        return True
    # Quarters, terms or years over a ruled grid, which months alone do not find: only on pages
    # that speak of children at all, for a council's papers are full of budgets by year.
    if not _SUBJECT.search(text):
        return False
    numbers = len(_NUMBER.findall(text))
    if numbers >= 6 and _rules(page) >= 6 and _PERIOD.search(text):
        return True
    # Without a grid: at least two of them on one line.
    return numbers >= 8 and any(
        len(_PERIOD.findall(line)) > 1 for line in text.split("\n") if len(line) < 200
    )


def _continues(page: Any, text: str) -> bool:
    """Whether a page may hold the rest of a table that began on the page before."""
    numbers, words = len(_NUMBER.findall(text)), len(_WORD.findall(text))
    return _rules(page) >= 6 or (numbers >= 3 and numbers > words / 5)


def sweep(document: Any, name: str) -> Sweep:
    """All pages' text, and the pages that may hold a monthly table or its continuation.

    Raises UserError where no page holds text (scanned), or one more than a page can.
    """
    texts: list[str] = []
    wanted: list[int] = []
    pictures: list[int] = []
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pdfium.PdfiumError:
            raise UserError(f"{name}: damaged: page {number} cannot be read")
        try:
            text = _text(page, name, number)
            texts.append(text)
            if not text.strip() and _picture(page):
                pictures.append(number)
            after = bool(wanted) and wanted[-1] == number - 1
            if _holds_table(page, text) or (after and _continues(page, text)):
                wanted.append(number)
        except pdfium.PdfiumError:
            raise UserError(f"{name}: damaged: page {number} cannot be read")
        finally:
            page.close()
    if sum(len(text.split()) for text in texts) < 5:
        pages = (
            "its page is a picture" if len(texts) == 1 else f"its {len(texts)} pages are pictures"
        )
        raise UserError(f"{name}: holds no text: {pages} (scanned). Ask for the original")
    return Sweep(tuple(texts), tuple(wanted), tuple(pictures))


def excerpt(document: Any, number: int, turn: int, name: str) -> bytes:
    """A PDF of one page alone, written anew, so that what pdfium could mend is mended.

    `turn` is by how many degrees clockwise it is turned, for a page whose text lies sideways.
    """
    small = pdfium.PdfDocument.new()
    try:
        small.import_pages(document, [number - 1])
        if turn:
            page = small[0]
            page.set_rotation((page.get_rotation() + turn) % 360)
            page.close()
        buffer = io.BytesIO()
        small.save(buffer)
        return buffer.getvalue()
    except pdfium.PdfiumError:
        raise UserError(f"{name}: damaged: page {number} cannot be read")
    finally:
        small.close()
