"""What a stranger may send, and is told: no traceback, no host of their own, no hint."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from dashboard.web.app import create_app
from dashboard.web.limits import SMALL, UPLOAD, largest_body
from dashboard.web.site_address import canonical, site_url
from etl.model import UserError
from etl.store import Store
from tests.dashboard.officer.signed_in import Officer, add

PAGE = "/measure/ehc_plan_days"


@pytest.mark.parametrize("address", [PAGE, "/", "/health", "/api/observations.csv", "/nothing"])
def test_readers_send_little(client: Any, address: str) -> None:
    answer = client.post(address, data=b" " * (SMALL + 1), content_type="application/json")
    assert answer.status_code in (413, 405, 404)
    assert largest_body(address) == SMALL
    assert largest_body("/officer/drafts/1/upload") == UPLOAD


def _ask(server: Any, path: str, host: str, query: str = "") -> tuple[int, str, str]:
    """Status, headers and body of a request with just this path and this Host."""
    environ = EnvironBuilder().get_environ()
    environ |= {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": host}
    parts, status, headers = run_wsgi_app(server, environ)
    return int(status[:3]), str(headers), b"".join(parts).decode()


FORGED = [
    "evil.example",
    "evil.example:8050",
    "evil.example:99999",
    "[",
    "",
    "evil.example<script>",
    'evil.example"}',
    "127.0.0.1.evil.example",
    "localhost.evil.example",
]


@pytest.mark.parametrize("host", FORGED)
def test_a_forged_host_is_printed_nowhere(site_app: Any, host: str) -> None:
    for path in (
        "/",
        PAGE,
        "/quality",
        "/nothing",
        "/officer",
        "/officer/",
        "/about/",
        "//about",
        "/api/schema.json",
    ):
        status, headers, body = _ask(site_app, path, host)
        assert status != 500, path
        assert "evil.example" not in headers + body, path


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "/\\evil.example", "///evil.example/", '/x"><script>', "/a\nb}body{", "//["],
)
def test_a_path_leads_to_no_other_site_and_is_no_markup(site_app: Any, path: str) -> None:
    for query in ("", "as_at=x", "view=\"><script>&x='\n}"):
        status, headers, body = _ask(site_app, path, "localhost", query)
        assert status in (400, 404)
        assert "Location" not in headers
        for sign in ('"//', '"/\\', "<script>", "\nb}", "\n}", "'\n"):
            assert sign not in body, (sign, query)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", ""),
        ("  ", ""),
        ("https://send.example.gov.uk", "https://send.example.gov.uk"),
        ("https://Send.Example.gov.uk/ ", "https://send.example.gov.uk"),
        ("http://10.0.0.7:8050", "http://10.0.0.7:8050"),
        ("https://localhost", "https://localhost"),
    ],
)
def test_the_address_of_the_site(text: str, address: str) -> None:
    assert site_url(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "send.example.gov.uk",
        "ftp://send.example.gov.uk",
        "https://",
        "https:///x",
        "https://x/send",
        "https://x?y",
        "https://x#y",
        "https://me:secret@x",
        "https://x:port",
        "https://x:99999",
        "https://a b",
        "https://x<script>",
        "http://[",
        "//x",
        "https://.x",
        "https://x..y",
        "1",
        "http://[::1]:8050",
    ],
)
def test_what_is_no_address_stops_the_start_in_words(
    text: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEND_SITE_URL", text)
    with pytest.raises(UserError, match=r"SEND_SITE_URL: .* is not a site's address"):
        create_app(store)


def test_where_the_address_is_known_it_is_the_only_one(
    real_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEND_SITE_URL", "https://send.example.gov.uk/")
    server = create_app(real_store)
    for host in ("send.example.gov.uk", "send.example.gov.uk:443", "localhost:8050", "127.0.0.1"):
        status, _, body = _ask(server, PAGE, host, "view=trend&x=1&as_at=2022-03-18")
        assert status == 200, host
        assert (
            '<link rel="canonical" href="https://send.example.gov.uk/measure/ehc_plan_days'
            '?as_at=2022-03-18&amp;view=trend">'
        ) in body
        # On paper stand the choices, and nothing else of what was asked.
        assert (
            " https://send.example.gov.uk/measure/ehc_plan_days?as_at=2022-03-18&amp;view=trend</p>"
        ) in body
        assert "x=1" not in body
    for path in ("/", "/health", "/nothing", "/officer/"):
        for host in (*FORGED, "send.example.gov.uk.evil.example"):
            status, headers, body = _ask(server, path, host)
            assert (status, body) == (
                400,
                "This site answers at https://send.example.gov.uk/ only.\n",
            )
            assert "Content-Security-Policy" in headers
    assert "canonical" not in _ask(server, "/nothing", "localhost")[2]


def test_without_an_address_a_page_has_no_canonical_one(client: Any) -> None:
    page = client.get(f"{PAGE}?view=years").get_data(as_text=True)
    assert "canonical" not in page
    assert f". {PAGE}?view=years</p>" in page  # on paper
    assert canonical("https://x", "/", {"to": "2021-01", "from": "2020-01", "q": "1"}) == (
        "https://x/?from=2020-01&to=2021-01"
    )


@pytest.mark.parametrize(
    "address",
    [
        "/",
        PAGE,
        "/nothing",
        "/api/observations.csv",
        "/health",
        "/api/schema.json",
    ],
)
def test_public_answers_do_not_vary_by_cookie(store: Store, address: str) -> None:
    add(store, "anna")
    anna = Officer(store, "anna")
    for visitor in (anna.server.test_client(), anna.client):
        answer = visitor.get(address)
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert "Set-Cookie" not in answer.headers
    assert "Cookie" in anna.client.get("/officer/").headers["Vary"]


def test_an_error_of_ours_is_one_line_and_one_traceback(
    seeded_store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    server = create_app(seeded_store)
    monkeypatch.setattr(seeded_store, "clock", lambda: 1 / 0)
    caplog.set_level(logging.ERROR)
    answer = server.test_client().get("/health")
    assert (answer.status_code, answer.get_data(as_text=True)) == (500, "Internal Server Error\n")
    assert caplog.text.count("Traceback") == 1
