"""A visitor of a running site: one kept-alive connection, cookies, forms."""

from __future__ import annotations

import http.client
import time
from urllib.parse import urlencode

from tests.dashboard.officer.signed_in import PASSWORD, Forms


class Visitor:
    """One kept-alive connection with its cookies, as a browser has."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}
        self.at = ""
        self.page = ""

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        kind: str = "",
        *,
        plain: bool = False,
    ) -> tuple[int, float]:
        """The status and seconds of a request, redirects followed; `plain` keeps its text."""
        officer = path.startswith("/officer")
        headers = {
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "Accept-Encoding": "gzip",
        }
        headers.pop("Accept-Encoding" if officer or plain else "Cookie")
        if not officer:
            headers.pop("Cookie", None)
        if kind:
            headers["Content-Type"] = kind
        begun = time.perf_counter()
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            content = answer.read()
        except (http.client.RemoteDisconnected, ConnectionResetError):
            # The server closed a connection that had been idle: browsers ask again.
            self._connection.close()
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            content = answer.read()
        seconds = time.perf_counter() - begun
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status in (301, 302, 303):
            status, more = self.ask("GET", answer.headers["Location"])
            return status, seconds + more
        self.at = path
        self.page = content.decode("utf-8", "replace") if officer or plain else ""
        return answer.status, seconds

    def send(self, ending: str, to: str = "", **fields: str) -> tuple[int, float]:
        """The form of the page on show whose address ends so, filled in."""
        for form in Forms(self.page).forms:
            if "csrf_token" in form["fields"] and (
                form["action"] or self.at.partition("?")[0]
            ).endswith(ending):
                body = urlencode({**form["fields"], **fields}).encode()
                address = to or form["action"] or self.at
                return self.ask("POST", address, body, "application/x-www-form-urlencoded")
        raise AssertionError(f"no form to {ending} at {self.at}")

    def upload(self, name: str, content: bytes, **fields: str) -> tuple[int, float]:
        form = next(f for f in Forms(self.page).forms if "meeting" in f["fields"])
        parts = {**form["fields"], **fields}
        edge = "edge-of-the-form"
        body = b"".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
            for k, v in parts.items()
        )
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        )
        body += head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self.ask("POST", self.at, body, f"multipart/form-data; boundary={edge}")

    def sign_in(self, name: str) -> None:
        self.ask("GET", "/officer/sign-in")
        status, _ = self.send("sign-in", name=name, password=PASSWORD)
        assert status == 200, self.page[:2000]
        assert self.at == "/officer/"
