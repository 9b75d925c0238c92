"""Explore in a real browser: a journey by its controls, the keyboard, axe, no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DAYS = "/explore/?measure=ehc_plan_days&view=cohorts"
CHART = "#chart .main-svg"


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    opened.errors, opened.others = [], []
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.on(
        "console",
        lambda said: opened.errors.append(said.text) if said.type == "error" else None,
    )
    opened.on(
        "request",
        lambda sent: None if "127.0.0.1" in sent.url else opened.others.append(sent.url),
    )
    yield opened
    assert opened.errors == []
    assert [url for url in opened.others if url.startswith("http")] == []
    context.close()


def shown(page: Any, title: str) -> None:
    """Waits for a title that holds these words, and for its chart."""
    page.wait_for_function(
        "words => document.querySelector('#title')?.textContent.includes(words)", arg=title
    )
    page.wait_for_selector(CHART)


def lines_seen(page: Any) -> int:
    """How many lines the chart draws."""
    return int(page.locator("#chart .scatterlayer .trace").count())


def violations(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found]


def test_a_journey_by_the_controls_stands_in_the_address(page: Any, site_url: str) -> None:
    page.goto(f"{site_url}/explore/")
    shown(page, "issued within 20 weeks in 2025")
    page.get_by_label("Measure").select_option(label="Average time to a final EHC plan")
    shown(page, "EHC plans finished in January 2022")
    assert page.url.endswith("?measure=ehc_plan_days")
    page.get_by_label("Groups together").check()
    shown(page, "for those looked after")
    assert lines_seen(page) == 2
    page.get_by_label("Average time to a final plan, looked-after children").uncheck()
    page.wait_for_url("**&hide=2")
    page.wait_for_function(
        "() => document.querySelectorAll('#chart .scatterlayer .trace').length === 1"
    )
    assert page.locator("#table caption").inner_text() == "The figures of this chart"
    page.get_by_label("From").select_option(label="January 2021")
    page.wait_for_url("**&from=2021-01&hide=2")
    page.wait_for_function(
        "() => document.querySelector('#table tbody th').textContent.includes('2021')"
    )

    page.go_back()
    page.wait_for_url("**&view=cohorts&hide=2")
    page.go_back()
    page.wait_for_url("**&view=cohorts")
    page.wait_for_function(
        "() => document.querySelectorAll('#chart .scatterlayer .trace').length === 2"
    )
    assert page.get_by_label("Average time to a final plan, looked-after children").is_checked()
    page.go_back()
    shown(page, "EHC plans finished in January 2022")
    assert page.get_by_label("Month by month").is_checked()
    page.go_back()
    shown(page, "issued within 20 weeks in 2025")
    assert page.get_by_label("Measure").locator("option:checked").inner_text() == (
        "Plans within 20 weeks"
    )
    page.go_forward()
    shown(page, "EHC plans finished in January 2022")
    page.reload()
    shown(page, "EHC plans finished in January 2022")


def test_a_lost_connection_is_said_until_a_choice_comes_through(page: Any, site_url: str) -> None:
    page.goto(f"{site_url}/explore/?measure=ehc_plan_days")
    shown(page, "EHC plans finished in January 2022")
    told = page.locator("#connection")
    expect(told).to_be_hidden()
    page.context.set_offline(True)
    expect(told).to_contain_text("The connection is lost. What you see is the last view")
    page.context.set_offline(False)
    expect(told).to_be_hidden()
    page.context.set_offline(True)
    page.get_by_label("Groups together").check()
    page.wait_for_timeout(500)
    expect(told).to_contain_text("The connection is lost")
    assert violations(page) == []
    page.context.set_offline(False)
    expect(told).to_contain_text("choose again")
    page.get_by_label("Year on year").check()
    page.wait_for_url("**&view=year-on-year")
    expect(told).to_be_hidden()
    page.errors.clear()  # the browser's own words for what did not come


def test_a_server_that_does_not_answer_is_said(page: Any, site_url: str) -> None:
    page.goto(f"{site_url}/explore/?measure=ehc_plan_days")
    shown(page, "EHC plans finished in January 2022")
    page.route("**/_dash-update-component*", lambda route: route.abort())
    page.get_by_label("Groups together").check()
    expect(page.locator("#connection")).to_contain_text("The connection is lost")
    page.errors.clear()  # the browser's own words for what did not come


def test_a_bound_that_contradicts_another_takes_it_back_and_says_so(
    page: Any, site_url: str
) -> None:
    page.goto(f"{site_url}/explore/?measure=ehc_plan_days&from=2021-06")
    shown(page, "EHC plans finished in January 2022")
    page.get_by_label("To", exact=True).select_option(label="March 2021")
    page.wait_for_url("**&to=2021-03")
    expect(page.locator("#notice")).to_contain_text("From was later than To")
    page.get_by_label("Year on year").check()
    expect(page.locator("#notice")).to_be_empty()


def test_a_click_in_the_key_hides_a_line_and_unticks_it(page: Any, site_url: str) -> None:
    page.goto(site_url + DAYS)
    shown(page, "for those looked after")
    page.locator("#chart .legendtoggle").nth(1).click()
    page.wait_for_url("**&hide=2")
    ticked = page.get_by_label("Average time to a final plan, looked-after children")
    page.wait_for_function(
        "() => document.querySelectorAll('#chart .scatterlayer .trace').length === 1"
    )
    expect(ticked).not_to_be_checked()
    ticked.check()
    page.wait_for_url("**&view=cohorts")
    page.wait_for_function(
        "() => document.querySelectorAll('#chart .scatterlayer .trace').length === 2"
    )


def test_a_zoom_stays_while_a_line_is_hidden_and_goes_with_the_view(
    page: Any, site_url: str
) -> None:
    page.goto(site_url + DAYS)
    shown(page, "for those looked after")
    span = "document.querySelector('#chart .js-plotly-plot')._fullLayout.xaxis.range.join()"
    before = page.evaluate(span)
    page.locator("#chart [data-title='Zoom in']").click()
    page.wait_for_function(f"() => {span} !== '{before}'")
    near = page.evaluate(span)
    page.get_by_label("Average time to a final plan, looked-after children").uncheck()
    page.wait_for_url("**&hide=2")
    page.wait_for_function(
        "() => document.querySelectorAll('#chart .scatterlayer .trace').length === 1"
    )
    assert page.evaluate(span) == near
    page.get_by_label("Month by month").check()
    page.wait_for_url("**&view=trend")
    page.wait_for_function(f"() => {span} !== '{near}'")


def test_a_point_tells_what_the_document_tells(page: Any, site_url: str) -> None:
    page.goto(f"{site_url}/explore/?measure=ehc_plan_days")
    shown(page, "EHC plans finished in January 2022")
    page.locator("#chart .scatterlayer .point").last.hover(force=True)
    page.wait_for_selector("#chart .hoverlayer .hovertext")
    said = page.locator("#chart .hoverlayer .hovertext").text_content()
    rows = [row.split("\t") for row in page.locator("#table tbody tr").all_inner_texts()]
    assert any(said.startswith(f"{figure}, {month}") for month, figure, *_ in rows), said


def test_every_control_is_used_by_the_keyboard(page: Any, site_url: str) -> None:
    page.goto(f"{site_url}/explore/?measure=ehc_plan_days")
    shown(page, "EHC plans finished in January 2022")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.closest('.explore-field')?.id ?? ''"))
    wanted = ["measure-field", "cohort-field", "view-field", "from-field", "to-field"]
    assert [name for name in dict.fromkeys(reached) if name] == [*wanted, "as_at-field"]
    # A group of radio buttons is one stop of the Tab key.
    after_view = [then for at, then in pairwise(reached) if at == "view-field"]
    assert "view-field" not in after_view
    page.get_by_label("Month by month").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**&view=year-on-year")
    page.wait_for_function("() => document.activeElement.value === 'year-on-year'")


@pytest.mark.parametrize("address", ["?measure=nope", "?measure=ehc_plan_days&view=pie"])
def test_a_wrong_address_is_answered_in_words_and_a_measure_starts_again(
    page: Any, site_url: str, address: str
) -> None:
    assert page.goto(f"{site_url}/explore/{address}").status == 400
    page.errors.clear()  # the browser's own word for the status
    page.wait_for_function(
        "() => document.querySelector('#problem')?.textContent.includes('there is')"
    )
    assert not page.locator(CHART).is_visible()
    assert violations(page) == []
    page.get_by_label("Measure").select_option(label="Reviews in time")
    page.wait_for_url("**?measure=ehc_review_on_time")
    page.wait_for_selector(CHART)
    assert not page.locator("#problem").is_visible()


def test_what_is_taken_away_is_what_is_shown(page: Any, site_url: str) -> None:
    query = "measure=ehc_plan_days&cohort=lac&view=trend&from=2021-01&as_at=2022-03-18"
    page.goto(f"{site_url}/explore/?{query}")
    shown(page, "looked")
    found = page.locator("#links a")
    hrefs = {found.nth(at).inner_text(): found.nth(at).get_attribute("href") for at in range(4)}
    assert hrefs["Link to this view"] == f"/explore/?{query}"
    for href in (hrefs["This view as a page"], hrefs["Figures (CSV)"]):
        assert page.request.get(site_url + href).ok
    page.goto(site_url + hrefs["This view as a page"])
    assert page.url.startswith(f"{site_url}/measure/ehc_plan_days?")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("colours", ["none", "active"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(
    page: Any, site_url: str, width: int, colours: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(forced_colors=colours)
    for query in ("", "?view=neighbours", "?measure=complaints_local&view=added", DAYS[9:]):
        page.goto(f"{site_url}/explore/{query}")
        page.wait_for_selector(CHART)
        assert violations(page) == [], query
        assert page.evaluate("document.documentElement.scrollWidth") <= width, query


def test_without_scripts_it_leads_to_the_documents(browser: Any, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/explore/")
    assert "Explore needs scripts" in page.locator("main").inner_text()
    assert "Loading" not in page.locator("main").inner_text()
    page.get_by_role("link", name="the overview").click()
    assert page.url == f"{site_url}/"
    context.close()
