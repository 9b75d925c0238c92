"""A council's own Word template: its placeholders filled, and told apart where they cannot be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm

from dashboard.reports import outline, word, word_template
from dashboard.reports.report import Report, build
from etl.model import UserError
from etl.record import Record

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATE = b"wordprocessingml.template.main"
DOCUMENT = b"wordprocessingml.document.main"

Filled = Callable[..., tuple[str, Any]]


@pytest.fixture(scope="module")
def report(record: Record) -> Report:
    """Of two rows: what a template does with it does not hang on how many there are."""
    return build(record, ["children_missing_education", "ehc_plan_days"])


@pytest.fixture
def filled(report: Report, drawn: dict[str, Path], tmp_path: Path) -> Filled:
    """Saves a document as a template, fills it; gives the trouble and the report, opened."""

    def fill(own: Any, name: str = "council.docx") -> tuple[str, Any]:
        template, made = tmp_path / name, tmp_path / "report.docx"
        own.save(str(template))
        if name.endswith(".dotx"):
            rewritten(
                template, "[Content_Types].xml", lambda data: data.replace(DOCUMENT, TEMPLATE)
            )
        trouble = word.write(report, drawn, made, word_template.read(template))
        return trouble, docx.Document(str(made))

    return fill


def rewritten(file: Path, entry: str, change: Callable[[bytes], bytes]) -> None:
    """The zip with one of its files changed, or added."""
    with zipfile.ZipFile(file) as old:
        content = {name: old.read(name) for name in old.namelist()}
    content[entry] = change(content.get(entry, b""))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in content.items():
            new.writestr(name, data)


def written(*paragraphs: str) -> Any:
    """A document of these paragraphs."""
    own = docx.Document()
    for text in paragraphs:
        own.add_paragraph(text)
    return own


def lines(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("name", ["council.docx", "council.dotx"])
def test_placeholders_are_filled_where_they_stand(
    report: Report, filled: Filled, name: str
) -> None:
    own = written(
        "Report of {{ date }}: {{headline}}.",
        "What changed",
        "{{changes}}",
        "The end",
        "{{sources}}",
    )
    own.styles["Heading 1"].font.name = "Council Sans"
    own.sections[0].header.paragraphs[0].text = "Item 9: {{title}}"
    cell = own.add_table(1, 1).rows[0].cells[0]
    cell.text = "{{licence}}"
    trouble, document = filled(own, name)
    assert trouble == ""
    said = lines(document)
    assert said[0] == f"Report of 18 March 2022: {report.headline}."
    assert said[1] == "What changed"
    assert said[2] == f"{report.bullets[0].lead}: {report.bullets[0].text}"
    assert document.paragraphs[2].style.name == "List Bullet"
    at = said.index("The end")
    assert 2 + len(report.bullets) <= at < len(said) - len(report.sources)
    assert said[at + 1].startswith("17 September 2021, Norfolk County Council")
    assert document.sections[0].header.paragraphs[0].text == f"Item 9: {report.title}"
    assert document.tables[0].rows[0].cells[0].text == report.licence
    assert "{{" not in "".join(said)
    assert not document.inline_shapes
    assert document.styles["Heading 1"].font.name == "Council Sans"


def test_a_part_comes_without_the_heading_that_the_template_has(
    report: Report, filled: Filled
) -> None:
    trouble, document = filled(written("Our own heading", "{{charts}}", "{{findings}}"))
    assert trouble == ""
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert "Heading 2" not in styles
    assert len(document.inline_shapes) == len(report.pictures) > 10
    assert document.tables[0].rows[0].cells[0].text == "What was found"


def test_all_of_it_stands_where_the_template_says(report: Report, filled: Filled) -> None:
    trouble, document = filled(written("Before", "{{report}}", "After"))
    assert trouble == ""
    said = lines(document)
    assert (said[0], said[1], said[-1]) == ("Before", report.title, "After")
    wide = [section.page_width > section.page_height for section in document.sections]
    assert wide == [False, True, False]  # Appendix 1 on its side, and upright again


def test_the_appendix_alone_leaves_no_empty_page(filled: Filled) -> None:
    """The first and the last of a document: no section before or after it."""
    trouble, document = filled(written("{{appendix}}"))
    assert trouble == ""
    assert [s.page_width > s.page_height for s in document.sections] == [True]
    assert lines(document) == []


def test_a_heading_of_the_template_goes_along_with_the_appendix(filled: Filled) -> None:
    own = written("Before")
    own.add_heading("Our appendix", level=2)
    own.add_paragraph("{{appendix}}")
    trouble, document = filled(own)
    assert trouble == ""
    upright, side = document.sections
    assert (upright.page_width < upright.page_height, side.page_width > side.page_height) == (
        True,
        True,
    )
    said = [getattr(block, "text", "table") for block in side.iter_inner_content()]
    assert said[:2] == ["Our appendix", "table"]


def test_a_placeholder_in_pieces_is_one(report: Report, filled: Filled) -> None:
    """Word parts what it has looked up, corrected or made bold into runs of their own."""
    own = docx.Document()
    paragraph = own.add_paragraph()
    for part in ("At {", "{da", "te", "}} & on {{dat", "e}}", "."):
        paragraph.add_run(part)
    paragraph.runs[2].bold = True
    trouble, document = filled(own)
    assert trouble == ""
    assert lines(document)[0] == "At 18 March 2022 & on 18 March 2022."


def test_a_letterhead_without_placeholders_gets_the_report(report: Report, filled: Filled) -> None:
    own = written("Dear {name}, a sample text")
    own.sections[0].left_margin = own.sections[0].right_margin = Mm(40)
    own.sections[0].header.paragraphs[0].text = "{{title}}"
    trouble, document = filled(own)
    assert trouble == ""
    assert lines(document)[0] == report.title
    assert "sample text" not in "".join(lines(document))
    assert document.sections[0].header.paragraphs[0].text == report.title
    room = document.sections[0].page_width - 2 * Mm(40)
    assert all(shape.width <= room for shape in document.inline_shapes)
    findings = document.tables[0]
    assert sum(cell.width for cell in findings.rows[0].cells) <= room


def test_lists_of_the_template_s_own_stay(filled: Filled) -> None:
    own = written("{{changes}}")
    own.add_paragraph("Our first point", style="List Number")
    style = own.styles["List Bullet"].element
    style.getparent().remove(style)
    trouble, document = filled(own)
    assert trouble == ""
    points = [p.style for p in document.paragraphs if p.style.name.startswith("List")]
    numbers = {style.element.find(f".//{W}numId").get(f"{W}val") for style in points}
    assert len(numbers) == 2
    held = document.part.numbering_part.element.findall(f"{W}num")
    assert numbers <= {number.get(f"{W}numId") for number in held}


# --- what cannot be filled ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{sumary}}", "{{sumary}} is none of title, date, headline"),
        ("{{ title.upper() }}", "{{title.upper()}} is none of"),
        ("{{__class__}}", "{{__class__}} is none of"),
        ("{{}}", "{{}} is none of"),
        ("It is {{title", "a placeholder is written {{name}}, and"),
        ("title}} it is", "a placeholder is written {{name}}, and"),
        ("{% for x in y %}", "a placeholder is written {{name}}, and"),
        ("See {{charts}}", "{{charts}} must stand alone in a paragraph"),
        ("{{charts}}{{findings}}", "{{charts}} must stand alone in a paragraph"),
    ],
)
def test_what_is_no_placeholder_is_named_with_its_paragraph(
    report: Report, filled: Filled, text: str, said: str
) -> None:
    trouble, document = filled(written("First", "{{date}}", text, "{{report}}"))
    assert "council.docx: the built-in template is used" in trouble
    assert f"paragraph 3 ({text!r}): {said}" in trouble
    assert lines(document)[0] == report.title  # the built-in one: nothing of the template's
    assert "First" not in lines(document)


def test_all_faults_are_told_at_once(filled: Filled) -> None:
    own = written("{{one}}", "{{two}}")
    own.sections[0].footer.paragraphs[0].text = "{{charts}}"
    own.add_table(1, 1).rows[0].cells[0].text = "{{appendix}}"
    trouble, _ = filled(own)
    for place in ("paragraph 1 ", "paragraph 2 ", "paragraph 3 ('{{appendix}}')", "footer "):
        assert place in trouble


def test_a_fault_of_ours_uses_the_built_in_one(
    report: Report, filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = outline.parts(report, ())
    monkeypatch.setattr(outline, "texts", lambda report: {"date": "\x00"})  # no XML can hold it
    trouble, document = filled(written("{{date}}"))
    assert "council.docx: the built-in template is used. It cannot be filled" in trouble
    assert lines(document)[0] == parts["report"][0].text  # type: ignore[union-attr]


# --- files that are none --------------------------------------------------------------------


def zipped(**entries: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in entries.items():
            new.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a document", "not a Word document"),
        (b"", "not a Word document"),
        (zipped(a=b"a"), "not a Word document"),
        (zipped(a=b"a")[:-10], "damaged or cut off"),
        (zipped(bomb=bytes(60_000_000)), "unpacks to .* times its size"),
    ],
    ids=["words", "empty", "another zip", "cut off", "bomb"],  # a zip's bytes tell the time
)
def test_a_file_that_is_no_word_document_is_refused(
    tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "notes.docx"
    file.write_bytes(content)
    with pytest.raises(UserError, match=rf"notes\.docx: .*{said}"):
        word_template.read(file)


def test_a_document_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "council.docx"
    written("{{report}}").save(str(file))
    rewritten(file, "word/document.xml", lambda data: data[: len(data) // 2])
    with pytest.raises(UserError, match="not a Word document"):
        word_template.read(file)


def test_entities_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "council.docx"
    written("{{report}}").save(str(file))
    bomb = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><w:document>'
    rewritten(file, "word/document.xml", lambda data: data.replace(b"<w:document", bomb, 1))
    with pytest.raises(UserError, match="XML declarations that no office document has"):
        word_template.read(file)


def test_macros_and_templates_elsewhere_are_left_out(
    report: Report, drawn: dict[str, Path], tmp_path: Path
) -> None:
    """A report that members open runs nothing and fetches nothing."""
    file, made = tmp_path / "council.dotm", tmp_path / "report.docx"
    written("{{headline}}").save(str(file))
    office = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    attached = (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    )
    macro = b'<Relationship Id="rId90" Type="' + office + b'" Target="vbaProject.bin"/>'
    remote = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
        b'2006/relationships"><Relationship Id="rId1" Type="' + attached + b'" '
        b'Target="file://server/evil.dotm" TargetMode="External"/></Relationships>'
    )
    end = b"</Relationships>"
    rewritten(file, "word/vbaProject.bin", lambda data: b"macro")
    rewritten(file, "word/_rels/document.xml.rels", lambda data: data.replace(end, macro + end))
    rewritten(file, "word/_rels/settings.xml.rels", lambda data: remote)
    rewritten(
        file,
        "[Content_Types].xml",
        lambda data: data.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        ).replace(
            b"<Default", b'<Default Extension="bin" ContentType="application/x"/><Default', 1
        ),
    )
    assert word.write(report, drawn, made, word_template.read(file)) == ""
    with zipfile.ZipFile(made) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower()]
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"evil.dotm" not in whole
    assert b"macroEnabled" not in whole
    assert lines(docx.Document(str(made))) == [report.headline]
