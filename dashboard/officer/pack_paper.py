"""The Word report's pages, for an officer to look at before taking it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PIL import Image

from dashboard.exports import outline, paper
from dashboard.exports.outline import PAGE, Table
from dashboard.exports.report import build
from etl.record import Record


def laid_out(record: Record, files: Iterable[Path]) -> dict[str, Any]:
    """What the page's template needs; `files` are those of the pack, none before it is made.

    Raises UserError where nothing is held.
    """
    report = build(record)
    drawn = {file.stem: _shape(file) for file in files if file.suffix == ".png"}
    stems = drawn or {planned.stem for planned in report.pictures}
    sheets = paper.pages(outline.blocks(report, stems), drawn)
    tables = [p.block for sheet in sheets for p in sheet.pieces if isinstance(p.block, Table)]
    return {
        "ready": bool(drawn),
        "pages": sheets,
        "widths": sorted({width for table in tables for width in table.widths}),
        "widest": max(PAGE if any(sheet.landscape for sheet in sheets) else PAGE[:1]),
        "kind_of": lambda block: type(block).__name__,
    }


def _shape(picture: Path) -> float:
    with Image.open(picture) as image:
        return image.height / image.width
