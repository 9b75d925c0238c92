"""CSV files as spreadsheets of any country and age write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl import readers
from etl.model import UserError
from tests.etl.readers.workbooks import CME, figures, recognised

WIDE = f"Serial,Measure Description,Jul-20,Sept-21\n1a,{CME},521,702\n"
READ = {
    "children_missing_education/all Jul-20": "521",
    "children_missing_education/all Sep-21": "702",
}
TIDY = "measure,period,value\nchildren_missing_education,Jul-20,521\n"

FORMS = {
    "plain": WIDE.encode(),
    "byte-order mark": WIDE.encode("utf-8-sig"),
    "UTF-16": WIDE.encode("utf-16"),
    "UTF-16 without its mark": WIDE.encode("utf-16-le"),
    "UTF-16 the other way round": WIDE.encode("utf-16-be"),
    "upright strokes": WIDE.replace(",", "|").encode(),
    "semicolons": WIDE.replace(",", ";").encode(),
    "tabs": WIDE.replace(",", "\t").encode(),
    "Windows line ends": WIDE.replace("\n", "\r\n").encode(),
    "sep line": b"sep=;\r\n" + WIDE.replace(",", ";").encode(),
    "quotes": WIDE.replace("Measure", '"Measure,').replace("tion,J", 'tion",J').encode(),
    "line break in a label": WIDE.replace(CME, f'"{CME}"'.replace("out of", "out\nof")).encode(),
    "Windows letters": ("Appendix 1 \u2013 caf\u00e9\n\n" + WIDE).encode("cp1252"),
    "numbers with thousands": WIDE.replace("521", '"521"').encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_wide_layout_in_every_form_of_csv(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(FORMS[form])
    found = recognised(path)
    assert figures(found) == READ
    assert found.findings == ()


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_tidy_layout_in_every_form_of_csv(tmp_path: Path, sign: str, coding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TIDY.replace(",", sign).encode(coding))
    assert figures(recognised(path)) == {"children_missing_education/all Jul-20": "521"}


@pytest.mark.parametrize("name", ["a.txt", "a.xlsx", "a"])
@pytest.mark.parametrize("sign", [",", ";"])
def test_a_renamed_csv_is_still_one(tmp_path: Path, name: str, sign: str) -> None:
    path = tmp_path / name
    path.write_text("Appendix 1\n" + f"{WIDE}1b,x,,\n".replace(",", sign), encoding="utf-8")
    assert figures(recognised(path)) == READ


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n \n", "empty|no text"),
        (b"\x00\x01\x02\x03,\x04\n" * 9, "not a text file"),
        (b"\xff\xfeabc", "UTF-16"),
        (b'a,"' + b"x" * 30_000, "30,000 characters|not readable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "password|old"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "PNG|not a text file"),
    ],
)
def test_what_is_no_csv_is_said_plainly(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=said) as error:
        readers.read(path)
    assert "a.csv" in str(error.value)


def test_a_quotation_mark_without_its_pair_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(WIDE + f'1b,"{CME},5,6\n1c,Percentage,5,6\n', encoding="utf-8")
    with pytest.raises(UserError, match="a quotation mark on line 3 has no pair"):
        readers.read(path)


def test_a_cell_too_many_names_the_row_that_it_moves(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(WIDE + "1b,,Number of children out of education - EHCP,5,6\n", encoding="utf-8")
    found = recognised(path)
    assert figures(found) == READ
    assert [f.code for f in found.findings] == ["row-unknown"]
    assert "'1b Number of children out of education - EHCP" in found.findings[0].message
