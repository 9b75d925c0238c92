"""Public answers kept while the record stays the same: asked once, sent to many."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask, Response, g, request

from etl import set_time
from etl.store.store import Store

_KEPT = 256
_LARGEST = 2**20  # bytes; a larger answer is made anew each time
_DASH = "/_dash-update-component"


class Answers:
    """Answers by version of the record, the day, and all that they depend on in the request.

    The day, because a page says which series have stopped. No page holds the host that it was
    asked under (site_address.py), so the host makes no other answer; TLS does (headers.py).
    """

    def __init__(self, store: Store, today: Callable[[], date] = set_time.today) -> None:
        self._store = store
        self._today = today
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[str, ...], tuple[bytes, int, list[tuple[str, str]]]] = (
            OrderedDict()
        )

    def _key(self) -> tuple[str, ...] | None:
        """What the answer depends on; None for one that is never kept."""
        path = request.path
        if path.startswith(("/officer", "/assets", "/_dash-component-suites")):
            return None
        body = ""
        if request.method == "POST":
            if path != _DASH:
                return None
            body = hashlib.sha256(request.get_data(cache=True)).hexdigest()
        elif request.method != "GET":
            return None
        asked = request.headers
        mobile = "m" if "Mobi" in asked.get("User-Agent", "") else ""
        # What is kept is already compressed, as this reader's browser takes it.
        packed = asked.get("Accept-Encoding", "")
        origin = asked.get("Referer", "") if path == "/_dash-layout" else ""
        return (
            self._store.version(),
            self._today().isoformat(),
            request.scheme,
            request.method,
            request.full_path,
            body,
            mobile,
            packed,
            origin,
            asked.get("If-None-Match", ""),
            asked.get("If-Modified-Since", ""),
        )

    def install(self, server: Flask) -> None:
        """Answers from memory where it can; keeps what was made where it may."""

        @server.before_request
        def look() -> Any:
            g.answer_key = self._key()
            if g.answer_key is None:
                return None
            with self._lock:
                held = self._held.get(g.answer_key)
                if held is None:
                    return None
                self._held.move_to_end(g.answer_key)
            g.answer_key = None
            body, status, sent = held
            return Response(body, status, sent)

        @server.after_request
        def keep(response: Any) -> Any:
            key = g.get("answer_key")
            if key is None or response.status_code not in (200, 304, 404):
                return response
            if (
                response.is_streamed
                or response.direct_passthrough
                or "Set-Cookie" in response.headers
            ):
                return response
            body = response.get_data()
            if len(body) <= _LARGEST:
                with self._lock:
                    self._held[key] = (body, response.status_code, list(response.headers))
                    while len(self._held) > _KEPT:
                        self._held.popitem(last=False)
            return response
