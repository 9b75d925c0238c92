"""One page of a PDF -> its tables as grids of cells, ruled or set by columns alone."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from etl.readers import wrapping

Box = tuple[float, float, float, float]  # left, top, right, bottom, in points
Char = dict[str, Any]
At = tuple[int, int]  # a cell's row and column, from 0

_RAISED = 0.85  # a digit this much smaller than the one before it may be a footnote's mark
_TOUCHING = 0.12  # of the letter's size: nearer letters belong to one word
_SPACE = 0.18
MAX_COLUMNS = 60


@dataclass
class Printed:
    """A cell's lines, and why they may not be what they seem."""

    lines: list[str] = field(default_factory=list)
    problem: str = ""
    wide: int = 1  # columns that its cell covers

    @property
    def text(self) -> str:
        return wrapping.joined(self.lines)[0]

    @property
    def doubt(self) -> str:
        return self.problem or wrapping.joined(self.lines)[1]


@dataclass
class Grid:
    """A table on one page: its rows, the columns' left edges, and where it stands."""

    page: int
    rows: list[list[Printed]]
    edges: tuple[float, ...]
    top: float
    bottom: float
    right: float
    title: str = ""
    above: tuple[str, ...] = ()  # lines between it and the table before on its page
    index: int = 1
    levels: list[tuple[float, float]] = field(default_factory=list)  # each row's top and bottom
    first: bool = False  # nothing but a page's heading stands above it
    last: bool = False  # nothing but a page's foot stands below it
    heads: tuple[float, ...] = ()  # where the months of an unruled table's heading begin


def lines_of(chars: Iterable[Char]) -> list[list[Char]]:
    """Letters as lines from top to bottom, each from left to right."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: (c["bottom"], c["x0"])):
        for line in lines[-3:]:
            middle = (char["top"] + char["bottom"]) / 2
            if line[0]["top"] <= middle <= line[0]["bottom"]:
                line.append(char)
                break
        else:
            lines.append([char])
    lines.sort(key=lambda line: line[0]["bottom"])
    whole: list[list[Char]] = []
    for line in lines:
        if whole and _raised(whole[-1], line):
            line += whole.pop()
        whole.append(line)
    for line in whole:
        line.sort(key=lambda c: c["x0"])
    return whole


def _raised(small: Sequence[Char], line: Sequence[Char]) -> bool:
    """Whether the letters just above a line are marks set high within it."""
    size, level = line[0]["size"], line[0]["top"]
    return all(c["size"] < _RAISED * size and c["bottom"] > level + 0.1 * size for c in small)


def text_of(line: Sequence[Char]) -> str:
    """A line's text, with spaces where letters stand apart."""
    text = ""
    previous: Char | None = None
    for char in line:
        if previous and char["x0"] - previous["x1"] > _SPACE * char["size"]:
            text += " "
        text += char["text"]
        previous = char
    return " ".join(text.split())


def _raised_digit(line: Sequence[Char]) -> bool:
    """Whether a small digit follows a digit: a footnote's mark, or part of the figure?"""
    pairs = itertools.pairwise(line)
    return any(
        a["text"].isdigit() and b["text"].isdigit() and b["size"] < a["size"] * _RAISED
        for a, b in pairs
    )


def once(chars: Iterable[Char]) -> list[Char]:
    """The letters without those drawn twice on one spot, as some programs make bold."""
    kept: list[Char] = []
    seen: dict[tuple[str, int], list[Char]] = {}
    for char in chars:
        level = round(char["top"])
        near = [c for n in (-1, 0, 1) for c in seen.get((char["text"], level + n), ())]
        width = char["x1"] - char["x0"]
        if any(
            abs(c["x0"] - char["x0"]) < 0.4 * width and abs(c["top"] - char["top"]) < 1
            for c in near
        ):
            continue
        seen.setdefault((char["text"], level), []).append(char)
        kept.append(char)
    return kept


def upright(char: Char) -> bool:
    """Whether a letter stands straight, not on its side (nor slanting, as a watermark)."""
    _, b, c, _, _, _ = char["matrix"]
    return bool(abs(b) < 0.01 and abs(c) < 0.5)


def turned(char: Char) -> Char | None:
    """A letter that lies on its side as if it stood straight; None for one that slants."""
    a, b, _, _, _, _ = char["matrix"]
    if abs(a) > 0.01 or not b:
        return None
    across = (-char["bottom"], -char["top"]) if b > 0 else (char["top"], char["bottom"])
    down = (char["x0"], char["x1"]) if b > 0 else (-char["x1"], -char["x0"])
    return {**char, "x0": across[0], "x1": across[1], "top": down[0], "bottom": down[1]}


def printed(chars: Sequence[Char]) -> Printed:
    """The letters of one cell as its lines; headings set sideways are read too."""
    straight = [char for char in chars if upright(char)]
    if not straight:
        straight = [found for char in chars if (found := turned(char))]
    chars = straight
    lines = lines_of(chars)
    cell = Printed([text_of(line) for line in lines])
    if any(char["text"].startswith("(cid:") for char in chars):
        cell.problem = "the file does not say which letters these are"
    elif any(_raised_digit(line) for line in lines):
        cell.problem = "a small raised digit may be a footnote's mark or part of the number"
    return cell


def overruns(line: Sequence[Char], owner: dict[int, At]) -> set[At]:
    """The cells whose texts a word of this line joins, by standing over the edge between."""
    found: set[At] = set()
    for a, b in itertools.pairwise(line):
        one, two = owner.get(id(a)), owner.get(id(b))
        near = b["x0"] - a["x1"] < _TOUCHING * a["size"]
        if one != two and near and a["text"].strip() and b["text"].strip():
            found |= {at for at in (one, two) if at is not None}
    return found


def struck(char: Char, rules: Sequence[Box]) -> bool:
    """Whether a drawn line runs through the middle of a letter."""
    height = char["bottom"] - char["top"]
    low, high = char["top"] + 0.35 * height, char["bottom"] - 0.3 * height
    middle = (char["x0"] + char["x1"]) / 2
    return any(
        left <= middle <= right and low <= top and bottom <= high
        for left, top, right, bottom in rules
    )


def thin_rules(page: Any) -> list[Box]:
    """The page's drawn lines that lie flat and are short enough to strike text through."""
    drawn = [*page.lines, *page.rects]
    return [
        (d["x0"], d["top"], d["x1"], d["bottom"])
        for d in drawn
        if d["bottom"] - d["top"] < 1.5 and d["x1"] - d["x0"] > 2
    ]


def ruled(table: Any, chars: Sequence[Char], page: int, rules: Sequence[Box]) -> Grid:
    """A table whose cells pdfplumber found between ruled lines."""
    left, top, right, bottom = table.bbox
    edges = tuple(sorted({cell[0] for row in table.rows for cell in row.cells if cell}))
    boxes: dict[At, Box] = {
        (r, c): cell for r, row in enumerate(table.rows) for c, cell in enumerate(row.cells) if cell
    }
    tops = [row.bbox[1] for row in table.rows]
    inside = [
        c
        for c in chars
        if left <= (c["x0"] + c["x1"]) / 2 < right and top <= (c["top"] + c["bottom"]) / 2 < bottom
    ]
    held: dict[At, list[Char]] = {at: [] for at in boxes}
    owner: dict[int, At] = {}
    for char in inside:
        at = _cell_at(char, boxes, tops)
        if at is not None:
            held[at].append(char)
            owner[id(char)] = at
    cells = {at: printed(found) for at, found in held.items()}
    for at, (x0, _, x1, _) in boxes.items():
        cells[at].wide = max(1, sum(x0 - 1 <= edge < x1 - 1 for edge in edges))
    for line in lines_of(inside):
        for over in overruns(line, owner):
            cells[over].problem = "its text runs over the edge between two cells"
    short = [rule for rule in rules if rule[2] - rule[0] < (right - left) * 0.5]
    for at, found in held.items():
        if short and any(struck(char, short) for char in found if char["text"].isalnum()):
            cells[at].problem = cells[at].problem or "it is struck through"
    rows = [
        [cells.get((r, c)) or _covered(r, c, boxes, cells) for c in range(len(row.cells))]
        for r, row in enumerate(table.rows)
    ]
    levels = [(row.bbox[1], row.bbox[3]) for row in table.rows]
    return Grid(page, rows, edges, top, bottom, right, levels=levels)


def _cell_at(char: Char, boxes: dict[At, Box], tops: Sequence[float]) -> At | None:
    """The cell in whose box a letter's middle lies; its row is sought from below upwards."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    begun = bisect_right(tops, y)
    for row in range(begun - 1, max(begun - 12, -1), -1):
        for column in range(MAX_COLUMNS):
            box = boxes.get((row, column))
            if box and box[0] <= x < box[2] and box[1] <= y < box[3]:
                return row, column
    return None


def _covered(r: int, c: int, boxes: dict[At, Box], cells: dict[At, Printed]) -> Printed:
    """A place that a taller cell above covers: a label holds for its rows, a figure may not."""
    for above in range(r - 1, -1, -1):
        box = boxes.get((above, c))
        if box is None:
            continue
        level = next((b for (row, _), b in boxes.items() if row == r), None)
        if level is None or box[3] < (level[1] + level[3]) / 2:
            break
        same = cells[above, c]
        if not same.text or c < 2:
            return same
        return Printed(same.lines, "its cell is merged with the row above")
    return Printed()
