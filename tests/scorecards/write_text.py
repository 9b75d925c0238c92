"""Scorecards as plain text (tabs, or columns held by spaces) and as CSV."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Callable
from pathlib import Path

from spec import ABOVE, LEFT, RAISED, Scorecard, Table, Text

Note = Callable[..., None]


def _marks(text: str) -> str:
    raised = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    return RAISED.sub(lambda mark: mark[1].translate(raised), text)


def _shown(cell: str) -> str:
    return "" if cell in (LEFT, ABOVE) else _marks(cell)


def _grid(table: Table) -> list[tuple[list[str], int | None]]:
    """Heading rows (without an index) and body rows (with theirs)."""
    return [(head, None) for head in table.head] + [
        (line.cells, index) for index, line in enumerate(table.rows)
    ]


def _columns(cells: list[str], widths: list[float]) -> list[str]:
    """A row over as many lines as its longest cell needs."""
    cut = [textwrap.wrap(_shown(cell), int(w) - 2) for cell, w in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max((len(c) for c in cut), default=1) or 1):
        parts = [
            (c[number] if number < len(c) else "").ljust(int(w))
            for c, w in zip(cut, widths, strict=True)
        ]
        lines.append("".join(parts).rstrip())
    return lines


def text(card: Scorecard, path: Path, note: Note) -> None:
    """Tab-separated rows, or columns of `widths` characters with wrapped labels."""
    lines: list[str] = []
    for part in card.parts:
        for item in part.items:
            if isinstance(item, Text):
                for index, line in enumerate(item.lines):
                    lines.append(_marks(line))
                    note(item, index, None, f"line {len(lines)}", line)
            else:
                lines += [_marks(line) for line in item.caption]
                for cells, index in _grid(item):
                    first = len(lines) + 1
                    if card.style == "tabs":
                        lines.append("\t".join(_shown(cell) for cell in cells).rstrip("\t"))
                    else:
                        lines += _columns(cells, item.widths)
                    if index is not None:
                        for column, cell in enumerate(cells):
                            where = f"line {first}, column {column + 1}"
                            note(item, index, column, where, cell)
                lines += [_marks(line) for line in item.notes]
            lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")


def comma(card: Scorecard, path: Path, note: Note) -> None:
    """CSV; captions and notes stand in the first field of lines of their own."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    count = 0

    def write(cells: list[str]) -> None:
        nonlocal count
        count += 1
        writer.writerow([_shown(cell) for cell in cells])

    for part in card.parts:
        for item in part.items:
            if isinstance(item, Text):
                for index, line in enumerate(item.lines):
                    write([line])
                    note(item, index, None, f"line {count}", line)
                continue
            for line in item.caption:
                write([line])
            for cells, index in _grid(item):
                write(cells)
                if index is not None:
                    for column, cell in enumerate(cells):
                        note(item, index, column, f"line {count}, field {column + 1}", cell)
            for line in item.notes:
                write([line])
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
