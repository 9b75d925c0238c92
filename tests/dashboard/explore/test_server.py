"""Explore as it is served: its addresses, its headers, and when Dash is imported."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/explore/", 200),
        ("/explore/?measure=ehc_plan_days&cohort=lac", 200),
        ("/explore/?measure=nope", 400),  # read by the app, which says what is wrong
        ("/explore/?view=neighbours&year=1999", 400),
        ("/explore/?colour=red", 400),
        ("/explore/?as_at=%FF", 400),
        ("/explore", 308),
        ("/explore/nothing", 404),
        ("/explore/measure/ehc_plan_days", 404),
        ("/explore/assets/nothing.css", 404),
        ("/explore/assets/explore.css", 200),
        ("/explored", 404),
    ],
)
def test_only_what_there_is_is_answered(client: Any, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_the_address_without_its_slash_keeps_its_choices(client: Any) -> None:
    sent = client.get("/explore?measure=ehc_plan_days")
    assert sent.headers["Location"] == "/explore/?measure=ehc_plan_days"


def test_the_headers_are_strict_and_no_cookie_is_set(client: Any) -> None:
    sent = client.get("/explore/")
    policy = sent.headers["Content-Security-Policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts
    assert "sha256-" in scripts
    assert "http" not in policy
    assert sent.headers["Referrer-Policy"] == "no-referrer"
    assert sent.headers["X-Request-ID"]
    assert "Set-Cookie" not in sent.headers


def test_nothing_of_another_host_is_loaded(client: Any) -> None:
    text = client.get("/explore/").get_data(as_text=True)
    assert 'src="http' not in text
    assert re.search(r'<link[^>]+href="http', text) is None
    assert "<noscript>" in text


def test_a_post_is_limited_and_what_is_no_callback_is_refused(client: Any) -> None:
    address = "/explore/_dash-update-component"
    assert client.post(address, json={"x": "y" * 2**17}).status_code == 413
    for body in ("", "[]", "{", '{"output": "x.y"}', '{"output": 5, "inputs": 7}'):
        sent = client.post(address, data=body, content_type="application/json")
        assert sent.status_code == 400, body


def test_a_script_that_there_is_not_is_not_found_and_fills_no_log(
    client: Any, caplog: pytest.LogCaptureFixture
) -> None:
    for path in ("dash/nothing.js", "nothing/dash.js", "dash/../../etc/passwd"):
        sent = client.get(f"/explore/_dash-component-suites/{path}")
        assert (sent.status_code, sent.text) == (404, "Not Found\n"), path
    assert caplog.records == []


def test_the_site_starts_without_dash_of_explore() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import sys, dashboard.explore; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    late = ("dash", "dash_bootstrap_components", "plotly", "pandas")
    assert [name for name in said if name.partition(".")[0] in late] == []
