"""Devon County Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME, PCT, Part, Scorecard, Table, Text, heads, row

NOTED = r"^(?P<value>[\d.,]+)%?(?: \((?P<note>.+)\))?$"


CARD = Scorecard(
    name="devon-milestones",
    council="Devon County Council",
    area="Devon",
    form="docx",
    look="ruled; KPI, baseline, target, then *Milestone* and *Actual* by month in turn",
    traps="`Actual Mar 24` beside `Milestone 3 – Mar 24`; baselines and targets that name their "
    "own period and area in brackets; `(projected end of year)`; decimals of percent",
    not_read="milestones as figures; baselines of academic year 21/22 as months; England's "
    "average as Devon's",
    parts=[
        Part(
            landscape=True,
            items=[
                Text(["Devon County Council", "SEND improvement plan: progress"], large=True),
                Table(
                    head=heads(
                        "Key performance indicator | Baseline (date) | Target "
                        "| Milestone 3 – Mar 24 | Actual Mar 24 | Milestone 4 – Jul 24 "
                        "| Actual Jul 24 | Milestone 5 – Nov 24 | Actual Nov 24"
                    ),
                    columns=[
                        None,
                        {"role": "previous", "form": NOTED},
                        {"role": "target", "form": NOTED},
                        *(
                            {"period": f"month 2024-{month}", "role": role, "form": NOTED}
                            for month in ("03", "07", "11")
                            for role in ("target", "actual")
                        ),
                    ],
                    rows=[
                        row(
                            "Absence of pupils with SEN support | 10.6% (academic year 21/22) "
                            "| 9.8% | 10.1% | 12.4% | 9.9% | 12.0% | 9.8% | 10.5%",
                            cohort="sen_support",
                            **PCT,
                        ),
                        row(
                            "Absence of pupils with an EHC plan | 12.9% (academic year 21/22) "
                            "| 12.0% | 13.1% | 15.8% | 12.9% | 15.7% | 12.8% | 13.9%",
                            cohort="ehcp",
                            **PCT,
                        ),
                        row(
                            "EHC assessment requests as % of population | 0.95% (academic year "
                            "21/22) | 0.70% | 1.05% | 1.21% (projected end of year) | 1.07% "
                            "| 1.24% (projected end of year) | 1.00% | 1.12% (projected end of "
                            "year)",
                            **PCT,
                        ),
                        row(
                            "EHC plans as % of 0-24 population | 3.97% (SEN2 Jan 2023) | 4.00% "
                            "| 4.20% | 4.31% | 4.40% | 4.38% | 4.10% | 4.61%",
                            **PCT,
                        ),
                        row(
                            "EHC plans issued within 20 weeks, excluding exceptions | 24% (2022) "
                            "| 60% | 35% | 29% | 45% | 41% | 55% | 52%",
                            measure=ON_TIME,
                            **PCT,
                        ),
                        row(
                            "Annual reviews completed on time | 31% (2022) | 75% | 40% | 36% "
                            "| 50% | 44% | 60% | 57%",
                            measure="ehc_review_on_time",
                            **PCT,
                        ),
                        row(
                            "Average number of days to a final plan | 268 (2022) | 150 | 240 | 251 "
                            "| 220 | 233 | 190 | 204",
                            measure="ehc_plan_days",
                            unit="days",
                        ),
                        row(
                            "Children missing education | 402 (Jan 2023) | 300 | 380 | 415 | 350 "
                            "| 391 | 320 | 366",
                            measure="children_missing_education",
                        ),
                    ],
                    notes=["* Figures may differ from those published before."],
                ),
            ],
        )
    ],
)
