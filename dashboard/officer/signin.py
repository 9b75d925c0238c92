"""Signing in and out."""

from __future__ import annotations

import logging
import math
import secrets
from typing import Any

from flask import Blueprint, Response, current_app, g, redirect, request

from dashboard.officer import again, page, passwords, session
from dashboard.officer.waiting import Waiting
from etl.store.store import Store

log = logging.getLogger(__name__)

_WRONG = "That name and password do not fit together."
HOME = "/officer/"


def safe_path(wanted: str) -> str:
    """`wanted` when it is a path of the officer pages, else their first page.

    A sign-in that leads to another site would be a stranger's best bait.
    """
    plain = wanted.split("#")[0]
    inside = plain.startswith(HOME) and "\\" not in plain and "//" not in plain
    return plain if inside and plain.isprintable() else HOME


def form(
    status: int = 200,
    *,
    message: str = "",
    name: str = "",
    wanted: str = "",
    sent: str = "",
    ended: bool = False,
) -> Response:
    """The sign-in page. `sent` is a form that came after its session had `ended` (see again)."""
    g.stranger = True
    return page.render(
        "sign_in",
        status,
        title="Sign in",
        errors={"name": message} if message else {},
        name=name,
        wanted=safe_path(wanted),
        sent=sent,
        ended=ended,
    )


def add_routes(blueprint: Blueprint, store: Store) -> None:
    """`/officer/sign-in` and `/officer/sign-out`."""
    waiting = Waiting(store.sign_ins)

    @blueprint.get("/sign-in")
    def sign_in_page() -> Any:
        if session.officer():
            return redirect(safe_path(request.args.get("next", "")))
        return form(wanted=request.args.get("next", ""))

    @blueprint.post("/sign-in")
    def sign_in() -> Any:
        name = request.form.get("name", "").strip().casefold()[:100]
        password = request.form.get("password", "")
        wanted = request.form.get("next", "")
        sent = request.form.get(again.FIELD, "")
        address = request.remote_addr or ""
        mark = session.known_browser(current_app, request, name)
        seconds = waiting.begin(name, mark or address, known_browser=mark is not None)
        account = store.accounts.get(name)
        # What stands in the field of the name may be a password: only names are logged.
        who = repr(account.name) if account else "an unknown name"
        if seconds:
            log.warning("sign-in refused: too many failures: %s from %s", who, address)
            message = f"Too many attempts. Try again in {_in_words(seconds)}."
            return form(429, message=message, name=name, wanted=wanted, sent=sent)
        fits = passwords.matches(account.password_hash if account else None, password)
        if account is None or not fits or account.disabled:
            log.warning("sign-in failed: %s from %s", who, address)
            return form(401, message=_WRONG, name=name, wanted=wanted, sent=sent)
        waiting.worked(name, mark or address)
        store.accounts.signed_in(name)
        session.sign_in(account)
        unsaved = again.kept(sent)
        response: Any = again.offer(unsaved) if unsaved else redirect(safe_path(wanted), code=303)
        known = session.remember_browser(current_app, name, mark or secrets.token_urlsafe(12))
        response.set_cookie(**known)
        return response

    @blueprint.post("/sign-out")
    def sign_out() -> Any:
        officer = session.officer()
        assert officer is not None, "the guard lets only officers in"
        store.accounts.signed_out(officer.name)
        session.sign_out()
        return redirect("/officer/sign-in", code=303)


def _in_words(seconds: float) -> str:
    whole = math.ceil(seconds)
    if whole < 60:
        return f"{whole} second{'s' if whole != 1 else ''}"
    minutes = math.ceil(whole / 60)
    return f"{minutes} minute{'s' if minutes != 1 else ''}"
