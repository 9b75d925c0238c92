"""A chart's text alternative: its finding in figures, short enough to be listened to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dashboard import words
from dashboard.views.readings import doubted, text
from etl.analysis.book import Line, Value
from etl.analysis.change import year_earlier
from etl.model import Measure

# A text alternative longer than this is not listened to the end.
LONGEST = 220


def alt(kind: str, line: Line, measure: Measure, rest: str = "") -> str:
    """The chart in figures, at most 220 characters: first, highest, lowest, latest.

    Of the figures that may be spoken of; one that is flagged is given as such, after them.
    """
    held = [v for v in line if v.trusted]
    flagged = [v for v in line if doubted(v)]
    if not held and not flagged:
        return f"{kind} without figures."

    def at(value: Value) -> str:
        assert value.value is not None
        when = words.period(value.period, True)
        if value.period.span == "calendar_year":
            when = str(value.period.end.year)
        elif value.period.span in ("calendar_year_to_date", "financial_year_to_date"):
            when = words.month(value.period.end, True)
        return f"{text(value, measure)} ({when}{', flagged' if doubted(value) else ''})"

    def height(value: Value) -> Decimal:
        assert value.value is not None
        return value.value

    def told(places: dict[str, Value]) -> str:
        names: dict[int, list[str]] = {}
        for name, value in places.items():
            names.setdefault(id(value), []).append(name)
        by_id = {id(value): value for value in held}
        said = [f"{words.together(every)} {at(by_id[key])}" for key, every in names.items()]
        if len(flagged) == 1:
            said.append(f"left out {at(flagged[0])}")
        elif flagged:
            said.append(f"{len(flagged)} flagged left out")
        return f"{kind}: {', '.join(said)}."

    places = {}
    if held:
        places = {
            "first": held[0],
            "highest": max(held, key=height),
            "lowest": min(held, key=height),
            "latest": held[-1],
        }
    if line[0].period.span == "financial_year_to_date":
        places = _of_totals(held)
    if len(held) == 1:
        places = {"only": held[0]}
    found = told(places)
    if rest and len(found) + len(rest) >= LONGEST:
        found = told({name: value for name, value in places.items() if name != "first"})
    return f"{found} {rest}" if rest and len(found) + len(rest) < LONGEST else told(places)


def _of_totals(held: Sequence[Value]) -> dict[str, Value]:
    """What tells of a total that starts again each April, where no highest and lowest does."""
    if not held:
        return {}
    latest, ends = held[-1], {v.period.start: v for v in held}
    places = {
        f"last of {start.year}-{(start.year + 1) % 100:02d}": value
        for start, value in ends.items()
        if value is not latest
    }
    before = [v for v in held if v.period == year_earlier(latest.period)]
    if before:
        places["a year before the latest"] = before[0]
    return {**places, "latest": latest}
