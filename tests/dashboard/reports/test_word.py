"""report.docx: what an officer pastes or builds on, with any council's template."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from PIL import Image

from dashboard.reports import word, word_template
from dashboard.reports.report import AppendixTable, Report, build
from etl import readers
from etl.claims import find, hold_against
from etl.store import Store

MARCH = date(2022, 3, 18)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def report_docx(
    report: Report, drawn: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    file = tmp_path_factory.mktemp("word") / "report.docx"
    word.write(report, drawn, file, None)
    return file


def _as_template(file: Path) -> Path:
    """The document saved as a Word template: its list of contents says so."""
    made = file.with_suffix(".dotx")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(
                    b"wordprocessingml.document.main", b"wordprocessingml.template.main"
                )
            new.writestr(name, data)
    return made


def test_each_picture_in_word_has_its_text_and_its_caption(
    report: Report, report_docx: Path
) -> None:
    document = docx.Document(str(report_docx))
    texts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(texts) == len(report.pictures)
    assert all(texts)
    numbered = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert [text.split(".")[0] for text in numbered] == [
        f"Figure {at}" for at in range(1, len(texts) + 1)
    ]


def test_word_has_headings_in_order_and_a_table_whose_header_repeats(report_docx: Path) -> None:
    document = docx.Document(str(report_docx))
    styles = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert styles[0] == "Heading 1"
    assert set(styles[1:]) == {"Heading 2"}
    appendix = document.tables[-1]
    assert [cell.text for cell in appendix.rows[0].cells][:3] == [
        "Serial",
        "Measure Description",
        "Jul-20",
    ]
    assert appendix.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
    assert document.sections[-1].page_width > document.sections[-1].page_height
    row = next(r for r in appendix.rows if r.cells[0].text == "1a")
    assert [cell.text for cell in row.cells][2:5] == ["521", "702", "595"]


def test_the_councils_own_template_gives_the_styles(
    report: Report, drawn: dict[str, Path], tmp_path: Path
) -> None:
    template, made = tmp_path / "council.docx", tmp_path / "made.docx"
    own = docx.Document()
    own.add_paragraph("Text of the template that is not the report's")
    own.styles["Heading 1"].font.name = "Council Sans"
    own.save(str(template))
    assert word.write(report, drawn, made, word_template.read(template)) == ""
    document = docx.Document(str(made))
    assert document.styles["Heading 1"].font.name == "Council Sans"
    assert not any("not the report's" in p.text for p in document.paragraphs)


def test_a_template_without_the_styles_is_given_them(
    report: Report, drawn: dict[str, Path], tmp_path: Path
) -> None:
    """Word keeps in a file only the styles that it has used."""
    own = tmp_path / "council.docx"
    bare = docx.Document()
    bare.styles["Normal"].font.name = "Council Serif"
    bare.sections[0].header.paragraphs[0].text = "Committee report"
    bare.add_section()
    for name in word_template.NEEDED:
        style = bare.styles[name].element
        style.getparent().remove(style)
    bare.save(str(own))
    for template in (own, _as_template(own)):
        made = tmp_path / f"made-from-{template.suffix[1:]}.docx"
        assert word.write(report, drawn, made, word_template.read(template)) == ""
        document = docx.Document(str(made))
        assert document.paragraphs[0].style.name == "Heading 1"
        assert document.styles["Heading 1"].font.name is None  # so the template's own letters
        assert document.styles["Normal"].font.name == "Council Serif"
        assert document.sections[0].header.paragraphs[0].text == "Committee report"
        points = [p for p in document.paragraphs if p.style.name == "List Bullet"]
        assert len(points) >= len(report.bullets)
        number = points[0].style.element.find(f".//{W}numId").get(f"{W}val")
        known = document.part.numbering_part.element.findall(f"{W}num")
        assert number in {n.get(f"{W}numId") for n in known}


def test_a_long_appendix_stands_in_tables_that_can_be_read(report: Report, tmp_path: Path) -> None:
    """Thirty months would leave 6 mm a column."""
    months = tuple(
        f"{name}-{year}"
        for year in (20, 21, 22)
        for name in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct")
    )
    rows = tuple((serial, "A row", *(f"{serial}{at}" for at in range(30))) for serial in "12")
    long = replace(report, appendix=AppendixTable(("Serial", "Measure Description", *months), rows))
    made = tmp_path / "made.docx"
    word.write(long, {}, made, None)
    tables = docx.Document(str(made)).tables[1:]
    assert [len(table.columns) - 2 for table in tables] == [10, 10, 10]
    assert [c.text for t in tables for c in t.rows[0].cells[2:]] == list(months)
    assert [c.text for t in tables for c in t.rows[2].cells[2:]] == [f"2{at}" for at in range(30)]
    for table in tables:
        assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
        assert min(cell.width.mm for cell in table.rows[1].cells) >= 12.9


@pytest.mark.parametrize("as_at", [MARCH, date(2021, 9, 17), None])
def test_every_claim_of_the_report_is_supported(
    real_store: Store, as_at: date | None, tmp_path: Path
) -> None:
    record, file = real_store.record(as_at), tmp_path / "report.docx"
    made = build(record)
    picture = tmp_path / "picture.png"
    Image.new("RGB", (63, 42), "white").save(picture)
    word.write(made, {planned.stem: picture for planned in made.pictures}, file, None)
    held = hold_against(find(readers.read(file), record.registry), record)
    wrong = [f"{s.place}: {s.raw}: {s.explanation}" for s in held if s.verdict != "supported"]
    assert wrong == []
    assert sum(s.verdict == "supported" for s in held) > 60
