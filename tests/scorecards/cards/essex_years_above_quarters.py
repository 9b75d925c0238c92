"""Essex County Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME, PCT, Part, Scorecard, Table, Text, bare, heads, periods, row

_ESSEX = [
    *periods("quarter 2023-07", "quarter 2023-10", "quarter 2024-01"),
    *periods("quarter 2024-04", "quarter 2024-07", "quarter 2024-10"),
]

CARD = Scorecard(
    name="essex-years-above-quarters",
    council="Essex County Council",
    area="Essex",
    form="pdf",
    look="no rules; years centred above quarters (`2023/24` over Q2 to Q4, `2024/25` over Q1 to "
    "Q3)",
    traps="a bare `Q4` of 2023/24 is January to March 2024; years stand between columns, not above "
    "one; a stock whose label says *at the quarter's end*; a section line; a dash",
    not_read="Q2 and Q3 of one year as the other's; Q4 as October to December; the stock as a "
    "whole quarter's figure",
    parts=[
        Part(
            landscape=True,
            items=[
                Text(["Essex County Council", "SEND performance by quarter"], large=True),
                Table(
                    ruled=False,
                    head=heads(
                        "Measure | 2023/24 | < | < | 2024/25 | < | <",
                        " | Q2 | Q3 | Q4 | Q1 | Q2 | Q3",
                    ),
                    columns=[None, *_ESSEX],
                    rows=[
                        bare("Plans | < | < | < | < | < | <"),
                        row(
                            "EHC plans issued | 301 | 322 | 340 | 355 | 329 | 371",
                            measure="ehc_plans_issued",
                        ),
                        row(
                            "% issued within 20 weeks, excluding exceptions | 1.9% | 4.4% | 8.0% "
                            "| 12.6% | 19.5% | 24.1%",
                            measure=ON_TIME,
                            **PCT,
                        ),
                        row(
                            "EHC plans maintained at the quarter's end | 12,210 | 12,402 | 12,655 "
                            "| 12,931 | 13,104 | -",
                            take="point_in_time",
                        ),
                        bare("Not in school | < | < | < | < | < | <"),
                        row(
                            "Children missing education at the quarter's end | 910 | 956 | 988 "
                            "| 1,004 | 871 | 1,019",
                            measure="children_missing_education",
                            take="point_in_time",
                        ),
                    ],
                ),
            ],
        )
    ],
)
