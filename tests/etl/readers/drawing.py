"""The real appendix drawn as PDFs, in the ways that converters and officers lay it out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, Table, TableStyle

from etl.readers import text

PACK = Path(__file__).parents[3] / "data/councils/norfolk/packs/2022-03-18"
WIDE = landscape(A4)


def rows() -> list[list[str]]:
    """The appendix of March 2022 as its own excerpt has it: 1 heading, 22 rows, 15 columns."""
    lines = (PACK / "appendix_1.txt").read_text(encoding="utf-8").splitlines()
    found = [text.cells_of(line) for line in lines if text.is_row(line)]
    return [[*row, *[""] * (15 - len(row))] for row in found]


class Drawing:
    """A PDF while it is drawn. All lengths in points."""

    def __init__(self, path: Path, **options: Any) -> None:
        self.path = path
        self.canvas = canvas.Canvas(str(path), **options)

    def front(self) -> None:
        """A cover that says when the committee met."""
        self.prose(
            [
                "Norfolk County Council",
                "People and Communities Select Committee",
                "Date: 18 March 2022",
                "Time: 10am",
            ]
        )

    def prose(self, lines: Sequence[str], size: tuple[float, float] = A4) -> None:
        self.canvas.setPageSize(size)
        self.canvas.setFont("Helvetica", 10)
        for n, line in enumerate(lines):
            self.canvas.drawString(60, size[1] - 70 - 14 * n, line)
        self.canvas.showPage()

    def table(
        self,
        cells: Sequence[Sequence[str]],
        *,
        size: tuple[float, float] = WIDE,
        widths: Sequence[float] | None = None,
        style: Sequence[Any] = (("GRID", (0, 0), (-1, -1), 0.5, colors.black),),
        font: float = 6.5,
        raw: bool = False,
        turn: int = 0,
        title: str = "",
    ) -> None:
        """One page with one table; `raw` draws texts as they are, without wrapping."""
        look = ParagraphStyle("cell", fontName="Helvetica", fontSize=font, leading=font * 1.2)
        drawn = [[cell if raw else Paragraph(escape(cell), look) for cell in row] for row in cells]
        columns = len(cells[0])
        widths = widths or [26, 180, *[(size[0] - 60 - 206) / (columns - 2)] * (columns - 2)]
        table = Table(drawn, colWidths=widths)
        settings = [*style, ("VALIGN", (0, 0), (-1, -1), "TOP")]
        if raw:
            settings.append(("FONT", (0, 0), (-1, -1), "Helvetica", font))
        table.setStyle(TableStyle(settings))
        self.canvas.setPageSize(size)
        if turn:
            self.canvas.setPageRotation(turn)
        if title:
            self.canvas.setFont("Helvetica", 9)
            self.canvas.drawString(40, size[1] - 30, title)
        _, height = table.wrapOn(self.canvas, size[0], size[1])
        assert height < size[1] - 45, "the table must fit its page"
        table.drawOn(self.canvas, 30, size[1] - 40 - height)
        self.canvas.showPage()
        self.canvas.setPageRotation(0)

    def table_on(self, cells: Sequence[Sequence[str]], size: tuple[float, float]) -> None:
        """A ruled table on the page as it is, wherever the canvas has been moved to."""
        look = ParagraphStyle("cell", fontName="Helvetica", fontSize=6.5, leading=8)
        drawn = [[Paragraph(escape(cell), look) for cell in row] for row in cells]
        table = Table(drawn, colWidths=[26, 180, *[44] * 13])
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
        _, height = table.wrapOn(self.canvas, *size)
        table.drawOn(self.canvas, 20, size[1] - 40 - height)

    def done(self) -> Path:
        self.canvas.save()
        return self.path
