"""Surrey County Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME, PCT, Part, Scorecard, Table, Text, bare, heads, periods, row

_MONTHS = periods("month 2024-10", "month 2024-11", "month 2024-12")

CARD = Scorecard(
    name="surrey-numerators",
    council="Surrey County Council",
    area="Surrey",
    form="xlsx",
    look="KPIs in groups; under each KPI its numerator and denominator; months, then the quarter",
    traps="group cells blank below the first, others merged; `Numerator` and `Denominator` name "
    "no measure of their own; a quarter beside its months; sections; one column a dash",
    not_read="numerators and denominators as counts of their own; the row *Cases open* of the "
    "unknown section *Early help* as a figure of SEND",
    parts=[
        Part(
            name="KPI",
            items=[
                Text(["Surrey County Council", "Additional needs: key performance indicators"]),
                Table(
                    head=heads("Group | Indicator | Oct-24 | Nov-24 | Dec-24 | Q3 24/25"),
                    columns=[None, None, *_MONTHS, *periods("quarter 2024-10")],
                    rows=[
                        bare("EHC assessments | < | < | < | < | <"),
                        *(
                            row(f"{group} | {label} | {cells}", words=label, **facets)
                            for group, label, cells, facets in [
                                (
                                    "Timeliness",
                                    "% of plans issued in 20 weeks (exc. exceptions)",
                                    "52.0% | 48.0% | 65.0% | 54.3%",
                                    PCT | {"measure": ON_TIME},
                                ),
                                (
                                    "",
                                    "Numerator",
                                    "26 | 24 | 26 | 76",
                                    {"measure": ON_TIME, "role": "numerator"},
                                ),
                                (
                                    "",
                                    "Denominator",
                                    "50 | 50 | 40 | 140",
                                    {"measure": ON_TIME, "role": "denominator"},
                                ),
                                (
                                    "",
                                    "% of decisions to assess made in 6 weeks",
                                    "90.0% | 85.0% | 95.0% | 89.3%",
                                    PCT,
                                ),
                                ("", "Numerator", "90 | 102 | 76 | 268", {"role": "numerator"}),
                                (
                                    "",
                                    "Denominator",
                                    "100 | 120 | 80 | 300",
                                    {"role": "denominator"},
                                ),
                                ("Demand", "Requests for assessment", "131 | 140 | 96 | 367", {}),
                                (
                                    "^",
                                    "Plans issued",
                                    "61 | 58 | 47 | 166",
                                    {"measure": "ehc_plans_issued"},
                                ),
                            ]
                        ),
                        bare("Annual reviews | < | < | < | < | <"),
                        row(
                            "Timeliness | % of reviews completed on time | 62.5% | 70.0% | 66.0% "
                            "| 66.2%",
                            words="% of reviews completed on time",
                            measure="ehc_review_on_time",
                            **PCT,
                        ),
                        row(
                            " | Numerator | 250 | 280 | 198 | 728",
                            words="Numerator",
                            measure="ehc_review_on_time",
                            role="numerator",
                        ),
                        row(
                            " | Denominator | 400 | 400 | 300 | 1,100",
                            words="Denominator",
                            measure="ehc_review_on_time",
                            role="denominator",
                        ),
                        bare("Not in school | < | < | < | < | <"),
                        row(
                            "Missing | Children missing education in the month "
                            "| 512 | 498 | 505 | -",
                            words="Children missing education in the month",
                            measure="children_missing_education",
                        ),
                        row(
                            "^ | of whom with an EHC plan | 61 | 58 | 63 | -",
                            words="of whom with an EHC plan",
                            measure="children_missing_education",
                            cohort="ehcp",
                        ),
                        bare("Early help | < | < | < | < | <"),
                        row(
                            "Families | Cases open | 811 | 794 | 780 | -",
                            refused="the section is about something else",
                        ),
                    ],
                ),
            ],
        )
    ],
)
