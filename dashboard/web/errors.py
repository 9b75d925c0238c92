"""Where no page is made: why, in words; as a page to a reader, as a line to a program."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, HTTPException

from dashboard.views.errors import BadChoice
from dashboard.web.shell import Site, render
from dashboard.web.site_address import own_path
from etl.model import UserError

# Title, text, links (label, url) of each; `{here}` is the address without its choices.
_PAGES: dict[int, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    400: (
        "A choice in the address means nothing",
        "{why}.",
        (("See this page without choices", "{here}"),),
    ),
    404: (
        "There is no page at this address",
        "If you typed the address, check it. If you followed a link, it may be old: the measures "
        "keep their names, so the overview leads to all of them.",
        (("Go to the overview", "/"),),
    ),
    500: (
        "This page cannot be shown just now",
        "Something went wrong in this software, not in the figures. It has been noted. The other "
        "pages and the data still stand.",
        (("Overview", "/"), ("All figures (CSV)", "/api/observations.csv")),
    ),
    503: (
        "The figures cannot be reached just now",
        "The database does not answer. Nothing is lost. Try again in a minute; if it lasts, tell "
        "the council.",
        (("Try again", "{here}"),),
    ),
}


def install(server: Flask, site: Site) -> None:
    """Errors on `server` said in words, never with a traceback or a path of the machine."""

    def page(status: int, why: str = "") -> Response:
        title, text, links = _PAGES[status]
        here = own_path(request.path)
        return render(
            site,
            "error.html",
            title=title,
            status=status,
            text=text.replace("{why}", why),
            links=[(label, url.replace("{here}", here)) for label, url in links],
        )

    @server.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Any:
        if error.response is not None:  # a redirect, or an answer that a view made itself
            return error.response
        if error.code in (404, 500) and request.method in ("GET", "HEAD") and not _program():
            return page(error.code)
        own = isinstance(error, BadRequest) and error.description != BadRequest.description
        said = error.description if own else error.name
        answer = Response(f"{said}\n", error.code or 500, mimetype="text/plain")
        for name, value in error.get_headers():
            if name != "Content-Type":
                answer.headers[name] = value
        return answer

    @server.errorhandler(BadChoice)
    def bad_choice(error: BadChoice) -> Response:
        if _program():
            return Response(f"{error}\n", 400, mimetype="text/plain")
        return page(400, str(error))

    @server.errorhandler(UserError)
    def out_of_order(error: UserError) -> Response:
        """Where the database does not answer, that is said plainly."""
        server.logger.error("%s: %s", request.path, error.in_full)
        if _program():
            return Response(f"{_PAGES[503][0]}\n", 503, mimetype="text/plain")
        return page(503)


def _program() -> bool:
    """Whether a program asks, which wants a line and no page."""
    return request.path.startswith(("/api/", "/health"))
