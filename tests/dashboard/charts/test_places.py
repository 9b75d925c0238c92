"""Every word and mark of a chart is inside its picture and no word lies over another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from dashboard.charts import SIZES, scene
from dashboard.charts.placing import Box
from dashboard.charts.scene import Scene, Text
from dashboard.charts.text import size_of
from dashboard.views.chart import ChartView
from dashboard.views.measure import measure
from etl.record import Record


def every_view(record: Record) -> Iterator[ChartView]:
    """Each chart that a measure's page offers."""
    for name, declared in record.registry.measures.items():
        for cohort in declared.cohorts:
            first = measure(record, name, cohort)
            assert first is not None
            for choice in first.views:
                if not choice.why_not:
                    found = measure(record, name, cohort, choice.value)
                    assert found is not None
                    yield found.chart


def covered(text: Text) -> Box:
    """What a text covers, measured anew from its words and its anchor alone."""
    width, height = size_of(text.lines, text.size, bold=text.bold)
    left = {
        "start": text.box.left,
        "middle": (text.box.left + text.box.right - width) / 2,
        "end": text.box.right - width,
    }[text.anchor]
    return Box(left, text.box.top, left + width, text.box.top + height)


def faults(drawing: Scene) -> list[str]:
    """What is cut off and which words lie over others."""
    picture = Box(0, 0, drawing.width, drawing.height)
    boxes = [(text.words, covered(text)) for text in drawing.texts]
    marks = [Box(p.x, p.y, p.x, p.y) for p in drawing.points] + [b.box for b in drawing.bars]
    wrong = [f"{words!r} is cut off" for words, box in boxes if box.outside(picture) > 0.5]
    wrong += [f"a mark at {box} is outside" for box in marks if box.outside(drawing.frame) > 0.5]
    for (one, a), (other, b) in combinations(boxes, 2):
        if a.overlap(b) > 1:
            wrong.append(f"{one!r} lies over {other!r}")
    return wrong


@pytest.mark.parametrize("size", SIZES)
def test_words_are_whole_and_apart(real_record: Record, size: str) -> None:
    wrong = {
        view.title: said for view in every_view(real_record) if (said := faults(scene(view, size)))
    }
    assert wrong == {}
