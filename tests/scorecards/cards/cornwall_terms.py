"""Cornwall Council: an invented scorecard."""

from __future__ import annotations

from spec import Part, Scorecard, Table, Text, heads, periods, row

_TERMS = periods("term 2023-autumn", "term 2024-spring", "term 2024-summer", "term 2024-autumn")

CARD = Scorecard(
    name="cornwall-terms",
    council="Cornwall Council",
    area="Cornwall",
    form="docx",
    look="tables without rules; terms as columns; captions of two lines",
    traps="`Autumn 2023`; `2023/24` is the school year in the second table and the financial "
    "year in the third, by the caption's words alone; a caption above the caption; raised notes",
    not_read="the raised 1 as a digit (61 is 6); the last table, where `2022/23` is neither "
    "academic nor financial by any word",
    parts=[
        Part(
            items=[
                Text(["Cornwall Council", "Inclusion report to scrutiny"], large=True),
                Table(
                    ruled=False,
                    caption=["Section A: pupils not in school", "Table 1: by school term"],
                    head=heads("Measure | Autumn 2023 | Spring 2024 | Summer 2024 | Autumn 2024"),
                    columns=[None, *_TERMS],
                    rows=[
                        row(
                            "Children missing education | 214 | 231 | 198 | 240",
                            measure="children_missing_education",
                        ),
                        row(
                            "Children missing education with an EHC plan | 18 | 21 | 6‹1› | 24",
                            measure="children_missing_education",
                            cohort="ehcp",
                        ),
                        row(
                            "Pupils in alternative provision | 96 | 104 | 88 | 110",
                            measure="alternative_provision_pupils",
                        ),
                        row(
                            "Average days in alternative provision | 31.5 | 34.0 | 36.5 | 29.0",
                            measure="alternative_provision_days",
                            unit="days",
                        ),
                    ],
                    notes=["1 Figures of one school are missing."],
                ),
                Table(
                    ruled=False,
                    caption=["Table 2: suspensions and exclusions, academic years"],
                    head=heads("Measure | 2022/23 | 2023/24"),
                    columns=[None, *periods("academic_year 2022", "academic_year 2023")],
                    facets={"cohort": "ehcp"},
                    rows=[
                        row("Suspensions of pupils with an EHC plan | 611 | 702"),
                        row("Permanent exclusions of pupils with an EHC plan | 7 | 9"),
                        row(
                            "Suspension rate of pupils with an EHC plan (per 100) | 21.40 | 23.85",
                            unit="rate_per_100",
                        ),
                    ],
                ),
                Table(
                    ruled=False,
                    caption=["Table 3: complaints and cost, financial years (April to March)"],
                    head=heads("Measure | 2022/23 | 2023/24"),
                    columns=[None, *periods("financial_year 2022", "financial_year 2023")],
                    rows=[
                        row("Complaints about SEND | 84 | 91"),
                        row("Cost of SEN transport a pupil | £6,120 | £6,985", unit="pounds"),
                    ],
                ),
                Table(
                    ruled=False,
                    caption=["Table 4: requests"],
                    head=heads("Measure | 2022/23 | 2023/24"),
                    columns=[None, *({"refused": "academic or financial year?"},) * 2],
                    rows=[row("Requests for EHC assessment | 803 | 867")],
                ),
            ]
        )
    ],
)
