"""Lancashire County Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME, PCT, Part, Scorecard, Table, Text, heads, periods, row

_MONTHS = periods("month 2024-09", "month 2024-10", "month 2024-11", "month 2024-12")

CARD = Scorecard(
    name="lancashire-two-pages",
    council="Lancashire County Council",
    area="Lancashire",
    form="pdf",
    look="a ruled table, months as columns, rows that go on over the page without a heading",
    traps="page 2 has no heading; raised marks behind figures (6 with a raised 1); labels over two "
    "lines; one label twice (a number, then days); a `nil`; a small second table with own months",
    not_read="61, 122 and 2623 for 6, 12 and 262; page 2's own small table, whose months differ, "
    "by page 1's heading",
    parts=[
        Part(
            items=[
                Text(["Lancashire County Council", "Appendix B: SEND dashboard"], large=True),
                Text(
                    [
                        "This appendix gives the committee the figures that it asked for at its",
                        "last meeting. Months without a figure have a dash.",
                        *[""] * 35,
                    ]
                ),
                Table(
                    caption=["Table B1: monthly figures"],
                    head=heads("No | Measure | Sep-24 | Oct-24 | Nov-24 | Dec-24"),
                    columns=[None, None, *_MONTHS],
                    widths=[0.6, 4, 1, 1, 1, 1],
                    rows=[
                        row(
                            "1 | Number of children out of education, all children missing "
                            "education | 731 | 745 | 762 | 758",
                            words="Number of children out of education, all children missing "
                            "education",
                            measure="children_missing_education",
                        ),
                        row(
                            "2 | Number of children out of education, children looked after | 6‹1› "
                            "| 7 | 12‹2› | nil",
                            form=r"^(?P<value>\d+|nil)$",
                            words="Number of children out of education, children looked after",
                            measure="children_missing_education",
                            cohort="lac",
                        ),
                        row(
                            "3 | Pupils in alternative provision | 402 | 418 | 430 | 425",
                            words="Pupils in alternative provision",
                            measure="alternative_provision_pupils",
                        ),
                        row(
                            "4 | Pupils in alternative provision | 41 days | 39.5 days | 38.2 days "
                            "| 37.9 days",
                            words="Pupils in alternative provision",
                            measure="alternative_provision_days",
                            unit="days",
                        ),
                    ],
                ),
            ]
        ),
        Part(
            items=[
                Table(
                    head=[],
                    columns=[None, None, *_MONTHS],
                    widths=[0.6, 4, 1, 1, 1, 1],
                    rows=[
                        row(
                            "5 | Average time taken to issue a final EHC plan | 262‹3› days "
                            "| 255 days | 249 days | 251 days",
                            words="Average time taken to issue a final EHC plan",
                            measure="ehc_plan_days",
                            unit="days",
                        ),
                        row(
                            "6 | EHC plan reviews on time | 48% | 51% | 55% | 54%",
                            words="EHC plan reviews on time",
                            measure="ehc_review_on_time",
                            **PCT,
                        ),
                        row(
                            "7 | EHC plans issued within 20 weeks, excluding exceptions | 22% "
                            "| 25% | - | 31%",
                            words="EHC plans issued within 20 weeks, excluding exceptions",
                            measure=ON_TIME,
                            **PCT,
                        ),
                    ],
                    notes=[
                        "1 Two children moved in.  2 Provisional.  3 One plan took 700 days.",
                    ],
                ),
                Table(
                    caption=["Table B2: the same months a year before"],
                    head=heads("Measure | Nov-23 | Dec-23"),
                    columns=[None, *periods("month 2023-11", "month 2023-12")],
                    rows=[
                        row(
                            "EHC plan reviews on time | 44% | 46%",
                            measure="ehc_review_on_time",
                            **PCT,
                        )
                    ],
                ),
            ]
        ),
    ],
)
