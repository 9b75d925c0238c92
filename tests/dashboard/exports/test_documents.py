"""The report pack's documents, made from the real record, held against the packs by eye."""

from __future__ import annotations

import csv
import re
import time
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image

from dashboard.exports import briefing, captions, pack, word, word_template, workbook
from dashboard.exports.report import AppendixTable, Report, build
from etl import pipeline, readers
from etl.claims import find, hold_against
from etl.commands_export import shown
from etl.model import UserError
from etl.record import Record
from etl.store import Store, open_store

MARCH = date(2022, 3, 18)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def record(real_store: Store) -> Record:
    return real_store.record(MARCH)


@pytest.fixture(scope="module")
def report(record: Record) -> Report:
    return build(record)


@pytest.fixture(scope="module")
def drawn(report: Report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A small picture in place of each that a browser would draw."""
    folder = tmp_path_factory.mktemp("drawn")
    files = {planned.stem: folder / f"{planned.stem}.png" for planned in report.pictures}
    for file in files.values():
        Image.new("RGB", (63, 42), "white").save(file)
    return files


@pytest.fixture(scope="module")
def report_docx(
    report: Report, drawn: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    file = tmp_path_factory.mktemp("word") / "report.docx"
    word.write(report, drawn, file, None)
    return file


def test_the_bullets_hold_the_packs_figures(report: Report) -> None:
    """Row 1a: 521 in July 2020, 387 at the report of September 2021, 495 in December 2021."""
    text = next(bullet.text for bullet in report.bullets if bullet.lead.startswith("1a "))
    assert "495" in text
    assert "December 2021" in text
    assert "100 fewer than in December 2020 (595)" in text
    assert "387" in text
    assert "521" in text


def test_a_flagged_figure_is_left_out_and_said_so(report: Report) -> None:
    """7.0% is printed where 12 of 495 is 2.4%."""
    assert any("7.0%" in text for text in report.left_out)
    assert not any("7.0%" in bullet.text for bullet in report.bullets)
    assert "7.0%" not in report.summary


def test_pictures_are_named_so_that_they_sort_and_can_be_found(report: Report) -> None:
    stems = [planned.stem for planned in report.pictures]
    assert "2022-03-18_1a_children-missing-education" in stems
    assert len(set(stems)) == len(stems)
    assert all(re.fullmatch(r"2022-03-18_[a-z0-9_-]+", stem) for stem in stems)


def test_an_older_meeting_sees_only_what_was_published_then(real_store: Store) -> None:
    older = build(real_store.record(date(2021, 9, 17)))
    assert older.appendix.columns[-1] == "Jul-21"
    assert "Appendix" not in older.title
    assert all(planned.stem.startswith("2021-09-17_") for planned in older.pictures)


def test_nothing_held_is_said_plainly(real_store: Store) -> None:
    with pytest.raises(UserError, match="No figures are held by 1 January 2019"):
        build(real_store.record(date(2019, 1, 1)))


def test_an_unknown_measure_is_named(record: Record) -> None:
    with pytest.raises(UserError, match=r"no measure nope\..*children_missing_education"):
        build(record, ["nope"])


def test_every_picture_has_a_short_text_of_its_own(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "captions.csv"
    captions.write(report.pictures, "png", file)
    rows = list(csv.DictReader(file.open(encoding="utf-8-sig")))
    assert len(rows) == len(report.pictures)
    for row in rows:
        assert 0 < len(row["alt"]) <= captions.ALT_LENGTH
        assert row["alt"] != row["title"]
        assert row["source"]


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Short.", "Short."),
        ("One sentence that is long enough to be kept whole. " * 6,
         ("One sentence that is long enough to be kept whole. " * 4).strip()),
        ("word " * 100, "word " * 42 + "word…"),
    ],
)  # fmt: skip
def test_a_long_text_ends_with_a_sentence_or_a_word(long: str, short: str) -> None:
    assert captions.short_alt(long) == short


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
        "Serial", "Measure Description", "Jul-20",
    ]  # fmt: skip
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
    word.write(report, drawn, made, template)
    document = docx.Document(str(made))
    assert document.styles["Heading 1"].font.name == "Council Sans"
    assert not any("not the report's" in p.text for p in document.paragraphs)


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


def test_a_template_without_the_styles_is_given_them(
    report: Report, drawn: dict[str, Path], tmp_path: Path
) -> None:
    """Word keeps in a file only the styles that it has used."""
    own, made = tmp_path / "council.docx", tmp_path / "made.docx"
    bare = docx.Document()
    bare.styles["Normal"].font.name = "Council Serif"
    bare.sections[0].header.paragraphs[0].text = "Committee report"
    bare.add_section()
    for name in word_template.NEEDED:
        style = bare.styles[name].element
        style.getparent().remove(style)
    bare.save(str(own))
    for template in (own, _as_template(own)):
        word.write(report, drawn, made, template)
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


def test_a_template_that_is_no_word_file_is_named(
    report: Report, drawn: dict[str, Path], tmp_path: Path
) -> None:
    wrong = tmp_path / "notes.txt"
    wrong.write_text("not a document")
    with pytest.raises(UserError, match=r"notes\.txt: not a Word document"):
        word.write(report, drawn, tmp_path / "made.docx", wrong)


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


def test_importing_the_workbook_gives_the_figures_back(
    report: Report, record: Record, seeded_store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "appendix-1.xlsx"
    workbook.write(report, record, file)
    prepared = pipeline.prepare([file], seeded_store, MARCH)
    (publication,) = prepared.publications
    assert not publication.comparison.new
    assert not publication.comparison.revised
    assert len(publication.comparison.held) >= 221


def test_the_workbook_has_a_cover_and_no_merged_cells(
    report: Report, record: Record, tmp_path: Path
) -> None:
    file = tmp_path / "appendix-1.xlsx"
    workbook.write(report, record, file)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Cover", "Appendix 1", "Tidy data", "Notes", "Sources"]
    assert not any(sheet.merged_cells.ranges for sheet in book)
    appendix = book["Appendix 1"]
    row = next(row for row in appendix.iter_rows(values_only=True) if row[0] == "1a")
    assert row[2] == 521  # July 2020
    for sheet in book:
        assert sheet["A1"].value, "each sheet has its title first"
        assert len(sheet.tables) == (sheet.title != "Cover")
    links = {c.value: c.hyperlink.location for c in book["Cover"]["A"] if c.hyperlink}
    assert list(links) == book.sheetnames[1:]
    assert links["Tidy data"] == "'Tidy data'!A1"


def test_the_workbook_alone_says_which_meeting_it_is_of(
    report: Report, record: Record, seeded_store: Store, tmp_path: Path
) -> None:
    """Without the tidy sheet, nothing but the cover has a date."""
    file = tmp_path / "appendix-1.xlsx"
    workbook.write(report, record, file)
    book = openpyxl.load_workbook(file)
    del book["Tidy data"]
    book.save(file)
    (publication,) = pipeline.prepare([file], seeded_store).publications
    assert publication.release.published == MARCH
    assert not publication.comparison.new
    assert not publication.comparison.revised


def test_the_workbook_gives_an_empty_store_the_same_figures(
    report: Report, record: Record, tmp_path: Path
) -> None:
    file, empty = (
        tmp_path / "appendix-1.xlsx",
        open_store(f"sqlite:///{tmp_path / 's.db'}", seed=False),
    )
    workbook.write(report, record, file)
    pipeline.publish(empty, pipeline.prepare([file], empty), "test", accept_reason="a test")
    assert sorted(map(repr, shown(empty.record()))) == sorted(map(repr, shown(record)))


def test_the_briefing_needs_no_server_and_runs_nothing(
    report: Report, drawn: dict[str, Path]
) -> None:
    page = briefing.page(report, drawn)
    assert "<script" not in page
    assert not re.search(r'(src|href)="(?!data:)', page)
    assert page.count("<img ") == len(drawn)
    assert page.count('alt="') == len(drawn)


def test_text_never_becomes_markup(report: Report) -> None:
    page = briefing.page(replace(report, headline="<b>5 & 6</b>"), {})
    assert "<h1>&lt;b&gt;5 &amp; 6&lt;/b&gt;</h1>" in page


def test_the_same_record_gives_the_same_bytes(
    report: Report,
    record: Record,
    drawn: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also elsewhere and at another time: zips carry a time of writing, in local time."""
    for name, zone, now in (("one", "Europe/London", 1_700_000_000), ("two", "Asia/Tokyo", 1.8e9)):
        (tmp_path / name).mkdir()
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        monkeypatch.setattr(time, "time", lambda now=now: now)
        pack.write_documents(report, record, tmp_path / name, drawn, report.pictures)
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name
