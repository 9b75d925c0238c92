"""Kent County Council: an invented scorecard."""

from __future__ import annotations

from typing import Any

from spec import ON_TIME, PCT, Part, Scorecard, Table, Text, heads, periods, row

CARD = (
    r"Latest: ?(?P<value>[\d.,]*\d)%? +Target: ?(?P<target>[\d.,]*\d)%?,? +"
    r"Floor: ?(?P<floor>[\d.,]*\d)%? +Previous: ?(?P<previous>[\d.,]*\d)%?"
)


def _card(title: str, rating: str, line: str, **facets: Any) -> Text:
    """A KPI as a card: its name, its rating, and one line of figures."""
    joined = {"form": CARD, "words": title, "previous_period": "rolling_12_months 2024-09"}
    rated = {"form": r" (?P<rating>RED|AMBER|GREEN)$", "words": title}
    latest = {"period": "rolling_12_months 2024-12"} | facets
    return Text(
        [f"{title}          {rating}", f"     {line}"],
        [rated | latest, joined | latest],
    )


def _point(title: str, rating: str, line: str, **facets: Any) -> Text:
    return _card(
        title,
        rating,
        line,
        **{
            "period": "point_in_time 2024-12-31",
            "previous_period": "point_in_time 2024-09-30",
        },
        **facets,
    )


_KENT_QUARTERS = periods("quarter 2024-04", "quarter 2024-07", "quarter 2024-10")

CARD = Scorecard(
    name="kent-cards",
    council="Kent County Council",
    area="Kent",
    form="pdf",
    look="two pages of cards: a KPI's name, its rating at the right, below it *Latest, Target, "
    "Floor, Previous* in one line; then a small table by quarter without rules",
    traps="no table at all on page 1; the period stands in the page's heading; `Latest:0.04%` "
    "without a blank; a rating in brackets that is the previous one's; rates per 10,000 and "
    "100,000; page numbers",
    not_read="a floor or the previous figure as the latest; the rating in brackets as the "
    "latest figure's; page numbers 38 and 39",
    parts=[
        Part(
            items=[
                Text(["Kent County Council", "Quarterly performance report"], large=True),
                Text(
                    [
                        "Quarter 3 2024/25. Latest figures are to 31 December 2024,",
                        "previous figures to 30 September 2024.",
                    ]
                ),
                _card(
                    "EHC plans issued within 20 weeks, rolling 12 months",
                    "RED",
                    "Latest: 36%     Target: 60%, Floor: 55%     Previous: 27% (Red)",
                    measure=ON_TIME,
                    **PCT,
                ),
                _point(
                    "Annual reviews waiting over 12 months at the quarter's end",
                    "GREEN",
                    "Latest: 33%     Target: 50%, Floor: 60%     Previous: 35% (Green)",
                    **PCT,
                ),
                _point(
                    "Pupils with an EHC plan in independent special schools at the quarter's end",
                    "AMBER",
                    "Latest: 10.4%     Target: 9.0%, Floor: 10.5%     Previous: 10.2% (Amber)",
                    cohort="ehcp",
                    **PCT,
                ),
                _card(
                    "Pupils permanently excluded, rolling 12 months",
                    "AMBER",
                    "Latest:0.04%     Target: 0.02%, Floor: 0.05%     Previous: 0.03% (Amber)",
                    **PCT,
                ),
                Text(["                                        38"]),
            ]
        ),
        Part(
            items=[
                Text(["Quarter 3 2024/25 (continued)"]),
                _card(
                    "First-time entrants to youth justice per 100,000 (aged 10-17), rolling "
                    "12 months",
                    "GREEN",
                    "Latest: 171     Target:180 Floor: 240     Previous: 188 (Amber)",
                    unit="rate_per_100000",
                ),
                _card(
                    "EHC assessment requests per 10,000 (aged 0-24), rolling 12 months",
                    "RED",
                    "Latest: 92.4     Target: 80.0, Floor: 90.0     Previous: 95.1 (Red)",
                    unit="rate_per_10000",
                ),
                _point(
                    "Children missing education at the quarter's end",
                    "AMBER",
                    "Latest: 1,204     Target: 1,000, Floor: 1,300     Previous: 1,167 (Amber)",
                    measure="children_missing_education",
                ),
                Table(
                    ruled=False,
                    caption=["Activity by quarter"],
                    head=heads("Activity | Q1 24/25 | Q2 24/25 | Q3 24/25"),
                    columns=[None, *_KENT_QUARTERS],
                    rows=[
                        row("EHC plans issued | 611 | 587 | 640", measure="ehc_plans_issued"),
                        row(
                            "EHC plans issued within 20 weeks | 165 | 205 | 269",
                            measure="ehc_plans_on_time",
                        ),
                        row("Requests for assessment | 1,022 | 744 | 1,090"),
                        row("Tribunal appeals registered | 88 | 71 | 96"),
                        row("Complaints received in the quarter | 143 | 151 | 160"),
                        row("EHC plans ceased | 102 | 240 | 118"),
                    ],
                ),
                Text(["                                        39"]),
            ]
        ),
    ],
)
