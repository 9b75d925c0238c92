"""Pictures as a browser draws them: nothing clipped, nothing overlapping, the same each time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import plotly
import pytest
from PIL import Image

from dashboard.exports import pictures
from dashboard.exports.pictures import NoBrowser, Picture
from dashboard.exports.report import build
from dashboard.plotted import charts
from dashboard.views.chart import ChartView, EventMark, Line, Mark, TargetMark
from etl.record import Record
from etl.store import Store, open_store
from tests.dashboard.exports import made_up

pytestmark = pytest.mark.slow

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"

# Every text in the picture and the box it covers, in pixels. The box of an annotation is
# that of its lines, not of its padding.
BOXES = """() => [...document.querySelectorAll('svg text')].map(t => {
  const b = t.getBoundingClientRect();
  return {text: t.textContent, left: b.left, top: b.top, right: b.right, bottom: b.bottom};
}).filter(b => b.text.trim() && b.right > b.left)"""


def month(year: int, number: int) -> date:
    return date(year, number, 1)


def crowded() -> ChartView:
    """Thirteen months, long names that end close together, targets and events in one place."""
    months = [month(2021, at) for at in range(1, 13)] + [month(2022, 1)]

    def line(name: str, role: Any, start: float) -> Line:
        marks = tuple(
            Mark(
                day,
                start + (at * 7) % 9,
                label=f"{start + (at * 7) % 9:.1f}" if at % 4 == 0 else "",
            )
            for at, day in enumerate(months)
        )
        return Line(name, marks, role)

    return ChartView(
        id="trend",
        title="The longest title that a finding can have goes on over three lines, because it "
        "names the measure in full, its month, what it is compared with, and the target it missed",
        subtitle="Share of education, health and care plans issued within 20 weeks, including "
        "permitted exceptions, looked-after children, %, Norfolk",
        alt="",
        lines=(
            line("Norfolk, looked-after children with an EHC plan", "own", 50),
            line("East of England, all children", "second", 51),
            line("England, all children with an EHC plan", "third", 52),
            line("Statistical neighbours, the middle one", "fourth", 53),
        ),
        unit="percent",
        source="Source: Norfolk County Council, People and Communities Select Committee, 18 March "
        "2022, and Department for Education, Education, health and care plans 2023",
        as_at="As reported at 18 March 2022",
        y_range=(0.0, 100.0),
        targets=(
            TargetMark("Agreed: 60% by the end of 2021, basis not stated", 60, *months[11:12] * 2),
            TargetMark("Stretch target: 90% in 2022, basis not stated", 90, *months[12:] * 2),
        ),
        events=(
            EventMark("Timescales relaxed under conditions", month(2021, 1), month(2021, 3)),
            EventMark("Collected plan by plan from here on", month(2021, 11)),
        ),
        notes=(
            "2 months without a figure: a gap in the line, not zero.",
            "1 of 12 points from fewer than 10 cases: read with care.",
        ),
    )


@pytest.fixture(scope="module")
def drawing(browser: Any) -> Iterator[Any]:
    page = browser.new_page(viewport={"width": 1100, "height": 1000})
    page.set_content('<body style="margin:0"><div id="chart"></div></body>')
    page.add_script_tag(path=str(PLOTLY))
    yield page
    page.close()


def boxes(page: Any, view: ChartView, size: str) -> list[dict[str, Any]]:
    figure = charts.figure(view, size)
    page.evaluate(
        "f => Plotly.newPlot('chart', f.data, f.layout, {staticPlot: true})",
        figure,
    )
    found: list[dict[str, Any]] = page.evaluate(BOXES)
    return found


def overlap(one: dict[str, Any], other: dict[str, Any]) -> float:
    width = min(one["right"], other["right"]) - max(one["left"], other["left"])
    height = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return max(width, 0.0) * max(height, 0.0)


def check(page: Any, view: ChartView, size: str) -> list[str]:
    """What is wrong with the picture, each in a line."""
    shape, found = charts.SIZES[size], boxes(page, view, size)
    assert found, "a picture without words"
    wrong = [
        f"outside: {box['text']}"
        for box in found
        if box["left"] < 0
        or box["top"] < -1
        or box["right"] > shape.width + 1
        or box["bottom"] > shape.height + 1
    ]
    # Two boxes may touch by a pixel or two: fonts have room above and below their letters.
    wrong += [
        f"overlap: {one['text']} | {other['text']}"
        for one, other in combinations(found, 2)
        if overlap(one, other)
        > 0.1 * min((b["right"] - b["left"]) * (b["bottom"] - b["top"]) for b in (one, other))
    ]
    return wrong


@pytest.mark.browser
@pytest.mark.parametrize("size", [name for name, size in charts.SIZES.items() if size.alone])
def test_a_crowded_picture_is_not_clipped_and_nothing_overlaps(drawing: Any, size: str) -> None:
    assert check(drawing, crowded(), size) == []


ALONE = [name for name, size in charts.SIZES.items() if size.alone]


def all_wrong(page: Any, record: Record, size: str) -> dict[str, list[str]]:
    """What is wrong with any picture of a record's pack."""
    report = build(record)
    assert len(report.pictures) > 15
    found = {p.stem: check(page, p.view.chart, size) for p in report.pictures}
    return {stem: wrong for stem, wrong in found.items() if wrong}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("as_at", "size"), [(date(2022, 3, 18), "half"), *((None, size) for size in ALONE)]
)
def test_no_picture_of_the_real_set_is_clipped_or_overlaps(
    drawing: Any, real_store: Store, as_at: date | None, size: str
) -> None:
    assert all_wrong(drawing, real_store.record(as_at), size) == {}


@pytest.fixture(scope="module")
def made_up_records(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Record]:
    made = {}
    for months in (3, 60):
        folder = tmp_path_factory.mktemp("made-up")
        store = open_store(f"sqlite:///{folder / 'send.db'}", seed=False)
        made[months] = made_up.record(months, store, folder)
    return made


@pytest.mark.browser
@pytest.mark.parametrize(
    ("months", "size"), [(3, "half"), (3, "square"), *((60, size) for size in ALONE)]
)
def test_no_picture_of_a_short_or_long_series_is_clipped_or_overlaps(
    drawing: Any, made_up_records: dict[int, Record], months: int, size: str
) -> None:
    assert all_wrong(drawing, made_up_records[months], size) == {}


@pytest.mark.browser
def test_the_same_figure_gives_the_same_bytes_at_300_dpi(browser: Any, tmp_path: Path) -> None:
    size = charts.SIZES["half"]
    figure = charts.figure(crowded(), "half")
    wanted = [Picture(tmp_path / f"{at}.png", figure, size.width, size.height) for at in range(3)]
    assert pictures.draw(wanted) == ()
    assert len({picture.path.read_bytes() for picture in wanted}) == 1
    with Image.open(wanted[0].path) as image:
        assert image.size == (size.width * 3, size.height * 3)
        assert round(image.info["dpi"][0]) == 300


@pytest.mark.browser
def test_the_same_figure_gives_the_same_svg(browser: Any, tmp_path: Path) -> None:
    """Plotly names its parts by lot, and anew in each page."""
    figure = charts.figure(crowded(), "half")
    wanted = [Picture(tmp_path / f"{at}.svg", figure, 630, 425, format="svg") for at in range(3)]
    assert pictures.draw(wanted) == ()
    first, *others = (picture.path.read_text(encoding="utf-8") for picture in wanted)
    assert others == [first, first]
    for name in set(re.findall(r"url\(#([^)]+)\)", first)):
        assert f'id="{name}"' in first


@pytest.mark.browser
def test_a_picture_that_fails_is_named_and_the_rest_come(browser: Any, tmp_path: Path) -> None:
    good = charts.figure(crowded(), "half")
    wanted = [
        Picture(tmp_path / "bad.png", {"data": [{"x": object()}]}, 630, 425),
        Picture(tmp_path / "good.png", good, 630, 425),
        Picture(tmp_path / "good.svg", good, 630, 425, format="svg"),
    ]
    told = []
    (failure,) = pictures.draw(wanted, told.append)
    assert failure.path.name == "bad.png"
    assert failure.reason
    assert sorted(file.name for file in tmp_path.iterdir()) == ["good.png", "good.svg"]
    assert len(told) == 3


def test_without_a_browser_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "no-browser-here"))
    with pytest.raises(NoBrowser, match="Install one"):
        pictures.draw([Picture(tmp_path / "a.png", {"data": []}, 100, 100)])


def test_a_picture_with_years_of_flagged_figures_keeps_room_for_its_chart(
    made_up_records: dict[int, Record],
) -> None:
    """Beyond eight, they are counted and no longer named."""
    report = build(made_up_records[60])
    assert any(
        "are in doubt: " in n and ", the latest" in n
        for p in report.pictures
        for n in p.view.chart.notes
    )
    for planned in report.pictures:
        layout = charts.figure(planned.view.chart, "half")["layout"]
        margin = layout["margin"]
        assert layout["height"] - margin["t"] - margin["b"] > 0.3 * layout["height"], planned.stem
