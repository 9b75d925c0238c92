"""The pages in a real browser: axe, keyboard, pasting into the grid, and without scripts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from werkzeug.serving import make_server

from dashboard.web.app import create_app
from etl.publication import NewRelease
from etl.record import Explanation
from etl.store import Store
from tests.dashboard.officer.signed_in import PASSWORD, Officer, add

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def site(seeded_store: Store) -> Iterator[tuple[str, str]]:
    """The address of a running site, and the path of a draft with something of everything."""
    add(seeded_store, "anna")
    app = create_app(seeded_store)
    anna = Officer(seeded_store, "anna", app)
    where = anna.open("/officer/drafts/new").send("new", meeting="2022-05-20").at
    anna.open(f"{where}/grid").send(
        "/grid",
        **{
            "c:children_missing_education/all@2022-01": "4870",
            "c:ehc_plan_days/all@2022-02": "wat",
        },
    )
    anna.open(f"{where}/correct?row=officer|children_missing_education/all|month&month=2021-12")
    anna.send("/correct", value="496", reason="miscounted")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}", where
    server.shutdown()
    thread.join()


@pytest.fixture
def page(browser: Any, site: tuple[str, str]) -> Iterator[Any]:
    """A page of a browser that is signed in, by keyboard alone."""
    context = browser.new_context(base_url=site[0], viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto("/officer/")
    opened.focus("#name")
    opened.keyboard.type("anna")
    opened.keyboard.press("Tab")
    opened.keyboard.type(PASSWORD)
    opened.keyboard.press("Enter")
    opened.wait_for_selector("text=Sign out")
    yield opened
    context.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_overflows(
    page: Any, site: tuple[str, str], seeded_store: Store, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    where = site[1]
    said = Explanation("ehc_plan_days", "all", None, date(2022, 5, 20), "Staff were away")
    new = NewRelease(date(2022, 5, 20), "Words", "officer", (), declarations=(said,))
    seeded_store.publish([new], "anna")
    word = seeded_store.words()[0].id
    page.set_viewport_size({"width": width, "height": 900})
    for path in (
        "/officer/",
        "/officer/drafts/new",
        "/officer/upload",
        where,
        f"{where}/grid",
        f"{where}/upload",
        f"{where}/state",
        f"{where}/add/explanation",
        f"{where}/add/event",
        f"{where}/add/target",
        "/officer/releases",
        "/officer/releases/2",
        "/officer/words",
        f"/officer/words/{word}",
        "/officer/history",
        "/officer/packs",
        "/officer/packs/2022-03-18",
        "/officer/nothing-here",
        f"{where}/correct?row=officer|children_missing_education/all|month&month=2021-12",
    ):
        page.goto(path)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_errors_take_the_focus_and_lead_to_their_field(page: Any, site: tuple[str, str]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(f"{site[1]}/add/target")
    page.click("button.main")
    assert page.evaluate("document.activeElement.id") == "errors"
    assert page.title().startswith("Error: ")
    assert Axe().run(page).response["violations"] == []
    for at, field in enumerate(("row", "value")):
        page.click(f"#errors a >> nth={at}")
        assert page.evaluate("document.activeElement.id") == field


def paste(page: Any, cell: str, text: str) -> None:
    """What a spreadsheet copies, pasted into the cell with this label."""
    page.evaluate(
        """([label, text]) => {
            const cell = document.querySelector(`[aria-label="${label}"]`);
            const data = new DataTransfer();
            data.setData('text', text);
            cell.dispatchEvent(new ClipboardEvent('paste',
                {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        [cell, text],
    )


def test_a_cell_of_two_lines_moves_no_other_into_a_wrong_row(
    page: Any, site: tuple[str, str]
) -> None:
    page.goto(f"{site[1]}/grid")
    page.fill('[aria-label="4a Reviews completed in time, looked-after children, Feb-22"]', "75%")
    paste(
        page,
        "3 Average time to a final plan, Feb-22",
        '"208.4 days\n29.8 ""weeks"""\r\n61% in time\r\n12\r\n\r\n110\r\n',
    )
    rows = (
        "3 Average time to a final plan",
        "4 Reviews completed in time",
        "3a Average time to a final plan, looked-after children",
        "4a Reviews completed in time, looked-after children",
        "5a Complaints received",
    )
    held = [page.input_value(f'[aria-label="{row}, Feb-22"]') for row in rows]
    assert held == ['208.4 days 29.8 "weeks"', "61% in time", "12", "75%", "110"]


def test_cells_with_labels_are_put_into_their_rows_by_the_server(
    page: Any, site: tuple[str, str]
) -> None:
    page.goto(f"{site[1]}/grid")
    paste(page, "Pupils in schools, Feb-22", "\tFeb-22\n1d\t12\n1b\t61\n")
    assert page.input_value('[aria-label="Pupils in schools, Feb-22"]') == ""
    assert "have labels" in page.inner_text("#grid-said")
    page.click("button:has-text('Put them into the rows')")
    page.wait_for_selector("text=Saved.")
    assert page.input_value('[aria-label="1b With an EHC plan, Feb-22"]') == "61"
    assert page.input_value('[aria-label="1d Looked after, Feb-22"]') == "12"


def test_a_pasted_column_goes_down_its_rows(page: Any, site: tuple[str, str]) -> None:
    page.goto(f"{site[1]}/grid")
    paste(page, "1b With an EHC plan, Jan-22", "61\r\n12.5%\r\nnil\r\n")
    rows = ("1b With an EHC plan", "1c Share with an EHC plan", "1d Looked after")
    held = [page.input_value(f'[aria-label="{row}, Jan-22"]') for row in rows]
    assert held == ["61", "12.5%", "nil"]
    assert "3 figures pasted" in page.inner_text("#grid-said")
    page.click("text=Save and review")
    page.wait_for_url(f"**{site[1]}")
    assert "4 new, 1 revised" in page.inner_text("main")


def test_the_month_can_be_published_without_scripts(browser: Any, site: tuple[str, str]) -> None:
    context = browser.new_context(base_url=site[0], java_script_enabled=False)
    page = context.new_page()
    page.goto("/officer/")
    page.fill("#name", "anna")
    page.fill("#password", PASSWORD)
    page.click("button.main")
    page.wait_for_selector("text=Sign out")
    page.goto(f"{site[1]}/grid")
    page.fill('[aria-label="1b With an EHC plan, Jan-22"]', "61")
    page.click("text=Save and review")
    page.wait_for_selector("#accept")
    page.fill("#accept", "the figures are checked")
    page.click("button.main:has-text('Publish')")
    page.click("button.main:has-text('Publish at once')")
    page.wait_for_url("**/officer/releases")
    assert "Published as release" in page.inner_text("main")
    context.close()


def test_focus_is_always_to_be_seen(page: Any, site: tuple[str, str]) -> None:
    page.goto(site[1])
    for _ in range(25):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_a_form_sent_after_the_session_ended_is_offered_again(
    page: Any, site: tuple[str, str], seeded_store: Store
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(f"{site[1]}/grid")
    page.fill('[aria-label="1b With an EHC plan, Jan-22"]', "61")
    seeded_store.accounts.signed_out("anna")
    page.click("text=Save and review")
    page.wait_for_selector("text=What you typed is kept")
    assert Axe().run(page).response["violations"] == []
    page.fill("#name", "anna")
    page.fill("#password", PASSWORD)
    page.click("button.main")
    page.wait_for_selector("text=Nothing of it was saved yet")
    assert Axe().run(page).response["violations"] == []
    page.click("text=Send what you typed")
    page.wait_for_url(f"**{site[1]}")
    assert "2 new" in page.inner_text("main")


def test_axe_finds_nothing_where_publishing_is_asked_about(
    page: Any, site: tuple[str, str]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(site[1])
        page.fill("#accept", "looked at")
        page.click("button.main:has-text('Publish')")
        page.wait_for_selector("text=For whom")
        assert Axe().run(page).response["violations"] == []
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
