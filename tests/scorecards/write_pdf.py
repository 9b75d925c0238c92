"""Scorecards as PDF: ruled tables, or words held in columns by their place alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import fontpkg_arimo
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from spec import ABOVE, LEFT, RAISED, Scorecard, Table, Text

Note = Callable[..., None]
SIZE, LEADING, MARGIN, PAD = 9, 11, 45, 3  # points
FONT = "Arimo"


def _register() -> None:
    folder = Path(fontpkg_arimo.__file__).parent
    file = next(p for p in sorted(folder.rglob("*.ttf")) if "Italic" not in p.name)
    pdfmetrics.registerFont(TTFont(FONT, str(file)))


def _wrap(text: str, width: float) -> list[str]:
    """Lines of text no wider than `width`; raised marks are never parted from their word."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        wide = pdfmetrics.stringWidth(RAISED.sub(r"\1", joined), FONT, SIZE) > width
        if lines and not wide:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _draw(canvas: Canvas, x: float, y: float, text: str, size: float = SIZE) -> None:
    for number, piece in enumerate(RAISED.split(text)):
        raised = number % 2
        small = size * 0.6 if raised else size
        canvas.setFont(FONT, small)
        canvas.drawString(x, y + (size * 0.35 if raised else 0), piece)
        x += pdfmetrics.stringWidth(piece, FONT, small)


def _table(canvas: Canvas, item: Table, y: float, width: float) -> float:
    rows = item.head + [line.cells for line in item.rows]
    shares = item.widths or [3.0] + [1.0] * (len(rows[0]) - 1)
    edges = [MARGIN + width * sum(shares[:n]) / sum(shares) for n in range(len(shares) + 1)]
    boxes = []
    heights = [LEADING + 2 * PAD] * len(rows)
    for top, cells in enumerate(rows):
        for left, text in enumerate(cells):
            if text in (LEFT, ABOVE):
                continue
            right, bottom = left + 1, top + 1
            while right < len(cells) and cells[right] == LEFT:
                right += 1
            while bottom < len(rows) and rows[bottom][left] == ABOVE:
                bottom += 1
            lines = _wrap(text, edges[right] - edges[left] - 2 * PAD)
            boxes.append((top, left, bottom, right, lines))
            spread = (len(lines) * LEADING + 2 * PAD) / (bottom - top)
            for line in range(top, bottom):
                heights[line] = max(heights[line], spread)
    tops = [y - sum(heights[:n]) for n in range(len(rows) + 1)]
    canvas.setLineWidth(0.5)
    for top, left, bottom, right, lines in boxes:
        if item.ruled:
            height = tops[top] - tops[bottom]
            canvas.rect(edges[left], tops[bottom], edges[right] - edges[left], height)
        for count, line in enumerate(lines):
            x = edges[left] + PAD
            if top < len(item.head) and right - left > 1:  # a merged heading stands in the middle
                wide = pdfmetrics.stringWidth(line, FONT, SIZE)
                x = (edges[left] + edges[right] - wide) / 2
            _draw(canvas, x, tops[top] - PAD - SIZE - count * LEADING, line)
    return tops[-1]


def pdf(card: Scorecard, path: Path, note: Note) -> None:
    """One page a part."""
    _register()
    canvas = Canvas(str(path), invariant=1)
    canvas.setTitle(f"{card.council}: SEND performance")
    for page, part in enumerate(card.parts, start=1):
        size = landscape(A4) if part.landscape else A4
        canvas.setPageSize(size)
        y, width, tables, lines = size[1] - MARGIN, size[0] - 2 * MARGIN, 0, 0
        for item in part.items:
            if isinstance(item, Text):
                for index, line in enumerate(item.lines):
                    lines += 1
                    note(item, index, None, f"page {page}, text line {lines}", line)
                    scale = 13 if item.large else SIZE
                    _draw(canvas, MARGIN, y - scale, line, scale)
                    y -= scale + 4
                y -= 6
                continue
            tables += 1
            for line in item.caption:
                _draw(canvas, MARGIN, y - SIZE, line)
                y -= LEADING + 2
            y = _table(canvas, item, y - 2, width)
            for index, line in enumerate(item.rows):
                for column, cell in enumerate(line.cells):
                    at = len(item.head) + index + 1
                    where = f"page {page}, table {tables}, row {at}, column {column + 1}"
                    note(item, index, column, where, cell)
            for line in item.notes:
                _draw(canvas, MARGIN, y - SIZE - 3, line, 8)
                y -= LEADING
            y -= 16
        if y < MARGIN - 10:
            raise ValueError(f"{card.name}: page {page} is too full")
        canvas.showPage()
    canvas.save()
