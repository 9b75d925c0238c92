"""Made-up figures for tests."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Any

from etl.model import Observation, Period, Reading
from etl.publication import NewRelease

SEPTEMBER = date(2021, 9, 17)
MARCH = date(2022, 3, 18)
MAY = date(2022, 5, 20)


def month(text: str) -> Period:
    """The month `2021-07` as a period."""
    year, number = map(int, text.split("-"))
    return Period("month", date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def figure(
    value: str | None,
    when: str = "2021-07",
    published: date = SEPTEMBER,
    measure: str = "children_missing_education",
    cohort: str = "all",
    **more: Any,
) -> Observation:
    """One figure; `more` are fields of Reading or of Observation."""
    reading = {
        "unit": "count",
        "status": "reported" if value is not None else "not_applicable",
        "raw": value or "NA",
    }
    reading |= {k: more.pop(k) for k in tuple(more) if k in Reading.__dataclass_fields__}
    placed = {
        "authority": "E10000020",
        "source": f"Pack of {published}",
        "table": "appendix_1",
        "locator": f"line 1, {when}",
        **more,
    }
    number = None if value is None else Decimal(value)
    return Observation(
        measure=measure,
        cohort=cohort,
        period=month(when),
        reading=Reading(number, **reading),
        published=published,
        **placed,
    )


def release(*figures: Observation, **more: Any) -> NewRelease:
    """A release of these figures, as of the date of the first."""
    return NewRelease(
        **{
            "published": figures[0].published if figures else SEPTEMBER,
            "title": figures[0].source if figures else "Words",
            "kind": "pack",
            "observations": figures,
            **more,
        }
    )
