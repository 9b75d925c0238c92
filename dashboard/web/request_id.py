"""A request's id: in the log's lines and in the answer's X-Request-ID, to find one by the other."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from etl.logs import request_id

HEADER = "X-Request-ID"
_ASKED = re.compile(r"[\w.-]{4,64}", re.ASCII)


def install(application: Callable[..., Iterable[bytes]], *, behind_proxy: bool) -> Any:
    """The WSGI application with ids; one that a trusted proxy gives is kept."""

    def identified(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        given = environ.get("HTTP_X_REQUEST_ID", "") if behind_proxy else ""
        name = given if _ASKED.fullmatch(given) else secrets.token_hex(4)
        request_id.set(name)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, (HEADER, name)], *rest)

        return application(environ, start)

    return identified
