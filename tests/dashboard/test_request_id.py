"""A request's id is in its answer and in the log; nothing secret is in the log."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.views import overview
from dashboard.web.app import create_app
from etl import logs
from etl.store import Store
from tests.dashboard.officer.signed_in import PASSWORD, Officer, add, officers_server


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    root = logging.getLogger()
    before = list(root.handlers)
    logs.configure(logging.INFO)
    yield capsys
    root.handlers[:] = before
    for name in ("etl", "dashboard"):
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.mark.parametrize("address", ["/", "/nothing", "/health", "/api/observations.csv"])
def test_each_answer_has_an_id_of_its_own(client: Any, address: str) -> None:
    ids = [client.get(address).headers.getlist("X-Request-ID") for _ in range(3)]
    assert [len(one) for one in ids] == [1, 1, 1]
    assert len({one[0] for one in ids}) == 3, "the id of an answer that was kept"
    assert all(re.fullmatch(r"[0-9a-f]{8}", one[0]) for one in ids)


@pytest.mark.parametrize(
    ("proxy", "sent", "kept"),
    [
        ("", "abc-123", False),
        ("1", "abc-123", True),
        ("1", "x\tforged", False),
        ("1", "a" * 65, False),
        ("1", "", False),
    ],
)
def test_only_a_proxy_that_is_trusted_gives_ids(
    store: Store, monkeypatch: pytest.MonkeyPatch, proxy: str, sent: str, kept: bool
) -> None:
    monkeypatch.setenv("SEND_BEHIND_PROXY", proxy)
    client = create_app(store).test_client()
    answer = client.get("/health", headers={"X-Request-ID": sent})
    assert (answer.headers["X-Request-ID"] == sent) is kept


def test_an_error_is_logged_once_with_its_requests_id(
    seeded_store: Store, monkeypatch: pytest.MonkeyPatch, log: pytest.CaptureFixture[str]
) -> None:
    client = create_app(seeded_store).test_client()
    monkeypatch.setattr(overview, "overview", lambda *_: 1 / 0)
    for _ in range(2):
        answer = client.get("/?as_at=2022-03-18")
        written = log.readouterr().err
        assert answer.status_code == 500
        assert written.count("Traceback") == written.count("ZeroDivisionError:") == 1
        assert f"[{answer.headers['X-Request-ID']}] dashboard.web: Exception on / [GET]" in written


def test_nothing_secret_is_logged(
    seeded_store: Store, monkeypatch: pytest.MonkeyPatch, log: pytest.CaptureFixture[str]
) -> None:
    """Signing in, well and badly, forms that fail in the middle: no password, cookie or token."""
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        add(seeded_store, "anna")
        stranger = Officer(seeded_store)
        stranger.open("/officer/sign-in?next=/officer/x?private=1")
        stranger.send("sign-in", name="anna", password="guess one of mine")
        stranger.send("sign-in", name="my password in the wrong field", password="x")
        server = officers_server(seeded_store)
        server.config["PROPAGATE_EXCEPTIONS"] = False
        anna = Officer(seeded_store, "anna", server)
        secrets = [PASSWORD, "guess one", "wrong field", "private"]
        secrets += [cookie.value for cookie in anna.client._cookies.values()]
        _, fields = anna.open("/officer/drafts/new").form("new")
        secrets += [value for name, value in fields.items() if name == "csrf_token"]
        monkeypatch.setattr(type(seeded_store.drafts), "create", lambda *_, **__: 1 / 0)
        anna.client.post("/officer/drafts/new?private=2", data=fields)
    finally:
        logging.getLogger().setLevel(logging.WARNING)
    written = log.readouterr().err
    assert len(secrets) > 6
    assert "sign-in failed: 'anna' from 127.0.0.1" in written
    assert "sign-in failed: an unknown name" in written
    assert written.count("Traceback") == 1
    for secret in secrets:
        assert secret not in written
