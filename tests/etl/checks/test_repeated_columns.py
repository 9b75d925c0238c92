"""A month's column that is another month's is told of; months counted anew are not."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from etl import checks, periods, pipeline
from etl.checks.wording import month
from etl.model import Finding, Observation, Reading
from etl.record import Record
from etl.store import Store
from tests.etl.records import months, record

MAY = date(2022, 5, 20)
APRIL = (2022, 4)


def column(real: Record, year: int, number: int) -> list[Observation]:
    """What Appendix 1 prints for a month, in the order of its rows."""
    end = periods.for_span("month", year, number).end
    order = {
        (m.id, name): c.order
        for m in real.registry.measures.values()
        for name, c in m.cohorts.items()
    }
    cells = [
        f
        for f in real.shown()
        if f.table == "appendix_1" and f.period.end == end and f.value is not None
    ]
    return sorted(cells, key=lambda f: order[f.measure, f.cohort])


def moved(figures: Iterable[Observation], year: int, number: int) -> list[Observation]:
    """The same cells as a later report's for another month."""
    return [
        replace(
            f,
            period=periods.for_span(f.period.span, year, number),
            published=MAY,
            source="May",
            table="officer",
        )
        for f in figures
    ]


def slid(figures: list[Observation], rows: int) -> list[Observation]:
    """Each row's cell with the text of the row above (1) or below (-1)."""
    pairs = zip(figures[max(rows, 0) :], figures[max(-rows, 0) :], strict=False)
    return [
        replace(f, reading=replace(f.reading, value=g.value, raw=g.reading.raw)) for f, g in pairs
    ]


def repeated(real: Record, more: Iterable[Observation]) -> list[Finding]:
    held = [f for f in real.observations if f.table != "dfe"]
    found = checks.run(record([*held, *more]))
    return [finding for finding in found if finding.code == "column-repeated"]


@pytest.mark.parametrize(
    ("origin", "typed_over", "rows", "says"),
    [
        ((2021, 12), 0, 0, "are those of December 2021"),
        ((2022, 1), 0, 0, "are those of January 2022"),
        ((2021, 3), 0, 0, "are those of March 2021"),
        ((2021, 12), 3, 0, "are those of December 2021"),
        ((2021, 12), 0, 1, "are those one row above in December 2021"),
        ((2021, 12), 0, -1, "are those one row below in December 2021"),
    ],
)
def test_a_pasted_column_names_its_origin(
    real_record: Record, origin: tuple[int, int], typed_over: int, rows: int, says: str
) -> None:
    cells = moved(column(real_record, *origin), *APRIL)
    cells = slid(cells, rows) if rows else cells
    for at in range(typed_over):
        of = cells[at * 4]
        value = (of.value or Decimal()) + 7
        cells[at * 4] = replace(of, reading=replace(of.reading, value=value, raw=str(value)))
    (finding,) = repeated(real_record, cells)
    assert finding.message.startswith("April 2022: "), finding.message
    assert says in finding.message
    assert {month(figure) for figure in finding.figures} == {"April 2022"}


@pytest.mark.parametrize(
    ("why", "alike", "changed", "told"),
    [
        ("three averages to a decimal are enough", 3, 0, True),
        ("two are not", 2, 0, False),
        ("nor three beside two that changed", 3, 2, False),
    ],
)
def test_averages_to_a_decimal_tell_most(
    real_record: Record, why: str, alike: int, changed: int, told: bool
) -> None:
    cells = column(real_record, 2021, 10)
    days = [f for f in cells if f.reading.unit == "days"]
    others = [
        replace(f, reading=replace(f.reading, value=f.value + 7, raw="", sample_size=None))
        for f in cells
        if f.reading.unit == "count" and f.value is not None
    ]
    found = repeated(real_record, moved([*days[:alike], *others[:changed]], *APRIL))
    assert bool(found) is told, why


def test_a_column_a_row_off_that_breaks_its_units_is_one_warning(
    seeded_store: Store, tmp_path: Path
) -> None:
    """December's cells of rows 1a to 2b, a row lower in January: the refused are among them."""
    rows = seeded_store.registry.measures
    labels = [
        (cohort.serial, cohort.labels[0], f)
        for f in column(seeded_store.record(), 2021, 12)
        for cohort in [rows[f.measure].cohorts[f.cohort]]
        if cohort.serial and cohort.serial[0] in "12"
    ]
    texts = ["", *(f.reading.raw for _, _, f in labels[:-1])]
    lines = [
        f"{serial}\t{label}\t{text}" for (serial, label, _), text in zip(labels, texts, strict=True)
    ]
    file = tmp_path / "january.txt"
    heading = "Norfolk County Council SEND\nSerial\tMeasure Description\tJan-22\n"
    file.write_text(heading + "\n".join(lines), encoding="utf-8")
    prepared = pipeline.prepare([file], seeded_store, MAY)
    (warning,) = [j.finding for j in prepared.judged if j.open and j.finding.severity != "note"]
    assert warning.code == "column-repeated"
    assert "are those one row above in December 2021" in warning.message
    unread = [j.finding for j in prepared.judged if j.finding.code == "cell-unreadable"]
    assert len(unread) == prepared.unread > 0


DAYS, REVIEWS = ("ehc_plan_days", "all"), ("ehc_review_on_time", "lac")


@pytest.mark.parametrize(
    ("why", "kept", "cases", "told"),
    [
        ("an average to a decimal and a number of cases", (DAYS, REVIEWS), 266, True),
        ("another number of cases", (DAYS, REVIEWS), 267, False),
        ("the average alone", (DAYS,), 266, False),
        ("the number of cases alone", (REVIEWS,), 266, False),
    ],
)
def test_a_stale_column_typed_over_in_part(
    real_record: Record, why: str, kept: tuple[tuple[str, str], ...], cases: int, told: bool
) -> None:
    """Every other cell was counted anew, and so was the share whose cases are left."""
    cells = []
    for cell in moved(column(real_record, 2022, 1), 2022, 2):
        changed = replace(
            cell.reading, value=(cell.value or Decimal()) + 1, raw="", sample_size=None
        )
        if (cell.measure, cell.cohort) == REVIEWS and REVIEWS in kept:
            changed = replace(changed, sample_size=cases)
        if (cell.measure, cell.cohort) != DAYS or DAYS not in kept:
            cell = replace(cell, reading=changed)
        cells.append(cell)
    found = repeated(real_record, cells)
    assert bool(found) is told, why
    if told:
        assert found[0].message.startswith(
            "February 2022: 208.4 days (Average time to a final plan (row 3)) and 266 cases "
            "(Reviews completed in time, looked-after children (row 4a)) are exactly what "
            "January 2022 has."
        )
        assert {(f.measure, f.cohort) for f in found[0].figures} == {DAYS, REVIEWS}


@pytest.mark.parametrize(
    ("why", "days", "told"),
    [
        ("two averages and no number of cases", ["208.4", "250.1"], False),
        ("of one alone", ["208.4", "251.1"], False),
        ("whole days are more often alike", ["208", "250"], False),
    ],
)
def test_two_averages_that_stand_as_the_month_before(why: str, days: list[str], told: bool) -> None:
    past = ["190.2", "214.7", "201.3", "226.8", "188.8", "205.5", "219.1", "196.6"]
    figures = months("2021-01", [*past, "208.4" if "." in days[0] else "208", days[0]], DAYS[0])
    other = [str(Decimal(value) + 41) for value in reversed(past)]
    before = "250.1" if "." in days[1] else "250"
    figures += months("2021-01", [*other, before, days[1]], DAYS[0], cohort="lac")
    found = [f for f in checks.run(record(figures)) if f.code == "column-repeated"]
    assert bool(found) is told, why


def test_the_packs_and_a_month_printed_again_repeat_nothing(real_record: Record) -> None:
    assert repeated(real_record, []) == []
    assert repeated(real_record, moved(column(real_record, 2021, 12), 2021, 12)) == []


def test_a_month_that_was_corrected_from_its_copy_is_clear(real_record: Record) -> None:
    copied = moved(column(real_record, 2021, 12), *APRIL)
    mended = [
        replace(
            f,
            published=date(2022, 5, 27),
            reading=replace(f.reading, value=(f.value or Decimal()) + 3, raw=""),
        )
        for f in copied
    ]
    assert repeated(real_record, [*copied, *mended]) == []


# Rows as Appendix 1 has them: what they count, about how many, how far they stray.
ROWS = [
    ("children_missing_education", "all", "count", 480, 40),
    ("children_missing_education", "ehcp", "count", 60, 8),
    ("children_missing_education", "lac", "count", 12, 3),
    ("alternative_provision_pupils", "all", "count", 45, 9),
    ("alternative_provision_pupils", "ehcp", "count", 9, 3),
    ("alternative_provision_pupils", "lac", "count", 2, 1),
    ("alternative_provision_days", "all", "days", 24, 8),
    ("alternative_provision_days", "ehcp", "days", 30, 15),
    ("ehc_plan_days", "all", "days", 200, 15),
    ("ehc_review_on_time", "all", "percent", 64, 4),
    ("ehc_review_on_time", "lac", "percent", 68, 4),
    ("complaints_local", "all", "count", 8, 3),
    ("complaints_ombudsman", "all", "count", 1, 1),
]


@pytest.mark.parametrize("seed", range(12))
def test_four_years_counted_anew_repeat_nothing(real_record: Record, seed: int) -> None:
    """Rows of small counts and whole percentages do agree by chance, column with column."""
    chance = random.Random(seed)
    figures = []
    for measure, cohort, unit, middle, spread in ROWS:
        total = 0
        declared = real_record.registry.measures[measure]
        for at in range(48):
            year, number = 2022 + at // 12, at % 12 + 1
            value = max(0, round(chance.gauss(middle, spread), 1 if unit == "days" else None))
            if declared.accumulates:
                total = value if number == 4 else total + int(value)
                value = total
            reading = Reading(Decimal(str(value)), declared.unit, raw=str(value))
            figures.append(
                Observation(
                    real_record.registry.council.authority,
                    measure,
                    cohort,
                    periods.for_span(declared.span, year, number),
                    reading,
                    date(2026, 3, 20),
                    "A pack",
                    "appendix_1",
                    f"row, {year}-{number}",
                )
            )
    found = [f.message for f in checks.run(record(figures)) if f.code == "column-repeated"]
    assert found == []
