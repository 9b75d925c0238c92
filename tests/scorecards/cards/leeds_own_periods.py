"""Leeds City Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME, PCT, Part, Row, Scorecard, Table, Text, heads, row, split


def _own(line: str, period: str, **facets: object) -> Row:
    """A row that names its own period: the label is its second cell."""
    return row(line, period=period, words=split(line)[1], **facets)


_ISSUED = {"measure": "ehc_plans_issued"}

_SHARE = PCT | {"measure": ON_TIME}

CARD = Scorecard(
    name="leeds-own-periods",
    council="Leeds City Council",
    area="Leeds",
    form="csv",
    look="one row an indicator and period; the period as a column of its own, written in every way",
    traps="`31.12.24`, `as at 31 December 2024`, `12 months to Dec 2024`, `Dec-24 YTD`, "
    "`Q3 24/25`, `2023/24 (academic)`, `2023/24 (financial)`, `Autumn 2024`, "
    "`Sep-24 to Nov-24`; one indicator with many spans; target, RAG and England in the same "
    "row; week ending; no period",
    not_read="the rows of a week and of no period; the column England as Leeds; a row of Wakefield",
    parts=[
        Part(
            items=[
                Text(["Leeds City Council: SEND open data"]),
                Table(
                    head=heads("Ref | Indicator | Period | Value | Target | RAG | England"),
                    columns=[
                        None,
                        None,
                        None,
                        {},
                        {"role": "target"},
                        {"role": "rating"},
                        {"role": "comparator", "area": "England"},
                    ],
                    rows=[
                        _own(
                            "1 | EHC plans issued | Oct-24 | 112 | | | ", "month 2024-10", **_ISSUED
                        ),
                        _own(
                            "1 | EHC plans issued | Nov-24 | 120 | | | ", "month 2024-11", **_ISSUED
                        ),
                        _own(
                            "1 | EHC plans issued | Dec-24 | 89 | | | ", "month 2024-12", **_ISSUED
                        ),
                        _own(
                            "1 | EHC plans issued | Q3 24/25 | 321 | 330 | A | ",
                            "quarter 2024-10",
                            **_ISSUED,
                        ),
                        _own(
                            "1 | EHC plans issued | Dec-24 YTD | 967 | 990 | A | ",
                            "financial_year_to_date 2024-12",
                            **_ISSUED,
                        ),
                        _own(
                            "1 | EHC plans issued | 12 months to Dec 2024 | 1,260 | | | ",
                            "rolling_12_months 2024-12",
                            **_ISSUED,
                        ),
                        _own(
                            "1 | EHC plans issued | 2023/24 (financial) | 1,198 | | | ",
                            "financial_year 2023",
                            **_ISSUED,
                        ),
                        _own(
                            "1 | EHC plans issued | 2023 | 1,141 | | | 84,400",
                            "calendar_year 2023",
                            **_ISSUED,
                        ),
                        _own(
                            "2 | % of plans in 20 weeks exc. exceptions | Q2 24/25 | 57.1% | 60% "
                            "| A | ",
                            "quarter 2024-07",
                            **_SHARE,
                        ),
                        _own(
                            "2 | % of plans in 20 weeks exc. exceptions | Q3 24/25 | 63.4% | 60% "
                            "| G | ",
                            "quarter 2024-10",
                            **_SHARE,
                        ),
                        _own(
                            "2 | % of plans in 20 weeks exc. exceptions | Sep-24 to Nov-24 | 61.0% "
                            "| | | ",
                            "quarter 2024-09",
                            **_SHARE,
                        ),
                        _own(
                            "2 | % of plans in 20 weeks exc. exceptions | 12 months to Dec 2024 "
                            "| 55.9% | 60% | A | ",
                            "rolling_12_months 2024-12",
                            **_SHARE,
                        ),
                        _own(
                            "2 | % of plans in 20 weeks exc. exceptions | 2023 | 51.6% | | | 50.3%",
                            "calendar_year 2023",
                            **_SHARE,
                        ),
                        _own(
                            "3 | EHC plans maintained | as at 30 September 2024 | 5,604 | | | ",
                            "point_in_time 2024-09-30",
                        ),
                        _own(
                            "3 | EHC plans maintained | as at 31 December 2024 | 5,711 | | | ",
                            "point_in_time 2024-12-31",
                        ),
                        _own(
                            "4 | Children missing education | 30.9.24 | 588 | 550 | A | ",
                            "point_in_time 2024-09-30",
                            measure="children_missing_education",
                        ),
                        _own(
                            "4 | Children missing education | 31.12.24 | 602 | 550 | R | ",
                            "point_in_time 2024-12-31",
                            measure="children_missing_education",
                        ),
                        _own(
                            "5 | Suspensions of pupils with EHC plans | 2022/23 (academic) | 902 "
                            "| | | ",
                            "academic_year 2022",
                            cohort="ehcp",
                        ),
                        _own(
                            "5 | Suspensions of pupils with EHC plans | 2023/24 (academic) | 1,044 "
                            "| | | ",
                            "academic_year 2023",
                            cohort="ehcp",
                        ),
                        _own(
                            "5 | Suspensions of pupils with EHC plans | Autumn 2024 | 377 | | | ",
                            "term 2024-autumn",
                            cohort="ehcp",
                        ),
                        _own(
                            "6 | Absence of pupils with EHC plans | Autumn 2024 | 11.8% | 11.0% "
                            "| A | ",
                            "term 2024-autumn",
                            cohort="ehcp",
                            **PCT,
                        ),
                        _own(
                            "7 | SEND complaints (year to date) | Nov-24 YTD | 61 | | | ",
                            "financial_year_to_date 2024-11",
                            measure="complaints_local",
                        ),
                        _own(
                            "7 | SEND complaints (year to date) | Dec-24 YTD | 66 | | | ",
                            "financial_year_to_date 2024-12",
                            measure="complaints_local",
                        ),
                        row("1 | EHC plans issued | w/e 20/12/2024 | 31 | | | ", refused="a week"),
                        row("1 | EHC plans issued | latest | 44 | | | ", refused="no period"),
                        row(
                            "1 | EHC plans issued (Wakefield Council) | Dec-24 | 58 | | | ",
                            refused="another council's",
                        ),
                    ],
                ),
            ]
        )
    ],
)
