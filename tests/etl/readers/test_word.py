"""Word documents: the real appendix, and what Word does to tables."""

from __future__ import annotations

import zipfile
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from etl import readers, recognise, registry
from etl.model import Cell, Document, Observation, UserError
from tests.etl.readers.drawing import PACK, rows

REGISTRY = registry.load()
Key = tuple[str, str, object]


def figures(document: Document) -> dict[Key, Observation]:
    found = recognise.recognise(document, REGISTRY).observations
    return {(o.measure, o.cohort, o.period.end): o for o in found}


def saved(document: Any, folder: Path) -> Document:
    file = folder / "report.docx"
    document.save(str(file))
    return readers.read(file)


def filled(document: Any, cells: list[list[str]]) -> Any:
    table = document.add_table(rows=len(cells), cols=len(cells[0]))
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def texts(document: Document, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.tables[table].rows]


def test_the_real_appendix_among_other_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("People and Communities Select Committee")
    document.add_paragraph("Date of meeting: 18 March 2022")
    filled(document, [["Budget", "Apr-21", "May-21"], ["Schools", "1", "2"]])
    document.add_paragraph("Appendix 1")
    filled(document, rows())
    filled(document, [["Risk", "Score"], ["Staff", "3"]])
    read = saved(document, tmp_path)
    printed = figures(readers.read(PACK / "appendix_1.txt"))
    found = figures(read)
    assert set(found) == set(printed)
    assert all(
        replace(found[key].reading, raw="") == replace(printed[key].reading, raw="")
        for key in found
    )
    assert recognise.recognise(read, REGISTRY).findings == ()
    place = {(o.measure, o.cohort, str(o.period.end)): o.locator for o in found.values()}
    # 1a is the appendix's eighth row, Sept-21 its eleventh column; a budget comes before.
    where = place["children_missing_education", "all", "2021-09-30"]
    assert where.startswith("table 2, row 8, column 11")
    assert str(read.source.published) == "2022-03-18"
    assert read.tables[1].title == "Appendix 1"


def test_merged_cells_keep_the_columns_in_place(tmp_path: Path) -> None:
    document = docx.Document()
    table = filled(
        document,
        [
            ["Serial", "Measure", "2021", "", ""],
            ["", "", "Jan-21", "Feb-21", "Mar-21"],
            ["2a", "Average time", "41", "51", "80"],
            ["", "", "37.1 days", "22.8 days", "23.3 days"],
        ],
    )
    table.cell(0, 2).merge(table.cell(0, 4))
    for column in (0, 1):
        table.cell(0, column).merge(table.cell(1, column))
        table.cell(2, column).merge(table.cell(3, column))
    assert texts(saved(document, tmp_path)) == [
        ["Serial", "Measure", "2021", "", ""],
        ["Serial", "Measure", "Jan-21", "Feb-21", "Mar-21"],
        ["2a", "Average time", "41", "51", "80"],
        ["2a", "Average time", "37.1 days", "22.8 days", "23.3 days"],
    ]


def test_a_figure_merged_over_two_months_is_doubtful_and_a_dash_is_none(tmp_path: Path) -> None:
    document = docx.Document()
    cells = [
        ["", "Measure", "2021", "", ""],
        ["", "", "Jan-21", "Feb-21", "Mar-21"],
        ["1a", "All", "41", "", "5"],
        ["1b", "EHCP", "-", "", "6"],
    ]
    table = filled(document, cells)
    table.cell(0, 2).merge(table.cell(0, 4))
    for row in (2, 3):
        table.cell(row, 2).merge(table.cell(row, 3))
    rows = saved(document, tmp_path).tables[0].rows
    doubted = {cell.text: cell.problem for row in rows for cell in row if cell.problem}
    assert doubted == {"41": "its cell is merged over several columns: which is it for?"}


def test_a_figure_merged_over_two_rows_is_doubtful_in_the_second(tmp_path: Path) -> None:
    document = docx.Document()
    table = filled(document, [["1a", "All", "41", "5"], ["1b", "EHCP", "", "6"]])
    table.cell(0, 2).merge(table.cell(1, 2))
    read = saved(document, tmp_path)
    first, second = (row[2] for row in read.tables[0].rows)
    assert (first.text, first.problem) == ("41", "")
    assert second.problem == "its cell is merged with the row above"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


BREAK = "<w:r><w:br/></w:r>"
BOX = f"<w:r><w:drawing><w:txbxContent><w:p>{run('a note')}</w:p></w:txbxContent></w:drawing></w:r>"
RAISED = '<w:vertAlign w:val="superscript"/>'
STRUCK = '<w:strike w:val="{}"/>'
# What stands in a cell, and the text that is read of it.
CERTAIN = [
    (f"<w:del>{run('521')}</w:del><w:ins>{run('387')}</w:ins>", "387"),
    (f"<w:moveFrom>{run('1')}</w:moveFrom><w:moveTo>{run('2')}</w:moveTo>", "2"),
    (run("9", "<w:vanish/>") + run("41"), "41"),
    (run("NA") + BREAK + run("(Only 2") + BREAK + run("LAC in calc)"), "NA (Only 2 LAC in calc)"),
    (run("116") + run("617"), "116617"),
    (run("9.4") + BREAK + run("%"), "9.4%"),
    (run("(12/08/202") + BREAK + run("0 - 56% in time)"), "(12/08/2020 - 56% in time)"),
    (run("Dec") + "<w:r><w:noBreakHyphen/></w:r>" + run("20"), "Dec-20"),
    (f"<w:hyperlink>{run('521')}</w:hyperlink>", "521"),
    (BOX + run("7"), "7"),
    (run("4") + run("th", RAISED), "4th"),
    (run("521", STRUCK.format(0)), "521"),
]
# The same for what may not be what it seems, and why.
DOUBTFUL = [
    (run("11661") + BREAK + run("7"), "the digits stand on two lines, “11661” and “7”"),
    (run("521") + run("1", RAISED), "a raised digit may be a footnote's mark"),
    (run("521", STRUCK.format(1)), "it is struck through"),
    ("<w:r><w:sym/></w:r>", "it holds a symbol that cannot be read"),
]


def cell_of(inside: str, folder: Path) -> Cell:
    document = docx.Document()
    paragraph = filled(document, [["Serial", ""]]).cell(0, 1).paragraphs[0]._p
    for part in list(parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>")):
        paragraph.append(part)
    return saved(document, folder).tables[0].rows[0][1]


@pytest.mark.parametrize(("inside", "text"), CERTAIN, ids=[text for _, text in CERTAIN])
def test_a_cell_is_read_as_it_would_print(inside: str, text: str, tmp_path: Path) -> None:
    cell = cell_of(inside, tmp_path)
    assert (cell.text, cell.problem) == (text, "")


@pytest.mark.parametrize(("inside", "problem"), DOUBTFUL, ids=[why for _, why in DOUBTFUL])
def test_what_is_doubtful_in_a_cell_is_said(inside: str, problem: str, tmp_path: Path) -> None:
    assert cell_of(inside, tmp_path).problem.startswith(problem)


def test_deleted_rows_are_gone_and_inserted_ones_there(tmp_path: Path) -> None:
    document = docx.Document()
    table = filled(document, [["1a", "5"], ["1b", "6"], ["1c", "7"]])
    for row, mark in ((0, "del"), (2, "ins")):
        properties = table.rows[row]._tr.get_or_add_trPr()
        properties.append(parse_xml(f'<w:{mark} {nsdecls("w")} w:id="1" w:author="x"/>'))
    assert texts(saved(document, tmp_path)) == [["1b", "6"], ["1c", "7"]]


def test_a_table_in_a_cell_is_a_table_of_its_own(tmp_path: Path) -> None:
    document = docx.Document()
    outer = filled(document, [["layout", ""]])
    inner = outer.cell(0, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "1a", "521"
    read = saved(document, tmp_path)
    assert texts(read, 0) == [["layout", ""]]
    assert texts(read, 1) == [["1a", "521"]]
    assert str(read.tables[1].rows[0][1].place) == "table 2, row 1, column 2"


def test_a_figure_in_a_table_of_its_own_within_a_cell_is_doubtful(tmp_path: Path) -> None:
    document = docx.Document()
    table = filled(document, [["Serial", "Measure", "Jul-20"], ["1a", "x", ""]])
    table.cell(1, 2).add_table(rows=1, cols=1).cell(0, 0).text = "521"
    assert saved(document, tmp_path).tables[0].rows[1][2].problem == "a table stands in its cell"


def test_a_footnote_s_mark_behind_a_word_is_no_part_of_it(tmp_path: Path) -> None:
    document = docx.Document()
    table = filled(document, [["Serial", "Measure", "Jul-20"], ["1b", "x", "521"]])
    for column in (1, 2):
        run = table.cell(1, column).paragraphs[0].add_run("2")
        run.font.superscript = True
    (_, (serial, label, figure)) = saved(document, tmp_path).tables[0].rows
    assert (serial.text, label.text, label.problem) == ("1b", "x", "")
    assert "footnote" in figure.problem


@pytest.mark.parametrize("wrapped", [False, True], ids=["as it was", "for two versions of Word"])
def test_a_table_in_a_text_box_is_read_once(tmp_path: Path, wrapped: bool) -> None:
    document = docx.Document()
    table = filled(document, rows()[:9])._tbl
    table.getparent().remove(table)
    box = parse_xml(
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml">'
        "<v:shape><v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict>"
    )
    box[0][0][0].append(table)
    run = document.add_paragraph("Before it.").add_run()._r
    if wrapped:
        space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        both = parse_xml(
            f"<mc:AlternateContent {space}><mc:Choice/><mc:Fallback/></mc:AlternateContent>"
        )
        both[0].append(deepcopy(box))
        both[1].append(box)
        run.append(both)
    else:
        run.append(box)
    document.add_paragraph("After it.")
    read = saved(document, tmp_path)
    assert len(read.tables) == 1
    assert texts(read) == rows()[:9]
    assert [cell.text for cell in read.paragraphs] == ["Before it.", "After it."]


def spread(table: Any, widths: list[int], spans: list[list[int]], before: list[int]) -> None:
    """Gives a table a grid of its own, in twentieths of a point, and its cells their spans."""
    grid = table._tbl.tblGrid
    for line in list(grid):
        grid.remove(line)
    for width in widths:
        grid.append(parse_xml(f'<w:gridCol {nsdecls("w")} w:w="{width}"/>'))
    for row, taken, skipped in zip(table.rows, spans, before, strict=True):
        for cell, span in zip(row.cells, taken, strict=True):
            cell._tc.get_or_add_tcPr().append(
                parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="{span}"/>')
            )
        if skipped:
            row._tr.get_or_add_trPr().append(
                parse_xml(f'<w:gridBefore {nsdecls("w")} w:val="{skipped}"/>')
            )


CELLS = [["Serial", "Measure", "Jul-20", "Nov-20"], ["1a", "x", "521", "702"]]


@pytest.mark.parametrize(
    ("widths", "spans", "before"),
    [
        # A line drawn 1 twip aside: the heading's column and the figure's are one.
        ([800, 799, 1, 800, 800], [[1, 2, 1, 1], [1, 1, 2, 1]], [0, 0]),
        ([800, 800, 60, 740, 40, 760], [[1, 2, 2, 1], [1, 1, 2, 2]], [0, 0]),
        # A row that begins a hair to the right.
        ([30, 770, 800, 800, 800], [[2, 1, 1, 1], [1, 1, 1, 1]], [0, 1]),
    ],
    ids=["a twip", "two lines", "its beginning"],
)
def test_lines_drawn_a_hair_aside_make_no_columns(
    tmp_path: Path, widths: list[int], spans: list[list[int]], before: list[int]
) -> None:
    document = docx.Document()
    spread(filled(document, CELLS), widths, spans, before)
    read = saved(document, tmp_path)
    assert texts(read) == CELLS
    assert not any(cell.problem for row in read.tables[0].rows for cell in row)


def test_a_narrow_column_with_a_cell_of_its_own_stays_one(tmp_path: Path) -> None:
    document = docx.Document()
    spread(filled(document, CELLS), [800, 100, 800, 800], [[1] * 4, [1] * 4], [0, 0])
    assert texts(saved(document, tmp_path)) == CELLS


def test_prose_keeps_its_printed_number(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("2.3 There were 521 children.")
    document.add_paragraph("They were 702 in November.")
    said = [(cell.place.paragraph, cell.text) for cell in saved(document, tmp_path).paragraphs]
    assert said == [
        ("2.3", "There were 521 children."),
        ("2.3", "They were 702 in November."),
    ]


def test_a_workbook_under_word_s_name_is_told_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/other.xml", "<nothing/>")
    with pytest.raises(UserError, match=r"^report\.docx: is not a Word document"):
        readers.read(file)
