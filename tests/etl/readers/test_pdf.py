"""Each way of laying out the real appendix gives its 221 figures, or says which it does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from reportlab.graphics.shapes import Drawing as Shapes
from reportlab.graphics.shapes import String
from reportlab.lib import colors, pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table, TableStyle

from etl import readers, recognise, registry
from etl.model import Document, Observation, UserError
from etl.readers import pdf
from tests.etl.readers.drawing import PACK, WIDE, Drawing, rows

REGISTRY = registry.load()
ROWS = rows()
ROW_3 = next(row for row in ROWS if row[0] == "3")
FILES = Path(__file__).parent / "files"
PARTS = ((0, 9), (9, 15), (15, 99))
BLACK = colors.black
SIDES = [(side, (0, 0), (-1, -1), 0.5, BLACK) for side in ("INNERGRID", "LINEBEFORE", "LINEAFTER")]
TOP = ("LINEABOVE", (0, 0), (-1, 0), 0.5, BLACK)
BOTTOM = ("LINEBELOW", (0, -1), (-1, -1), 0.5, BLACK)
Key = tuple[str, str, object]


def figures(document: Document) -> dict[Key, Observation]:
    found = recognise.recognise(document, REGISTRY).observations
    return {(o.measure, o.cohort, o.period.end): o for o in found}


PRINTED = figures(readers.read(PACK / "appendix_1.txt"))


def same(one: Observation, two: Observation) -> bool:
    return replace(one.reading, raw="") == replace(two.reading, raw="")


def drawn(folder: Path, draw: Callable[[Drawing], object]) -> Document:
    drawing = Drawing(folder / "pack.pdf")
    drawing.front()
    draw(drawing)
    return readers.read(drawing.done())


def parts(drawing: Drawing, **options: object) -> None:
    for a, b in PARTS:
        drawing.table(ROWS[a:b], **options)  # type: ignore[arg-type]


def repeated(drawing: Drawing) -> None:
    drawing.prose(["Another item, of January 2021 and March 2021, with 12 and 14 in it"])
    drawing.table(ROWS[:9], title="Appendix 1")
    drawing.table(ROWS[:1] + ROWS[9:15])
    drawing.table(ROWS[:1] + ROWS[15:], title="SEND Performance Framework Appendix 1")


def among_others(drawing: Drawing) -> None:
    other = [
        ["Budget", "Apr-21", "May-21", "Jun-21"],
        ["Number of children in swimming", "12", "13", "14"],
    ]
    drawing.table(other, widths=[120, 80, 80, 80])
    parts(drawing)
    drawing.table(other, widths=[120, 80, 80, 80])


def cut(drawing: Drawing, *, label: bool, header: bool, closed: bool = True) -> None:
    """Row 3 cut: half of each cell's words on the next page, with some of its label or none.

    Not `closed`: no line is drawn where the page's end cuts the row.
    """
    at = ROWS.index(ROW_3)
    whole = ROW_3
    halves = [(c.split()[: len(c.split()) // 2], c.split()[len(c.split()) // 2 :]) for c in whole]
    first = [" ".join(a) for a, _ in halves]
    rest = [" ".join(b) for _, b in halves]
    first[0], rest[0] = whole[0], ""
    if not label:
        first[1], rest[1] = whole[1], ""
    grid = [("GRID", (0, 0), (-1, -1), 0.5, BLACK)]
    drawing.table([*ROWS[:at], first], style=grid if closed else [*SIDES, TOP])
    drawing.table(
        [*(ROWS[:1] if header else []), rest, *ROWS[at + 1 :]],
        style=grid if closed else [*SIDES, BOTTOM, *([TOP] if header else [])],
    )


def over_three_pages(drawing: Drawing) -> None:
    at = ROWS.index(ROW_3)
    words = ROW_3[1].split()
    first = [ROW_3[0], " ".join(words[:4]), *[c.split(" days")[0] for c in ROW_3[2:]]]
    second = ["", " ".join(words[4:8]), *["days"] * 13]
    third = ["", " ".join(words[8:]), *[c.split(" days ")[1] for c in ROW_3[2:]]]
    drawing.table([*ROWS[:at], first])
    drawing.table([second])
    drawing.table([third, *ROWS[at + 1 :]])


def sideways(drawing: Drawing, up: bool) -> None:
    """On portrait pages, as a landscape table is often put in between."""
    for a, b in PARTS:
        canvas = drawing.canvas
        canvas.setPageSize(A4)
        canvas.saveState()
        canvas.translate(A4[0] if up else 0, 0 if up else A4[1])
        canvas.rotate(90 if up else -90)
        drawing.table_on(ROWS[a:b], WIDE)
        canvas.restoreState()
        canvas.showPage()


def bold(drawing: Drawing) -> None:
    """Drawn twice, a hair apart: how some programs make bold letters."""
    for a, b in PARTS:
        drawing.canvas.setPageSize(WIDE)
        drawing.table_on(ROWS[a:b], WIDE)
        drawing.canvas.translate(0.3, 0)
        drawing.table_on(ROWS[a:b], WIDE)
        drawing.canvas.showPage()


def standing_heads(drawing: Drawing) -> None:
    """The months' headings set upright, read from below."""
    head = []
    for month in ROWS[0][2:]:
        shape = Shapes(10, 34)
        shape.add(String(0, 0, month, fontName="Helvetica", fontSize=7))
        shape.rotate(90)
        shape.translate(0, -8)
        head.append(shape)
    body = [[*ROWS[0][:2], *head], *[[row[0], row[1][:110], *row[2:]] for row in ROWS[7:9]]]
    table = Table(body, colWidths=[26, 330, *[32] * 13])
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, BLACK)]))
    drawing.canvas.setPageSize(WIDE)
    table.wrapOn(drawing.canvas, *WIDE)
    table.drawOn(drawing.canvas, 20, 300)
    drawing.canvas.showPage()


BOXED = (
    ("BOX", (0, 0), (-1, -1), 1, BLACK),
    ("LINEAFTER", (0, 0), (-1, -1), 1, BLACK),
    ("LINEBELOW", (0, 0), (-1, 0), 1, BLACK),
)
STRIPES = (("ROWBACKGROUNDS", (0, 0), (-1, -1), [colors.lightgrey, colors.white]),)
LAYOUTS: dict[str, Callable[[Drawing], object]] = {
    "heading lost after the first page": parts,
    "heading repeated, titles above": repeated,
    "landscape pages turned": lambda d: parts(d, turn=90),
    "landscape pages turned the other way": lambda d: parts(d, turn=270),
    "portrait, small print": lambda d: parts(d, size=A4, font=4.5, widths=[16, 110, *[31] * 13]),
    "narrow label column": lambda d: [
        d.table(ROWS[a:b], size=A4, font=6, widths=[16, 50, *[36] * 13])
        for a, b in ((0, 9), (9, 12), (12, 15), (15, 17), (17, 19), (19, 99))
    ],
    "no lines between columns": lambda d: parts(
        d, style=[("LINEBELOW", (0, 0), (-1, -1), 0.5, BLACK)]
    ),
    "no lines at all": lambda d: parts(d, style=[]),
    "no lines between rows": lambda d: parts(d, style=BOXED),
    "stripes for lines": lambda d: parts(d, style=STRIPES),
    "row cut, label too": lambda d: cut(d, label=True, header=False),
    "row cut, label whole": lambda d: cut(d, label=False, header=False),
    "row cut, heading repeated": lambda d: cut(d, label=True, header=True),
    "row cut and left open": lambda d: cut(d, label=True, header=False, closed=False),
    "row cut and left open, heading repeated": lambda d: cut(
        d, label=True, header=True, closed=False
    ),
    "row over three pages": over_three_pages,
    "sideways, read from the right": lambda d: sideways(d, True),
    "sideways, read from the left": lambda d: sideways(d, False),
    "letters drawn twice": bold,
    "other monthly tables before and after": among_others,
}


# Each has a sister above that goes the same way through the reader.
RARE = {
    "landscape pages turned the other way",
    "sideways, read from the left",
    "row cut, label whole",
    "row cut and left open",
    "row over three pages",
    "no lines between columns",
    "stripes for lines",
}


@pytest.mark.parametrize(
    "layout",
    [pytest.param(name, marks=pytest.mark.slow) if name in RARE else name for name in LAYOUTS],
)
def test_every_layout_gives_all_figures(layout: str, tmp_path: Path) -> None:
    document = drawn(tmp_path, LAYOUTS[layout])
    found = figures(document)
    assert len(PRINTED) == 221
    assert {key for key in found if not same(found[key], PRINTED[key])} == set()
    assert set(found) == set(PRINTED)
    assert recognise.recognise(document, REGISTRY).findings == ()


def test_headings_set_upright(tmp_path: Path) -> None:
    found = figures(drawn(tmp_path, standing_heads))
    assert len(found) == 12 + 11
    assert all(same(found[key], PRINTED[key]) for key in found)


TOO_NARROW: dict[str, Callable[[Drawing], object]] = {
    "digits broken over lines": lambda d: [
        d.table(ROWS[a:b], size=A4, font=9, widths=[16, 60, *[27] * 13])
        for a, b in ((0, 4), (4, 7), (7, 12))
    ],
    "every digit on a line": lambda d: [
        d.table(ROWS[a:b], size=A4, font=9, widths=[16, 60, *[22] * 13])
        for a, b in ((0, 4), (4, 7), (7, 12))
    ],
    "text over the next cells": lambda d: d.table(
        [[c[:60] for c in row] for row in ROWS], raw=True, font=4, widths=[20, 300, *[28] * 13]
    ),
    "a label over the first figures": lambda d: d.table(
        [[c[:110] for c in row] for row in ROWS],
        raw=True,
        font=5,
        style=[],
        widths=[14, 200, *[42] * 13],
    ),
}


@pytest.mark.parametrize("layout", TOO_NARROW)
def test_what_is_not_certain_is_a_finding_and_no_figure(layout: str, tmp_path: Path) -> None:
    document = drawn(tmp_path, TOO_NARROW[layout])
    found = figures(document)
    assert {key for key in found if not same(found[key], PRINTED[key])} == set()
    assert recognise.recognise(document, REGISTRY).findings


def test_places_name_page_table_row_and_column(tmp_path: Path) -> None:
    document = drawn(tmp_path, among_others)
    found = figures(document)
    locators = {(o.measure, o.cohort, o.period.end.isoformat()): o.locator for o in found.values()}
    # Row 1a is the seventh of the body on page 3 (the third page: cover, budget, appendix);
    # Sept-21 is its eleventh column.
    where = locators["children_missing_education", "all", "2021-09-30"]
    assert where.startswith("page 3, table 1, row 8, column 11")
    assert document.source.published is not None
    assert document.source.published.isoformat() == "2022-03-18"


def test_prose_keeps_its_page_and_number(tmp_path: Path) -> None:
    document = drawn(
        tmp_path,
        lambda d: (
            d.prose(["2.3 There were 521 children in July 2020,", "more than before."]),
            d.prose(["2.4 On the next page."]),
        ),
    )
    said = {str(cell.place): cell.text for cell in document.paragraphs}
    assert (
        said["page 2, paragraph 2.3"] == "There were 521 children in July 2020, more than before."
    )
    assert said["page 3, paragraph 2.4"] == "On the next page."


def _whole(folder: Path, **options: object) -> Path:
    drawing = Drawing(folder / "pack.pdf", **options)
    drawing.front()
    drawing.table(ROWS[:9])
    return drawing.done()


def _scanned(folder: Path) -> Path:
    drawing = Drawing(folder / "pack.pdf")
    for _ in range(2):
        drawing.canvas.rect(50, 50, 300, 500, fill=1)
        drawing.canvas.showPage()
    return drawing.done()


def _cut_off(folder: Path) -> Path:
    file = _whole(folder)
    file.write_bytes(file.read_bytes()[:-900])
    return file


def _garbled(folder: Path) -> Path:
    file = folder / "pack.pdf"
    file.write_bytes(b"%PDF-1.4\n" + b"nothing here\n" * 30 + b"%%EOF\n")
    return file


def _locked(folder: Path) -> Path:
    return _whole(folder, encrypt=pdfencrypt.StandardEncryption("secret", canPrint=1))


@pytest.mark.parametrize(
    ("make", "said"),
    [(_locked, "password"), (_cut_off, "cut off"), (_garbled, "damaged"), (_scanned, "scanned")],
)
def test_what_is_wrong_with_a_file_is_named(
    make: Callable[[Path], Path], said: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=said) as caught:
        readers.read(make(tmp_path))
    assert str(caught.value).startswith("pack.pdf: ")
    assert caught.value.exit_code == 2


def test_a_file_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    lock = pdfencrypt.StandardEncryption("", ownerPassword="owner", canPrint=1)
    found = figures(readers.read(_whole(tmp_path, encrypt=lock)))
    assert len(found) == 24 + 12 + 11


def _marked(folder: Path, mark: str) -> Document:
    """Row 1a with something about its first figure."""
    body = [list(row) for row in (ROWS[0], ROWS[7], ROWS[8])]
    drawing = Drawing(folder / "pack.pdf")
    drawing.front()
    look = ParagraphStyle("cell", fontName="Helvetica", fontSize=6.5, leading=8)
    cells: list[list[object]] = [[Paragraph(escape(text), look) for text in row] for row in body]
    cells[1][2] = Paragraph(mark, look)
    table = Table(cells, colWidths=[26, 180, *[44] * 13])
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, BLACK)]))
    drawing.canvas.setPageSize(WIDE)
    table.wrapOn(drawing.canvas, *WIDE)
    table.drawOn(drawing.canvas, 20, 300)
    drawing.canvas.showPage()
    return readers.read(drawing.done())


@pytest.mark.parametrize(
    ("mark", "why"),
    [
        ("521<super size=4>1</super>", "a small raised digit may be a footnote's mark"),
        ("<strike>521</strike>", "it is struck through"),
        ("52<br/>1", "the digits stand on two lines"),
    ],
)
def test_a_figure_with_something_about_it_is_not_taken(mark: str, why: str, tmp_path: Path) -> None:
    document = _marked(tmp_path, mark)
    found = recognise.recognise(document, REGISTRY)
    assert len(found.observations) == 11 + 11
    assert [f.code for f in found.findings] == ["cell-unreadable"]
    assert why in found.findings[0].message


def test_a_page_whose_drawing_breaks_off_is_damaged_not_shorter(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "pack.pdf", pageCompression=1)
    drawing.front()
    drawing.table(ROWS[:9])
    file = drawing.done()
    content = bytearray(file.read_bytes())
    streams = [found.end() for found in re.finditer(rb"stream\r?\n", content)]
    table = max(streams, key=lambda at: content.find(b"endstream", at) - at)
    content[table + 900 : table + 905] = b"zzzzz"
    file.write_bytes(bytes(content))
    with pytest.raises(UserError, match=r"^pack\.pdf: damaged: page 2 cannot be read"):
        readers.read(file)


def test_an_error_of_ours_is_not_called_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = Drawing(tmp_path / "pack.pdf")
    drawing.front()
    drawing.table(ROWS[:9])

    def broken(chars: object) -> list[object]:
        raise KeyError("a mistake in this software")

    monkeypatch.setattr(pdf, "once", broken)
    with pytest.raises(KeyError):
        readers.read(drawing.done())


@pytest.mark.parametrize(
    ("file", "taken"),
    [
        # Fifteen columns alike, 11 pages, nearly every row cut by a page's end; the pupil
        # numbers of six digits are broken over two lines, four months in two rows.
        ("libreoffice_rows_cut_by_pages.pdf", 221 - 8),
        ("libreoffice_narrow_portrait.pdf", 221),
    ],
)
def test_what_libreoffice_makes_of_a_word_table(file: str, taken: int) -> None:
    found = recognise.recognise(readers.read(FILES / file), REGISTRY)
    figures_found = {(o.measure, o.cohort, o.period.end): o for o in found.observations}
    assert len(figures_found) == taken
    assert all(same(figures_found[key], PRINTED[key]) for key in figures_found)
    assert [f.code for f in found.findings] == ["cell-unreadable"] * (221 - taken)
