"""Every officer address is closed to strangers and to the wrong role; cookies; headers; CSRF."""

from __future__ import annotations

import logging
import re
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from itsdangerous import URLSafeTimedSerializer

from dashboard.officer import passwords, session, signin, waiting
from dashboard.web.app import create_app
from etl.store import Store
from tests.dashboard.officer.signed_in import PASSWORD, Officer, add, officers_server

FILLED = {
    "number": "1",
    "sha256": "0" * 64,
    "kind": "event",
    "meeting": "latest",
    "name": "x.png",
    "rest": "nowhere",
}
OPEN = {"/officer/sign-in", "/officer"}
# What an editor without the role publisher may not send, and the other way round.
PUBLISHERS = {
    "publish",
    "take_back",
    "publish_again",
    "purge",
    "take_back_word",
    "say_word_again",
    "hold",
    "lift_hold",
}
EDITORS = {
    "begin",
    "begin_draft",
    "set_meeting",
    "take_out",
    "discard",
    "answer",
    "upload",
    "upload_new",
    "upload_more",
    "upload_into",
    "grid_page",
    "grid_save",
    "correct",
    "correct_figure",
    "state",
    "state_figure",
    "declare",
    "declare_it",
}


def routes(store: Store) -> list[tuple[str, str, str]]:
    """Every officer address: method, path with something in its places, name of the view."""
    found = []
    for rule in officers_server(store).url_map.iter_rules():
        if rule.rule.startswith("/officer"):
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: FILLED[m[1]], rule.rule)
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                found.append((method, path, rule.endpoint.rpartition(".")[2]))
    assert len(found) > 30
    return found


def test_a_stranger_meets_the_sign_in_page_everywhere(store: Store) -> None:
    add(store, "anna")
    server = create_app(store)
    for method, path, name in routes(store):
        answer = server.test_client().open(path, method=method)
        if path in OPEN:
            continue
        assert answer.status_code == 401, (method, path)
        assert 'name="password"' in answer.get_data(as_text=True), (method, path, name)


def test_without_an_account_there_are_no_officer_pages(store: Store) -> None:
    server = create_app(store)
    for method, path, _ in routes(store):
        assert server.test_client().open(path, method=method).status_code == 404, (method, path)


def test_each_role_is_kept_from_the_acts_of_the_other(store: Store) -> None:
    add(store, "ed", publisher=False)
    add(store, "pub", editor=False)
    server = create_app(store)
    ed, pub = Officer(store, "ed", server), Officer(store, "pub", server)
    named = set()
    for method, path, name in routes(store):
        named.add(name)
        if name in PUBLISHERS:
            assert ed.client.open(path, method=method).status_code == 403, path
        if name in EDITORS:
            assert pub.client.open(path, method=method).status_code == 403, path
    assert named >= PUBLISHERS | EDITORS
    told = officers_server(store).view_functions
    for name in named - {"officer_home"}:
        role = getattr(told[f"officer.{name}"], "needs_role", "")
        assert role == ("publisher" if name in PUBLISHERS else "editor" if name in EDITORS else "")


def test_a_form_without_its_token_changes_nothing(store: Store) -> None:
    add(store, "anna")
    anna = Officer(store, "anna")
    for method, path, name in routes(store):
        if method == "GET" or path in OPEN:
            continue
        sent = anna.client.open(path, method=method, data={"meeting": "2022-05-20"})
        assert sent.status_code == 400, (path, name)
        assert "out of date" in sent.get_data(as_text=True)
    assert store.drafts.all() == ()
    sent = anna.server.test_client().post("/officer/sign-in", data={"name": "anna"})
    assert sent.status_code == 400


def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_http(store: Store) -> None:
    add(store, "anna")
    client = create_app(store).test_client()
    plain = client.get("/officer/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=Lax" in plain
    assert "Path=/officer" in plain
    assert "Secure" not in plain
    client = create_app(store).test_client()
    assert "Secure" in client.get("/officer/", base_url="https://x").headers["Set-Cookie"]


def test_readers_get_no_cookie_and_a_signed_in_officer_none_there_either(store: Store) -> None:
    add(store, "anna")
    anna = Officer(store, "anna")
    for path in ("/", "/quality", "/about", "/api/observations.csv", "/health"):
        answer = anna.client.get(path)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers, path
        assert "anna" not in answer.get_data(as_text=True)


def test_every_answer_has_the_headers_and_is_not_kept(store: Store) -> None:
    add(store, "anna")
    anna = Officer(store, "anna")
    for path in ("/officer/", "/officer/sign-in", "/officer/nothing", "/officer/drafts/99"):
        headers = anna.client.get(path).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"], path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        if path != "/officer/nothing":
            assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/officer//evil.example",
        "/officer/\\evil",
        "javascript:alert(1)",
        "/",
        "/officer/\nx",
        "/officer/../",
    ],
)
def test_signing_in_leads_nowhere_else(store: Store, wanted: str) -> None:
    add(store, "anna")
    visitor = Officer(store)
    visitor.open("/officer/sign-in")
    address, fields = visitor.form("sign-in")
    sent = visitor.client.post(
        address, data={**fields, "name": "anna", "password": PASSWORD, "next": wanted}
    )
    assert sent.status_code == 303
    assert sent.headers["Location"].startswith("/officer/")
    assert "evil" not in sent.headers["Location"]
    assert signin.safe_path("/officer/drafts/3?x=1") == "/officer/drafts/3?x=1"


def test_a_failure_is_logged_without_the_password(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    add(store, "anna")
    caplog.set_level(logging.DEBUG)
    visitor = Officer(store).open("/officer/sign-in")
    visitor.send("sign-in", name="anna", password="not my password, truly")
    assert visitor.status == 401
    assert "do not fit together" in visitor.words
    assert "sign-in failed: 'anna'" in caplog.text
    assert "truly" not in caplog.text
    assert "truly" not in visitor.page


def test_guessing_is_slowed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "time", SimpleNamespace(time=lambda: 1_700_000_000.0))
    add(store, "anna")
    visitor = Officer(store).open("/officer/sign-in")
    for _ in range(6):
        visitor.send("sign-in", name="anna", password="wrong")
    assert visitor.status == 429
    assert "Try again in" in visitor.words


def test_sessions_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, "anna")
    anna = Officer(store, "anna")
    real = time.time
    monkeypatch.setattr(session.time, "time", lambda: real() + session.IDLE.total_seconds() + 1)
    assert anna.open("/officer/").status == 401
    monkeypatch.undo()
    anna = Officer(store, "anna")
    store.accounts.change("anna", actor="test", password_hash=passwords.hashed(PASSWORD + "!"))
    assert anna.open("/officer/").status == 401
    store.accounts.change("anna", actor="test", disabled=True)
    visitor = Officer(store).open("/officer/sign-in")
    assert visitor.send("sign-in", name="anna", password=PASSWORD + "!").status == 401


def test_signing_out(store: Store) -> None:
    add(store, "anna")
    anna = Officer(store, "anna")
    cookie = anna.client.get_cookie("send_officer", path="/officer")
    assert cookie is not None
    anna.send("sign-out")
    assert anna.at == "/officer/sign-in"
    assert anna.open("/officer/").status == 401
    # A copy of the cookie is worth nothing any more.
    thief = anna.server.test_client()
    thief.set_cookie("send_officer", cookie.value, path="/officer")
    assert thief.get("/officer/").status_code == 401


def test_a_path_that_dash_does_not_have_is_no_error_of_ours(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """A stranger may ask for any: no traceback in the log, and the headers stand."""
    client = create_app(store).test_client()
    for path in ("dash/../../etc/passwd", "dash/nothing.js", "nothing/at-all.js"):
        answer = client.get(f"/_dash-component-suites/{path}")
        assert answer.status_code == 404, path
        assert "Content-Security-Policy" in answer.headers
    assert "Traceback" not in caplog.text


def test_a_restore_ends_every_session_of_a_server_that_runs(store: Store, tmp_path: Path) -> None:
    """Who has the old secret signs nothing, and everybody signs in again."""
    add(store, "anna")
    server = officers_server(store)
    anna = Officer(store, "anna", server)
    old = server.secret_key
    store.backup(tmp_path / "kept.db")
    store.restore(tmp_path / "kept.db", "cli:root")
    assert anna.open("/officer/").status == 401
    assert server.secret_key != old
    account = store.accounts.get("anna")
    assert account is not None
    now = time.time()
    held = {"_user_id": f"{account.epoch}:anna", "since": now, "seen": now, "_permanent": True}
    for key, status in ((old, 401), (server.secret_key, 200)):
        signer = URLSafeTimedSerializer(
            key, salt="cookie-session", signer_kwargs={"key_derivation": "hmac"}
        )
        forger = server.test_client()
        forger.set_cookie("send_officer", str(signer.dumps(held)), path="/officer")
        assert forger.get("/officer/").status_code == status
    anna = Officer(store, "anna", server)
    assert anna.open("/officer/").status == 200
