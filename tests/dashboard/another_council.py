"""Westmere, a council that there is not: another region, other rows, none of Norfolk's papers.

It is given Kent's code, so that DfE's figures of it are held, and neighbours without Norfolk.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from etl import periods, pipeline
from etl.council_store import open_store
from etl.model import Observation, Reading, Span
from etl.publication import NewRelease
from etl.store import Store
from tests.folders import another, copied

COUNCIL = {
    "authority": "E10000016",
    "name": "Westmere County Council",
    "short_name": "Westmere",
    "committee": "Young People's Panel",
    "region": "E12000008",
    "country": "E92000001",
    "areas": {
        "E92000001": "England",
        "E12000008": "South East",
        "E10000016": "Westmere",
        "E10000008": "Devon",
        "E10000029": "Suffolk",
    },
    "neighbours": [
        {
            "start": date(2021, 4, 1),
            "source": "Neighbours of 2021",
            "areas": ["E10000008", "E10000029"],
        },
    ],
    "contact": {"name": "Westmere County Council"},
}

CARERS = """\
title: Young carers who are on a school's roll
short_title: Young carers in school
theme: context
cases: children
unit: count
better: none
nature: stock
headline: true
counts: Children known as carers who are on the roll of a school, counted at the end of the month.
why: Caring takes time from school.
next_due: With the next report to the panel.
cohorts:
  all:
    title: Young carers in school
    serial: Y1
    order: 5
    labels: [Young carers on a school roll]
    says: young carers were on the roll of a school
  helped:
    title: Young carers in school who had help
    order: 7
    says: young carers in school had help
    part_of: {whole: [young_carers, all]}
"""

HELPED = """\
title: Young carers who had help
theme: context
cases: carers
unit: percent
better: higher
nature: share
counts: Of the young carers known, those who had help.
why: A carer without help misses school.
cohorts:
  all:
    title: Young carers who had help
    order: 6
    says: of young carers had help
    share_of: {part: [young_carers, helped], whole: [young_carers, all]}
"""

_TIMES = "Average time taken to produce {} compared with statutory timescales"
# Carers rise each autumn and fall by the summer; reviews do as they like.
ROWS = (
    (
        "Serial",
        "Measure Description",
        "Jul 23",
        "Nov 23",
        "Jul 24",
        "Nov 24",
        "Jul 25",
        "Nov 25",
        "Dec 25",
    ),
    ("Y1", "Young carers on a school roll", "300", "350", "310", "362", "305", "371", "366"),
    (
        "5a",
        'Number of "Local Outcome" Total Number of complaints about EHC plans and education '
        "provision from the council's complaints process Cumulative - FY (April-March)",
        "3",
        "9",
        "4",
        "12",
        "6",
        "14",
        "16",
    ),
    (
        "4",
        _TIMES.format("(final EHC plans and) EHC plan reviews"),
        *(f"{share}% in time" for share in (61, 58, 63, 64, 60, 61, 66)),
    ),
    (
        "3",
        _TIMES.format("final EHC plans (and EHC plan reviews)"),
        *(f"{days} days" for days in (150, 171, 162, 158, 149, 155, 152)),
    ),
)
# How its papers print the rows that every council may report.
PRINTED = {
    measure: {"cohorts": {"all": {"serial": row[0], "labels": [row[1]]}}}
    for measure, row in zip(
        ("complaints_local", "ehc_review_on_time", "ehc_plan_days"), ROWS[2:], strict=True
    )
}
PACK = "\n".join("\t".join(row) for row in ROWS)


def opened(folder: Path) -> Store:
    """Its store in `folder`: set up as the README says, then its one pack published."""
    data = folder / "data"
    copied(data, "packs")
    folder_of_it = another(data, "another", COUNCIL)
    (folder_of_it / "printed.yaml").write_text(yaml.safe_dump(PRINTED), encoding="utf-8")
    own = folder_of_it / "measures"
    own.mkdir()
    (own / "young_carers.yaml").write_text(CARERS, encoding="utf-8")
    (own / "young_carers_helped.yaml").write_text(HELPED, encoding="utf-8")
    store = open_store(f"sqlite:///{folder / 'send.db'}", data=data, seed=True)
    (folder / "pack.txt").write_text(PACK, encoding="utf-8")
    prepared = pipeline.prepare([folder / "pack.txt"], store, date(2026, 1, 20))
    pipeline.publish(store, prepared, "test", accept_reason="a test")
    shares = [_share("calendar_year", 2024, "61.4"), _share("calendar_year_to_date", 2025, "64")]
    new = NewRelease(date(2026, 1, 20), "Help for young carers", "pack", tuple(shares))
    store.publish([new], "test")
    return store


def _share(span: Span, year: int, value: str) -> Observation:
    return Observation(
        str(COUNCIL["authority"]),
        "young_carers_helped",
        "all",
        periods.for_span(span, year, 12),
        Reading(Decimal(value), "percent", raw=f"{value}%"),
        date(2026, 1, 20),
        "Help for young carers",
        "appendix_1",
        f"page 2, {year}",
    )
