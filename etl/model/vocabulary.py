"""The words that figures are described by: units, spans, statuses, kinds of table."""

from __future__ import annotations

from typing import Literal

Status = Literal["reported", "nil", "not_applicable", "not_available", "withheld"]
Unit = Literal[
    "count",
    "percent",
    "days",
    "weeks",
    "rate_per_100",
    "rate_per_1000",
    "rate_per_10000",
    "rate_per_100000",
    "pounds",
]
Span = Literal[
    "month",
    "quarter",
    "calendar_year_to_date",
    "financial_year_to_date",
    "calendar_year",
    "term",
    "academic_year",
    "academic_year_to_date",
    "financial_year",
    "rolling_12_months",
    "point_in_time",
]
TABLES = ("appendix_1", "outturn", "dfe", "officer", "stated")
"""The tables that this software names itself; any other is a layout's id."""
TableName = str
Severity = Literal["error", "warning", "note"]
Flag = Literal["open", "misprint", "unexplained"]
About = Literal["level", "increase", "change", "rate", "target", "limit"]


# How the places of corrections begin: typed one by one, or on a sheet of the officers' workbook.
CORRECTION, REVISIONS_SHEET = "officers' correction", "Revisions"
CORRECTIONS = (CORRECTION, f"{REVISIONS_SHEET}!")
