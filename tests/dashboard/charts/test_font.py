"""Widths are the font's own, and what it cannot print is said in words."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.font import font, font_path
from dashboard.charts.text import balance, printable, size_of, width_of, wrap

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(("weight", "bold"), [(400, False), (700, True)])
def test_every_width_is_that_of_the_font(weight: int, bold: bool) -> None:
    read = TTFont(font_path())
    glyphs = read.getGlyphSet(location={"wght": weight})
    ours = font()
    assert ours.glyphs.keys() == read.getBestCmap().keys()
    widths = ours.bold if bold else ours.regular
    for code, name in read.getBestCmap().items():
        assert widths[ours.glyphs[code]] == pytest.approx(glyphs[name].width, abs=0.5), chr(code)


def test_bold_is_wider() -> None:
    words = "Norfolk issued 59.0% of EHC plans within 20 weeks"
    assert width_of(words, 10, True) > width_of(words, 10) * 1.04


def test_the_room_costs_no_font_library_and_no_numbers_library_to_import() -> None:
    """The first answer of a server waits for neither; the font's file is read when it is used."""
    code = (
        "import sys, dashboard.charts; from dashboard.charts.font import font;"
        "print(font.cache_info().currsize, *sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert said[0] == "0"
    late = ("fontTools", "numpy", "pandas", "plotly", "dash", "flask", "reportlab", "resvg_py")
    assert not set(late) & set(said)


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("59.0% → 60%", "59.0% → 60%"),
        ("two\n lines\tof it", "two lines of it"),
        ("caf\u0065\u0301", "caf\u00e9"),
        ("zero\u200bwidth", "zerowidth"),
        ("done \u2705 now", "done (character not shown) now"),
        ("a \u2603 b", "a (snowman) b"),
        ("\u5317 North", "(character not shown) North"),
        ("\ufb03x", "\ufb03x"),
        ("", ""),
    ],
)
def test_what_the_font_lacks_is_a_word(given: str, printed: str) -> None:
    shown = printable(given)
    assert shown == printed
    assert all(map(font().has, shown))


def test_what_the_font_lacks_is_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        printable("told \U0001f9ff once")
    assert "U+1F9FF" in caplog.text


def test_lines_are_no_wider_than_their_room_whatever_the_words() -> None:
    for words in ("a few short words here", "Llanfairpwllgwyngyllgogerychwyrndrobwll", "x" * 90):
        lines = wrap(words, 12.5, 80, bold=True)
        assert size_of(lines, 12.5, bold=True)[0] <= 80
        assert "".join(lines).replace(" ", "") == words.replace(" ", "")


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)), st.integers(30, 400))
def test_wrapping_loses_no_letter(text: str, room: int) -> None:
    for lines in (wrap(text, 12, room), balance(text, 12, room)):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert size_of(lines, 12)[0] <= room


@pytest.mark.parametrize(
    ("room", "lines"),
    [
        (400, ("Stretch target: 90% in 2022 (basis not stated)",)),
        (250, ("Stretch target: 90% in", "2022 (basis not stated)")),
        (1, None),
    ],
)
def test_lines_are_alike_in_width(room: float, lines: tuple[str, ...] | None) -> None:
    words = "Stretch target: 90% in 2022 (basis not stated)"
    balanced = balance(words, 13.5, room)
    assert lines is None or balanced == lines
    assert len(balanced) == len(wrap(words, 13.5, room))
    assert "".join(balanced).replace(" ", "") == words.replace(" ", "")
