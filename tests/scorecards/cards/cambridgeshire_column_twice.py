"""Cambridgeshire County Council: an invented scorecard."""

from __future__ import annotations

from spec import PCT, Part, Scorecard, Table, Text, heads, periods, row

_TWICE = {"refused": "the same month in two columns"}

CARD = Scorecard(
    name="cambridgeshire-column-twice",
    council="Cambridgeshire County Council",
    area="Cambridgeshire",
    form="csv",
    look="months as columns; Nov-24 stands twice with other values; a *Total* column",
    traps="the same facets in two columns: both are refused; a total that is no month; one row "
    "twice with two values that are no rounding of each other; labels with commas in quotes",
    not_read="either column Nov-24; the column Total; either row *Requests for assessment*",
    parts=[
        Part(
            items=[
                Text(["Cambridgeshire County Council", "SEND data dashboard, 2024"]),
                Table(
                    head=heads(
                        "Measure | Jul-24 | Aug-24 | Sep-24 | Oct-24 | Nov-24 | Nov-24 | Dec-24 "
                        "| Total"
                    ),
                    columns=[
                        None,
                        *periods("month 2024-07", "month 2024-08", "month 2024-09"),
                        *periods("month 2024-10"),
                        _TWICE,
                        _TWICE,
                        *periods("month 2024-12"),
                        {"refused": "Total names no period"},
                    ],
                    rows=[
                        row(
                            "EHC plans issued | 71 | 48 | 66 | 80 | 84 | 79 | 61 | 489",
                            measure="ehc_plans_issued",
                        ),
                        row(
                            "EHC plans issued, of which within 20 weeks | 30 | 22 | 31 | 41 | 44 "
                            "| 40 | 33 | 241",
                            measure="ehc_plans_on_time",
                        ),
                        row(
                            "Children missing education, all | 310 | 302 | 355 | 361 | 366 | 359 "
                            "| 350 | ",
                            measure="children_missing_education",
                        ),
                        row(
                            "Reviews, % on time | 55% | 49% | 58% | 61% | 64% | 66% | 63% | ",
                            measure="ehc_review_on_time",
                            **PCT,
                        ),
                        row(
                            "Alternative provision, pupils | 120 | 118 | 126 | 131 | 135 | 133 "
                            "| 134 | ",
                            measure="alternative_provision_pupils",
                        ),
                        row(
                            "Requests for assessment | 99 | 41 | 88 | 104 | 110 | 107 | 70 | ",
                            refused="the row stands twice with other values",
                        ),
                        row(
                            "Requests for assessment | 93 | 39 | 90 | 101 | 108 | 105 | 74 | ",
                            refused="the row stands twice with other values",
                        ),
                    ],
                ),
            ]
        )
    ],
)
