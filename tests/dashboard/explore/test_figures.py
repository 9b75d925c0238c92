"""Explore's figures against the documents' views: the same points, words and targets."""

from __future__ import annotations

import html
from datetime import date
from typing import Any

import pytest

from dashboard.explore.axes import lettered
from dashboard.explore.figures import figure, groups
from dashboard.views.chart import ChartView, EventMark, Line, Mark, Reading, TargetMark
from dashboard.views.measure import measure as measure_view
from etl import registry
from etl.record import Record

TODAY = date(2026, 11, 22)
ROWS = [(name, cohort) for name, m in registry.load().measures.items() for cohort in m.cohorts]


def views_of(record: Record, name: str, cohort: str) -> list[ChartView]:
    """Every view of a row that can be drawn, and the first of one that has none."""
    shown = measure_view(record, name, cohort, today=TODAY)
    assert shown is not None
    usable = [choice.value for choice in shown.views if not choice.why_not]
    found = [measure_view(record, name, cohort, view, today=TODAY) for view in usable]
    return [view.chart for view in found if view] or [shown.chart]


def drawn(trace: dict[str, Any], chart: ChartView) -> list[tuple[Any, Any, str]]:
    """A trace's points as (place, height, words); across where areas stand below each other."""
    x, y = trace["x"], trace["y"]
    places, heights = (y, x) if chart.x_kind == "ranked" else (x, y)
    cards = [html.unescape(text).replace("<br>", " ") for text in trace["customdata"]]
    return list(zip(places, heights, cards, strict=True))


@pytest.mark.parametrize(("name", "cohort"), ROWS)
def test_each_point_is_the_documents_own(real_record: Record, name: str, cohort: str) -> None:
    for chart in views_of(real_record, name, cohort):
        made = figure(chart)
        assert len(made["data"]) == len(chart.lines)
        for line, trace in zip(chart.lines, made["data"], strict=True):
            points = drawn(trace, chart)
            assert [(place, height) for place, height, _ in points] == [
                (mark.x.isoformat() if isinstance(mark.x, date) else mark.x, mark.value)
                for mark in line.marks
            ], chart.id
            for (_, _, card), mark in zip(points, line.marks, strict=True):
                read = mark.reading or Reading("", line.name, "")
                for said in vars(read).values():
                    assert " ".join(said.split()) in " ".join(card.split()), (chart.id, said)
            colours = trace["marker"]["color"] if trace["type"] == "scatter" else None
            for at, mark in enumerate(line.marks if colours else ()):
                assert (colours[at] == "#ffffff") == mark.flagged, (chart.id, mark.x)


@pytest.mark.parametrize(("name", "cohort"), ROWS)
def test_targets_events_and_scale_are_the_documents_own(
    real_record: Record, name: str, cohort: str
) -> None:
    for chart in views_of(real_record, name, cohort):
        layout = figure(chart)["layout"]
        named = [s for s in layout["shapes"] if s.get("showlegend")]
        assert [(s["y0"], s["y1"]) for s in named] == [(t.value, t.value) for t in chart.targets]
        for shape, target in zip(named, chart.targets, strict=True):
            assert html.unescape(shape["name"]).replace("<br>", " ").startswith(target.label)
            assert shape["name"].endswith(target.standing)
        assert len(layout["shapes"]) == len(chart.targets) + len(chart.events)
        letters = [a["text"] for a in layout["annotations"]]
        assert letters == [letter for letter, _ in lettered(chart)]
        scale = layout["xaxis" if chart.x_kind == "ranked" else "yaxis"]
        assert scale.get("range") == (list(chart.y_range) if chart.y_range else None)


def made_up(**given: Any) -> ChartView:
    """A chart by years with what a test is about."""
    line = Line("Norfolk", tuple(Mark(str(y), float(y - 2000)) for y in range(2015, 2026)))
    usual = {"lines": (line,), "unit": "percent", "x_kind": "years"}
    return ChartView("t", "Title", "Sub", "Alt", source="S", as_at="A", **{**usual, **given})


def test_a_target_stands_over_its_own_years_alone() -> None:
    chart = made_up(targets=(TargetMark("60% by 2021", 60.0, "2021", "2021"),))
    (shape,) = figure(chart)["layout"]["shapes"]
    assert (shape["x0"], shape["x1"]) == (2020.55, 2021.45)


@pytest.mark.parametrize(
    ("standing", "named", "beside"),
    [
        ("missed", "Agreed: \N{BLACK DIAMOND} missed", "60% \N{BLACK DIAMOND}"),
        ("met", "Agreed: \N{BLACK CIRCLE} met", "60% \N{BLACK CIRCLE}"),
        ("", "Agreed", "60%"),
    ],
)
def test_the_key_and_the_line_say_how_a_target_was_met(
    standing: Any, named: str, beside: str
) -> None:
    target = TargetMark("Agreed", 60.0, "2021", "2021", standing=standing)
    (shape,) = figure(made_up(targets=(target,)))["layout"]["shapes"]
    assert (shape["name"], shape["label"]["text"]) == (named, beside)


def test_two_targets_look_different() -> None:
    both = tuple(TargetMark(name, 60.0, "2021", "2021") for name in ("Agreed", "Stretch"))
    dashes = {s["line"]["dash"] for s in figure(made_up(targets=both))["layout"]["shapes"]}
    assert len(dashes) == 2


def test_a_figure_in_doubt_and_a_provisional_one_look_otherwise() -> None:
    marks = (
        Mark("2021", 1.0),
        Mark("2022", 2.0, flagged=True),
        Mark("2023", 3.0, provisional=True),
    )
    line, bars = figure(made_up(lines=(Line("A", marks), Line("B", marks, kind="bar"))))["data"]
    assert line["marker"]["color"] == ["#12436D", "#ffffff", "#12436D"]
    assert line["marker"]["symbol"] == ["circle", "circle", "circle-open-dot"]
    assert bars["marker"]["opacity"] == [1, 0.45, 1]
    assert bars["marker"]["pattern"]["shape"] == ["", "", "/"]


def test_a_line_that_nobody_named_is_drawn() -> None:
    (trace,) = figure(made_up(lines=(Line("", (Mark("2021", 1.0),)),)))["data"]
    assert (trace["y"], trace["visible"], trace["showlegend"]) == ([1.0], True, False)


def test_a_break_stands_before_its_year_and_a_gap_covers_it() -> None:
    gap, rule = EventMark("Not given", "2022", "2022"), EventMark("New from 2023", "2023")
    shapes = figure(made_up(events=(rule, gap)))["layout"]["shapes"]
    assert [(s["type"], s["x0"], s["x1"]) for s in shapes] == [
        ("rect", 2021.5, 2022.5),
        ("line", 2022.5, 2022.5),
    ]


def test_a_month_that_has_no_figure_breaks_the_line() -> None:
    marks = (Mark(date(2021, 1, 1), 4.0), Mark(date(2021, 2, 1), None), Mark(date(2021, 3, 1), 5.0))
    (trace,) = figure(made_up(lines=(Line("Row", marks),), x_kind="months"))["data"]
    assert trace["y"] == [4.0, None, 5.0]
    assert trace["connectgaps"] is False


def test_earlier_stretches_are_hidden_with_their_line() -> None:
    stretch = (Mark("2021", 1.0),)
    lines = (
        Line("", stretch),
        Line("Norfolk", stretch),
        Line("", stretch, "second"),
        Line("England", stretch, "second"),
    )
    chart = made_up(lines=lines)
    assert groups(chart) == {1: ("Norfolk", [0, 1]), 2: ("England", [2, 3])}
    seen = [trace["visible"] for trace in figure(chart, hidden={2})["data"]]
    assert seen == [True, True, "legendonly", "legendonly"]


def test_lines_of_one_role_differ_in_dash_and_marker() -> None:
    years = tuple(Line(f"20{y}-{y + 1}", (Mark("2021", 1.0),)) for y in (20, 21, 22))
    drawn_as = {
        (trace["line"]["dash"], *trace["marker"]["symbol"])
        for trace in figure(made_up(lines=years))["data"]
    }
    assert len(drawn_as) == 3


def test_no_words_of_a_record_are_markup_to_plotly() -> None:
    marks = (Mark("2021", 1.0, Reading("2021", "A", "5 < 6 & <a href='x'>y</a>")),)
    (trace,) = figure(made_up(lines=(Line("<b>A</b>", marks),)))["data"]
    assert "<a" not in trace["customdata"][0]
    assert "<b>" not in trace["name"]


def test_each_area_of_a_ranking_stands_beside_its_own_figure() -> None:
    bars = Line("Norfolk", (Mark("Norfolk", 55.7, label="55.7%"),), kind="bar")
    level = Line("England", (Mark("Norfolk", 45.9, label="45.9%"),), "second")
    made = figure(made_up(lines=(bars, level), x_kind="ranked"))
    assert made["layout"]["yaxis"]["ticktext"] == ["Norfolk  55.7%"]
