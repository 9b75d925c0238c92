"""Serving with waitress: requests are taken whole before a thread answers them.

Its loop reads what comes and sends what is answered, so that a reader who is slow, or never
finishes, costs a connection and no thread. Bodies beyond half a megabyte wait in temporary
files; how large one may be goes by its path.
"""

from __future__ import annotations

from typing import Any

import waitress
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, TransferEncodingNotImplemented
from waitress.task import WSGITask
from waitress.utilities import RequestEntityTooLarge

from dashboard.web.limits import LARGEST_HEAD, UPLOAD, largest_body

# Thousands of connections are a proxy's or firewall's task.
_CONNECTIONS = 500
_IDLE = 30  # seconds in which nothing comes or goes


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Refuses a body that is too large for its path as soon as its head is here."""

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.chunked:  # of unknown length: browsers send none, and proxies buffer
            raise TransferEncodingNotImplemented("Transfer-Encoding is not supported.")
        if self.content_length > largest_body(self.path):
            self.error = RequestEntityTooLarge(f"exceeds {largest_body(self.path)} bytes")
            self.completed = True


class Task(WSGITask):  # type: ignore[misc]
    """An answer that has no body (304) ends with its head, so that its connection is kept."""

    def set_close_on_finish(self) -> None:
        asked = self.request.headers.get("CONNECTION", "").lower()
        if self.has_body or self.version != "1.1" or asked == "close":
            super().set_close_on_finish()


def serve(application: Any, **where: Any) -> None:
    """Serves until it is stopped; `where` are waitress's settings: sockets, or host and port."""
    HTTPChannel.parser_class = Parser
    HTTPChannel.task_class = Task
    waitress.serve(
        application,
        connection_limit=_CONNECTIONS,
        channel_timeout=_IDLE,
        max_request_header_size=LARGEST_HEAD,
        max_request_body_size=UPLOAD + 1,
        ident="",
        **where,
    )
