"""A cell's headings, its captions and its layout -> its one role, area and period."""

from __future__ import annotations

from etl.layouts import spans
from etl.layouts.facets import OWN, Facets, Stands
from etl.layouts.fit import Taken
from etl.layouts.words import Words
from etl.model import Period


def role(says: Facets, taken: Taken) -> str:
    """The role of a figure, from its column or row, else from the caption; "" in doubt."""
    layout, over = taken.layout, taken.over
    assert layout is not None, "a layout was taken"
    foreign = says.area not in ("", OWN) or over.says.area not in ("", OWN)
    told = taken.heads.tells_roles
    if says.role == "actual" and over.says.role not in ("", says.role) and not told:
        return ""
    named = says.role or taken.heads.role or over.says.role
    if not named and over.mixed:
        return ""
    if not named and "role" in layout.columns and not foreign:
        return ""
    outside = foreign and not _part(says.area or over.says.area, taken)
    if outside and named in ("", "actual"):
        return "comparator"
    return named or "actual"


def _part(area: str, taken: Taken) -> bool:
    """Whether an area is a part of the council's own, by its file."""
    return area in taken.parts


def area(says: Facets, taken: Taken) -> str:
    over = taken.over.says.area
    if says.area and over and says.area != over and over != OWN:
        return ""
    return says.area or over or OWN


def period(says: Facets, one: Stands, taken: Taken, words: Words) -> Period | str:
    layout, over = taken.layout, taken.over
    assert layout is not None, "a layout was taken"
    when = says.when
    # What went before is not of the caption's period, but of one that nothing names.
    if when is None and layout.period == "caption" and says.role != "previous":
        when = over.times[0]
    if when is None:
        return "nothing says of which period it is"
    span = says.span
    if not span and when.kind in ("month", "day"):
        span = over.says.span
    agree = {span, one.span} - {""}
    if len(agree) > 1 and not ({"to_date"} < agree and any("to_date" in s for s in agree)):
        return f"its label says {one.span}, its heading {span}".replace("_", " ")
    year = says.year or layout.year or over.says.year
    measure = words.registry.measures[one.ref.measure]
    within = span in layout.spans.values()
    return spans.of(when, one.span or span, year, measure, within=within)
