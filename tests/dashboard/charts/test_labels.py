"""Labels: whole words, at what they name, and figures that no line strikes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts import SIZES, scene
from dashboard.charts.placing import Box, Way, crosses
from dashboard.charts.scene import Scene
from dashboard.charts.text import balance, longest_word, printable, width_of
from dashboard.views.chart import ChartView, EventMark, Line, Mark
from etl.store import Store
from tests.dashboard.charts.made_up import covered, mark, months, view
from tests.dashboard.charts.test_places import DAYS, every_view, views

LABELS = ("name", "target", "event", "stopped", "value")


def words_of(drawing: ChartView) -> set[str]:
    """Every word that a label of a view may say."""
    texts = [line.name for line in drawing.lines]
    texts += [line.stopped for line in drawing.lines]
    texts += [mark.label for line in drawing.lines for mark in line.marks]
    texts += [str(mark.x) for line in drawing.lines for mark in line.marks]
    texts += [event.label for event in drawing.events]
    texts += [f"{t.label}: {t.standing}" if t.standing else t.label for t in drawing.targets]
    return {word for text in texts for word in printable(text).split()}


def cut_words(drawing: ChartView, placed: Scene) -> list[str]:
    """Labels with a line that holds less than a word."""
    whole = words_of(drawing)
    letters = {line.split("  ")[0] for t in placed.texts if t.kind == "key" for line in t.lines}
    letters = {line.split()[0] for line in letters if line.split()}
    return [
        " / ".join(text.lines)
        for text in placed.texts
        if text.kind in LABELS and text.words not in letters
        for word in text.words.split()
        if word.removesuffix("…") not in whole
    ]


def strokes(placed: Scene) -> Iterator[Way]:
    for line in placed.lines:
        yield from pairwise(line.points)
    for rule in placed.rules:
        yield (rule.x0, rule.y0), (rule.x1, rule.y1)


def struck(placed: Scene) -> list[str]:
    """Figures that a line, a target, an event or a tie runs through."""
    ways = list(strokes(placed))
    figures = [(text.words, covered(text)) for text in placed.texts if text.kind == "value"]
    return [words for words, box in figures if any(crosses(way, box) for way in ways)]


def points_of(drawing: ChartView, placed: Scene) -> list[list[tuple[str, float, float]]]:
    """Each line's figures as drawn: label, place; a scene holds them in the view's order."""
    points, lines = iter(placed.points), []
    for line in drawing.lines:
        if line.kind == "bar":
            continue
        valued = [m for m in line.marks if m.value is not None]
        lines.append([(printable(m.label), p.x, p.y) for m in valued if (p := next(points))])
        for m in line.marks:
            if m.value is None and m.reading:
                next(points)
    return lines


def astray(drawing: ChartView, placed: Scene) -> list[str]:
    """Figures in the plot of a chart of lines that are nearer to another point of their line."""
    if drawing.x_kind == "ranked" or any(line.kind == "bar" for line in drawing.lines):
        return []
    lines = points_of(drawing, placed) if placed.points else []

    def at_its_point(words: str, box: Box) -> bool:
        middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2

        def far(x: float, y: float) -> tuple[float, float]:
            return dist(*box.to(Box(x, y, x, y))), dist(middle, (x, y))

        return any(
            all(
                a < b
                for other in line
                if other is not own
                for a, b in zip(far(*own[1:]), far(*other[1:]), strict=True)
            )
            for line in lines
            for own in line
            if own[0] == words
        )

    return [
        text.words
        for text in placed.texts
        if text.kind == "value" and text.box.left < placed.frame.right
        if not at_its_point(text.words, covered(text))
    ]


def off_their_bands(drawing: ChartView, placed: Scene) -> list[str]:
    """Words of a band that stand over another time."""
    bands = [(printable(b.label), (b.box.left + b.box.right) / 2) for b in placed.bands]
    return [
        text.words
        for text in placed.texts
        if text.kind == "event" and text.words in {words for words, _ in bands}
        if not any(
            words == text.words and text.box.left - 1 <= middle <= text.box.right + 1
            for words, middle in bands
        )
    ]


def stops_unsaid(placed: Scene) -> list[str]:
    """Lines that have stopped without a word of it, beside them or in the key."""
    said = [text.words for text in placed.texts if text.kind in ("stopped", "key")]
    stops = [printable(rule.label) for rule in placed.rules if rule.kind == "stop"]
    return [words for words in stops if not any(words in text for text in said)]


@pytest.mark.parametrize("day", DAYS)
def test_labels_of_every_view_in_every_size(real_store: Store, day: date | None) -> None:
    wrong = {}
    for drawing in every_view(real_store.record(day)):
        for size in SIZES:
            placed = scene(drawing, size)
            faults = {
                "cut": cut_words(drawing, placed),
                "struck": struck(placed),
                "astray": astray(drawing, placed),
                "off": off_their_bands(drawing, placed),
                "stops": stops_unsaid(placed),
            }
            if any(faults.values()):
                wrong[drawing.title, size] = {what: said for what, said in faults.items() if said}
    assert wrong == {}


@pytest.mark.parametrize("size", list(SIZES))
def test_no_tie_strikes_a_figure(size: str) -> None:
    """Two bars of nothing in one place: the second's name stands over the first's figure."""
    bars = [
        Line("0", (Mark(" 0", None), Mark(" 1", 0.0, label=label)), kind="bar")
        for label in ("59.0%", "")
    ]
    drawing = view(*bars, x_kind="categories")
    assert struck(scene(drawing, size)) == []


@settings(max_examples=60, deadline=None)
@given(views(), st.sampled_from(list(SIZES)))
def test_figures_of_made_up_charts(drawing: ChartView, size: str) -> None:
    placed = scene(drawing, size)
    assert struck(placed) == []
    assert astray(drawing, placed) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(0, 100), min_size=2, max_size=40).map(tuple),
    st.sampled_from(list(SIZES)),
    st.sampled_from(["", "No figure since March 2021"]),
)
def test_a_steep_line_strikes_none_of_its_figures(
    values: tuple[float, ...], size: str, stopped: str
) -> None:
    marks = tuple(
        mark(date(2018 + at // 12, at % 12 + 1, 1), v, label=f"{v:.1f} days")
        for at, v in enumerate(values)
    )
    drawing = view(Line("Norfolk", marks, stopped=stopped))
    placed = scene(drawing, size)
    assert struck(placed) == []
    assert astray(drawing, placed) == []


@given(st.text("Wilmi 20-", max_size=80), st.floats(20, 200))
def test_balanced_lines_break_only_words_that_have_no_room(text: str, room: float) -> None:
    lines = balance(text, 12.5, room)
    if longest_word(text, 12.5) <= room:
        assert " ".join(lines) == printable(text)
        assert all(width_of(line, 12.5) <= room for line in lines)


@pytest.mark.parametrize("size", SIZES)
def test_a_band_s_words_stand_at_it_or_in_the_key(size: str) -> None:
    days = [date(2019 + at // 12, at % 12 + 1, 1) for at in range(40)]
    line = Line("", tuple(mark(d, 90 - at % 7 * 14) for at, d in enumerate(days)))
    event = EventMark("Timescales relaxed", days[16], days[20])
    drawing = view(line, unit="percent", y_range=(0.0, 105.0), events=(event,))
    placed = scene(drawing, size)
    assert cut_words(drawing, placed) == off_their_bands(drawing, placed) == []
    says = [text.words for text in placed.texts if text.kind in ("event", "key")]
    assert any("Timescales relaxed" in words for words in says)


@pytest.mark.parametrize(
    ("way", "meets"),
    [
        (((0, 5), (20, 5)), True),
        (((5, 5), (6, 6)), True),
        (((0, 12), (20, 12)), False),
        (((-5, 4), (4, -5)), False),
        (((-2, 5), (5, -2)), True),
        (((3, -9), (3, -1)), False),
    ],
)
def test_a_stretch_meets_a_box(way: Way, meets: bool) -> None:
    assert crosses(way, Box(0, 0, 10, 10)) is meets


def test_a_figure_without_a_place_is_left_to_the_table() -> None:
    """Seventy points in a telephone's width: some figures, each where it belongs."""
    wild = months(*(10.0 + 80 * (at % 2) for at in range(70)))
    marks = tuple(mark(m.x, m.value, label=f"{m.value:g} days") for m in wild.marks)
    drawing = view(Line("Norfolk", marks))
    placed = scene(drawing, "narrow")
    assert len([t for t in placed.texts if t.kind == "value"]) < 70
    assert struck(placed) == astray(drawing, placed) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("levels", [(39.3, 45.9), (3.5, 9.0), (88.0, 92.0)])
def test_levels_of_areas_leave_figures_alone(size: str, levels: tuple[float, float]) -> None:
    """Inside the bar or past the level; where neither has room, the level is broken."""
    given = {"Lincolnshire": 99.0, "Shropshire": 37.2, "Wight": 28.6, "Devon": 3.2, "Kent": 90.1}
    areas = tuple(mark(name, v, label=f"{v}% (7 plans)") for name, v in given.items())
    lines = [
        Line(name, tuple(mark(a, at, label=f"{at}%") for a in given), role)  # type: ignore[arg-type]
        for name, role, at in zip(("East", "England"), ("third", "second"), levels, strict=True)
    ]
    drawing = view(Line("", areas, "context", "bar"), *lines, x_kind="ranked", unit="percent")
    placed = scene(drawing, size)
    assert struck(placed) == []
    assert len([text for text in placed.texts if text.kind == "value"]) == len(given)
