"""Wiltshire Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME, PCT, Part, Row, Scorecard, Table, Text, heads, row

_ROLES = [
    None,
    {},
    {"role": "target"},
    {"role": "rating"},
    {"role": "direction"},
]


def _month(caption: str, period: str, *rows: Row) -> Table:
    return Table(
        caption=[caption],
        head=heads("Indicator | Result | Target | RAG | DoT"),
        columns=_ROLES,
        facets={"period": period},
        rows=list(rows),
    )


def _wiltshire(caption: str, period: str, *lines: str) -> Table:
    labels = [
        ("EHC plans issued within 20 weeks (excluding exceptions)", PCT | {"measure": ON_TIME}),
        ("EHC plans issued", {"measure": "ehc_plans_issued"}),
        ("Annual reviews on time", PCT | {"measure": "ehc_review_on_time"}),
        ("Children missing education", {"measure": "children_missing_education"}),
        (
            "Children missing education, looked after",
            {"measure": "children_missing_education", "cohort": "lac"},
        ),
        ("Pupils in alternative provision", {"measure": "alternative_provision_pupils"}),
        ("Requests for assessment", {}),
        (
            "Complaints since 1 April",
            {"measure": "complaints_local", "take": "financial_year_to_date"},
        ),
    ]
    rows = [
        row(f"{label} | {line}", **facets)
        for (label, facets), line in zip(labels, lines, strict=True)
    ]
    return _month(caption, period, *rows)


CARD = Scorecard(
    name="wiltshire-caption-month",
    council="Wiltshire Council",
    area="Wiltshire",
    form="txt",
    style="tabs",
    look="tab-separated; three tables alike, *Result, Target, RAG, DoT*; the month in each caption",
    traps="the same rows three times, told apart by the caption alone; `nil`; targets `TBC`; DoT "
    "as words; the last table's caption names two months; a sentence about January",
    not_read="the last table, whose caption names two months; targets as results; the "
    "sentence's 75% and 55",
    parts=[
        Part(
            items=[
                Text(["Wiltshire Council", "Families and Children: SEND scorecards", ""]),
                _wiltshire(
                    "Table 1: Performance in October 2024",
                    "month 2024-10",
                    "61% | 70% | Amber | Improving",
                    "58 | 60 | Amber | Declining",
                    "82% | 80% | Green | Improving",
                    "144 | 120 | Red | Declining",
                    "5 | 0 | Red | No change",
                    "77 | TBC | n/a | Improving",
                    "91 | TBC | n/a | Declining",
                    "33 | TBC | n/a | No change",
                ),
                _wiltshire(
                    "Table 2: Performance in November 2024",
                    "month 2024-11",
                    "66% | 70% | Amber | Improving",
                    "63 | 60 | Green | Improving",
                    "79% | 80% | Amber | Declining",
                    "151 | 120 | Red | Declining",
                    "nil | 0 | Green | Improving",
                    "80 | TBC | n/a | Declining",
                    "84 | TBC | n/a | Improving",
                    "38 | TBC | n/a | No change",
                ),
                _wiltshire(
                    "Table 3: Performance in December 2024",
                    "month 2024-12",
                    "71% | 70% | Green | Improving",
                    "46 | 60 | Red | Declining",
                    "81% | 80% | Green | Improving",
                    "149 | 120 | Red | Improving",
                    "6 | 0 | Red | Declining",
                    "79 | TBC | n/a | Improving",
                    "60 | TBC | n/a | Improving",
                    "41 | TBC | n/a | No change",
                ),
                Table(
                    caption=["Table 4: Performance in November and December 2024"],
                    head=heads("Indicator | Result | Target | RAG | DoT"),
                    columns=[None, *({"refused": "the caption names two months"},) * 4],
                    rows=[row("Mediations held | 12 | 10 | Green | Improving")],
                ),
                Text(
                    [
                        "In January 2025 the service expects 75% of plans within 20 weeks and 55 "
                        "new plans."
                    ],
                    [{"refused": "a sentence about another month"}],
                ),
            ]
        )
    ],
)
