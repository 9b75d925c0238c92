"""The SVG: whole, obedient to the pages' policy, with every figure's facts, and with ink."""

from __future__ import annotations

import io
from datetime import date
from xml.etree import ElementTree

import pytest
import resvg_py
from PIL import Image

from dashboard.charts import SIZES, font_path, scene, svg
from dashboard.charts.scene import Scene
from dashboard.views.chart import ChartView, EventMark, Line, Mark, Reading, TargetMark
from tests.dashboard.charts.made_up import bars, covered, mark, months, view

SVG = "{http://www.w3.org/2000/svg}"
TRICKY = 'Under <5 & "over" 10\u2019s'
READING = Reading(
    period="Calendar year 2021",
    series="Norfolk",
    value="53.3%",
    count="546 of 1,025 plans",
    change="32 points higher than in 2020",
    source="Outturn table, line 378",
    published="18 March 2022",
    revised="was 52.1% until 20 May 2022",
    flag="does not add up",
)


def busy() -> ChartView:
    """A chart with one of everything."""
    lines = (
        Line(
            "Norfolk",
            tuple(
                mark(date(2021, m, 1), 20 + m, label="31%" if m == 11 else "", flagged=m == 3)
                for m in range(1, 12)
            ),
        ),
        Line("England", tuple(mark(date(2021, m, 1), 60 - m) for m in range(1, 12)), "second"),
    )
    return view(
        *lines,
        unit="percent",
        title=TRICKY,
        alt=TRICKY,
        notes=("A note of it.",),
        targets=(TargetMark("Agreed: 50%", 50, date(2021, 6, 1), date(2021, 8, 1)),),
        events=(
            EventMark("A rule changed", date(2021, 4, 1)),
            EventMark("Relaxed", date(2021, 9, 1), date(2021, 10, 1)),
        ),
    )


CHARTS = {
    "busy": busy(),
    "bars": view(bars(4, 9, 2), x_kind="categories"),
    "ranked": view(bars(4, 9, 2), x_kind="ranked"),
    "empty": view(empty="Nothing is held"),
    "stopped": view(months(3, 4, 5, stopped="No figure since March 2021")),
}


def test_a_mark_carries_what_a_reading_card_says() -> None:
    points = (Mark("2020", 20.5), Mark("2021", 53.3, READING, flagged=True))
    root = ElementTree.fromstring(svg(scene(view(Line("Norfolk", points), x_kind="years"), "page")))
    bare, told = (g.attrib for g in root.iter(f"{SVG}g") if "mark" in g.get("class", ""))
    assert told == {
        "class": "mark own flagged",
        "data-at": "1",
        "data-series": "Norfolk",
        "data-period": "Calendar year 2021",
        "data-value": "53.3%",
        "data-count": "546 of 1,025 plans",
        "data-change": "32 points higher than in 2020",
        "data-source": "Outturn table, line 378",
        "data-published": "18 March 2022",
        "data-revised": "was 52.1% until 20 May 2022",
        "data-flag": "does not add up",
    }
    assert bare == {
        "class": "mark own",
        "data-at": "0",
        "data-series": "Norfolk",
        "data-period": "2020",
    }


def test_marks_of_one_period_share_their_place_and_gaps_keep_theirs() -> None:
    first = Line("One", tuple(mark(date(2021, m, 1), v) for m, v in ((1, 5), (2, None), (3, 7))))
    second = Line("Two", (mark(date(2021, 3, 1), 9),), "second")
    found = [
        (p.facts.at, p.facts.period, p.role) for p in scene(view(first, second), "page").points
    ]
    assert found == [
        (0, "January 2021", "own"),
        (2, "March 2021", "own"),
        (2, "March 2021", "second"),
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CHARTS)
def test_it_is_whole_and_only_attributes(name: str, size: str) -> None:
    text = svg(scene(CHARTS[name], size), ident="here")
    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert root.get("id") == "here"
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert root.get("font-family") == "Arimo, Liberation Sans, Arial, sans-serif"
    assert (root.get("role"), root.get("aria-label")) == ("img", CHARTS[name].alt)
    assert not [
        part for part in root.iter() if "style" in part.attrib or part.tag.endswith("style")
    ]
    assert not [name for part in root.iter() for name in part.attrib if name.startswith("on")]


def test_words_of_a_reader_are_never_markup() -> None:
    root = ElementTree.fromstring(svg(scene(busy(), "half")))
    titles = [t for t in root.iter(f"{SVG}text") if t.get("class") == "title"]
    assert ["".join(t.itertext()) for t in titles] == [TRICKY]


def test_a_picture_alone_holds_title_subtitle_source_notes_and_address() -> None:
    drawing = scene(busy(), "half", site="https://send.example")
    words = " ".join(text.words for text in drawing.texts)
    for part in (
        TRICKY,
        "What is counted, where",
        "Source: a report.",
        "A note of it.",
        "Everything published to 18 March 2022.",
        "https://send.example",
        "Agreed: 50%",
    ):
        assert part in words
    on_page = " ".join(text.words for text in scene(busy(), "page", site="https://x").texts)
    for part in (TRICKY, "a report", "A note", "https"):
        assert part not in on_page


def rendered(drawing: Scene) -> Image.Image:
    png = resvg_py.svg_to_bytes(
        svg_string=svg(drawing),
        font_files=[str(font_path())],
        skip_system_fonts=True,
        sans_serif_family="Arimo",
        font_family="Arimo",
        background="#ffffff",
        zoom=2,
    )
    return Image.open(io.BytesIO(bytes(png))).convert("L")


@pytest.mark.parametrize("size", ["half", "narrow"])
@pytest.mark.parametrize("name", CHARTS)
def test_ink_is_where_words_and_marks_are_and_not_at_the_edges(name: str, size: str) -> None:
    drawing = scene(CHARTS[name], size)
    image = rendered(drawing)
    assert image.size == (round(drawing.width) * 2, pytest.approx(drawing.height * 2, abs=2))

    def darkest(left: float, top: float, right: float, bottom: float) -> int:
        low, _ = image.crop(
            (int(left * 2), int(top * 2), int(right * 2) + 1, int(bottom * 2) + 1)
        ).getextrema()
        return int(low)  # type: ignore[arg-type]

    for text in drawing.texts:
        box = covered(text)
        # Every quarter of a line holds letters: words are neither missing nor shorter.
        for part in range(4):
            left = box.left + box.width * part / 4
            assert darkest(left, box.top, left + box.width / 4, box.bottom) < 170, text.words
    for point in drawing.points:
        assert darkest(point.x - 5, point.y - 5, point.x + 5, point.y + 5) < 200
    for bar in drawing.bars:
        assert darkest(*bar.box) < 120
    wide, high = image.size
    for edge in (
        (0, 0, wide, 1),
        (0, high - 1, wide, high),
        (0, 0, 1, high),
        (wide - 1, 0, wide, high),
    ):
        assert image.crop(edge).getextrema() == (255, 255)
