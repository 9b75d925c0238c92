"""Places: boxes, ways between them, names spread apart, scales, figures on bars."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import scene
from dashboard.charts.axes import y_scale
from dashboard.charts.placing import Box, Canvas, spread, tie
from dashboard.charts.scene import Text
from dashboard.views.chart import EventMark, Line, TargetMark
from tests.dashboard.charts.made_up import bars, mark, view


@given(st.lists(st.floats(0, 300), max_size=12))
def test_names_spread_apart_in_their_order(wanted: list[float]) -> None:
    heights = [20.0] * len(wanted)
    placed = spread(wanted, heights, 0, 300)
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at], at))
    tops = [placed[at] for at in order]
    assert all(b - a >= 20 - 1e-6 for a, b in pairwise(tops))
    assert all(10 - 1e-6 <= at <= 290 + 1e-6 for at in placed)


def test_names_that_are_apart_stay_where_their_lines_end() -> None:
    assert spread([50, 150, 250], [20, 20, 20], 0, 300) == [50, 150, 250]


@pytest.mark.parametrize(
    ("other", "way"),
    [
        (Box(20, 4, 30, 6), ((10, 5), (20, 5))),
        (Box(20, 20, 30, 30), ((10, 10), (20, 20))),
        (Box(-8, 4, -4, 6), ((0, 5), (-4, 5))),
    ],
)
def test_the_way_between_two_boxes(other: Box, way: object) -> None:
    assert Box(0, 0, 10, 10).to(other) == way


def test_boxes_that_meet_are_no_way_apart() -> None:
    assert dist(*Box(0, 0, 10, 10).to(Box(5, 5, 6, 6))) == 0


def test_a_label_far_from_what_it_names_is_tied_to_the_nearest_of_it() -> None:
    label = Box(0, 0, 20, 10)
    assert tie(label, [Box(30, 5, 30, 5)], 16) is None
    assert tie(label, [Box(90, 90, 90, 90), Box(60, 5, 60, 5)], 16) == ((20, 5), (60, 5))


@pytest.mark.parametrize(
    ("points", "place", "drawn_on"),
    [
        ([(0, 50), (100, 50)], Box(40, 40, 60, 60), True),
        ([(0, 50), (100, 50)], Box(40, 10, 60, 30), False),
        ([(0, 0), (100, 100)], Box(40, 40, 60, 60), True),
        ([(0, 0), (100, 100)], Box(70, 10, 90, 30), False),
    ],
)
def test_a_line_is_ink_where_it_runs(
    points: list[tuple[float, float]], place: Box, drawn_on: bool
) -> None:
    canvas = Canvas(Box(0, 0, 100, 100))
    canvas.draw_line(points)
    assert (canvas.ink(place) > 0) is drawn_on


def test_the_clear_place_is_taken_before_the_crossed_one_and_the_one_outside() -> None:
    canvas = Canvas(Box(0, 0, 100, 100))
    canvas.draw_line([(0, 50), (100, 50)])
    canvas.taken.append(Box(0, 0, 50, 20))
    crossed, over, outside = Box(20, 45, 40, 55), Box(40, 10, 60, 20), Box(90, 60, 110, 70)
    clear = Box(20, 70, 40, 80)
    assert canvas.best([crossed, over, outside, clear])[0] == clear
    assert canvas.best([outside, over, crossed])[0] == crossed


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [([-18.6, 12.7], -20, 20), ([-57.0, 86.0], -100, 100), ([5, 40], 0, 50), ([0, 0], 0, 1.25)],
)
def test_a_scale_reaches_past_the_lowest_and_the_highest(
    values: list[float], low: float, high: float
) -> None:
    marks = tuple(mark(date(2022, at, 1), value) for at, value in enumerate(values, 1))
    (bottom, top), ticks, _ = y_scale(view(Line("", marks), unit="days"), 5)
    assert (bottom, top) == pytest.approx((low, high))
    assert ticks[0] == bottom


def test_the_unit_stands_at_the_top_of_the_scale_alone() -> None:
    drawing = view(bars(20, 90), unit="percent", x_kind="categories", y_range=(0.0, 100.0))
    ticks = [text.words for text in scene(drawing, "page").texts if text.kind == "tick"]
    assert ticks[2:] == ["0", "20", "40", "60", "80", "100%"]


def figures(values: list[int], size: str = "half") -> dict[str, tuple[Text, Box]]:
    """Each figure that is printed, with its bar."""
    drawing = scene(view(bars(*values), x_kind="categories"), size)
    boxes = {bar.facts.value: bar.box for bar in drawing.bars}
    return {t.words: (t, boxes[t.words]) for t in drawing.texts if t.kind == "value"}


def test_each_figure_stands_on_its_own_bar() -> None:
    """Grid lines, zeros and taller neighbours do not push it aside."""
    values = [24, 13, 5, 6, 14, 12, 15, 4, 0, 10, 20, 2, 1]
    placed = figures(values)
    assert sorted(placed) == sorted(map(str, values))
    for words, (text, bar) in placed.items():
        middle = (text.box.left + text.box.right) / 2
        assert middle == pytest.approx((bar.left + bar.right) / 2, abs=1), words
        assert bar.top - 3 <= text.box.bottom <= bar.top, words


def test_bars_too_narrow_for_their_figures_have_the_highest_and_the_last() -> None:
    assert sorted(figures([3, 12, 40, *([11, 12] * 30), 10])) == ["10", "40"]


def test_a_figure_at_a_line_s_end_is_a_word_of_its_own() -> None:
    years = [str(year) for year in range(2018, 2024)]
    lines = [
        Line(
            name,
            tuple(mark(y, at * 20 + 5, label="59.0%" if y == "2023" else "") for y in years),
            role,
        )  # type: ignore[arg-type]
        for at, (name, role) in enumerate([("Norfolk", "own"), ("England", "second")])
    ]
    texts = scene(view(*lines, x_kind="years"), "page").texts
    assert [t.words for t in texts if t.kind == "name"] == ["Norfolk", "England"]
    assert [t.words for t in texts if t.kind == "value"] == ["59.0%", "59.0%"]


CROWDED = {
    "targets": (
        TargetMark("Agreed: 60% by the end of 2021", 60, date(2021, 11, 1), date(2021, 12, 1)),
        TargetMark("Law: every plan within 20 weeks", 100, date(2021, 1, 1), date(2021, 12, 1)),
    ),
    "events": (EventMark("A rule changed", date(2021, 4, 1)),),
}


def test_a_telephone_s_crowded_chart_has_letters_and_a_key_in_it() -> None:
    line = Line("", tuple(mark(date(2021, m, 1), 30 + m) for m in range(1, 13)))
    crowded = view(line, unit="percent", y_range=(0.0, 105.0), **CROWDED)
    texts = scene(crowded, "narrow").texts
    letters = [t.words for t in texts if t.kind in ("target", "event")]
    (key,) = (t.lines for t in texts if t.kind == "key")
    assert sorted(letters) == ["A", "B", "C"]
    assert key == (
        "A Agreed: 60% by the end of 2021",
        "B Law: every plan within 20 weeks",
        "C A rule changed",
    )
    page = {t.words for t in scene(crowded, "page").texts}
    assert {"Agreed: 60% by the end of 2021", "A rule changed"} <= page
