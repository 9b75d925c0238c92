"""What differs in meaning differs in the drawing, without colour and without words."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import pytest

from dashboard.charts import SIZES, scene, svg
from dashboard.charts.looks import LOOKS
from dashboard.charts.scene import Role
from dashboard.views.chart import ChartView, EventMark, Line, TargetMark
from dashboard.views.chart import Role as ViewRole
from tests.dashboard.charts.made_up import bars, mark, months, view

SVG = "{http://www.w3.org/2000/svg}"
FEATURES = ("fill", "stroke-dasharray", "stroke-width", "r", "d", "x", "width")


def drawn(drawing: ChartView, size: str = "page") -> ElementTree.Element:
    return ElementTree.fromstring(svg(scene(drawing, size), ident="one"))


def marks(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [g for g in root.iter(f"{SVG}g") if "mark" in g.get("class", "").split()]


def shape(group: ElementTree.Element) -> str:
    """How a mark is drawn: filled, hollow, dashed, hatched, with or without divisions."""
    first, *more = group
    fill = first.get("fill", "")
    parts = ["hatched" if fill.startswith("url") else "hollow" if fill == "#ffffff" else "filled"]
    parts += ["dashed"] if first.get("stroke-dasharray") else []
    parts += ["divided"] if more else []
    return " ".join(parts)


@pytest.mark.parametrize(
    ("given", "dot", "bar"),
    [
        ({}, "filled", "filled"),
        ({"flagged": True}, "hollow", "hollow"),
        ({"provisional": True}, "hollow dashed", "hatched"),
        ({"flagged": True, "provisional": True}, "hollow", "hollow"),
        ({"months": 3}, "filled", "filled divided"),
    ],
)
def test_states_of_a_figure(given: dict[str, Any], dot: str, bar: str) -> None:
    points = Line("", (mark("2020", 1), mark("2021", 2, **given)))
    assert [shape(g) for g in marks(drawn(view(points, x_kind="years")))] == ["filled", dot]
    columns = Line("", (mark("A", 1), mark("B", 2, **given)), kind="bar")
    for kind in ("categories", "ranked"):
        if kind == "ranked" and "months" in given:
            continue  # areas have one period
        assert [shape(g) for g in marks(drawn(view(columns, x_kind=kind)))] == ["filled", bar]


def test_a_state_is_a_class_of_its_own_for_style_sheets() -> None:
    states = ({}, {"flagged": True}, {"provisional": True}, {"months": 2})
    columns = Line(
        "", tuple(mark(f"{at}", 1, **given) for at, given in enumerate(states)), kind="bar"
    )
    found = [g.get("class") for g in marks(drawn(view(columns, x_kind="categories")))]
    assert found == ["mark own", "mark own flagged", "mark own provisional", "mark own grouped"]


def test_a_flagged_bar_has_no_fill_at_all() -> None:
    """Hollow is what the note says; a paler bar would be its contradiction."""
    columns = Line("", (mark("A", 1, flagged=True),), kind="bar")
    (only,) = marks(drawn(view(columns, x_kind="categories")))
    rect = only[0]
    assert rect.get("fill") == "#ffffff"
    assert rect.get("stroke") == LOOKS["own"].colour
    assert "fill-opacity" not in rect.attrib


def test_a_hatching_is_one_that_the_drawing_holds() -> None:
    columns = Line("", (mark("A", 1, provisional=True),), kind="bar")
    root = drawn(view(columns, x_kind="categories"))
    (rect,) = marks(root)[0]
    (pattern,) = root.iter(f"{SVG}pattern")
    assert rect.get("fill") == f"url(#{pattern.get('id')})" == "url(#one-hatch-own)"


def test_the_way_to_a_provisional_point_is_dotted() -> None:
    points = (mark("2019", 1), mark("2020", 1), mark("2021", 2, provisional=True))
    courses = [
        p
        for p in drawn(view(Line("", points), x_kind="years")).iter(f"{SVG}path")
        if p.get("class") == "line own"
    ]
    assert [bool(p.get("stroke-dasharray")) for p in courses] == [False, True]


def test_a_bar_is_as_wide_as_its_months() -> None:
    columns = Line("", (mark("Apr to Jun", 5, months=3), mark("Jul", 5)), kind="bar")
    wide, narrow = scene(view(columns, x_kind="categories"), "page").bars
    gap = narrow.box.left - wide.box.right
    assert (wide.box.width + gap) / (narrow.box.width + gap) == pytest.approx(3, abs=0.01)
    assert wide.box.height == narrow.box.height


@pytest.mark.parametrize("standing", ["met", "missed"])
def test_a_target_that_was_met_is_not_one_that_was_missed(standing: Any) -> None:
    goal = TargetMark("Agreed: 3", 3, "2021", "2021", "agreed", standing)
    years = Line("", (mark("2020", 1), mark("2021", 2)))
    root = drawn(view(years, x_kind="years", targets=(goal,)))
    signs = {g.get("class"): [part.tag for part in g] for g in root.iter(f"{SVG}g")}
    shapes = {"met": [f"{SVG}circle", f"{SVG}path"], "missed": [f"{SVG}path", f"{SVG}path"]}
    assert signs[standing] == shapes[standing]
    assert ({"met", "missed"} - {standing}).isdisjoint(signs)
    words = " ".join("".join(t.itertext()) for t in root.iter(f"{SVG}text"))
    assert f"Agreed: 3: {standing}" in words


def test_a_target_without_a_standing_has_no_sign() -> None:
    goal = TargetMark("Stretch: 3", 3, "2021", "2021", "stretch")
    years = Line("", (mark("2020", 1), mark("2021", 2)))
    classes = {g.get("class") for g in drawn(view(years, x_kind="years", targets=(goal,))).iter()}
    assert classes.isdisjoint({"met", "missed"})


def test_a_target_stands_over_its_own_time_alone() -> None:
    goal = TargetMark("90% in 2022", 90, "2022", "2022")
    years = Line("", tuple(mark(str(year), 50) for year in range(2018, 2024)))
    drawing = scene(view(years, x_kind="years", targets=(goal,)), "page")
    (rule,) = [rule for rule in drawing.rules if rule.kind == "target"]
    at = {point.facts.period: point.x for point in drawing.points}
    year = at["2022"] - at["2021"]
    assert at["2022"] - year / 2 < rule.x0 < at["2022"] < rule.x1 < at["2022"] + year / 2


def test_a_line_that_has_stopped_ends_in_a_stroke_and_says_so() -> None:
    over, on = (
        scene(view(months(1, 2, 3, stopped=stopped)), "page")
        for stopped in ("No figure since March 2021", "")
    )
    (stroke,) = [rule for rule in over.rules if rule.kind == "stop"]
    last = over.points[-1]
    assert last.x < stroke.x0 < last.x + 12
    assert stroke.y0 < last.y < stroke.y1
    assert "No figure since March 2021" in [text.words for text in over.texts]
    assert [rule for rule in on.rules if rule.kind == "stop"] == []


def test_a_gap_is_a_gap_and_never_a_point() -> None:
    drawing = scene(view(months(1, 2, None, 4, 5)), "page")
    assert [len(line.points) for line in drawing.lines] == [2, 2]
    assert [point.facts.period for point in drawing.points] == [
        "January 2021",
        "February 2021",
        "April 2021",
        "May 2021",
    ]


def test_nought_is_no_gap() -> None:
    drawing = scene(view(months(1, 0, 2)), "page")
    assert [len(line.points) for line in drawing.lines] == [3]
    assert drawing.points[1].y == pytest.approx(drawing.frame.bottom)


def test_bars_of_several_lines_stand_side_by_side_in_their_order() -> None:
    drawing = scene(
        view(bars(3, 5, name="One"), bars(4, 6, name="Two", role="second"), x_kind="categories"),
        "page",
    )
    order = sorted(drawing.bars, key=lambda bar: bar.box.left)
    assert [(bar.facts.period, bar.facts.series) for bar in order] == [
        ("A", "Norfolk"),
        ("A", "Norfolk"),
        ("B", "Norfolk"),
        ("B", "Norfolk"),
    ]
    assert [bar.role for bar in order] == ["own", "second", "own", "second"]
    assert order[0].box.right == pytest.approx(order[1].box.left)
    assert order[2].box.left - order[1].box.right > order[0].box.width / 4


def test_a_bar_is_as_high_as_its_value() -> None:
    tall, other, none = scene(view(bars(10, 5, 0), x_kind="categories"), "page").bars
    assert other.box.height == pytest.approx(tall.box.height / 2)
    assert none.box.height == 0
    assert tall.box.bottom == other.box.bottom == none.box.bottom


@pytest.mark.parametrize(("one", "other"), list(combinations(LOOKS, 2)))
def test_lines_differ_without_colour(one: Role, other: Role) -> None:
    def features(role: ViewRole) -> tuple[Any, ...]:
        root = drawn(view(months(1, 2, role=role)))
        (course,) = (p for p in root.iter(f"{SVG}path") if p.get("class") == f"line {role}")
        outline = re.sub(r"[-\d. ]+", "", marks(root)[0][0].get("d", ""))
        return (course.get("stroke-dasharray"), course.get("stroke-width"), outline)

    assert features(one) != features(other)
    if {one, other} <= {"own", "second", "third", "fourth"}:
        assert features(one)[0] != features(other)[0]
        assert features(one)[2] != features(other)[2]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    low = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * low[0] + 0.7152 * low[1] + 0.0722 * low[2]


@pytest.mark.parametrize("role", LOOKS)
def test_words_in_charts_have_contrast(role: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 against the paper."""
    assert 1.05 / (_luminance(LOOKS[role].text) + 0.05) >= 4.5


def test_an_event_with_an_end_is_a_band_and_one_without_a_rule() -> None:
    from datetime import date

    events = (
        EventMark("A rule changed", date(2021, 2, 15)),
        EventMark("Relaxed", date(2021, 3, 1), date(2021, 4, 1)),
    )
    drawing = scene(view(months(1, 2, 3, 4, 5), events=events), "page")
    assert [rule.label for rule in drawing.rules if rule.kind == "event"] == ["A rule changed"]
    (band,) = drawing.bands
    at = {point.facts.period: point.x for point in drawing.points}
    assert band.label == "Relaxed"
    assert (band.box.left, band.box.right) == (at["March 2021"], at["April 2021"])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("words", ["No months of a year are held", ""])
def test_a_chart_of_nothing_says_so_in_the_picture(size: str, words: str) -> None:
    drawing = scene(view(empty=words), size)
    assert [t.words for t in drawing.texts if t.kind == "empty"] == [words or "No figures to draw"]
    assert drawing.points == drawing.bars == drawing.lines == drawing.axes == ()
