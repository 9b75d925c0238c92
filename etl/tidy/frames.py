"""The tidy table in memory, for analysts: a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from etl.model import Observation
from etl.tidy.columns import COLUMNS
from etl.tidy.rows import Flags, flagged_row

if TYPE_CHECKING:
    import pandas as pd

EXACT = "value_exact"
"""The text of `value`, digit for digit: a float has no 53.10, and sums of floats drift."""


def frame(figures: Iterable[Observation], flags: Flags = lambda _: None) -> pd.DataFrame:
    """Figures as a DataFrame, a row a figure: the tidy table's columns, in its order.

    Dates are datetimes; `value` is a float (NaN where there is none) and `value_exact`, behind
    it, the same as text ("" where there is none), for `Decimal`; `sample_size` is Int64; what
    comes from a list of words or codes is categorical (`groupby(..., observed=True)`); the
    rest is text, "" where it is empty. `flags` gives each figure's flag: a record's `flag`. A
    figure without a flag has none there: `groupby("flag", dropna=False)` keeps it.

        record = open_store().record()
        figures = tidy.frame(record.shown(), record.flag)
        figures[figures.measure == "ehc_plan_days"].pivot_table("value", "period_end", "cohort")
    """
    import pandas as pd  # 250 ms and 45 MB: not before it is asked for

    rows = [tuple(flagged_row(figure, flags).values()) for figure in figures]
    texts = list(zip(*rows, strict=True)) if rows else [()] * len(COLUMNS)
    columns: dict[str, Any] = {}
    for column, cells in zip(COLUMNS, texts, strict=True):
        if column.type == "date":
            columns[column.name] = pd.to_datetime(pd.Series(cells, dtype="str"), format="%Y-%m-%d")
        elif column.type == "number":
            columns[column.name] = pd.Series(map(_float, cells), dtype="float64")
            columns[EXACT] = pd.Series(cells, dtype="str")
        elif column.type == "integer":
            whole = [int(cell) if cell else None for cell in cells]
            columns[column.name] = pd.Series(whole, dtype="Int64")
        elif column.free:
            columns[column.name] = pd.Series(cells, dtype="str")
        elif column.allowed:
            given = [cell or None for cell in cells]
            columns[column.name] = pd.Categorical(given, categories=list(column.allowed))
        else:
            columns[column.name] = pd.Categorical(cells, categories=sorted(set(cells)))
    return pd.DataFrame(columns)


def _float(text: str) -> float:
    return float(text) if text else float("nan")
