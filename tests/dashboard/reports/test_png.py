"""SVG to PNG: the same bytes each time, with ink where words are, and plain errors."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from dashboard.charts.font import FAMILY
from dashboard.reports import png

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'


def words(text: str, family: str = FAMILY, more: str = "") -> str:
    """A drawing of nothing but words."""
    return (
        f'<svg {XMLNS} width="200" height="40" font-family="{family}">'
        f'<text x="10" y="30" font-size="24" {more}>{text}</text></svg>'
    )


def ink(content: bytes) -> int:
    """How many pixels are dark."""
    with Image.open(BytesIO(content)) as image:
        return sum(image.convert("L").histogram()[:128])


def test_the_same_drawing_gives_the_same_bytes_at_300_dpi() -> None:
    first, *others = (png.render(words("Norfolk"), 3) for _ in range(3))
    assert others == [first, first]
    with Image.open(BytesIO(first)) as image:
        assert image.size == (600, 120)
        assert [round(each) for each in image.info["dpi"]] == [300, 300]
        assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_the_resolution_takes_21_bytes_and_leaves_the_rest() -> None:
    drawn = png.render(words("a"), 1)
    at = drawn.index(b"pHYs") - 4
    assert at == 33  # after the signature and the first chunk, before the picture's data
    plain = drawn[:at] + drawn[at + 21 :]
    with Image.open(BytesIO(plain)) as bare, Image.open(BytesIO(drawn)) as image:
        assert bare.tobytes() == image.tobytes()
        assert "dpi" not in bare.info


@pytest.mark.parametrize(
    "family", [FAMILY, "Liberation Sans, Arial, sans-serif", "No Such Font, sans-serif"]
)
def test_words_have_ink_whatever_family_is_asked_for(family: str) -> None:
    """resvg leaves out all text of a family that it does not know, and says nothing."""
    drawn = png.render(words("Norfolk", family), 1)
    assert ink(drawn) > 200
    assert ink(drawn) == ink(png.render(words("Norfolk"), 1))


def test_bold_is_bold() -> None:
    bold = png.render(words("Norfolk", more='font-weight="700"'), 1)
    assert ink(bold) > 1.2 * ink(png.render(words("Norfolk"), 1))


@pytest.mark.parametrize(
    "broken",
    ["", "Norfolk", "<svg", f'<svg {XMLNS} width="1e9" height="1e9"/>', words("a")[:-6]],
)
def test_what_is_no_drawing_is_an_error_of_ours(broken: str) -> None:
    with pytest.raises(png.RenderError, match=r".{10}"):
        png.render(broken, 1)


def test_a_font_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it every picture would come without its words."""
    missing = tmp_path / "Arimo.ttf"
    monkeypatch.setattr(png, "font_path", lambda: missing)
    png.font_file.cache_clear()
    try:
        with pytest.raises(png.FontMissing, match=r"Arimo\.ttf"):
            png.render(words("a"), 1)
    finally:
        png.font_file.cache_clear()
