"""Files made up in every form from lines and tables: what stands where is the same in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import docx
import openpyxl
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

# A line of text, or the rows of a table.
Block = str | list[list[str]]
CME = "Number of children out of education - ALL CME"
REVIEWS = (
    "Average time taken to produce (final EHC plans and) EHC plan reviews compared with "
    "statutory timescales"
)


def table(first: str, second: str, third: str, fourth: str) -> list[list[str]]:
    """Rows 1a and 4 under February and March 2022."""
    return [
        ["Serial", "Measure Description", "Feb-22", "Mar-22"],
        ["1a", CME, first, second],
        ["4", REVIEWS, f"{third}% in time", f"{fourth}% in time"],
    ]


def _lines(blocks: Sequence[Block], row: Callable[[list[str]], str], rule: str = "") -> str:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            found.append(block)
            continue
        found += [
            row(cells) + (f"\n{rule}" if rule and not n else "") for n, cells in enumerate(block)
        ]
        found.append("")
    return "\n".join(found) + "\n"


def tabs(path: Path, blocks: Sequence[Block]) -> Path:
    path = path.with_suffix(".txt")
    path.write_text(_lines(blocks, "\t".join), encoding="utf-8")
    return path


def strokes(path: Path, blocks: Sequence[Block]) -> Path:
    path = path.with_suffix(".md")
    text = _lines(blocks, lambda row: f"| {' | '.join(row)} |", "|---|---|---|---|")
    path.write_text(text, encoding="utf-8")
    return path


def spaces(path: Path, blocks: Sequence[Block]) -> Path:
    """As a converter prints a page that it keeps the layout of."""
    path = path.with_suffix(".txt")

    def row(cells: list[str]) -> str:
        serial, label, *values = cells
        words, lines = label.split(), [""]
        for word in words:
            if len(lines[-1]) + len(word) > 44:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
        first = f"{serial:<9}{lines[0]:<48}{values[0]:<18}{values[1]}"
        return "\n".join([first, *(f"{'':<9}{line}" for line in lines[1:])])

    path.write_text(_lines(blocks, row), encoding="utf-8")
    return path


def commas(path: Path, blocks: Sequence[Block]) -> Path:
    path = path.with_suffix(".csv")
    quoted = lambda row: ",".join(f'"{cell}"' if "," in cell else cell for cell in row)  # noqa: E731
    lines = [f'"{block}"' if isinstance(block, str) and block else block for block in blocks]
    path.write_text(_lines(lines, quoted), encoding="utf-8")
    return path


def sheet(path: Path, blocks: Sequence[Block]) -> Path:
    path = path.with_suffix(".xlsx")
    book = openpyxl.Workbook()
    for block in blocks:
        for cells in [[block]] if isinstance(block, str) else [*block, []]:
            book.active.append(cells or [None])
    book.save(path)
    return path


def word(path: Path, blocks: Sequence[Block]) -> Path:
    path = path.with_suffix(".docx")
    document: Any = docx.Document()
    document.core_properties.author = ""
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        made = document.add_table(rows=len(block), cols=len(block[0]))
        for row, texts in zip(made.rows, block, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    document.save(str(path))
    return path


def page(path: Path, blocks: Sequence[Block]) -> Path:
    path = path.with_suffix(".html")
    body = "".join(
        f"<p>{escape(block)}</p>\n"
        if isinstance(block, str)
        else "<table>"
        + "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n"
            for row in block
        )
        + "</table>\n"
        for block in blocks
    )
    path.write_text(f"<!DOCTYPE html><html><body>{body}</body></html>", encoding="utf-8")
    return path


def pdf(path: Path, blocks: Sequence[Block], foot: str = "") -> Path:
    """With `foot` and its number at the foot of every page but the first."""
    path = path.with_suffix(".pdf")
    style = getSampleStyleSheet()["Normal"]
    ruled = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    drawn: list[Any] = []
    for block in blocks:
        if isinstance(block, str):
            drawn.append(Paragraph(escape(block), style) if block else Spacer(1, 14))
            continue
        cells = [[Paragraph(escape(cell), style) for cell in row] for row in block]
        drawn.append(Table(cells, colWidths=(50, 250, 90, 90), style=ruled))

    def numbered(canvas: Any, document: Any) -> None:
        canvas.drawString(200, 30, f"{foot}  {document.page}" if foot else "")

    SimpleDocTemplate(str(path), pagesize=A4).build(drawn, onLaterPages=numbered)
    return path


FORMS = (tabs, strokes, spaces, commas, sheet, word, page, pdf)
