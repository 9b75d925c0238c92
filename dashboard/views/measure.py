"""Record, measure, choices -> what the measure's page says and shows."""

from __future__ import annotations

from datetime import date

from dashboard.views.measure_types import MeasureView
from etl.record import Record


def measure(
    record: Record,
    measure_id: str,
    cohort: str = "",
    view: str = "",
    *,
    year: int | None = None,
    first: date | None = None,
    last: date | None = None,
    today: date | None = None,
) -> MeasureView | None:
    """The page of one measure; None where no such measure is declared (a real 404).

    An unknown or unavailable `cohort` or `view` falls back to the default one; `view` is one
    of the ids in `MeasureView.views`. `year` chooses the year of views of one year's
    months. `first` and `last` bound the periods drawn (by the period's end); facts and
    words stay those of the latest figure.
    """
    raise NotImplementedError
