"""The site's public address, as SEND_SITE_URL names it, and what follows from it.

A request says itself under which host it was sent, and may say anything: nothing that it says
of the host is printed, linked or redirected to. Without SEND_SITE_URL addresses are relative.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from flask import Flask, request
from werkzeug.exceptions import SecurityError

from etl.model import UserError

NAME = "SEND_SITE_URL"
# The choices that make a page another one (address.choices), in the order that is canonical.
_CHOICES = ("as_at", "cohort", "view", "year", "from", "to")
_LONGEST = 40  # characters of a choice in an address that is printed or linked
_LOCAL = ("localhost", "127.0.0.1")
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*")


def split(url: str) -> SplitResult:
    """The parts of an address that somebody sent; none where it is not an address."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def site_url(text: str | None = None) -> str:
    """The site's address without a slash at its end, or "" where none is named.

    `text` is SEND_SITE_URL's, read from the environment where it is not given. Raises
    UserError where it is not a plain address of a site.
    """
    text = (os.environ.get(NAME, "") if text is None else text).strip()
    if not text:
        return ""
    parts = split(text.lower())
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        port = "?"
    host = parts.netloc.removesuffix(port)
    plain = parts.path in ("", "/") and not (parts.query or parts.fragment)
    if parts.scheme not in ("http", "https") or not plain or not _HOST.fullmatch(host):
        raise UserError(
            f"{NAME}: {text!r} is not a site's address. Write it like "
            "https://send.example.gov.uk, without a path"
        )
    return f"{parts.scheme}://{host}{port}"


def canonical(site: str, path: str, query: Mapping[str, str]) -> str:
    """The one address of a page under `site`; "" where the site's address is not known."""
    return f"{site}{chosen(path, query)}" if site else ""


def chosen(path: str, query: Mapping[str, str]) -> str:
    """A page's path with the choices that mean something, and nothing else of what was asked."""
    choices = urlencode([(name, query[name][:_LONGEST]) for name in _CHOICES if query.get(name)])
    return f"{path}{'?' if choices else ''}{choices}"


def own_path(path: str) -> str:
    """A path as it may stand in a link: `//host` and `/\\host` would lead to another site."""
    return "/" + quote(path.strip("/"))


def asked() -> str:
    """The path and the query of this request, with nothing in it but an address's characters."""
    query = quote(request.query_string, safe="=&%+,:;/?@!$'()*")
    return f"{own_path(request.path)}{'?' if query else ''}{query}"


def install(server: Flask, site: str) -> None:
    """Only the site's own host and this machine are answered, where the address is known."""
    # A second slash would redirect to the host that the request names.
    server.url_map.merge_slashes = False
    if not site:
        return
    server.config["TRUSTED_HOSTS"] = [split(site).hostname, *_LOCAL]

    @server.before_request
    def known_host() -> None:
        if isinstance(request.routing_exception, SecurityError):
            raise request.routing_exception

    @server.errorhandler(SecurityError)
    def other_host(_: SecurityError) -> Any:
        return f"This site answers at {site}/ only.\n", 400, {"Content-Type": "text/plain"}
