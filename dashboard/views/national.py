"""A council's place among all authorities, in words: beside the chart, never in a heading."""

from __future__ import annotations

from dashboard import words
from dashboard.views.types import Link, Section
from etl.analysis.book import Book
from etl.analysis.ranks import NationalRank, national_rank
from etl.analysis.rates import RANKED
from etl.model import Measure

_ANY = Link("Look up any council's figures", "/area/")
_RANGE = (
    "The range is where 95 of 100 such years would put it if nothing changed but chance "
    "(Goldstein and Spiegelhalter, 1996): ranks within it are no different."
)


def rank(book: Book, measure: Measure, cohort: str) -> Section:
    """Its rank in the newest year of which all authorities are held; empty where there is none."""
    found = national_rank(book, measure.id, cohort)
    if found is None:
        return Section("rank", "")
    said: tuple[str, ...]
    area = book.registry.council.short_name
    year = found.period.end.year
    if found.rank is None:
        said = (f"{area} has no rank among all authorities in {year}. {_left_out(found)}",)
    else:
        order = "the highest first" if measure.better == "none" else "the best first"
        tied = "joint " if found.tied else ""
        if found.low == found.high:
            chance = "chance alone would not move it"
        else:
            ends = (words.ordinal(found.low), words.ordinal(found.high))
            chance = f"by chance alone about {ends[0]} to {ends[1]}"
        place = f"{tied}{words.ordinal(found.rank)} of {found.of} in {year}, {order}"
        said = (f"{area} was {place}; {chance}. {_left_out(found)}".strip(), _RANGE)
    return Section("rank", "Among all authorities of England", said, links=(_ANY,))


def _left_out(found: NationalRank) -> str:
    """Who is not ranked of all authorities, and why."""
    parts = []
    if found.missing:
        parts.append(f"{found.missing} without a figure")
    if found.few:
        parts.append(f"{found.few} with fewer than {RANKED} cases")
    if not parts:
        return ""
    every = f"Of {found.authorities} authorities"
    return f"{every}, {words.together(parts)} {'is' if _alone(found) else 'are'} not ranked."


def _alone(found: NationalRank) -> bool:
    return found.missing + found.few == 1
