"""Journeys in a real browser: axe on every page and view, views in place, keyboard, paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl import registry

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TWENTY = "/measure/ehc_plans_on_time_share_including_exceptions"
COMPLAINTS = "/measure/complaints_local"
DRAWN = "#view .drawing:visible svg"


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    opened.errors = []
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.on(
        "console",
        lambda said: (
            opened.errors.append(said.text)
            if said.type == "error" and "404" not in said.text
            else None
        ),
    )
    yield opened
    assert opened.errors == []
    context.close()


def violations(page: Any, within: str | None = None) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=within).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found]


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(
    page: Any, site_url: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for address in ("/", "/quality", "/about", "/nothing", "/?as_at=2021-09-17", TWENTY):
        page.goto(site_url + address)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


MEASURES = tuple(
    (name, cohort)
    for name, declared in registry.load().measures.items()
    for cohort in declared.cohorts
)


@pytest.mark.parametrize(("name", "cohort"), MEASURES)
def test_axe_finds_nothing_in_any_view_of_any_measure(
    page: Any, site_url: str, name: str, cohort: str
) -> None:
    """Each view as it is chosen in place, in usual colours and in forced ones.

    The first with its whole page, then the part that a choice changes.
    """
    page.goto(f"{site_url}/measure/{name}?cohort={cohort}")
    views = page.locator("#view nav[aria-label=View] a").all_inner_texts()
    within = None
    for view in views or [""]:
        if view:
            _choose(page, view)
        for colours in ("none", "active"):
            page.emulate_media(forced_colors=colours)
            assert violations(page, within) == [], (view, colours)
        within = "#view"


def test_axe_finds_nothing_in_forced_colours(browser: Any, site_url: str) -> None:
    context = browser.new_context(forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    for address in ("/", "/quality", "/about", "/nothing", "/?as_at=2021-09-17", TWENTY):
        page.goto(site_url + address)
        assert violations(page) == [], address
    context.close()


def _choose(page: Any, name: str) -> None:
    page.locator("#view a[data-choice=view]", has_text=name).click()
    page.wait_for_function(
        "name => document.querySelector('#view a[data-choice=view][aria-current]')"
        "?.textContent === name",
        arg=name,
    )


def test_a_view_changes_in_place_and_the_back_button_goes_back(page: Any, site_url: str) -> None:
    page.goto(site_url + COMPLAINTS)
    page.evaluate("window.stayed = true")
    _choose(page, "Monthly average")
    assert "view=average" in page.url
    assert page.evaluate("window.stayed")
    assert page.locator("#said").inner_text() == "Showing Monthly average"
    page.go_back()
    page.wait_for_function(
        "() => document.querySelector('#view a[aria-current][data-choice]').textContent"
        " === 'Month by month'"
    )
    assert page.url == site_url + COMPLAINTS
    page.go_forward()
    page.wait_for_function(
        "() => document.querySelector('#view a[aria-current][data-choice]').textContent"
        " === 'Monthly average'"
    )
    page.reload()
    assert page.locator("#view a[data-choice=view][aria-current]").inner_text() == "Monthly average"


def test_a_document_asks_for_little_and_for_nothing_elsewhere(page: Any, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site_url + TWENTY, wait_until="networkidle")
    assert all(url.startswith(site_url) for url in asked)
    assert not [url for url in asked if "plotly" in url or "_dash" in url]
    assert len(asked) <= 6


def test_by_keyboard_alone(page: Any, site_url: str) -> None:
    page.goto(site_url + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id || location.hash") in ("content", "#content")
    page.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"


def test_a_meeting_is_chosen_by_the_form(page: Any, site_url: str) -> None:
    page.goto(f"{site_url}{COMPLAINTS}?view=average")
    page.select_option("#as-at", "2021-09-17")
    page.click(".as-at button")
    page.wait_for_url("**as_at=2021-09-17**")
    assert "view=average" in page.url
    assert "17 September 2021" in page.locator("figcaption").first.inner_text()


def test_the_picture_is_named_as_it_should_be(page: Any, site_url: str) -> None:
    page.goto(f"{site_url}/measure/children_missing_education?as_at=2022-03-18")
    with page.expect_download() as waiting:
        page.click("#view a[href*='picture.png']")
    assert waiting.value.suggested_filename == "2022-03-18_1a_children-missing-education.png"
    assert Path(waiting.value.path()).read_bytes()[:4] == b"\x89PNG"


@pytest.mark.parametrize(("width", "size"), [(1280, "wide"), (768, "wide"), (390, "narrow")])
def test_each_screen_sees_the_drawing_that_fits(
    browser: Any, site_url: str, width: int, size: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(site_url + TWENTY)
    for name in ("wide", "narrow"):
        assert page.locator(f"#view .drawing.{name}").is_visible() is (name == size)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    assert page.locator("#view .drawing.wide").is_visible()
    assert not page.locator("#view .drawing.narrow").is_visible()
    context.close()


def test_without_scripts_everything_is_there(browser: Any, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}{TWENTY}?view=bases")
    assert page.locator("h1").inner_text()
    assert page.locator("#view a[aria-current]", has_text="Both bases").count() == 1
    assert page.locator(DRAWN).count() == 1
    page.click("summary >> nth=0")
    assert page.locator("figure table tbody tr").first.is_visible()
    page.click("#view a:has-text('How late')")
    assert page.url.endswith("view=tail")
    assert page.locator("#view a[aria-current]", has_text="How late").count() == 1
    context.close()


def test_on_paper_there_are_no_controls_but_address_and_date(page: Any, site_url: str) -> None:
    page.goto(f"{site_url}/?as_at=2021-09-17")
    page.emulate_media(media="print")
    for control in (".top", ".as-at", ".downloads", ".skip"):
        assert not page.locator(control).first.is_visible(), control
    foot = page.locator(".paper").inner_text()
    assert "As reported at 17 September 2021" in foot
    # No address is named to the site (SEND_SITE_URL), so it prints none of a host.
    assert foot.endswith(" /?as_at=2021-09-17")


def test_a_chosen_view_takes_the_place_of_the_one_before(page: Any, site_url: str) -> None:
    page.goto(site_url + TWENTY)
    page.locator("#view figure summary").click()
    page.locator("#view a[data-choice=view]", has_text="Months of a year").focus()
    _choose(page, "Months of a year")
    # The choice keeps the focus, the table stays open, the part says that it is whole.
    assert page.evaluate("document.activeElement.textContent") == "Months of a year"
    assert page.locator(f"{DRAWN} text", has_text="Year to date").count() >= 1
    assert page.locator("#view figure details[open]").count() == 1
    assert page.locator("#view[aria-busy]").count() == 0


def test_the_last_of_two_views_chosen_is_shown(page: Any, site_url: str) -> None:
    """However slowly the first comes."""
    page.goto(site_url + TWENTY)
    slow: list[Any] = []
    page.route("**/*view=months*", lambda route: slow.append(route))
    page.locator("#view a[data-choice=view]", has_text="Months of a year").click()
    page.wait_for_selector("#view[aria-busy=true]")
    _choose(page, "Neighbours")
    for route in slow:
        route.abort()
    page.wait_for_timeout(200)
    assert page.locator("#view a[data-choice=view][aria-current]").first.inner_text() == (
        "Neighbours"
    )
    assert page.locator("#view .not-come").count() == 0


@pytest.mark.parametrize("how", ["late", "lost", "refused"])
def test_a_view_that_does_not_come_is_said_and_offered(
    browser: Any, site_url: str, how: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(site_url + TWENTY)
    answer = {
        "late": lambda route: None,
        "lost": lambda route: route.abort(),
        "refused": lambda route: route.fulfill(status=503, body="The figures cannot be reached"),
    }[how]
    page.route("**/*part=view*", answer)
    page.clock.install()
    page.locator("#view a[data-choice=view]", has_text="Neighbours").click()
    page.clock.fast_forward(9000)
    page.wait_for_selector("#view .caution a")
    assert page.locator("#said").inner_text() == "The view has not come"
    link = page.locator("#view .caution a", has_text="Open Neighbours as a page")
    page.unroute("**/*part=view*")
    link.click()
    page.wait_for_url("**view=neighbours")
    assert page.locator("h1").count() == 1
    context.close()


def test_the_overview_prints_on_two_sheets_with_its_address(page: Any, site_url: str) -> None:
    import pypdfium2

    page.goto(f"{site_url}/?as_at=2022-03-18")
    sheets = pypdfium2.PdfDocument(page.pdf(format="A4"))
    assert len(sheets) == 2
    for sheet in sheets:
        words = sheet.get_textpage().get_text_bounded()
        assert "As reported at 18 March 2022" in words
        assert "as_at=2022-03-18" in words
        assert "Show" not in words.split()
