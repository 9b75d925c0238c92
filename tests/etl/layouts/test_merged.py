"""A month merged over Target and Actual, in each form: the group covers what its cell covers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from reportlab.lib import colors
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from etl import readers, registry
from etl.layouts import reading

ROWS = [
    ["Indicator", "Oct-24", "", "Nov-24", "", "Dec-24"],
    ["", "Target", "Actual", "Target", "Actual", "Actual"],
    ["Number of children out of education - ALL CME", "400", "431", "410", "452", "447"],
    ["Number of children out of education - EHCP", "40", "38", "41", "43", "45"],
]
GROUPS = [(1, 2), (3, 4)]  # columns that a month covers


def xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append([int(text) if text.isdigit() else text or None for text in row])
    for first, last in GROUPS:
        sheet.merge_cells(start_row=1, end_row=1, start_column=first + 1, end_column=last + 1)
    book.save(path)


def word(path: Path) -> None:
    document = docx.Document()
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            if text:
                table.cell(r, c).text = text
    for first, last in GROUPS:
        table.cell(0, first).merge(table.cell(0, last))
    document.save(str(path))


def html(path: Path) -> None:
    head = "".join(
        f"<th colspan={'2' if text in ('Oct-24', 'Nov-24') else '1'}>{text}</th>"
        for text in ROWS[0]
        if text
    )
    body = "".join(
        "<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in ROWS[1:]
    )
    path.write_text(f"<html><body><table><tr>{head}</tr>{body}</table></body></html>", "utf-8")


def pdf(path: Path) -> None:
    table = Table(ROWS)
    spans = [("SPAN", (first, 0), (last, 0)) for first, last in GROUPS]
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans]))
    SimpleDocTemplate(str(path)).build([table])


@pytest.mark.parametrize(
    ("draw", "name"),
    [(xlsx, "a.xlsx"), (word, "a.docx"), (html, "a.html"), (pdf, "a.pdf")],
    ids=["xlsx", "docx", "html", "pdf"],
)
def test_a_month_stands_over_the_columns_that_it_covers(
    draw: Callable[[Path], None], name: str, tmp_path: Path
) -> None:
    draw(tmp_path / name)
    held = registry.load()
    (found,) = reading.read(readers.read(tmp_path / name).tables, held)
    given = {
        (one.ref.cohort, one.role, str(one.period.end) if one.period else "", one.reading.raw)
        for one in found.figures
    }
    oct_, nov, dec = "2024-10-31", "2024-11-30", "2024-12-31"
    assert given == {
        ("all", "target", oct_, "400"),
        ("all", "actual", oct_, "431"),
        ("all", "target", nov, "410"),
        ("all", "actual", nov, "452"),
        ("all", "actual", dec, "447"),
        ("ehcp", "target", oct_, "40"),
        ("ehcp", "actual", oct_, "38"),
        ("ehcp", "target", nov, "41"),
        ("ehcp", "actual", nov, "43"),
        ("ehcp", "actual", dec, "45"),
    }


def test_without_merged_cells_a_blank_group_is_not_filled_where_the_groups_differ(
    tmp_path: Path,
) -> None:
    """Two columns under October, then one blank: nobody can tell where October ends."""
    rows = [
        ["Measure", "Oct-24", "", "", "Nov-24", ""],
        ["", "Target", "Actual", "Forecast", "Target", "Actual"],
        [ROWS[2][0], "400", "431", "435", "410", "452"],
    ]
    (tmp_path / "a.csv").write_text("\n".join(",".join(row) for row in rows), "utf-8")
    held = registry.load()
    (found,) = reading.read(readers.read(tmp_path / "a.csv").tables, held)
    assert [one for one in found.figures if one.role == "actual"] == []
