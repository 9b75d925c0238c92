"""Pages that are pictures among pages of text: said, and the rest read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.lib.utils import ImageReader

from etl import readers, recognise, registry
from tests.etl.readers.drawing import Drawing, rows

ROWS = rows()
# The smallest picture there is: one grey dot.
DOT = b"P5 1 1 255\n\x80"


def pack(folder: Path, pictures: tuple[int, ...], pages: int = 6) -> Path:
    drawing = Drawing(folder / "pack.pdf")
    for number in range(1, pages + 1):
        if number in pictures:
            drawing.canvas.drawImage(ImageReader(io.BytesIO(DOT)), 50, 50, 300, 500)
            drawing.canvas.showPage()
        elif number == 2:
            drawing.table(ROWS, size=(1191, 842))
        else:
            drawing.prose(["A report to the committee, of several pages, with words on it."])
    return drawing.done()


@pytest.mark.parametrize(
    ("pictures", "said"),
    [
        ((4,), "page 4 is a picture without text (scanned); nothing on it is read."),
        ((3, 4, 6), "pages 3 to 4, 6 are pictures without text (scanned); nothing on them"),
    ],
)
def test_scanned_pages_are_named_and_the_others_read(
    tmp_path: Path, pictures: tuple[int, ...], said: str
) -> None:
    document = readers.read(pack(tmp_path, pictures))
    (finding,) = document.findings
    assert (finding.code, finding.severity) == ("pages-scanned", "note")
    assert finding.message.startswith(said)
    assert finding.places == tuple(f"page {number}" for number in pictures)
    found = recognise.recognise(document, registry.load())
    assert len(found.observations) == 221
    assert found.findings == (finding,)


def test_an_empty_page_is_no_picture(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "pack.pdf")
    drawing.prose(["A report to the committee, of several pages, with words on it."])
    drawing.canvas.showPage()
    drawing.table(ROWS, size=(1191, 842))
    assert readers.read(drawing.done()).findings == ()
