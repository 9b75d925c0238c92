"""Leicestershire County Council: an invented scorecard."""

from __future__ import annotations

from spec import ON_TIME_ALL, OUTSIDE, PCT, Part, Scorecard, Table, Text, heads, periods, row

CARD = Scorecard(
    name="leicestershire-areas",
    council="Leicestershire County Council",
    area="Leicestershire",
    form="xlsx",
    style="native",
    look="one sheet; three tables, one a measure; a row an area, a month a column (Excel dates)",
    traps="the measure stands in the caption alone; own total, districts and localities; rows of "
    "region, neighbours and England; shares kept as 0.57 and shown as 57%",
    not_read="East Midlands, statistical neighbours and England as Leicestershire's own; a "
    "district or locality as the county",
    parts=[
        Part(
            name="SEND by area",
            items=[
                Text(["Leicestershire County Council", "SEND performance by area"], large=True),
                Table(
                    caption=["Table 1: New EHC plans issued in the month"],
                    head=heads("Area | Oct-24 | Nov-24 | Dec-24"),
                    columns=[None, *periods("month 2024-10", "month 2024-11", "month 2024-12")],
                    facets={"measure": "ehc_plans_issued"},
                    rows=[
                        row("Leicestershire (total) | 94 | 101 | 77"),
                        row("Blaby | 18 | 21 | 14", area="Blaby"),
                        row("Charnwood | 31 | 35 | 28", area="Charnwood"),
                        row("Harborough | 17 | 15 | 11", area="Harborough"),
                        row("Hinckley & Bosworth | 28 | 30 | 24", area="Hinckley & Bosworth"),
                    ],
                ),
                Table(
                    caption=["Table 2: EHC plans issued within 20 weeks, including exceptions (%)"],
                    head=heads("Area | Oct-24 | Nov-24 | Dec-24"),
                    columns=[None, *periods("month 2024-10", "month 2024-11", "month 2024-12")],
                    facets=PCT | {"measure": ON_TIME_ALL},
                    rows=[
                        row("Leicestershire (total) | 41.5% | 38.6% | 44.2%"),
                        row("North locality | 45.0% | 40.0% | 47.5%", area="North locality"),
                        row("South locality | 37.8% | 37.1% | 40.5%", area="South locality"),
                    ],
                ),
                Table(
                    caption=[
                        "Table 3: EHC plans issued within 20 weeks, including exceptions (%), "
                        "against others"
                    ],
                    head=heads("Area | 2022 | 2023"),
                    columns=[None, *periods("calendar_year 2022", "calendar_year 2023")],
                    facets=PCT | {"measure": ON_TIME_ALL},
                    rows=[
                        row("Leicestershire | 55.8% | 49.1%"),
                        row("East Midlands | 52.3% | 50.7%", area="East Midlands", **OUTSIDE),
                        row(
                            "Statistical neighbours | 47.9% | 46.4%",
                            area="Statistical neighbours",
                            **OUTSIDE,
                        ),
                        row("England | 50.7% | 50.4%", area="England", **OUTSIDE),
                    ],
                ),
            ],
        )
    ],
)
