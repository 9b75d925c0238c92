"""Files made to do harm, or not what they say: each a plain message, nothing opened."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from etl import readers
from etl.model import UserError
from etl.readers import unpack

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY out SYSTEM "file:///etc/passwd">]>'
BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>&{};</w:t></w:r></w:p></w:body></w:document>"
)


def word(folder: Path) -> Path:
    file = folder / "report.docx"
    document = docx.Document()
    document.add_paragraph("Appendix 1")
    document.save(str(file))
    return file


def workbook(folder: Path) -> Path:
    file = folder / "working.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Serial"
    book.save(file)
    return file


def changed(file: Path, entry: str, content: bytes) -> Path:
    """The same zip with one entry's content replaced."""
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[entry] = content
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return file


def zipped(folder: Path, *entries: tuple[str, bytes]) -> Path:
    file = folder / "release.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file


def bomb(folder: Path) -> Path:
    return zipped(folder, ("data/timeliness_20_week.csv", b"\0" * 20_000_000))


def lying_bomb(folder: Path) -> Path:
    """Says that its entry is small; what comes out is not."""
    header = b"time_period,geographic_level,pc_plans_issued_within_20_weeks\n"
    file = zipped(folder, ("data/timeliness_20_week.csv", header + b"1" * 8_000_000))
    content = bytearray(file.read_bytes())
    real = struct.pack("<I", len(header) + 8_000_000)
    false = struct.pack("<I", len(header) + 100)
    at = content.find(real)
    while at >= 0:
        content[at : at + 4] = false
        at = content.find(real, at + 4)
    file.write_bytes(bytes(content))
    return file


def bomb_in_word(folder: Path) -> Path:
    return changed(word(folder), "word/document.xml", b" " * 20_000_000)


def many_entries(folder: Path) -> Path:
    return zipped(folder, *((f"{n}.csv", b"") for n in range(unpack.MAX_ENTRIES + 1)))


def nested(folder: Path) -> Path:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", "x")
    return zipped(folder, ("inner.zip", inner.getvalue()))


def with_password(folder: Path) -> Path:
    file = zipped(folder, ("data/timeliness_20_week.csv", b"time_period"))
    content = bytearray(file.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + offset] |= 1
    file.write_bytes(bytes(content))
    return file


def laughs_in_word(folder: Path) -> Path:
    return changed(word(folder), "word/document.xml", (LAUGHS + BODY.format("i")).encode())


def outside_in_word(folder: Path) -> Path:
    return changed(word(folder), "word/document.xml", (OUTSIDE + BODY.format("out")).encode())


def hidden_in_utf_16(folder: Path) -> Path:
    xml = (OUTSIDE.replace('"1.0"', '"1.0" encoding="UTF-16"') + BODY.format("out")).encode(
        "utf-16"
    )
    return changed(word(folder), "word/document.xml", xml)


def laughs_in_workbook(folder: Path) -> Path:
    sheet = LAUGHS + "<worksheet>&i;</worksheet>"
    return changed(workbook(folder), "xl/worksheets/sheet1.xml", sheet.encode())


def cut_word(folder: Path) -> Path:
    file = word(folder)
    file.write_bytes(file.read_bytes()[:-200])
    return file


def damaged_word(folder: Path) -> Path:
    """The text's own bytes are broken, the zip around them is whole."""
    file = word(folder)
    content = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        begin = archive.getinfo("word/document.xml").header_offset
    content[begin + 60 : begin + 90] = bytes(30)
    file.write_bytes(bytes(content))
    return file


def jpeg(folder: Path) -> Path:
    file = folder / "report.docx"
    file.write_bytes(b"\xff\xd8\xff\xe0" + os.urandom(100))
    return file


def old_format(stream: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        file = folder / "old.docx"
        file.write_bytes(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")
        )
        return file

    return make


def of_bytes(start: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        file = folder / "other.docx"
        file.write_bytes(start + bytes(100))
        return file

    return make


def open_document(folder: Path) -> Path:
    return zipped(
        folder, ("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<a/>")
    )


def cut_workbook(folder: Path) -> Path:
    file = workbook(folder)
    file.write_bytes(file.read_bytes()[:-20])
    return file


HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a bomb": (bomb, r"release.zip: data/timeliness_20_week.csv unpacks to .* times its size"),
    "a bomb that lies": (lying_bomb, r"release.zip: .*"),
    "a bomb in a Word document": (bomb_in_word, r"report.docx: word/document.xml unpacks to"),
    "very many files": (many_entries, r"release.zip: holds .* files"),
    "a zip in a zip": (nested, r"release.zip: holds another zip"),
    "a password": (with_password, r"release.zip: .*protected by a password"),
    "a billion laughs": (laughs_in_word, r"report.docx: word/document.xml holds XML decl"),
    "an entity from outside": (outside_in_word, r"report.docx: word/document.xml holds XML decl"),
    "the same in UTF-16": (hidden_in_utf_16, r"report.docx: word/document.xml holds XML decl"),
    "laughs in a workbook": (laughs_in_workbook, r"working.xlsx: sheet Sheet holds XML decl"),
    "a Word document cut off": (cut_word, r"report.docx: damaged or cut off"),
    "a workbook cut off": (cut_workbook, r"working.xlsx: damaged or cut off"),
    "rich text": (of_bytes(b"{\\rtf1 "), r"other.docx: is in RTF format; save it as .docx"),
    "an OpenDocument text": (open_document, r"release.zip: is in OpenDocument format"),
    "an archive of another kind": (of_bytes(b"Rar!\x1a\x07"), r"other.docx: is a RAR archive"),
    "a packed file": (of_bytes(b"\x1f\x8b\x08"), r"other.docx: is packed with gzip"),
    "a damaged Word document": (damaged_word, r"report.docx: damaged"),
    "a picture": (jpeg, r"report.docx: is a JPEG picture"),
    "an old Word document": (old_format("WordDocument"), r"old.docx: .*old \.doc format"),
    "a protected document": (old_format("EncryptedPackage"), r"old.docx: .*password"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_named_plainly_and_not_opened(what: str, tmp_path: Path) -> None:
    make, said = HOSTILE[what]
    with pytest.raises(UserError, match=f"^{said}") as caught:
        readers.read(make(tmp_path))
    assert caught.value.exit_code == 2
    assert "Traceback" not in str(caught.value)
    assert str(caught.value).count("\n") <= 1


def test_what_comes_out_is_held_against_the_limit_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "MAX_UNPACKED", 1_000)
    file = zipped(tmp_path, ("a.csv", os.urandom(600)), ("b.csv", os.urandom(399)))
    with unpack.opened(file, "a") as archive:
        assert len(archive.read("a.csv")) == 600
        assert len(archive.read("b.csv")) == 399
    monkeypatch.setattr(unpack, "MAX_UNPACKED", 998)
    with pytest.raises(UserError, match="unpacks to"), unpack.opened(file, "a"):
        pass


def test_a_file_is_told_by_its_content_not_its_name(tmp_path: Path) -> None:
    file = word(tmp_path).rename(tmp_path / "report.xlsx")
    assert readers.read(file).source.form == "word"
    file = workbook(tmp_path).rename(tmp_path / "working.pdf")
    assert readers.read(file).source.form == "excel"
