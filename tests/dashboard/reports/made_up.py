"""Made-up records of any length: a tidy CSV, imported as an officer would."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

from etl import pipeline, tidy
from etl.record import Record
from etl.store import Store

_COUNTS = {
    ("children_missing_education", "all"): 500,
    ("children_missing_education", "ehcp"): 60,
    ("children_missing_education", "lac"): 12,
    ("alternative_provision_pupils", "all"): 90,
    ("alternative_provision_pupils", "ehcp"): 12,
    ("school_population", "all"): 118_000,
    ("school_population", "ehcp"): 4_300,
}
_DAYS = {
    ("alternative_provision_days", "all"): 25,
    ("alternative_provision_days", "ehcp"): 50,
    ("ehc_plan_days", "all"): 200,
}
_TOTALS = {
    "complaints_local": 12,
    "complaints_local_upheld": 5,
    "complaints_ombudsman": 2,
    "complaints_ombudsman_upheld": 1,
}
LAST = date(2026, 8, 1)


def _months(number: int) -> list[date]:
    first = LAST.year * 12 + LAST.month - number
    return [date((first + at) // 12, (first + at) % 12 + 1, 1) for at in range(number)]


def _end(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _rows(number: int) -> list[dict[str, str]]:
    made: list[dict[str, str]] = []

    def add(measure: str, cohort: str, start: date, month: date, value: str, **more: str) -> None:
        made.append(
            {
                "authority": "E10000020",
                "measure": measure,
                "cohort": cohort,
                "span": "month" if start == month else "financial_year_to_date",
                "period_start": start.isoformat(),
                "period_end": _end(month).isoformat(),
                "value": value,
                "unit": "count",
                "status": "reported",
                "sample_size": "",
                "note": "",
                "published": "2026-09-18",
                "source": "A made-up report with a long name, of a "
                "committee with a long name, sent to all its members in September 2026",
                "table": "appendix_1",
                "locator": f"row {measure} {cohort}",
                "raw": value,
                **more,
            }
        )

    total = dict.fromkeys(_TOTALS, 0)
    for at, month in enumerate(_months(number)):
        swing = 0.8 + (at * 37 % 41) / 100
        for (measure, cohort), usual in _COUNTS.items():
            add(measure, cohort, month, month, str(int(usual * swing)))
        for (measure, cohort), usual in _DAYS.items():
            value = f"{usual * swing:.1f}"
            add(measure, cohort, month, month, value, unit="days", raw=f"{value} days")
        if at % 4 == 1:
            add(
                "ehc_plan_days",
                "lac",
                month,
                month,
                "",
                unit="days",
                status="not_applicable",
                sample_size="0",
                raw="NA (No LAC in calc)",
            )
        else:
            # 150.1 cannot be the mean of whole days of four children: flagged, year after year.
            add(
                "ehc_plan_days",
                "lac",
                month,
                month,
                "150.1",
                unit="days",
                sample_size="4",
                raw="150.1 days (only 4 LAC in calc)",
            )
        for cohort in ("all", "lac"):
            value = str(50 + at * 13 % 31)
            add(
                "ehc_review_on_time",
                cohort,
                month,
                month,
                value,
                unit="percent",
                raw=f"{value}% in time",
            )
        april = date(month.year if month.month > 3 else month.year - 1, 4, 1)
        for measure, most in _TOTALS.items():
            total[measure] = (0 if month == april else total[measure]) + at * 7 % (most + 1)
            add(measure, "all", april, month, str(total[measure]), span="financial_year_to_date")
    return made


def record(number: int, store: Store, folder: Path) -> Record:
    """The record of an empty `store` after `number` months to August 2026 were published."""
    file = folder / "made-up.csv"
    with file.open("w", encoding="utf-8", newline="") as text:
        rows = csv.DictWriter(text, tidy.NAMES)
        rows.writeheader()
        rows.writerows(_rows(number))
    pipeline.publish(store, pipeline.prepare([file], store), "test", accept_reason="made up")
    return store.record()
