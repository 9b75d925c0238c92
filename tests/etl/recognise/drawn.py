"""A table as a person writes it in Markdown -> the same table in every form of file."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from html import escape
from pathlib import Path

import docx
import openpyxl
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

Rows = Sequence[Sequence[str]]
Block = tuple[list[str], Rows]  # the lines above a table, and its rows
MERGED = "<"
FORMS = ("text", "pipe", "spaced", "csv", "xlsx", "docx", "html", "pdf")


def drawn(form: str, blocks: Sequence[Block], folder: Path, sheet: str = "") -> Path:
    """The file in which the tables stand, one below the other, their lines above them."""
    return {
        "text": _text,
        "pipe": _pipe,
        "spaced": _spaced,
        "csv": _csv,
        "xlsx": _xlsx,
        "docx": _docx,
        "html": _html,
        "pdf": _pdf,
    }[form](blocks, folder, sheet)


def _plain(rows: Rows) -> list[list[str]]:
    return [["" if cell == MERGED else cell for cell in row] for row in rows]


def _lines(blocks: Sequence[Block], joined: object, folder: Path) -> Path:
    lines: list[str] = []
    for above, rows in blocks:
        lines += [part for line in above for part in (line, "")]
        lines += [*joined(_plain(rows)), ""]  # type: ignore[operator]
    path = folder / "report.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _text(blocks: Sequence[Block], folder: Path, _: str) -> Path:
    return _lines(blocks, lambda rows: ["\t".join(row) for row in rows], folder)


def _pipe(blocks: Sequence[Block], folder: Path, _: str) -> Path:
    return _lines(blocks, lambda rows: [f"| {' | '.join(row)} |" for row in rows], folder)


def _spaced(blocks: Sequence[Block], folder: Path, _: str) -> Path:
    def spaced(rows: list[list[str]]) -> list[str]:
        widths = [max(map(len, column)) + 3 for column in zip(*rows, strict=True)]
        return [
            "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]

    return _lines(blocks, spaced, folder)


def _csv(blocks: Sequence[Block], folder: Path, _: str) -> Path:
    path = folder / "report.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for above, rows in blocks:
            for line in above:
                writer.writerow([line])
            writer.writerows(_plain(rows))
            writer.writerow([])
    return path


def _merges(rows: Rows) -> list[tuple[int, int, int]]:
    """Row, first and last column of each merged cell, from 0."""
    found = []
    for r, row in enumerate(rows):
        start = 0
        for c in range(1, len(row) + 1):
            if c == len(row) or row[c] != MERGED:
                if c - 1 > start:
                    found.append((r, start, c - 1))
                start = c
    return found


def _xlsx(blocks: Sequence[Block], folder: Path, name: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name or "Sheet1"
    at = 0
    for above, rows in blocks:
        for line in above:
            at += 1
            sheet.cell(at, 1, line)
        for row in _plain(rows):
            at += 1
            for column, text in enumerate(row, 1):
                if text:
                    sheet.cell(at, column, int(text) if text.isdigit() else text)
        for r, first, last in _merges(rows):
            top = at - len(rows) + 1 + r
            sheet.merge_cells(
                start_row=top, end_row=top, start_column=first + 1, end_column=last + 1
            )
        at += 1
    path = folder / "report.xlsx"
    book.save(path)
    return path


def _docx(blocks: Sequence[Block], folder: Path, _: str) -> Path:
    document = docx.Document()
    for above, rows in blocks:
        for line in above or [""]:
            document.add_paragraph(line)
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, _plain(rows), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        for r, first, last in _merges(rows):
            text = rows[r][first]
            whole = table.cell(r, first).merge(table.cell(r, last))
            whole.text = text
    path = folder / "report.docx"
    document.save(str(path))
    return path


def _html(blocks: Sequence[Block], folder: Path, _: str) -> Path:
    parts = ["<!DOCTYPE html><html><body>"]
    for above, rows in blocks:
        parts += [f"<p>{escape(line)}</p>" for line in above]
        parts.append("<table>")
        for r, row in enumerate(rows):
            spans = {first: last - first + 1 for at, first, last in _merges(rows) if at == r}
            cells = [
                f'<td colspan="{spans.get(c, 1)}">{escape(cell)}</td>'
                for c, cell in enumerate(row)
                if cell != MERGED
            ]
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</table>")
    path = folder / "report.html"
    path.write_text("\n".join([*parts, "</body></html>"]), encoding="utf-8")
    return path


def _pdf(blocks: Sequence[Block], folder: Path, _: str) -> Path:
    style = getSampleStyleSheet()["BodyText"]
    story: list[object] = []
    for above, rows in blocks:
        story += [Paragraph(line, style) for line in above]
        small = style.clone("cell", fontSize=7, leading=8)
        cells = [[Paragraph(cell, small) for cell in row] for row in _plain(rows)]
        label = max(range(len(rows[0])), key=lambda c: max(len(row[c]) for row in rows))
        widths = [250 if c == label else 65 for c in range(len(rows[0]))]
        spans = [("SPAN", (first, r), (last, r)) for r, first, last in _merges(rows)]
        grid = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
        story += [Table(cells, colWidths=widths, style=[grid, *spans]), Spacer(1, 30)]
    path = folder / "report.pdf"
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build(story)
    return path
