"""The officers' pages, under /officer/: plain forms that work without scripts.

Every address here answers the sign-in page with 401 to a stranger and 403 to the wrong
role, by one guard over the whole blueprint: a new view is closed unless it says otherwise.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, abort, render_template, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from dashboard.officer import session, signin
from etl.store.store import Store

_OPEN = {"officer.sign_in_page", "officer.sign_in"}


def install(server: Flask, store: Store) -> None:
    """The blueprint, sessions and CSRF protection on `server`; called before Dash is made."""
    session.install(server, store)
    # Dash reads this cookie and sends it back as a header, so its own posts pass as well.
    server.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    CSRFProtect(server)
    blueprint = Blueprint(
        "officer", __name__, url_prefix="/officer", template_folder="templates", static_folder=None
    )
    blueprint.before_request(lambda: _guard(server, store))
    blueprint.after_request(_private)
    blueprint.register_error_handler(403, _forbidden)
    blueprint.register_error_handler(CSRFError, _stale)
    blueprint.app_context_processor(lambda: {"officer": session.officer()})
    signin.add_routes(blueprint, store)
    server.register_blueprint(blueprint)


def _guard(server: Flask, store: Store) -> Any:
    if not store.accounts.any():
        abort(404)
    if request.endpoint in _OPEN:
        return None
    officer = session.officer()
    if officer is None:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
        return signin.form(401, wanted=wanted)
    view = server.view_functions[request.endpoint or ""]
    role = getattr(view, "needs_role", None)
    if role and not officer.has(role):
        abort(403)
    return None


def _private(response: Any) -> Any:
    """Nothing of these pages is kept by a browser or a proxy after signing out."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _forbidden(_: Any) -> Any:
    return render_template(
        "officer/problem.html",
        title="Not with your role",
        text="Your account may not do this. Publishing needs the role publisher, preparing "
        "figures the role editor.",
    ), 403


def _stale(_: CSRFError) -> Any:
    return render_template(
        "officer/problem.html",
        title="The form is out of date",
        text="It was opened before you signed in again, or in another browser. Nothing was "
        "changed: go back, reload the page and send it again.",
    ), 400
