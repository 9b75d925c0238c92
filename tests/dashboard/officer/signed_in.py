"""An officer at the pages, without a browser: signs in, fills in forms, sends files."""

from __future__ import annotations

import io
import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from argon2 import PasswordHasher
from werkzeug.test import TestResponse

from dashboard import officer
from dashboard.web.app import create_app
from dashboard.web.shell import Site
from etl.store import Store

PASSWORD = "otter saddle moonlight"
# A hash says itself how slow it is to check: in earnest that is on purpose, here it is for nothing.
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def add(store: Store, name: str, *, editor: bool = True, publisher: bool = True) -> None:
    """An account."""
    store.accounts.add(name, HASH, editor=editor, publisher=publisher, actor="test")


def officers_server(store: Store) -> Any:
    """The server of /officer alone, whose addresses and settings can be looked at."""
    return officer.create(Site(store))


class Forms(HTMLParser):
    """The forms of a page: their address and what a browser would send."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._area: str | None = None
        self._select: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({"action": given.get("action", ""), "fields": {}})
        if not self.forms:
            return
        fields = self.forms[-1]["fields"]
        if tag == "input" and given.get("name") and given.get("type") not in ("file", "submit"):
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                fields[given["name"]] = given.get("value", "")
        elif tag == "textarea":
            self._area = given["name"]
            fields[self._area] = ""
        elif tag == "select":
            self._select = given["name"]
            fields[self._select] = ""
        elif tag == "option" and self._select and "selected" in given:
            fields[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1]["fields"][self._area] += data


class Officer:
    """A browser with somebody in front of it; `say` are the words of the page on show."""

    def __init__(self, store: Store, name: str = "", server: Any = None) -> None:
        self.server = server or create_app(store)
        self.client = self.server.test_client()
        self.at = ""
        self.page = ""
        self.status = 0
        if name:
            self.open("/officer/sign-in")
            self.send("sign-in", name=name, password=PASSWORD)
            assert self.at == "/officer/", self.words

    @property
    def words(self) -> str:
        """What the page on show says, without markup."""
        body = self.page.partition("<main")[2]
        return unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()))

    def _take(self, response: TestResponse) -> Officer:
        self.at = response.request.path
        self.page = response.get_data(as_text=True)
        self.status = response.status_code
        # A template's line may end where a space was meant: then two attributes are one.
        assert not (run := re.search(r'<[a-z][^<>]*="[^"<>]*"[a-z][^<>]*>', self.page)), run
        return self

    def open(self, address: str) -> Officer:
        return self._take(self.client.get(address, follow_redirects=True))

    def form(self, ending: str) -> tuple[str, dict[str, str]]:
        """The address and fields of the form that is sent to an address with this ending."""
        for form in Forms(self.page).forms:
            if "csrf_token" in form["fields"] and (form["action"] or self.at).endswith(ending):
                return form["action"] or self.at, dict(form["fields"])
        raise AssertionError(f"no form to {ending} in: {self.words[:400]}")

    def send(
        self, ending: str, files: dict[str, bytes] | None = None, to: str = "", **fields: str
    ) -> Officer:
        """Fill in the form of the page on show and send it; `to` is another button's address."""
        address, held = self.form(ending)
        data: dict[str, Any] = {**held, **fields}
        if files:
            data["files"] = [(io.BytesIO(content), name) for name, content in files.items()]
        address = to or address
        return self._take(
            self.client.post(
                address,
                data=data,
                follow_redirects=True,
                content_type="multipart/form-data" if files else None,
            )
        )

    def publish(self, where: str, **fields: str) -> Officer:
        """Publish the draft of the page on show: asked, and asked once more."""
        self.send("/answers", to=f"{where}/publish", **fields)
        if "Publish draft" in self.words.partition(".")[0]:
            self.send("/publish")
        return self
