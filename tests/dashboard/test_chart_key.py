"""Letters in a small crowded chart, and thin lines from labels that stand far off."""

from __future__ import annotations

from datetime import date
from math import dist

from dashboard.plotted.chart_key import key, lettered
from dashboard.plotted.charts import figure
from dashboard.plotted.placing import Box, Canvas
from dashboard.views.chart import ChartView, EventMark, Line, Mark, TargetMark

_DAYS = [date(2021, month, 1) for month in range(1, 13)]
_LINES = (
    Line("Norfolk 59.0%", tuple(Mark(day, 40 + at) for at, day in enumerate(_DAYS))),
    Line("England 45.5%", tuple(Mark(day, 60 - at) for at, day in enumerate(_DAYS)), "second"),
)
_TARGETS = (
    TargetMark("Agreed: 60% by the end of 2021", 60, _DAYS[10], _DAYS[11]),
    TargetMark("Law: every plan within 20 weeks", 100, _DAYS[0], _DAYS[11]),
)
_EVENTS = (EventMark("A rule changed", _DAYS[3]),)


def view(*, crowded: bool) -> ChartView:
    return ChartView(
        "made",
        "Made",
        "",
        "",
        _LINES,
        "percent",
        "",
        "",
        y_range=(0, 105),
        targets=_TARGETS if crowded else _TARGETS[:1],
        events=_EVENTS if crowded else (),
    )


def texts(shown: ChartView, size: str) -> list[str]:
    made = figure(shown, size)["layout"]["annotations"]
    return [note["text"].replace("<br>", " ") for note in made]


def test_a_small_crowded_chart_has_letters_and_a_key() -> None:
    assert key(view(crowded=True), "narrow") == (
        ("A", "Agreed: 60% by the end of 2021"),
        ("B", "Law: every plan within 20 weeks"),
        ("C", "A rule changed"),
    )
    assert {"A", "B", "C"} <= set(texts(view(crowded=True), "narrow"))
    assert "A rule changed" in texts(view(crowded=True), "page")


def test_a_chart_with_room_keeps_its_words() -> None:
    assert key(view(crowded=False), "narrow") == key(view(crowded=True), "medium") == ()
    assert lettered(view(crowded=False), "narrow") == view(crowded=False)
    assert "Agreed: 60% by the end of 2021" in texts(view(crowded=False), "narrow")


def test_a_picture_that_stands_alone_has_no_letters() -> None:
    for size in ("half", "full", "slide", "square"):
        assert "A" not in texts(view(crowded=True), size)


def test_a_label_far_from_what_it_names_is_tied_to_the_nearest_of_it() -> None:
    canvas = Canvas(Box(0, 0, 100, 100))
    label = Box(0, 0, 20, 10)
    canvas.tie(label, [Box(30, 5, 30, 5)], 16)
    assert canvas.ties == []
    canvas.tie(label, [Box(90, 90, 90, 90), Box(60, 5, 60, 5)], 16)
    assert canvas.ties == [((20, 5), (60, 5))]


def test_the_way_between_two_boxes() -> None:
    assert Box(0, 0, 10, 10).to(Box(20, 4, 30, 6)) == ((10, 5), (20, 5))
    assert Box(0, 0, 10, 10).to(Box(20, 20, 30, 30)) == ((10, 10), (20, 20))
    assert dist(*Box(0, 0, 10, 10).to(Box(5, 5, 6, 6))) == 0
