"""What headings say of figures: `Facets`, and how those of several headings go together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from etl import when
from etl.model import MeasureRef, Span
from etl.when import When

OWN = "own"
NO_FIGURES = ("rating", "direction", "difference", "unit", "remarks")


@dataclass(frozen=True)
class Stands:
    """What a known label stands for; `span` where the label says what its figures cover."""

    ref: MeasureRef
    span: Span | str = ""


@dataclass(frozen=True)
class Facets:
    """What words say of the figures under or beside them; empty where they do not say it.

    `measures` are the rows that a label is printed for (one, or two told apart by units), `area`
    is `OWN`, an ONS code, or another place as printed; `span` a kind of period or "to_date".
    """

    measures: tuple[Stands, ...] = ()
    when: When | None = None
    role: str = ""
    area: str = ""
    span: str = ""
    unit: str = ""
    year: str = ""

    @property
    def names(self) -> frozenset[str]:
        """Which of measure, period, area and role are said."""
        said = {
            "measure": bool(self.measures),
            "period": self.when is not None,
            "area": bool(self.area),
            "role": bool(self.role),
        }
        return frozenset(name for name, told in said.items() if told)

    @property
    def told(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


NOTHING = Facets()


@dataclass(frozen=True)
class Column:
    """A column: its heading's levels as printed, what they say, why nothing is read of it,
    and the code of the finding that says so."""

    at: int
    printed: tuple[str, ...]
    says: Facets = NOTHING
    why: str = ""
    code: str = "column-left"
    group: str = ""  # the levels above, where another column has the same last one

    @property
    def heading(self) -> str:
        """How a person finds the column: "Target (Oct-24)"."""
        last = next((text for text in reversed(self.printed) if text), "")
        return f"{last} ({self.group})" if self.group else last

    @property
    def figures(self) -> bool:
        """Whether figures are read from it."""
        return not self.why and self.says.told and self.says.role not in NO_FIGURES


def merged(parts: Iterable[Facets]) -> Facets | None:
    """What several headings say together; None where two contradict each other.

    A longer time gives way to a shorter one within it, and a year completes a bare quarter.
    """
    whole = NOTHING
    for part in parts:
        when_, agree = _times(whole.when, part.when)
        if not agree:
            return None
        taken = {}
        for name in ("measures", "role", "area", "span", "unit", "year"):
            one, other = getattr(whole, name), getattr(part, name)
            if one and other and one != other:
                return None
            taken[name] = one or other
        whole = Facets(when=when_, **taken)
    return whole


def _times(one: When | None, other: When | None) -> tuple[When | None, bool]:
    if one is None or other is None or one == other:
        return one or other, True
    for bare, year in ((one, other), (other, one)):
        if bare.bare and year.kind in ("year", "split_year"):
            kind = year.year_kind or ("calendar" if year.kind == "year" else "")
            if year.kind == "split_year" and not kind:
                kind = "academic" if bare.kind == "term" else "financial"
            if year.kind == "year" and bare.kind == "quarter":
                return None, False  # which quarter "Q3" of 2024 is, nobody says
            return when.dated(bare, year.year, kind), True
    for long, short in ((one, other), (other, one)):
        if short.start is None or short.end is None:
            continue
        dated = long.start and long.end and long.kind in ("year", "quarter", "term")
        if dated and long.start <= short.start and short.end <= long.end:  # type: ignore[operator]
            return short, True
        if long.kind == "split_year" and short.start.year in (long.year, long.year + 1):
            return short, True
    return None, False
