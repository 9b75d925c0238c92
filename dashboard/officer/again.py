"""What was sent after the session had ended: kept with the sign-in form, offered afterwards.

Only what one of this site's own forms sent from this very browser is kept: its token must fit
the browser's (ended) session, so that no other site can have an officer send what it wrote.
It is never sent by itself: the officer sees that it was not saved, and sends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, g, request
from flask_wtf.csrf import validate_csrf
from itsdangerous import BadSignature, URLSafeTimedSerializer

from dashboard.officer import page

FIELD = "again"
_MOST = 200_000  # characters; a whole grid has some 5,000
_KEPT_FOR = 12 * 3600  # seconds


@dataclass(frozen=True)
class Sent:
    """A form that was sent: its address and fields, and whether files belonged to it."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: bool


def _signed() -> URLSafeTimedSerializer:
    assert current_app.secret_key, "sessions need a secret key"
    return URLSafeTimedSerializer(current_app.secret_key, salt="sent again")


def keep() -> str:
    """The form of this request, signed, for the sign-in form; empty where it is not kept."""
    if request.method != "POST" or (request.content_length or 0) > _MOST:
        return ""
    try:
        validate_csrf(request.form.get("csrf_token", ""))
    except ValueError:  # wtforms' own is one
        return ""
    fields = [
        (name, text)
        for name, text in request.form.items(multi=True)
        if name not in ("csrf_token", FIELD)
    ]
    files = (request.mimetype or "") == "multipart/form-data"
    kept = _signed().dumps({"path": request.path, "fields": fields, "files": files})
    return kept.decode() if isinstance(kept, bytes) else str(kept)


def kept(text: str) -> Sent | None:
    """The inverse of `keep`; None for anything else."""
    if not text:
        return None
    try:
        held: Any = _signed().loads(text, max_age=_KEPT_FOR)
    except BadSignature:
        return None
    fields = tuple((str(name), str(value)) for name, value in held["fields"])
    return Sent(str(held["path"]), fields, bool(held["files"]))


def offer(sent: Sent) -> Response:
    """The page after signing in: what was not saved, and the button that sends it."""
    g.stranger = False
    return page.render("again", title="You are signed in again", sent=sent)
