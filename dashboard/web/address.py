"""A page's choices as they stand in its address, so that it can be sent and bookmarked."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from werkzeug.datastructures import MultiDict

from dashboard import words
from dashboard.views.errors import BadChoice as BadChoice  # raised here, too
from etl import set_time
from etl.record import Record
from etl.store.store import Store

OF_A_MEASURE = ("cohort", "view", "year", "from", "to", "as_at")
# Choices that other addresses of this site take (the API's and Explore's).
_ELSEWHERE = ("measure", "areas", "authority", "basis", "flag", "hide", "size")
_OURS = (*OF_A_MEASURE, *_ELSEWHERE)
_LEFT_OPEN = "as_at"  # the form of the meetings sends it empty for the latest


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
    like = "date like" if name == "as_at" else "month or date like 2021-07 or"
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
            year, month = int(text[:4]), int(text[5:])
            return date(year, month, calendar.monthrange(year, month)[1] if end else 1)
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except (ValueError, IndexError):
        pass
    raise BadChoice(f"{name}: {text[:40]!r} is not a {like} 2022-03-18")


def check_names(query: Mapping[str, str], names: Collection[str] = _OURS) -> None:
    """Raises BadChoice where one of `names` is spelt otherwise, given twice, or has no value."""
    for name, value in query.items():
        if name.lower() not in names:
            continue
        if name not in names:
            raise BadChoice(f"{name}: is no choice here; write {name.lower()}")
        if isinstance(query, MultiDict) and len(query.getlist(name)) > 1:
            raise BadChoice(f"{name}: given more than once")
        if not value.strip() and name != _LEFT_OPEN:
            raise BadChoice(f"{name}: nothing is given; leave it out, or write what is to be shown")


def record_of(store: Store, as_at: date | None) -> Record:
    """What was published by a day, or all that is held.

    Raises BadChoice for a day that is still to come, unless papers for it are out already.
    """
    today = set_time.today()
    record = store.record(as_at)
    if as_at and as_at > today and all(o.published < as_at for o in record.observations):
        raise BadChoice(f"as_at: {words.day(as_at)} is still to come")
    return record


def choices(query: Mapping[str, str]) -> Choices:
    """The choices in an address. Raises BadChoice where one means nothing."""
    check_names(query)
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


def of_a_page(query: Mapping[str, str], there_are: Sequence[str] = OF_A_MEASURE) -> Choices:
    """As `choices`, for a document that has those of `there_are`; no other of ours is one of it.

    Names that this site does not know at all (another's marks on a link) are let be.
    """
    check_names(query)
    if name := next((name for name in _OURS if name in query and name not in there_are), ""):
        there = "there is" if len(there_are) == 1 else "there are"
        raise BadChoice(f"{name}: is no choice here; {there} {', '.join(there_are)}")
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
