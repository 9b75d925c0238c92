"""Gloucestershire County Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME, PCT, Part, Scorecard, Table, Text, bare, heads, periods, row

_RANGES = periods(
    "quarter 2024-03", "quarter 2024-06", "quarter 2024-09", "rolling_12_months 2024-11"
)

CARD = Scorecard(
    name="gloucestershire-ranges",
    council="Gloucestershire County Council",
    area="Gloucestershire",
    form="txt",
    look="columns held by spaces, as `pdftotext -layout` leaves them; labels over two or three "
    "lines; three months in a row as a column",
    traps="`Sep-24 to Nov-24` is no quarter of a year that begins in April; `12 months to Nov 24`; "
    "blank cells in the middle; wrapped labels and headings; blank lines between sections",
    not_read="a blank cell filled by its neighbour; the range as two months",
    parts=[
        Part(
            items=[
                Text(["Gloucestershire County Council", "SEND and inclusion: data annex", ""]),
                Table(
                    caption=[""],
                    head=heads(
                        "Measure | Mar-24 to May-24 | Jun-24 to Aug-24 | Sep-24 to Nov-24 "
                        "| 12 months to Nov 24"
                    ),
                    columns=[None, *_RANGES],
                    widths=[36, 13, 13, 13, 14],
                    rows=[
                        bare("Education, health and care plans | | | | "),
                        row(
                            "Number of EHC plans issued | 171 | 133 | 188 | 655",
                            measure="ehc_plans_issued",
                        ),
                        row(
                            "Percentage of EHC plans issued within 20 weeks, excluding exceptions "
                            "| 38.4% | | 46.9% | 40.1%",
                            measure=ON_TIME,
                            **PCT,
                        ),
                        row(
                            "Percentage of EHC plans issued within 20 weeks, including exceptions "
                            "| 36.8% | 33.1% | 44.7% | 38.2%",
                            measure="ehc_plans_on_time_share_including_exceptions",
                            **PCT,
                        ),
                        row(
                            "Average number of calendar days from the request to the final plan "
                            "| 192.6 | 201.3 | | 195.0",
                            measure="ehc_plan_days",
                            unit="days",
                        ),
                        bare("Alternative provision and exclusion | | | | "),
                        row(
                            "Average number of days that pupils had been in alternative provision "
                            "| 44 | 52 | 39 | 45",
                            measure="alternative_provision_days",
                            unit="days",
                        ),
                        row("Permanent exclusions | 31 | 18 | 29 | 117"),
                        row(
                            "Permanent exclusions of pupils with SEN support | 14 | | 12 | 51",
                            cohort="sen_support",
                        ),
                    ],
                ),
            ]
        )
    ],
)
