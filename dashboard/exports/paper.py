"""The report's parts on A4 pages, as Word will break them: for looking at before it is taken.

Lines are measured with Helvetica's widths, which Arial shares, so a page holds what it holds
in Word to a line or two; a template with other letters breaks its pages elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dashboard.exports.outline import (
    MARGIN,
    PAGE,
    PICTURE,
    Block,
    Bullet,
    Figure,
    Heading,
    Landscape,
    Paragraph,
    Table,
)
from dashboard.plotted.placing import width_of, wrap

_POINT = 72 / 25.4  # points a millimetre
TEXT, HEADINGS, CAPTION = 11.0, {1: 14.0, 2: 13.0}, 9.0
_LINE, _SINGLE = 1.15 * 1.15, 1.15  # of the letters' size: Word's spacing, and a plain line
_AFTER, _BEFORE = 10.0, {1: 24.0, 2: 10.0}
_INDENT, _CELL, _CELL_ROOM = 18.0, 1.2 * _POINT, 3.5
_SHAPE = 425 / 630  # of a picture that is not drawn yet


@dataclass(frozen=True)
class Piece:
    """A block, or as much of it as one page holds; `height` is in points.

    `begun` says that the piece goes on with what a page before began.
    """

    block: Block
    height: float
    begun: bool = False


@dataclass(frozen=True)
class Page:
    """What stands on one page."""

    pieces: tuple[Piece, ...]
    landscape: bool = False


def _room(landscape: bool) -> tuple[float, float]:
    wide, high = (side - 2 * MARGIN for side in (PAGE[::-1] if landscape else PAGE))
    return wide * _POINT, high * _POINT


def _lines(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    return wrap(text, size, room, bold=bold) or ("",)


def _words(block: Paragraph | Bullet, room: float) -> tuple[str, ...]:
    """The lines of running text; a lead in bold takes its bold width."""
    if isinstance(block, Paragraph):
        return _lines(block.text, TEXT, room, bold=block.strong)
    room -= _INDENT
    if not block.lead:
        return _lines(block.text, TEXT, room)
    # The lead is set wider: so many spaces before the text make the first line as full.
    space = width_of(" ", TEXT)
    extra = width_of(block.lead, TEXT, True) - width_of(block.lead, TEXT)
    filler = "\u00a0" * round(extra / space)
    first, *rest = _lines(f"{block.lead}{filler}{block.text}", TEXT, room)
    return (first.replace(filler, "", 1) if filler else first, *rest)


def _row_height(cells: Iterable[str], table: Table, *, bold: bool = False) -> float:
    most = max(
        len(_lines(text, table.points, width * _POINT - 2 * _CELL, bold=bold))
        for text, width in zip(cells, table.widths, strict=True)
    )
    return most * table.points * _SINGLE + _CELL_ROOM


def _split_words(
    block: Paragraph | Bullet, room: float, left: float, after: float
) -> tuple[Piece, Block | None]:
    """As many lines as `left` points hold, and the rest; never one line alone on a page."""
    lines, each = _words(block, room), TEXT * _LINE
    fits = int(left / each)
    if fits >= len(lines):
        return Piece(block, len(lines) * each + after), None
    fits = min(fits, len(lines) - 2)
    if fits < 2:
        return Piece(block, 0.0), block
    text = " ".join(lines[:fits])
    head = block.lead if isinstance(block, Bullet) else ""
    shown = replace(block, text=text.removeprefix(head.strip()).strip() if head else text)
    rest = " ".join(lines[fits:])
    follows = Bullet(rest) if isinstance(block, Bullet) else replace(block, text=rest)
    return Piece(shown, fits * each), follows


def _split_table(table: Table, left: float) -> tuple[Piece, Table | None]:
    """As many whole rows as `left` points hold below the header, and the rest."""
    height = _row_height(table.columns, table, bold=True)
    if table.title:
        height += 12 + CAPTION * _SINGLE + _AFTER
    kept = 0
    for row in table.rows:
        high = _row_height(row, table)
        if height + high > left and kept:
            break
        if height + high > left:
            return Piece(table, 0.0), table
        height, kept = height + high, kept + 1
    shown = replace(table, rows=table.rows[:kept])
    rest = replace(table, rows=table.rows[kept:], title="") if kept < len(table.rows) else None
    return Piece(shown, height), rest


def _whole(block: Heading | Figure, room: float, shapes: dict[str, float]) -> Piece:
    if isinstance(block, Heading):
        size = HEADINGS[block.level]
        lines = _lines(block.text, size, room, bold=True)
        return Piece(block, len(lines) * size * _LINE + _BEFORE[block.level])
    lines = _lines(block.caption, CAPTION, room)
    picture = PICTURE * _POINT * shapes.get(block.stem, _SHAPE)
    return Piece(block, picture + _AFTER + len(lines) * CAPTION * _SINGLE + _AFTER)


class _Setter:
    """Fills pages one after the other."""

    def __init__(self, shapes: dict[str, float]) -> None:
        self.shapes, self.landscape = shapes, False
        self.held: list[Piece] = []
        self.done: list[Page] = []

    @property
    def left(self) -> float:
        return _room(self.landscape)[1] - sum(piece.height for piece in self.held)

    def turn(self) -> None:
        """Ends the page; a heading at its foot goes over to the next."""
        carried: list[Piece] = []
        while len(self.held) > 1 and isinstance(self.held[-1].block, Heading):
            carried.insert(0, self.held.pop())
        if self.held:
            self.done.append(Page(tuple(self.held), self.landscape))
        self.held = carried

    def add(self, block: Block, after: float) -> None:
        if isinstance(block, Landscape):
            self.turn()
            self.landscape = True
            return
        begun, rest = False, block
        for piece, follows in self._pieces(rest, after):
            if piece.height:
                self.held.append(replace(piece, begun=begun))
                begun = True
            if follows:
                self.turn()

    def _pieces(self, block: Block, after: float) -> Iterator[tuple[Piece, bool]]:
        wide, high = _room(self.landscape)
        if isinstance(block, Heading | Figure):
            piece = _whole(block, wide, self.shapes)
            if piece.height - _AFTER > self.left and self.held:
                self.turn()
            yield piece, False
            return
        rest: Block | None = block
        while rest is not None:
            before = rest
            assert isinstance(rest, Paragraph | Bullet | Table), "headings and figures are whole"
            if isinstance(rest, Table):
                piece, rest = _split_table(rest, self.left)
            else:
                piece, rest = _split_words(rest, wide, self.left, after)
            if rest is before and self.left >= high:  # higher than any page: never for ever
                piece, rest = Piece(before, high), None
            yield piece, rest is not None


def pages(blocks: Iterable[Block], shapes: dict[str, float] | None = None) -> tuple[Page, ...]:
    """The blocks on pages; `shapes` are height over width of the pictures there are."""
    setter, held = _Setter(shapes or {}), tuple(blocks)
    for block, following in zip(held, (*held[1:], None), strict=True):
        # Points of one list stand close together, as Word sets them.
        close = isinstance(block, Bullet) and isinstance(following, Bullet)
        setter.add(block, 0.0 if close else _AFTER)
    setter.turn()
    return tuple(setter.done)
