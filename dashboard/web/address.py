"""A page's choices as they stand in its address, so that it can be sent and bookmarked."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from dashboard.views.choosing import BadChoice as BadChoice  # raised here, too

# Choices that other addresses of this site take (the API's and Explore's).
_ELSEWHERE = ("areas", "authority", "basis", "flag", "hide", "size")


@dataclass(frozen=True)
class Choices:
    """What a reader chose. `first` and `last` bound the periods shown."""

    as_at: date | None = None
    cohort: str = ""
    view: str = ""
    year: int | None = None
    first: date | None = None
    last: date | None = None


def day(text: str, name: str, *, end: bool = False) -> date | None:
    """2021-07-31, or a month 2021-07 (its first day, its last where `end`); None for nothing."""
    text = text.strip()
    if not text:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}", text):
            year, month = int(text[:4]), int(text[5:])
            return date(year, month, calendar.monthrange(year, month)[1] if end else 1)
        return date.fromisoformat(text)
    except (ValueError, IndexError):
        raise BadChoice(f"{name}: {text[:40]!r} is not a date like 2022-03-18") from None


def choices(query: Mapping[str, str]) -> Choices:
    """The choices in an address. Raises BadChoice where one means nothing."""
    year = query.get("year", "").strip()
    if year and not re.fullmatch(r"[12]\d{3}", year):
        raise BadChoice(f"year: {year[:40]!r} is not a year like 2021")
    first, last = day(query.get("from", ""), "from"), day(query.get("to", ""), "to", end=True)
    if first and last and first > last:
        raise BadChoice("from: lies after to, so that no figure is left")
    return Choices(
        as_at=day(query.get("as_at", ""), "as_at"),
        cohort=query.get("cohort", "").strip(),
        view=query.get("view", "").strip(),
        year=int(year) if year else None,
        first=first,
        last=last,
    )


def of_a_page(query: Mapping[str, str]) -> Choices:
    """As `choices`, for a document: what only other addresses take is no choice of it either.

    Names that this site does not know at all (another's marks on a link) are let be.
    """
    if name := next((name for name in _ELSEWHERE if name in query), ""):
        raise BadChoice(f"{name}: is no choice here; there are cohort, view, year, from and to")
    return choices(query)


def with_choice(url: str, **changed: str) -> str:
    """The address with some choices set, or left out where they are empty."""
    parts = urlsplit(url)
    query = {name: value for name, value in parse_qsl(parts.query) if name not in changed}
    query |= {name: value for name, value in changed.items() if value}
    return urlunsplit(parts._replace(query=urlencode(query)))


def keeping(url: str, as_at: date | None) -> str:
    """A link of this site that keeps the meeting chosen; `#here` and other sites stay."""
    if as_at is None or not url.startswith("/") or url.startswith("//"):
        return url
    return with_choice(url, as_at=as_at.isoformat())
