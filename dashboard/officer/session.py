"""Who is signed in: sessions that end, cookies that only this site reads, roles."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Literal, TypeVar

from flask import Flask, Request, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from itsdangerous import BadSignature, URLSafeTimedSerializer

from etl.store import StoreError
from etl.store.accounts import Account
from etl.store.store import Store

Role = Literal["editor", "publisher"]
View = TypeVar("View", bound=Callable[..., object])

IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
# A browser that has signed in before is known for a year; see waiting.py for what it is good for.
_KNOWN_COOKIE = "send_known"
_KNOWN_FOR = timedelta(days=365)


class Officer(UserMixin):  # type: ignore[misc]
    """The signed-in officer, as the pages ask for them."""

    def __init__(self, account: Account) -> None:
        self.name = account.name
        self.editor = account.editor
        self.publisher = account.publisher
        self._epoch = account.epoch

    def get_id(self) -> str:
        # A changed password or role raises the epoch and so ends every older session.
        return f"{self._epoch}:{self.name}"

    def has(self, role: Role) -> bool:
        """Whether the officer may do what `role` may."""
        return self.publisher if role == "publisher" else self.editor


class _Sessions(SecureCookieSessionInterface):
    """Sessions of officers; readers' pages are another server, which reads no cookie.

    The cookie is marked Secure whenever the request came by TLS. `secret` is what the store
    signs with now: a restore renews it, while this server runs.
    """

    def __init__(self, secret: Callable[[], str]) -> None:
        self._secret = secret

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        with suppress(StoreError):  # said by the page, which needs the store as well
            app.secret_key = self._secret()
        return super().open_session(app, request)

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def needs(role: Role) -> Callable[[View], View]:
    """Marks a view as open only to officers with `role`; unmarked, any officer may."""

    def mark(view: View) -> View:
        view.needs_role = role  # type: ignore[attr-defined]
        return view

    return mark


def secret_key(store: Store) -> str:
    """What sessions are signed with: SEND_SECRET_KEY, or the store's own secret."""
    return os.environ.get("SEND_SECRET_KEY") or store.secret()


def install(server: Flask, store: Store) -> None:
    """Sessions on `server`, signed with a key that is the same in every worker."""
    server.session_interface = _Sessions(lambda: secret_key(store))
    server.config.update(
        SESSION_COOKIE_NAME="send_officer",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # Readers' pages never see the cookie, so that what they are sent is the same for all.
        SESSION_COOKIE_PATH="/officer",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=LONGEST,
        REMEMBER_COOKIE_NAME="unused",
    )
    # Not in every template: where the database is away a page must still be made.
    manager = LoginManager(server, add_context_processor=False)
    manager.session_protection = "basic"

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(identity: str) -> Officer | None:
        epoch, _, name = identity.partition(":")
        now = time.time()
        if now - session.get("since", 0) > LONGEST.total_seconds():
            return None
        if now - session.get("seen", 0) > IDLE.total_seconds():
            return None
        account = store.accounts.get(name)
        if account is None or account.disabled or str(account.epoch) != epoch:
            return None
        # Writing at most once a minute keeps most answers free of a Set-Cookie.
        if now - session["seen"] > 60:
            session["seen"] = now
        return Officer(account)


def officer() -> Officer | None:
    """The officer of this request, or None for a stranger."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def sign_in(account: Account) -> None:
    """Begins a new session; whatever an older one held is gone.

    But for the token of the forms that the same officer opened in this browser before: those
    of another tab can still be sent.
    """
    before = str(session.get("_user_id", "")).partition(":")[2]
    token = session.get("csrf_token") if before == account.name else None
    session.clear()
    if token:
        session["csrf_token"] = token
    session.permanent = True
    session["since"] = session["seen"] = time.time()
    login_user(Officer(account))


def sign_out() -> None:
    """Ends the session."""
    logout_user()
    session.clear()


def _known(server: Flask) -> URLSafeTimedSerializer:
    assert server.secret_key, "sessions need a secret key"
    return URLSafeTimedSerializer(server.secret_key, salt="known browser")


def known_browser(server: Flask, asked: Request, name: str) -> str | None:
    """The mark of this browser, if `name` has signed in from it before."""
    try:
        held = _known(server).loads(
            asked.cookies.get(_KNOWN_COOKIE, ""), max_age=int(_KNOWN_FOR.total_seconds())
        )
    except BadSignature:
        return None
    return str(held["mark"]) if held.get("name") == name else None


def remember_browser(server: Flask, name: str, mark: str) -> dict[str, object]:
    """The arguments of `set_cookie` that make this browser known for `name`."""
    return {
        "key": _KNOWN_COOKIE,
        "value": _known(server).dumps({"name": name, "mark": mark}),
        "max_age": int(_KNOWN_FOR.total_seconds()),
        "path": "/officer/",
        "httponly": True,
        "samesite": "Lax",
        "secure": request.is_secure,
    }
