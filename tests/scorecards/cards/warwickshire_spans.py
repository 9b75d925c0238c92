"""Warwickshire County Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME_ALL, PCT, Part, Scorecard, Table, Text, heads, periods, row

CARD = Scorecard(
    name="warwickshire-spans",
    council="Warwickshire County Council",
    area="Warwickshire",
    form="xlsx",
    style="native",
    look="group headings *Month*, *Year to date*, *Rolling 12 months* merged over month columns",
    traps="Dec-24 stands four times, told apart by the group alone; the last Dec-24 has no group "
    "above it; a count of complaints since 1 April in month columns",
    not_read="the last column, whose group is blank, as a month or as the group to its left; a "
    "year to date or a rolling year as a month",
    parts=[
        Part(
            name="Scorecard Dec-24",
            items=[
                Text(["Warwickshire County Council", "SEND and inclusion scorecard"], large=True),
                Table(
                    head=heads(
                        "Indicator | Month | < | < | Year to date (from 1 April) "
                        "| Rolling 12 months | ",
                        "^ | Oct-24 | Nov-24 | Dec-24 | Dec-24 | Dec-24 | Dec-24",
                    ),
                    columns=[
                        None,
                        *periods("month 2024-10", "month 2024-11", "month 2024-12"),
                        {"period": "financial_year_to_date 2024-12"},
                        {"period": "rolling_12_months 2024-12"},
                        {"refused": "no group heading above the month"},
                    ],
                    rows=[
                        row("Requests for EHC assessment | 88 | 95 | 61 | 702 | 948 | 58"),
                        row(
                            "EHC plans issued | 49 | 52 | 40 | 455 | 611 | 43",
                            measure="ehc_plans_issued",
                        ),
                        row(
                            "EHC plans issued within 20 weeks | 27 | 31 | 18 | 246 | 336 | 25",
                            measure="ehc_plans_on_time",
                        ),
                        row(
                            "% within 20 weeks, exceptions included | 55.1% | 59.6% | 45.0% "
                            "| 54.1% | 55.0% | 58.1%",
                            measure=ON_TIME_ALL,
                            **PCT,
                        ),
                        row("Appeals registered with the SEND Tribunal | 9 | 7 | 4 | 71 | 92 | 6"),
                    ],
                ),
                Table(
                    caption=["Complaints (running totals since 1 April)"],
                    head=heads("Indicator | Oct-24 | Nov-24 | Dec-24"),
                    columns=[None, *periods("month 2024-10", "month 2024-11", "month 2024-12")],
                    facets={"take": "financial_year_to_date"},
                    rows=[
                        row(
                            "Complaints about SEND, cumulative | 41 | 47 | 50",
                            measure="complaints_local",
                        ),
                        row(
                            "of which upheld, cumulative | 22 | 25 | 26",
                            measure="complaints_local_upheld",
                        ),
                    ],
                ),
            ],
        )
    ],
)
