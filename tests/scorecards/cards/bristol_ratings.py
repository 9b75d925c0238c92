"""Bristol City Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME, PCT, Part, Scorecard, Table, Text, bare, heads, periods, row

RATED = r"^(?P<value>[\d.,]+)%? (?P<rating>[RAG])(?: (?P<direction>[↑↓→]))?$"
LAST_YEAR = r"^(?P<value>[\d.,]+)%? \((?P<previous>[\d.,]+)%?\)$"
COUNTED = r"^(?P<value>[\d.]+)% \((?P<numerator>\d+) of (?P<denominator>\d+)\)$"
LIGHT = r"^(?P<rating>🟢|🟠|🔴) (?P<value>[\d.,]+)%?$"

CARD = Scorecard(
    name="bristol-ratings",
    council="Bristol City Council",
    area="Bristol, City of",
    form="docx",
    look="ruled; cells with a rating letter and an arrow; last year in brackets; coloured discs",
    traps="`35% G ↑`; `58% (51%)` where the heading says that brackets are last year; emoji "
    "before the number; a key that says what letters mean; `57% (24 of 42)`; a merged body cell",
    not_read="last year's figure in brackets as this year's; the key as a table of figures",
    parts=[
        Part(
            items=[
                Text(["Bristol City Council", "SEND performance summary"], large=True),
                Table(
                    caption=["Table 1: this quarter's months"],
                    head=heads("Indicator | Oct-24 | Nov-24 | Dec-24"),
                    columns=[None, *periods("month 2024-10", "month 2024-11", "month 2024-12")],
                    facets={"form": RATED},
                    rows=[
                        row(
                            "EHC plans issued in 20 weeks (excl. exceptions) | 35% R ↓ | 44% A ↑ "
                            "| 52% G ↑",
                            measure=ON_TIME,
                            **PCT,
                        ),
                        row(
                            "EHC reviews on time | 61% A → | 63% A ↑ | 59% R ↓",
                            measure="ehc_review_on_time",
                            **PCT,
                        ),
                        row(
                            "Children missing education | 288 A ↑ | 301 R ↑ | 279 A ↓",
                            measure="children_missing_education",
                        ),
                    ],
                    notes=["Key: R = more than 5 points off target, A = within 5, G = on target"],
                ),
                Table(
                    caption=[
                        "Table 2: the year from 1 April (last year to the same month in brackets)"
                    ],
                    head=heads("Indicator | Nov-24 YTD | Dec-24 YTD"),
                    columns=[
                        None,
                        {
                            "period": "financial_year_to_date 2024-11",
                            "previous_period": "financial_year_to_date 2023-11",
                        },
                        {
                            "period": "financial_year_to_date 2024-12",
                            "previous_period": "financial_year_to_date 2023-12",
                        },
                    ],
                    facets={"form": LAST_YEAR},
                    rows=[
                        row("EHC plans issued | 402 (377) | 447 (418)", measure="ehc_plans_issued"),
                        row(
                            "% within 20 weeks, including exceptions | 41% (33%) | 42% (34%)",
                            measure="ehc_plans_on_time_share_including_exceptions",
                            **PCT,
                        ),
                        row("Complaints received | 77 (81) | 85 (93)", measure="complaints_local"),
                    ],
                ),
                Table(
                    caption=["Table 3: at a glance"],
                    head=heads("Indicator | Q2 24/25 | Q3 24/25"),
                    columns=[None, *periods("quarter 2024-07", "quarter 2024-10")],
                    facets={"form": LIGHT},
                    rows=[
                        row("Decisions to assess within 6 weeks | 🟠 84% | 🟢 91%", **PCT),
                        row("Advice from health within 6 weeks | 🔴 55% | 🟠 68%", **PCT),
                        row("Mediations that ended in agreement | 🟢 12 | 🟢 15"),
                        row("Tribunal appeals lodged | 🔴 31 | 🟠 27"),
                        bare("Parents' survey | not yet held | <"),
                    ],
                ),
                Table(
                    caption=["Table 4: shares with the children behind them"],
                    head=heads("Indicator | Q2 24/25 | Q3 24/25"),
                    columns=[None, *periods("quarter 2024-07", "quarter 2024-10")],
                    facets={"form": COUNTED},
                    rows=[
                        row("Decisions after 4 weeks | 57% (24 of 42) | 60% (27 of 45)", **PCT),
                        row("Plans amended in 12 weeks | 25% (9 of 36) | 40% (16 of 40)", **PCT),
                    ],
                ),
            ]
        )
    ],
)
