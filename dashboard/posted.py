"""What readers' browsers may send: how much, and to Dash's endpoint only a view's choice."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, HTTPException

from dashboard import ids
from dashboard.limits import largest_body

DASH = "/_dash-update-component"
_CHANGED = 10  # names of what has changed; a browser sends one


def fault(body: object) -> str:
    """What is wrong with a post to Dash's endpoint, in a few words; "" where nothing is.

    The only callback that runs here is the one that makes a view (app.py); whatever else is
    asked is nobody's page.
    """
    if not isinstance(body, dict):
        return "not an object"
    if body.get("output") != f"{ids.TURNED}.data":
        return "no such output"
    if body.get("outputs") != {"id": ids.TURNED, "property": "data"}:
        return "outputs: one is expected"
    inputs, state = body.get("inputs"), body.get("state")
    asked = [
        *_named(inputs, (ids.ADDRESS, "search")),
        *_named(state, (ids.ADDRESS, "pathname"), (ids.FIT, "data")),
    ]
    if len(asked) != 3:
        return "inputs or state: not those of a view"
    if not all(isinstance(value, str | None) for value in asked[:2]) or asked[1] is None:
        return "the address is not text"
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or len(changed) > _CHANGED:
        return "changedPropIds: not a short list"
    if not all(isinstance(name, str) for name in changed):
        return "changedPropIds: not names"
    return ""


def _named(given: object, *wanted: tuple[str, str]) -> list[Any]:
    """The values that are sent for properties in this order; empty where others are."""
    if not isinstance(given, list) or len(given) != len(wanted):
        return []
    for one, (name, prop) in zip(given, wanted, strict=True):
        if not isinstance(one, dict) or (one.get("id"), one.get("property")) != (name, prop):
            return []
    return [one.get("value") for one in given]


def limit(server: Flask) -> None:
    """Holds each request to the size of its path, and none to more than the server's limit.

    To be installed before what reads a body.
    """

    @server.before_request
    def hold() -> None:
        most = server.config["MAX_CONTENT_LENGTH"]
        request.max_content_length = min(most, largest_body(request.path))


def install(server: Flask) -> None:
    """Refuses other posts to Dash with 400 and a line; says each refusal of a request so."""

    @server.before_request
    def look() -> None:
        if request.path != DASH or request.method != "POST":
            return
        try:
            body = json.loads(request.get_data(cache=True))
        except (ValueError, RecursionError):
            raise BadRequest("Not JSON")
        if not request.is_json:
            raise BadRequest("Not sent as JSON")
        if wrong := fault(body):
            raise BadRequest(f"Not a view of this site: {wrong}")

    @server.errorhandler(HTTPException)
    def plain(error: HTTPException) -> Response:
        """Where no page is made, a line is: for a program, and without markup."""
        own = isinstance(error, BadRequest) and error.description != BadRequest.description
        answer = Response(
            f"{error.description if own else error.name}\n",
            error.code or 500,
            mimetype="text/plain",
        )
        for name, value in error.get_headers():
            if name != "Content-Type":
                answer.headers[name] = value
        return answer
