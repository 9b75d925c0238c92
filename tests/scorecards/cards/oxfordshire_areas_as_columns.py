"""Oxfordshire County Council: an invented scorecard."""

from __future__ import annotations

from spec import (
    ON_TIME,
    ON_TIME_ALL,
    OUTSIDE,
    PCT,
    Part,
    Scorecard,
    Table,
    Text,
    heads,
    periods,
    row,
)

_AREAS = [
    {},
    {"area": "South East"} | OUTSIDE,
    {"area": "Statistical neighbours"} | OUTSIDE,
    {"area": "England"} | OUTSIDE,
]


def _year(caption: str, year: int, *lines: str) -> Table:
    """A table of one year, with areas as columns."""
    measures = [
        {"measure": "ehc_plans_issued"},
        PCT | {"measure": ON_TIME_ALL},
        PCT | {"measure": ON_TIME},
        PCT | {"measure": "ehc_plans_over_52_weeks_share_including_exceptions"},
        PCT,
    ]
    labels = [
        "New EHC plans",
        "Within 20 weeks, including exceptions",
        "Within 20 weeks, excluding exceptions",
        "Over 52 weeks, including exceptions",
        "Requests refused",
    ]
    return Table(
        caption=[caption],
        head=heads("Measure | Oxfordshire | South East | Statistical neighbours | England"),
        columns=[None, *_AREAS],
        facets={"period": f"calendar_year {year}"},
        rows=[
            row(f"{label} | {line}", **facets)
            for label, line, facets in zip(labels, lines, measures, strict=True)
        ],
    )


CARD = Scorecard(
    name="oxfordshire-areas-as-columns",
    council="Oxfordshire County Council",
    area="Oxfordshire",
    form="pdf",
    look="ruled; three tables of a calendar year each, areas as columns, year in the caption; "
    "then months with `England 2023` as the last column",
    traps="the year stands in the caption alone; three of four columns are others'; a column that "
    "names area and year in a table of months",
    not_read="South East, neighbours and England as Oxfordshire; `England 2023` as a month",
    parts=[
        Part(
            items=[
                Text(["Oxfordshire County Council", "SEND benchmarking"], large=True),
                _year(
                    "Table 1: calendar year 2021",
                    2021,
                    "702 | 12,011 | 655 | 62,180",
                    "55.1% | 57.2% | 54.0% | 57.9%",
                    "57.3% | 59.0% | 56.6% | 59.9%",
                    "2.1% | 2.9% | 3.3% | 3.0%",
                    "21.4% | 20.9% | 22.0% | 22.3%",
                ),
                _year(
                    "Table 2: calendar year 2022",
                    2022,
                    "755 | 12,840 | 690 | 66,700",
                    "47.9% | 48.8% | 46.1% | 47.7%",
                    "49.6% | 50.4% | 48.3% | 49.2%",
                    "3.9% | 4.4% | 5.0% | 4.2%",
                    "20.2% | 21.6% | 21.7% | 21.9%",
                ),
                _year(
                    "Table 3: calendar year 2023",
                    2023,
                    "811 | 15,902 | 802 | 84,400",
                    "44.0% | 47.5% | 45.9% | 48.9%",
                    "46.2% | 49.3% | 47.7% | 50.3%",
                    "6.6% | 6.1% | 6.4% | 5.7%",
                    "24.0% | 23.8% | 24.4% | 23.6%",
                ),
                Table(
                    caption=["Table 4: Oxfordshire by month"],
                    head=heads(
                        "Measure | Oct-24 | Nov-24 | Dec-24 "
                        "| Target, financial year 2024/25 | England 2023"
                    ),
                    columns=[
                        None,
                        *periods("month 2024-10", "month 2024-11", "month 2024-12"),
                        {"period": "financial_year 2024", "role": "target"},
                        {"period": "calendar_year 2023", "area": "England"} | OUTSIDE,
                    ],
                    rows=[
                        row("New EHC plans | 70 | 81 | 59 | - | -", measure="ehc_plans_issued"),
                        row(
                            "Within 20 weeks, including exceptions | 51.4% | 53.1% | 49.2% | 60% "
                            "| 48.9%",
                            measure=ON_TIME_ALL,
                            **PCT,
                        ),
                        row(
                            "Annual reviews on time | 72% | 75% | 74% | 85% | -",
                            measure="ehc_review_on_time",
                            **PCT,
                        ),
                    ],
                ),
            ]
        )
    ],
)
