"""Sheffield City Council: an invented scorecard."""

from __future__ import annotations

from spec import PCT, Part, Scorecard, Table, Text, heads, periods, row

_YEARS = periods("calendar_year 2021", "calendar_year 2022", "calendar_year 2023")

CARD = Scorecard(
    name="sheffield-beside-another",
    council="Sheffield City Council",
    area="Sheffield",
    form="docx",
    look="ruled; two tables of Sheffield, then one of Barnsley in the same layout, then "
    "core cities",
    traps="the third table's caption names another council; its labels and years are the same; "
    "`12 months to Dec 2024` as a column; `As at 31 December 2024`",
    not_read="table 3 (Barnsley) and table 4 (core cities) as Sheffield's; the sentence's 431, "
    "39% and 36% (statements, no table)",
    parts=[
        Part(
            items=[
                Text(["Sheffield City Council", "Education scrutiny: SEND data"], large=True),
                Text(
                    [
                        "In 2020 the council issued 431 plans, 39% of them within 20 weeks; "
                        "a year before it was 36%."
                    ],
                    [{"refused": "a sentence: no table"}],
                ),
                Table(
                    caption=["Table 1: Sheffield, calendar years"],
                    head=heads("Measure | 2021 | 2022 | 2023"),
                    columns=[None, *_YEARS],
                    rows=[
                        row("New EHC plans issued | 488 | 530 | 617", measure="ehc_plans_issued"),
                        row(
                            "Issued within 20 weeks (all plans) | 44.9% | 51.3% | 48.1%",
                            measure="ehc_plans_on_time_share_including_exceptions",
                            **PCT,
                        ),
                        row("Initial requests for assessment | 802 | 871 | 955"),
                        row("Tribunal appeals | 49 | 66 | 93"),
                        row("Plans ceased | 201 | 188 | 240"),
                    ],
                ),
                Table(
                    caption=["Table 2: Sheffield, newest position"],
                    head=heads(
                        "Measure | 12 months to Sep 2024 | 12 months to Dec 2024 "
                        "| As at 30 September 2024 | As at 31 December 2024"
                    ),
                    columns=[
                        None,
                        *periods("rolling_12_months 2024-09", "rolling_12_months 2024-12"),
                        *periods("point_in_time 2024-09-30", "point_in_time 2024-12-31"),
                    ],
                    rows=[
                        row("New EHC plans issued | 640 | 655 | - | -", measure="ehc_plans_issued"),
                        row(
                            "Issued within 20 weeks (all plans) | 50.2% | 52.5% | - | -",
                            measure="ehc_plans_on_time_share_including_exceptions",
                            **PCT,
                        ),
                        row("EHC plans maintained | - | - | 5,012 | 5,108"),
                        row(
                            "Children missing education | - | - | 377 | 402",
                            measure="children_missing_education",
                        ),
                        row(
                            "Annual reviews overdue | - | - | 861 | 790",
                        ),
                    ],
                ),
                Table(
                    caption=["Table 3: Barnsley Metropolitan Borough Council, for comparison"],
                    head=heads("Measure | 2021 | 2022 | 2023"),
                    columns=[None, *_YEARS],
                    facets={"role": "comparator", "area": "Barnsley"},
                    rows=[
                        row("New EHC plans issued | 261 | 277 | 290", measure="ehc_plans_issued"),
                        row(
                            "Issued within 20 weeks (all plans) | 70.1% | 68.0% | 71.9%",
                            measure="ehc_plans_on_time_share_including_exceptions",
                            **PCT,
                        ),
                    ],
                ),
                Table(
                    caption=["Table 4: average of the core cities"],
                    head=heads("Measure | 2021 | 2022 | 2023"),
                    columns=[None, *_YEARS],
                    facets={"role": "comparator", "area": "core cities"},
                    rows=[
                        row(
                            "Issued within 20 weeks (all plans) | 55.0% | 47.2% | 49.9%",
                            measure="ehc_plans_on_time_share_including_exceptions",
                            **PCT,
                        )
                    ],
                ),
            ]
        )
    ],
)
