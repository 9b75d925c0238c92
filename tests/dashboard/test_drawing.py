"""The server's drawing of a chart: the same points, bars, rules and words as Plotly's figure."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from dashboard.plotted.charts import figure
from dashboard.plotted.drawing import svg
from dashboard.views.chart import ChartView, EventMark, Line, Mark, TargetMark

SVG = "{http://www.w3.org/2000/svg}"


def view(*lines: Line, **more: object) -> ChartView:
    given: dict[str, object] = {
        "id": "made",
        "title": "Made",
        "subtitle": "",
        "alt": "",
        "unit": "count",
        "source": "",
        "as_at": "",
        **more,
    }
    return ChartView(lines=lines, **given)  # type: ignore[arg-type]


def months(*values: float | None, **more: object) -> Line:
    marks = tuple(Mark(date(2021, 1 + at, 1), value) for at, value in enumerate(values))
    return Line("Norfolk", marks, **more)  # type: ignore[arg-type]


def drawn(shown: ChartView, width: int = 740) -> ElementTree.Element:
    text = svg(figure(shown), width).replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1)
    return ElementTree.fromstring(text)


def words(root: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def test_a_gap_parts_the_line_and_is_no_point() -> None:
    course, dots = [
        path.get("d", "")
        for path in drawn(view(months(1, 2, None, 4))).iter(f"{SVG}path")
        if path.get("fill") is not None
    ]
    assert re.findall("[ML]", course) == ["M", "L", "M"]
    assert dots.count("M") == 3


def test_a_flagged_point_is_hollow() -> None:
    line = Line("Norfolk", (Mark(date(2021, 1, 1), 1), Mark(date(2021, 2, 1), 2, flagged=True)))
    fills = [path.get("fill") for path in drawn(view(line)).iter(f"{SVG}path")]
    assert "#ffffff" in fills


@pytest.mark.parametrize("value", [0, 5, 10])
def test_bars_stand_on_nought_and_are_as_high_as_their_value(value: int) -> None:
    line = Line("", (Mark("a", 10), Mark("b", value)), kind="bar")
    tall, other = drawn(view(line, x_kind="categories")).iter(f"{SVG}rect")
    heights = [float(bar.get("height", "")) for bar in (tall, other)]
    feet = [float(bar.get("y", "")) + h for bar, h in zip((tall, other), heights, strict=True)]
    assert heights[1] == pytest.approx(heights[0] * value / 10, abs=0.2)
    assert feet[0] == pytest.approx(feet[1], abs=0.2)


def test_targets_events_and_ticks_are_there_in_words() -> None:
    shown = view(
        months(1, 2, 3),
        targets=(TargetMark("Agreed: 3 <now>", 3, date(2021, 1, 1), date(2021, 3, 1)),),
        events=(EventMark("Moved", date(2021, 2, 1)),),
    )
    said = words(drawn(shown))
    assert {"Agreed: 3 <now>", "Moved", "Jan2021", "Feb", "0", "3"} <= set(said)


def test_nothing_stands_outside_at_any_width_and_nothing_is_styled() -> None:
    for width in (288, 350, 740):
        root = drawn(view(months(1, 2, 3)), width)
        places = [float(part.get("x", "1")) for part in root.iter() if part.tag != f"{SVG}rect"]
        assert 0 < min(places) <= max(places) < width
        assert not [part for part in root.iter() if part.get("style")]
