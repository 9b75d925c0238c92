"""An address of the site -> which page, which choices, which record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qsl, urlsplit

PAGES = {"/": "overview", "/quality": "quality", "/about": "about"}


@dataclass(frozen=True)
class Address:
    """A page and its choices, as they stand in the address."""

    page: str
    path: str
    measure: str = ""
    as_at: date | None = None
    choices: dict[str, str] = field(default_factory=dict)

    def choice(self, name: str) -> str:
        return self.choices.get(name, "")


def parse(path: str, search: str = "") -> Address:
    """The address of `path` and its query; page "" where there is no such page.

    A choice that cannot be understood counts as not made: an old or mistyped link still
    leads to the page.
    """
    plain = path.rstrip("/") or "/"
    choices = dict(parse_qsl(search.lstrip("?")))
    try:
        as_at = date.fromisoformat(choices.get("as_at", ""))
    except ValueError:
        as_at = None
    if plain in PAGES:
        return Address(PAGES[plain], plain, as_at=as_at, choices=choices)
    head, _, measure = plain.rpartition("/")
    if head == "/measure" and measure:
        return Address("measure", plain, measure, as_at, choices)
    return Address("", plain, as_at=as_at, choices=choices)


def of_url(url: str) -> Address:
    """The address of a whole URL, such as a Referer."""
    split = urlsplit(url)
    return parse(split.path, split.query)
