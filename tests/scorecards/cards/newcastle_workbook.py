"""Newcastle City Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME_ALL, PCT, Part, Scorecard, Table, Text, bare, heads, periods, row

_QUARTERS = periods("quarter 2024-04", "quarter 2024-07", "quarter 2024-10")

CARD = Scorecard(
    name="newcastle-workbook",
    council="Newcastle City Council",
    area="Newcastle upon Tyne",
    form="xlsx",
    style="native",
    look="six sheets: a cover, the scorecard by quarter with last year's outturn, a weekly sheet, "
    "targets, England, notes",
    traps="quarters `Q1 24/25`; `2023/24` is the financial year by the heading *Outturn*; sheets "
    "whose name alone says whose or what the figures are; weeks ending",
    not_read="the sheet *Weekly* (weeks ending: a finding); *Targets* and *England* as Newcastle's "
    "figures; numbers on the cover",
    parts=[
        Part(
            name="Cover",
            items=[
                Text(["Newcastle City Council", "SEND scorecard", "Version 3 of 15 January 2025"])
            ],
        ),
        Part(
            name="SEND scorecard",
            items=[
                Table(
                    caption=["Quarterly performance"],
                    head=heads(
                        "Ref | Measure | Outturn | 2024/25 | < | <",
                        "^ | ^ | 2023/24 | Q1 24/25 | Q2 24/25 | Q3 24/25",
                    ),
                    columns=[None, None, *periods("financial_year 2023"), *_QUARTERS],
                    rows=[
                        row(
                            "S1 | EHC plans issued | 412 | 101 | 96 | 118",
                            words="EHC plans issued",
                            measure="ehc_plans_issued",
                        ),
                        row(
                            "S2 | EHC plans issued on time (inc. exceptions) | 71.4% | 69.3% "
                            "| 74.0% | 66.1%",
                            words="EHC plans issued on time (inc. exceptions)",
                            measure=ON_TIME_ALL,
                            **PCT,
                        ),
                        row(
                            "S3 | Average days from request to final plan | 151.2 | 149.8 | 146.5 "
                            "| 155.0",
                            words="Average days from request to final plan",
                            measure="ehc_plan_days",
                            unit="days",
                        ),
                        row(
                            "S4 | Annual reviews on time | 83% | 80% | 78% | 81%",
                            words="Annual reviews on time",
                            measure="ehc_review_on_time",
                            **PCT,
                        ),
                        row(
                            "S5 | Mediation cases opened | 66 | 14 | 12 | 19",
                            words="Mediation cases opened",
                        ),
                        row(
                            "S6 | Suspensions of pupils with an EHC plan | 538 | 166 | 71 | 190",
                            words="Suspensions of pupils with an EHC plan",
                            cohort="ehcp",
                        ),
                    ],
                )
            ],
        ),
        Part(
            name="Weekly",
            items=[
                Table(
                    caption=["Weekly tracker"],
                    head=heads("Measure | w/e 06/12/2024 | w/e 13/12/2024 | w/e 20/12/2024"),
                    columns=[None, *({"refused": "a week"},) * 3],
                    rows=[row("EHC plans issued | 11 | 9 | 14"), row("Requests | 21 | 18 | 15")],
                )
            ],
        ),
        Part(
            name="Targets",
            items=[
                Table(
                    head=heads("Measure | Q1 24/25 | Q2 24/25 | Q3 24/25"),
                    columns=[None, *_QUARTERS],
                    facets={"role": "target"},
                    rows=[
                        row("EHC plans issued | 110 | 110 | 120", measure="ehc_plans_issued"),
                        row(
                            "Annual reviews on time | 85% | 85% | 85%",
                            measure="ehc_review_on_time",
                            **PCT,
                        ),
                    ],
                )
            ],
        ),
        Part(
            name="England",
            items=[
                Table(
                    head=heads("Measure | 2022 | 2023"),
                    columns=[None, *periods("calendar_year 2022", "calendar_year 2023")],
                    facets={"role": "comparator", "area": "England"},
                    rows=[
                        row(
                            "EHC plans issued on time (inc. exceptions) | 47.7% | 48.9%",
                            measure=ON_TIME_ALL,
                            **PCT,
                        )
                    ],
                )
            ],
        ),
        Part(
            name="Notes",
            items=[
                Table(
                    head=heads("Term | Meaning"),
                    columns=[None, None],
                    rows=[bare("EHC plan | Education, health and care plan"), bare("Q | Quarter")],
                )
            ],
        ),
    ],
)
