"""The officers' pages, under /officer/: plain forms that work without scripts.

Every address here answers the sign-in page with 401 to a stranger and 403 to the wrong
role, by one guard over the whole blueprint: a new view is closed unless it says otherwise.

They have a server of their own, made when first asked for: readers need nothing of it.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import Blueprint, Flask, abort, current_app, g, redirect, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from dashboard.officer import (
    again,
    corrections,
    declarations,
    drafts,
    grid_pages,
    history_pages,
    home,
    kept_files,
    pack_pages,
    page,
    publishing,
    releases,
    session,
    signin,
    stated,
    typed,
    uploads,
    words_pages,
)
from dashboard.web import server as web
from dashboard.web.shell import Site
from etl.draft.review import Reviews
from etl.model import UserError
from etl.store import DatabaseError
from etl.store.store import Store

log = logging.getLogger(__name__)

_OPEN = {"officer.sign_in_page", "officer.sign_in"}
_SAFE = {"GET", "HEAD", "OPTIONS"}
# The databases count in 32 bits; a larger number in an address is nobody's.
_LARGEST = 2**31 - 1
_ROOMS = (
    signin,
    home,
    uploads,
    grid_pages,
    corrections,
    stated,
    declarations,
    releases,
    words_pages,
    history_pages,
    kept_files,
    pack_pages,
)


def create(site: Site) -> Flask:
    """The officers' server, with sessions and CSRF protection: it answers /officer and below."""
    server, store = web.create(site, __name__), site.store
    session.install(server, store)
    server.request_class = typed.PlainRequest
    # Asked for in the guard below: a page that is only read sends no form.
    server.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_CHECK_DEFAULT=False)
    csrf = CSRFProtect(server)
    blueprint = Blueprint(
        "officer", __name__, url_prefix="/officer", template_folder="templates", static_folder=None
    )
    blueprint.before_request(lambda: _guard(server, store, csrf))
    blueprint.after_request(_private)
    blueprint.register_error_handler(403, _forbidden)
    blueprint.register_error_handler(404, _missing)
    blueprint.register_error_handler(CSRFError, _stale)
    blueprint.register_error_handler(RequestEntityTooLarge, _too_large)
    blueprint.register_error_handler(UserError, _refused)
    page.prepare(blueprint)
    for room in _ROOMS:
        room.add_routes(blueprint, store)
    reviews = Reviews(store)
    drafts.add_routes(blueprint, store, reviews)
    publishing.add_routes(blueprint, store, reviews)
    blueprint.add_url_rule("/<path:rest>", view_func=_elsewhere)
    server.register_blueprint(blueprint)

    @server.get("/officer")
    def officer_home() -> Any:
        if not store.accounts.any():
            abort(404)
        return redirect(signin.HOME)

    return server


def _guard(server: Flask, store: Store, csrf: CSRFProtect) -> Any:
    if not store.accounts.any():
        abort(404)
    if request.endpoint not in _OPEN:
        officer = session.officer()
        if officer is None:
            wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
            ended = request.method == "POST"
            return signin.form(401, wanted=wanted, sent=again.keep() if ended else "", ended=ended)
        view = server.view_functions[request.endpoint or ""]
        role = getattr(view, "needs_role", None)
        if role and not officer.has(role):
            abort(403)
    if request.method not in _SAFE:
        csrf.protect()
    numbers = (v for v in (request.view_args or {}).values() if isinstance(v, int))
    if any(number > _LARGEST for number in numbers):
        abort(404)
    return None


def _elsewhere(rest: str) -> Any:
    """An address that forms are sent to, opened as a page (a reload): the page it belongs to."""
    try:
        current_app.create_url_adapter(request).match(method="POST")  # type: ignore[union-attr]
    except HTTPException:
        abort(404)
    return redirect(f"{signin.HOME}{rest.rpartition('/')[0]}")


def _private(response: Any) -> Any:
    """Nothing of these pages is kept by a browser or a proxy after signing out."""
    response.headers["Cache-Control"] = "no-store"
    # Over TLS a form is only taken with the page that it stands on as its Referer.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _forbidden(_: Any) -> Any:
    return page.problem(
        "Not with your role",
        "Your account may not do this. Publishing needs the role publisher, preparing "
        "figures the role editor.",
        403,
    )


def _missing(_: Any) -> Any:
    return page.problem("There is no such page", "The address leads nowhere.", 404)


def _stale(_: CSRFError) -> Any:
    return page.problem(
        "The form is out of date",
        "It was opened before you signed in again, or in another browser. Nothing was "
        "changed: go back, reload the page and send it again.",
        400,
    )


def _too_large(_: Any) -> Any:
    return page.problem(
        "The file is too large",
        "Files up to 64 MB are taken. Nothing was kept: send the pages with the table only.",
        413,
    )


def _refused(error: UserError) -> Any:
    """What a view did not answer itself: a locked database, a full disk, a draft that is closed."""
    if isinstance(error, DatabaseError) and error.away:
        log.error("%s: %s", request.path, error.in_full)
        g.stranger = True  # whether somebody is signed in cannot be read either
        return page.problem(
            "The figures cannot be reached just now",
            "The database does not answer. Nothing is lost. Try again in a minute; if it lasts, "
            "tell whoever runs the server.",
            503,
        )
    return page.problem("That could not be done", str(error), 409)
