"""Hampshire County Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME, ON_TIME_ALL, PCT, Part, Scorecard, Table, Text, heads, periods, row

_TARGET, _RATED = {"role": "target"}, {"role": "rating"}

CARD = Scorecard(
    name="hampshire-target-actual",
    council="Hampshire County Council",
    area="Hampshire",
    form="xlsx",
    style="native",
    look="a month merged over *Target*, *Actual* and *RAG*; a second sheet named *Targets*",
    traps="two heading rows; the target stands before the actual; a sheet of nothing but targets "
    "with the same labels; a row not measured in one month",
    not_read="any target as a figure; the sheet *Targets* as actuals of 2024/25 and 2025/26",
    parts=[
        Part(
            name="Performance",
            items=[
                Text(["Hampshire County Council: SEND scorecard, quarter 3"], large=True),
                Table(
                    head=heads(
                        "Indicator | Oct-24 | < | < | Nov-24 | < | < | Dec-24 | < | <",
                        "^ | Target | Actual | RAG | Target | Actual | RAG | Target | Actual | RAG",
                    ),
                    columns=[
                        None,
                        *(
                            {"period": f"month 2024-{month}"} | role
                            for month in (10, 11, 12)
                            for role in (_TARGET, {}, _RATED)
                        ),
                    ],
                    rows=[
                        row(
                            "EHC plans issued within 20 weeks (excluding exceptions) "
                            "| 65% | 58% | Red | 65% | 61% | Amber | 65% | 66% | Green",
                            measure=ON_TIME,
                            **PCT,
                        ),
                        row(
                            "EHC plans issued within 20 weeks (including exceptions) "
                            "| 60% | 52% | Red | 60% | 55% | Amber | 60% | 59% | Amber",
                            measure=ON_TIME_ALL,
                            **PCT,
                        ),
                        row(
                            "New EHC plans issued | 150 | 163 | Green | 150 | 171 | Green "
                            "| 120 | 118 | Amber",
                            measure="ehc_plans_issued",
                        ),
                        row(
                            "Average days to issue a final plan | 160 | 171.5 | Red | 160 | 168.2 "
                            "| Amber | 160 | 159.4 | Green",
                            measure="ehc_plan_days",
                            unit="days",
                        ),
                        row(
                            "Annual reviews completed on time | 80% | 71% | Red | 80% | 74% "
                            "| Amber | 80% | 77% | Amber",
                            measure="ehc_review_on_time",
                            **PCT,
                        ),
                        row(
                            "Children missing education | 400 | 431 | Amber | 400 | 452 | Red "
                            "| 400 | 447 | Red",
                            measure="children_missing_education",
                        ),
                        row(
                            "Children missing education with an EHC plan | 40 | 38 | Green | 40 "
                            "| 43 | Amber | 40 | 41 | Amber",
                            measure="children_missing_education",
                            cohort="ehcp",
                        ),
                        row(
                            "Requests for an EHC assessment | 300 | 342 | Red | 300 | 318 | Amber "
                            "| 250 | - | -"
                        ),
                    ],
                ),
            ],
        ),
        Part(
            name="Targets",
            items=[
                Text(["Targets agreed by Cabinet, financial years"], large=True),
                Table(
                    head=heads("Indicator | 2024/25 | 2025/26"),
                    columns=[
                        None,
                        *periods("financial_year 2024", "financial_year 2025", role="target"),
                    ],
                    rows=[
                        row(
                            "EHC plans issued within 20 weeks (excluding exceptions) | 65% | 70%",
                            measure=ON_TIME,
                            **PCT,
                        ),
                        row("New EHC plans issued | 1,700 | 1,750", measure="ehc_plans_issued"),
                    ],
                ),
            ],
        ),
    ],
)
