"""Reading a chart at a point in a real browser: pointer, finger and keys, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard import charts
from dashboard.views.chart import ChartView, Line, Mark, Reading
from dashboard.views.measure import measure
from etl.record import Record
from tests.dashboard.test_browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

YEARS = "/measure/ehc_plans_on_time_share_including_exceptions?view=years"
NEIGHBOURS = "/measure/ehc_plans_on_time_share_including_exceptions?view=neighbours"
COMPLAINTS = "/measure/complaints_local"
WIDTHS = (1280, 768, 390)


@pytest.fixture
def opened(browser: Any, site_url: str) -> Iterator[Any]:
    """Opens an address at a width; what goes wrong in the page fails the test."""
    contexts, wrong = [], []

    def open_(address: str, width: int, **context: Any) -> Any:
        made = browser.new_context(viewport={"width": width, "height": 900}, **context)
        contexts.append(made)
        page = made.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.goto(site_url + address)
        page.locator(".chart-subtitle").evaluate("part => part.scrollIntoView()")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


def drawing(page: Any) -> Any:
    return page.locator("figure.chart svg.drawing:visible")


def place(page: Any, period: str, series: str = "") -> tuple[float, float]:
    """Where the marks of a period stand, in the window's pixels."""
    which = f'[data-period="{period}"]' + (f'[data-series="{series}"]' if series else "")
    box = drawing(page).locator(f".mark{which}").first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def card(page: Any) -> dict[str, str]:
    """What the card says, by its fields; empty while it is not shown."""
    if not page.locator(".reading").is_visible():
        return {}
    fields = page.locator(".reading [data-field]").evaluate_all(
        "parts => parts.map(part => [part.dataset.field, part.textContent])"
    )
    others = page.locator(".reading-others").all_inner_texts()[0].split("\n")
    return {name: text for name, text in fields if text} | {"others": " | ".join(others)}


def apart(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two boxes have nothing in common."""
    return any(
        a[side] + a[size] < b[side]
        for a, b in ((one, other), (other, one))
        for side, size in (("x", "width"), ("y", "height"))
    )


IN_2021 = {
    "period": "2021",
    "series": "Norfolk",
    "value": "53.6%",
    "count": "535 of 998 plans",
    "change": "33.1 points higher than in 2020 (20.5%)",
    "published": "26 June 2025",
    "others": "England | 57.9%; 35,470 of 61,269 plans | East of England"
    " | 62.9%; 4,313 of 6,861 plans",
}


def without_source(said: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in said.items() if name != "source"}


@pytest.mark.parametrize("width", [1280, 768])
def test_a_pointer_reads_all_series_at_the_nearest_period(opened: Any, width: int) -> None:
    page = opened(YEARS, width)
    x, y = place(page, "2021", "Norfolk")
    caption = page.locator("figcaption").bounding_box()
    page.mouse.move(x + 9, y - 90)
    assert without_source(card(page)) == IN_2021
    assert page.locator(".mark.read").count() == 3
    assert page.locator(".reading-said").inner_text() == ""  # a pointer is not read aloud
    shown = page.locator(".reading").bounding_box()
    assert shown["x"] >= 0
    assert shown["y"] >= 0
    assert shown["y"] + shown["height"] <= 900
    assert shown["x"] + shown["width"] <= width
    assert apart(shown, {"x": x, "y": y, "width": 0, "height": 0})
    assert page.locator("figcaption").bounding_box() == caption  # nothing jumps
    page.mouse.move(5, 5)
    assert card(page) == {}
    assert page.locator(".mark.read").count() == 0


@pytest.mark.parametrize("width", [1280, 768])
def test_a_click_pins_until_a_second_one_or_escape(opened: Any, width: int) -> None:
    page = opened(YEARS, width)
    page.mouse.click(*place(page, "2021", "Norfolk"))
    page.mouse.move(*place(page, "2016", "Norfolk"))
    page.mouse.move(5, 5)
    assert card(page)["period"] == "2021"
    assert page.locator(".reading-said").inner_text() == (
        "2021. Norfolk 53.6%, 535 of 998 plans. England 57.9%, 35,470 of 61,269 plans. "
        "East of England 62.9%, 4,313 of 6,861 plans"
    )
    assert "timeliness_20_week.csv, Norfolk, 2021" in page.locator(".reading-source").inner_text()
    page.mouse.click(*place(page, "2021", "Norfolk"))
    assert card(page) == {}
    page.mouse.click(*place(page, "2016", "Norfolk"))
    assert card(page)["value"] == "5.8%"
    page.keyboard.press("Escape")
    assert card(page) == {}
    page.mouse.move(*place(page, "2021", "Norfolk"))
    assert card(page)["value"] == "53.6%", "a pointer reads on"


def test_a_pinned_card_hides_no_point_where_it_has_no_room_beside(opened: Any) -> None:
    page = opened(YEARS, 768)
    chart = drawing(page).bounding_box()
    page.mouse.click(*place(page, "2021", "Norfolk"))
    assert page.locator(".reading").bounding_box()["y"] >= chart["y"] + chart["height"]
    assert drawing(page).bounding_box() == chart


def test_a_finger_reads_below_the_chart_and_what_it_tapped_stays(opened: Any) -> None:
    page = opened(YEARS, 390, has_touch=True, is_mobile=True)
    before = drawing(page).bounding_box()
    page.touchscreen.tap(*place(page, "2021", "Norfolk"))
    assert without_source(card(page)) == IN_2021
    assert drawing(page).bounding_box() == before
    assert page.locator(".reading").bounding_box()["y"] >= before["y"] + before["height"]
    page.touchscreen.tap(*place(page, "2024", "Norfolk"))
    assert card(page)["value"] == "55.7%"
    for name, period in (("‹ Previous", "2023"), ("Next ›", "2024"), ("Next ›", "2025")):
        button = page.locator(".reading button", has_text=name)
        assert button.bounding_box()["height"] >= 44
        button.tap()
        assert card(page)["period"] == period
    page.locator(".reading button", has_text="Close").tap()
    assert card(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", WIDTHS)
def test_arrow_keys_step_and_say_what_they_read(opened: Any, width: int) -> None:
    page = opened(YEARS, width)
    drawing(page).locator("xpath=..").focus()
    for key, period in (
        ("ArrowLeft", "2025"),
        ("ArrowLeft", "2024"),
        ("Home", "2015"),
        ("ArrowLeft", "2015"),
        ("ArrowRight", "2016"),
        ("End", "2025"),
    ):
        page.keyboard.press(key)
        assert card(page)["period"] == period
        assert page.locator(".reading-said").inner_text().startswith(f"{period}. Norfolk ")
    page.keyboard.press("Escape")
    assert card(page) == {}
    page.keyboard.press("Enter")
    assert card(page)["period"] == "2025"
    page.keyboard.press("Tab")  # into the card, and out of it by closing
    page.keyboard.press("Enter")
    assert card(page)["period"] == "2024"
    page.keyboard.press("Escape")
    assert drawing(page).locator("xpath=..").evaluate("part => part === document.activeElement")


def test_up_and_down_scroll_the_page_but_step_through_areas(opened: Any) -> None:
    page = opened(YEARS, 1280)
    drawing(page).locator("xpath=..").focus()
    page.keyboard.press("ArrowDown")
    assert card(page) == {}
    page = opened(NEIGHBOURS, 1280)
    drawing(page).locator("xpath=..").focus()
    names = []
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        names.append(card(page)["series"])
    assert names == ["Lincolnshire", "East Sussex", "Norfolk"]


@pytest.mark.parametrize("width", [1280, 768])
def test_areas_in_order_are_read_by_their_row(opened: Any, width: int) -> None:
    page = opened(NEIGHBOURS, width)
    _, y = place(page, "2024", "Dorset")
    frame = drawing(page).bounding_box()
    page.mouse.move(frame["x"] + frame["width"] * 0.7, y)
    assert (card(page)["series"], card(page)["value"]) == ("Dorset", "49.1%")
    bar = drawing(page).locator('.mark[data-series="Dorset"]').bounding_box()
    shown = page.locator(".reading").bounding_box()
    assert apart(shown, bar)


@pytest.mark.parametrize("colours", ["none", "active"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_before_a_point_is_read_and_after(
    opened: Any, width: int, colours: str
) -> None:
    page = opened(YEARS, width, forced_colors=colours)
    assert violations(page, "#view") == []
    drawing(page).locator("xpath=..").focus()
    page.keyboard.press("End")
    assert page.locator(".reading").is_visible()
    assert violations(page, "#view") == []


def test_the_text_alternative_stays_beside_the_reading(opened: Any) -> None:
    page = opened(YEARS, 1280)
    alternative = page.get_by_role("img", name="By year: ")
    assert "latest 59.0% (2025)" in alternative.first.get_attribute("aria-label")


def test_a_view_put_in_place_is_read_too(opened: Any) -> None:
    page = opened(COMPLAINTS, 1280)
    page.mouse.click(*place(page, "April 2021 to January 2022"))
    assert card(page)["value"] == "104"
    page.locator("#view a[data-choice=view]", has_text="Monthly average").click()
    page.wait_for_url("**view=average*")
    page.wait_for_selector(".mark[data-value='10.4 a month']", state="attached")
    assert card(page) == {}
    page.mouse.move(*place(page, "April to December 2021"))
    assert (card(page)["value"], card(page)["count"]) == ("10.7 a month", "96 in all")


def test_a_chart_is_read_without_plotly_and_in_few_bytes(opened: Any) -> None:
    page = opened(YEARS, 1280)
    scripts = page.evaluate(
        "performance.getEntriesByType('resource').filter(r => r.initiatorType === 'script')"
        ".map(r => [new URL(r.name).pathname, r.decodedBodySize])"
    )
    assert sorted(name for name, _ in scripts) == ["/assets/page.js", "/assets/reading.js"]
    assert sum(size for _, size in scripts) < 15_000


# --- made-up charts, put in the place of the page's own --------------------------------------


def _put(page: Any, chart: ChartView) -> None:
    """A chart as page.js puts it: other drawings, an empty card, and the event."""
    wide, narrow = (charts.svg(charts.scene(chart, s), ident=s) for s in ("page", "narrow"))
    page.evaluate(
        """([wide, narrow]) => {
            document.querySelectorAll("figure.chart svg.drawing").forEach((svg, at) => {
                svg.parentElement.removeAttribute("tabindex");
                svg.outerHTML = at ? narrow : wide;
            });
            document.querySelector(".reading").hidden = true;
            document.dispatchEvent(new CustomEvent("view-shown"));
        }""",
        [wide, narrow],
    )


def _chart(real_record: Record, **fields: Any) -> ChartView:
    found = measure(real_record, "children_missing_education", view="trend")
    assert found is not None
    return replace(found.chart, targets=(), events=(), y_range=(0.0, 100.0), **fields)


def _mark(x: date | str, value: float, series: str) -> Mark:
    return Mark(x, value, Reading("June 2021", series, f"{value:g}"))


def test_one_point_alone_is_read(opened: Any, real_record: Record) -> None:
    page = opened(COMPLAINTS, 1280)
    only = Line("Norfolk", (_mark(date(2021, 6, 1), 41, "Norfolk"),))
    _put(page, _chart(real_record, lines=(only,)))
    drawing(page).locator("xpath=..").focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight", "Home", "End"):
        page.keyboard.press(key)
        assert (card(page)["period"], card(page)["value"]) == ("June 2021", "41")


def test_of_150_lines_a_card_names_the_first_and_counts_the_rest(
    opened: Any, real_record: Record
) -> None:
    page = opened(COMPLAINTS, 1280)
    roles = ("own", "second", "third", *["context"] * 147)
    lines = tuple(
        Line(f"Area {i}", (_mark(date(2021, 6, 1), i / 2, f"Area {i}"),), role)  # type: ignore[arg-type]
        for i, role in enumerate(roles)
    )
    _put(page, _chart(real_record, lines=lines))
    page.mouse.move(*place(page, "June 2021"))
    said = card(page)
    assert said["series"] == "Area 0"
    assert said["others"].split(" | ")[::2] == [*(f"Area {i}" for i in range(1, 8)), "142 more"]
    assert page.locator(".reading").bounding_box()["height"] < 600


def test_an_empty_chart_takes_no_focus(opened: Any, real_record: Record) -> None:
    page = opened(COMPLAINTS, 1280)
    assert page.locator("figure.chart [tabindex='0']:has(> svg)").count() == 2
    _put(page, _chart(real_record, lines=(Line("Norfolk", ()),)))
    assert page.locator("figure.chart [tabindex='0']:has(> svg)").count() == 0
    drawing(page).click()
    assert card(page) == {}
