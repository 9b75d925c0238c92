"""Derbyshire County Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME, PCT, Part, Scorecard, Table, Text, heads, row

_DOWN = [
    None,
    {"measure": "ehc_plans_issued", "words": "EHC plans issued"},
    {"measure": "ehc_plans_on_time", "words": "of which in 20 weeks"},
    {"measure": ON_TIME, "words": "% in 20 weeks (excl. exceptions)"} | PCT,
    {"measure": "ehc_plan_days", "words": "Average days", "unit": "days"},
]

CARD = Scorecard(
    name="derbyshire-dates-down",
    council="Derbyshire County Council",
    area="Derbyshire",
    form="txt",
    look="columns held by spaces; months down the side, measures across; quarters and a year "
    "between the months; then weeks",
    traps="dates as row headings in five ways of writing; a row `Q3 24/25` among months; a total "
    "`2024 (calendar year)`; headings over two lines; a second table of weeks ending",
    not_read="the weekly table (a finding); the quarter and the year as months",
    parts=[
        Part(
            items=[
                Text(["Derbyshire County Council", "SEND timeliness, 2024"]),
                Table(
                    caption=["Table 1: plans issued", ""],
                    head=heads(
                        "Period | EHC plans issued | of which in 20 weeks "
                        "| % in 20 weeks (excl. exceptions) | Average days"
                    ),
                    columns=_DOWN,
                    widths=[24, 14, 14, 22, 14],
                    rows=[
                        row("Aug-24 | 55 | 21 | 40.4% | 188.0", period="month 2024-08"),
                        row("Sept 2024 | 61 | 25 | 43.1% | 181.5", period="month 2024-09"),
                        row("October 2024 | 70 | 33 | 49.3% | 176.2", period="month 2024-10"),
                        row("30.11.24 | 68 | 35 | 53.8% | 170.9", period="month 2024-11"),
                        row("Dec 24 | 49 | 24 | 52.2% | 172.4", period="month 2024-12"),
                        row("Q3 24/25 | 187 | 92 | 51.7% | 173.2", period="quarter 2024-10"),
                        row(
                            "2024 (calendar year) | 702 | 291 | 43.9% | 184.7",
                            period="calendar_year 2024",
                        ),
                    ],
                    notes=["A day such as 30.11.24 is the last of the month reported."],
                ),
                Text([""]),
                Table(
                    caption=["Table 2: weekly tracker", ""],
                    head=heads("Week ending | EHC plans issued | of which in 20 weeks"),
                    columns=[None, {"refused": "a week"}, {"refused": "a week"}],
                    widths=[24, 22, 22],
                    rows=[row("6 Dec 2024 | 14 | 7"), row("13 Dec 2024 | 17 | 9")],
                ),
            ]
        )
    ],
)
