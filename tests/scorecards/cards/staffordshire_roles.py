"""Staffordshire County Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME, ON_TIME_ALL, PCT, Part, Row, Scorecard, Table, Text, bare, heads, row

_KPI = "KPI | Latest | Target | Floor | Previous quarter | RAG | Direction of travel"

_ROLES = [
    None,
    {},
    {"role": "target"},
    {"role": "floor"},
    {"role": "previous", "period": "quarter 2024-07"},
    {"role": "rating"},
    {"role": "direction"},
]


def _kpis(caption: str, *rows: Row) -> Table:
    return Table(
        caption=[caption],
        head=heads(_KPI),
        columns=_ROLES,
        facets={"period": "quarter 2024-10"},
        rows=list(rows),
        widths=[3, 0.9, 0.9, 0.9, 1.1, 1, 1.1],
    )


CARD = Scorecard(
    name="staffordshire-roles",
    council="Staffordshire County Council",
    area="Staffordshire",
    form="pdf",
    look="ruled; a row a KPI; *Latest, Target, Floor, Previous quarter, RAG, Direction of travel*; "
    "the quarter in each table's caption; sections as merged rows; a printed key",
    traps="no column names a period; arrows as text; a rating that the key contradicts (reviews: "
    "Green, 3 below target); a target not set; a KPI whose section gives its cohort",
    not_read="target, floor and previous as the latest; the key; the row of *Adult services*",
    parts=[
        Part(
            landscape=True,
            items=[
                Text(["Staffordshire County Council", "Corporate scorecard: SEND"], large=True),
                _kpis(
                    "Table 1: Quarter 3 2024/25 (October to December 2024)",
                    bare("EHC plans | < | < | < | < | < | <"),
                    row(
                        "EHC plans issued | 233 | 240 | 200 | 219 | Amber | ↑",
                        measure="ehc_plans_issued",
                    ),
                    row(
                        "EHC plans issued in 20 weeks, excluding exceptions | 64.8% | 62.0% "
                        "| 55.0% | 60.1% | Green | ↑",
                        measure=ON_TIME,
                        **PCT,
                    ),
                    row(
                        "EHC plans issued in 20 weeks, including exceptions | 61.4% | 60.0% "
                        "| 50.0% | 57.5% | Green | ↑",
                        measure=ON_TIME_ALL,
                        **PCT,
                    ),
                    row(
                        "Average days to a final plan | 158.3 | 150.0 | 170.0 | 163.9 | Amber | ↓",
                        measure="ehc_plan_days",
                        unit="days",
                    ),
                    row(
                        "Annual reviews completed on time | 77% | 80% | 70% | 79% | Green | ↓",
                        measure="ehc_review_on_time",
                        **PCT,
                    ),
                    row("Requests for assessment | 402 | not set | not set | 377 | n/a | ↑"),
                    bare("Children looked after | < | < | < | < | < | <"),
                    row(
                        "Average days to a final plan | 141.0 | 140.0 | 160.0 | 149.5 | Amber | ↓",
                        measure="ehc_plan_days",
                        cohort="lac",
                        unit="days",
                    ),
                    row(
                        "Annual reviews completed on time | 88% | 90% | 80% | 86% | Amber | ↑",
                        measure="ehc_review_on_time",
                        cohort="lac",
                        **PCT,
                    ),
                    bare("Adult services | < | < | < | < | < | <"),
                    row(
                        "Care packages reviewed | 71% | 75% | 65% | 70% | Amber | ↑",
                        refused="the section is about something else",
                    ),
                ),
            ],
        ),
        Part(
            landscape=True,
            items=[
                _kpis(
                    "Table 2: Quarter 3 2024/25, rates and costs",
                    row(
                        "Suspensions per 1,000 pupils with an EHC plan | 48.2 | 40.0 | 50.0 | 44.9 "
                        "| Amber | ↑",
                        cohort="ehcp",
                        unit="rate_per_1000",
                    ),
                    row(
                        "Requests for assessment per 10,000 aged 0 to 24 | 16.6 | 15.0 | 18.0 "
                        "| 15.6 | Amber | ↑",
                        unit="rate_per_10000",
                    ),
                    row(
                        "Average cost of a placement | £24,310 | £23,000 | £25,000 | £24,105 "
                        "| Amber | ↑",
                        unit="pounds",
                    ),
                    row(
                        "Complaints upheld by the Ombudsman in the quarter | 3 | 0 | 4 | 2 | Amber "
                        "| ↑"
                    ),
                    row(
                        "Children missing education at the quarter's end | 540 | 500 | 600 | 562 "
                        "| Amber | ↓",
                        measure="children_missing_education",
                        take="point_in_time",
                    ),
                    row(
                        "Pupils in alternative provision at the quarter's end | 310 | 320 | 380 "
                        "| 310 | Green | →",
                        measure="alternative_provision_pupils",
                        take="point_in_time",
                    ),
                    row("Mediation cases opened | 44 | not set | not set | 39 | n/a | ↑"),
                    row(
                        "Permanent exclusions of pupils with an EHC plan | 2 | 0 | 3 | 1 | Amber "
                        "| ↑",
                        cohort="ehcp",
                    ),
                    row(
                        "Decisions to assess within 6 weeks | 93% | 90% | 80% | 91% | Green | ↑",
                        **PCT,
                    ),
                ),
                Text(
                    [
                        "Key: Green = target met; Amber = between floor and target; Red = worse "
                        "than the floor.",
                        "Arrows: ↑ the figure rose; ↓ the figure fell; → no change.",
                    ]
                ),
            ],
        ),
    ],
)
