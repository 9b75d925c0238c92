"""Pages by address: status, title, landmarks, choices, headers; a page that fails says so."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dashboard.views import overview
from dashboard.web.app import create_app
from etl.store import Store

TWENTY = "/measure/ehc_plans_on_time_share_including_exceptions"
PAGES = ("/", "/quality", "/about", "/measure/children_missing_education", TWENTY)


def text(client: Any, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return str(answer.get_data(as_text=True))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole_before_any_script(client: Any, address: str) -> None:
    page = text(client, address)
    assert '<html lang="en-GB"' in page
    assert page.count("<h1>") == page.count("<main ") == page.count("<title>") == 1
    assert re.search(r"<title>[^<]+ - Norfolk SEND performance</title>", page)
    assert 'class="skip" href="#content"' in page


def test_titles_differ(client: Any) -> None:
    titles = [re.search("<title>(.*?)</title>", text(client, p)).group(1) for p in PAGES]  # type: ignore[union-attr]
    assert len(set(titles)) == len(PAGES)


@pytest.mark.parametrize(
    "address", ["/nothing", "/measure/", "/measure/nothing", "/measure/x/y", "/quality/x", "/admin"]
)
def test_an_unknown_address_is_a_real_404_that_leads_on(client: Any, address: str) -> None:
    assert '<a href="/">Go to the overview</a>' in text(client, address, 404)


@pytest.mark.parametrize(
    "query", ["as_at=18/03/2022", "as_at=2022-02-30", "year=x", "from=2021-13"]
)
def test_a_choice_that_means_nothing_is_told_by_name(client: Any, query: str) -> None:
    assert f"{query.split('=')[0]}:" in text(client, f"/?{query}", 400)


def test_text_from_the_address_never_becomes_markup(client: Any) -> None:
    page = text(client, '/?as_at=<script>alert("x")</script>', 400)
    assert "<script>alert" not in page
    assert "<img" not in text(client, "/<img src=x>", 404)
    page = text(client, "/?as_at=2021-09-17&x=%22%3E%3Cb%3E")
    assert "<b>" not in page


@pytest.mark.parametrize("address", PAGES)
def test_a_document_loads_only_what_is_ours_and_nothing_inline(client: Any, address: str) -> None:
    page = text(client, address)
    ours = re.compile(r'<script src="/assets/[^"]+" (defer|type="module")>')
    assert all(ours.fullmatch(tag) for tag in re.findall(r"<script[^>]*>", page))
    assert "<style" not in page
    assert not re.search(r"""\s(style|on\w+)=["']""", page)


def test_the_overview_shows_the_rows_that_members_know_in_their_order(client: Any) -> None:
    page = text(client, "/")
    serials = re.findall(r'<td class="c-no">([^<]+)</td>', page)
    assert serials[:5] == ["1a", "1b", "1c", "1d", "1e"]
    assert "495" in page
    assert "595 in Dec 2020" in page
    assert "387 in Jul 2021" in page


def test_a_meeting_shows_what_was_reported_then_and_stays_chosen(client: Any) -> None:
    page = text(client, "/?as_at=2021-09-17")
    assert "387" in page
    assert ">495<" not in page
    assert '<option value="2021-09-17" selected>' in page
    links = re.findall(r'href="(/measure/[^"]+|/quality[^"]*)"', page)
    assert links
    assert all("as_at=2021-09-17" in link for link in links)


def test_a_view_is_in_the_address(client: Any) -> None:
    page = text(client, f"{TWENTY}?view=months")
    chosen = re.search(r"<a ([^>]*)>Months of a year", page)
    assert chosen
    assert 'aria-current="true"' in chosen.group(1)
    assert "view=months" in chosen.group(1)


def test_a_chart_says_its_figures_in_words_and_as_a_table(client: Any) -> None:
    page = text(client, TWENTY)
    alt = re.search(r'role="img"[^>]*aria-label="([^"]+)"', page)
    assert alt
    assert "59.0%" in alt.group(1)
    assert re.search(r'<th scope="row">2021</th><td>53.6%</td>', page)


def test_a_view_comes_alone_for_the_script_that_puts_it_in_place(client: Any) -> None:
    part = text(client, f"{TWENTY}?view=months&part=view")
    whole = text(client, f"{TWENTY}?view=months")
    assert re.search(r'<a [^>]*aria-current="true"[^>]*>Months of a year</a>', part)
    assert part.strip() in whole
    assert "<main" not in part
    assert "part=view" not in part


def test_a_chart_is_drawn_wide_and_narrow_whoever_asks(client: Any) -> None:
    page = text(client, TWENTY)
    for size in ("wide", "narrow"):
        drawing = page.split(f'<div class="drawing {size}"')[1]
        assert drawing.index("<svg") < drawing.index("</div>")
    telephone = client.get(TWENTY, headers={"User-Agent": "Mobi"}).get_data(as_text=True)
    assert telephone == page


@pytest.mark.parametrize("address", ["/", "/nothing", "/api/observations.csv", "/health", TWENTY])
def test_headers_stand_on_every_answer(client: Any, address: str) -> None:
    headers = client.get(address).headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers


def test_strict_transport_only_behind_tls(client: Any) -> None:
    assert "Strict-Transport-Security" in client.get("/", base_url="https://localhost").headers


def test_what_is_kept_is_sent_as_each_reader_takes_it(client: Any) -> None:
    for _ in range(2):
        packed = client.get("/about", headers={"Accept-Encoding": "gzip"})
        plain = client.get("/about")
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        assert plain.get_data().startswith(b"<!DOCTYPE html>")
        assert "Accept-Encoding" in plain.headers["Vary"]


def test_assets_keep_a_year_under_an_address_of_their_content(client: Any) -> None:
    style = re.search(r'href="(/assets/site.css\?v=[0-9a-f]+)"', text(client, "/"))
    assert style
    assert "max-age=31536000" in client.get(style.group(1)).headers["Cache-Control"]


def test_a_part_that_fails_says_so_and_the_rest_stands(
    seeded_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = create_app(seeded_store)
    monkeypatch.setitem(server.jinja_env.globals, "sparkline", lambda *_: 1 / 0)
    page = text(server.test_client(), "/")
    assert "The table of measures cannot be shown just now." in page
    assert "<h1>" in page
    assert "ZeroDivisionError" not in page


def test_a_page_that_fails_says_so_without_a_traceback(
    seeded_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "overview", lambda *_: 1 / 0)
    page = text(create_app(seeded_store).test_client(), "/", 500)
    assert "This page cannot be shown just now" in page
    assert "ZeroDivisionError" not in page


def test_an_empty_store_says_what_to_do(store: Store) -> None:
    client = create_app(store).test_client()
    assert "No figures are held yet" in text(client, "/")
    assert "no figure is held" in text(client, "/measure/ehc_plan_days").lower()


def test_rows_that_belong_together_lead_to_each_other(client: Any) -> None:
    page = text(client, "/measure/children_missing_education_share?as_at=2022-03-18")
    beside = page.split("Rows that belong with this one")[1].split("</section>")[0]
    assert 'href="/measure/children_missing_education?as_at=2022-03-18"' in beside


def test_why_a_view_cannot_be_shown_is_there_to_be_read(client: Any) -> None:
    page = text(client, "/measure/ehc_plan_days")
    assert re.search(r'<p class="small why-not">Usual variation is not shown. Too few months', page)


def test_before_the_first_publication_a_page_says_so(client: Any) -> None:
    page = text(client, "/?as_at=2020-01-01")
    assert "Nothing was published by 1 January 2020" in page
    assert '<option value="2020-01-01" selected>1 January 2020</option>' in page


def test_months_without_a_figure_are_said_to_be_chosen(client: Any) -> None:
    page = text(client, "/measure/ehc_plan_days?from=2030-01")
    assert "No figure lies in the months that were chosen." in page
