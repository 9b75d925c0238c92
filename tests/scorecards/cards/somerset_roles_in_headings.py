"""Somerset Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME, PCT, Part, Row, Scorecard, Table, Text, heads, split

CARD = Scorecard(
    name="somerset-roles-in-headings",
    council="Somerset Council",
    area="Somerset",
    form="csv",
    look="cohort, measure and unit as three columns; *Actual Oct-24, Target Oct-24 … Forecast "
    "Mar-25* as headings",
    traps="role and month in one heading; the unit in a column of its own (the cells are bare "
    "numbers: 23 is a percent); the group in the first column blank below its first row; a "
    "forecast",
    not_read="targets and the forecast as figures; 23 (percent) as a count",
    parts=[
        Part(
            items=[
                Text(["Somerset Council", "Children and young people scorecard"]),
                Table(
                    head=heads(
                        "Group | Measure | Unit | Actual Oct-24 | Target Oct-24 | Actual Nov-24 "
                        "| Target Nov-24 | Actual Dec-24 | Target Dec-24 | Forecast Mar-25"
                    ),
                    columns=[
                        None,
                        None,
                        None,
                        *(
                            {"period": f"month 2024-{month}", "role": role}
                            for month in (10, 11, 12)
                            for role in ("actual", "target")
                        ),
                        {"period": "month 2025-03", "role": "forecast"},
                    ],
                    rows=[
                        Row(split(line), {"words": split(line)[1]} | facets)
                        for line, facets in [
                            (
                                "All pupils | EHC plans issued | Number | 64 | 70 | 69 | 70 | 51 "
                                "| 60 | 75",
                                {"measure": "ehc_plans_issued"},
                            ),
                            (
                                " | Issued within 20 weeks, excluding exceptions | % | 23 | 40 "
                                "| 26.5 | 40 | 31 | 40 | 38",
                                PCT | {"measure": ON_TIME},
                            ),
                            (
                                " | Time to issue a final plan | Days | 231 | 200 | 226.4 | 200 "
                                "| 219 | 200 | 205",
                                {"measure": "ehc_plan_days", "unit": "days"},
                            ),
                            (
                                " | Requests for assessment | Rate per 10,000 | 8.1 | 7.5 | 8.8 "
                                "| 7.5 | 5.9 | 7.5 | 7.9",
                                {"unit": "rate_per_10000"},
                            ),
                            (
                                " | SEN transport, cost a pupil and month | £ | 611 | 590 | 608 "
                                "| 590 | 602 | 590 | 600",
                                {"unit": "pounds"},
                            ),
                            (
                                "Pupils with an EHC plan | Children missing education | Number "
                                "| 55 | 45 | 58 | 45 | 52 | 45 | 50",
                                {"measure": "children_missing_education", "cohort": "ehcp"},
                            ),
                            (
                                " | In alternative provision | Number | 91 | 80 | 95 | 80 | 94 "
                                "| 80 | 85",
                                {"measure": "alternative_provision_pupils", "cohort": "ehcp"},
                            ),
                            (
                                "Children looked after | Children missing education | Number | 7 "
                                "| 5 | 6 | 5 | 8 | 5 | 5",
                                {"measure": "children_missing_education", "cohort": "lac"},
                            ),
                            (
                                " | Reviews on time | % | 84 | 90 | 86 | 90 | 88 | 90 | 90",
                                PCT | {"measure": "ehc_review_on_time", "cohort": "lac"},
                            ),
                        ]
                    ],
                ),
            ]
        )
    ],
)
