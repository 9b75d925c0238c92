"""Targets and meetings that are likely slips, and those that are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from etl import checks, registry
from etl.checks import meetings, targets
from etl.council_store import open_store
from etl.model import MeasureRef, Observation, Target
from etl.record import Record
from tests.etl.records import figure, months, record
from tests.folders import OURS, copied

ON_TIME = "ehc_plans_on_time_share_including_exceptions"
TWIN = "ehc_plans_on_time_share_excluding_exceptions"
LATE = "ehc_plans_over_52_weeks_share_including_exceptions"
MISSING = "children_missing_education"
ISSUED = "ehc_plans_issued"

FIGURES: dict[str, list[Observation]] = {
    ON_TIME: [
        figure(ON_TIME, f"{year}-12", value, span="calendar_year", table="dfe")
        for year, value in ((2019, "8"), (2020, "20.5"), (2021, "53.3"))
    ],
    LATE: [
        figure(LATE, f"{year}-12", value, span="calendar_year", table="dfe")
        for year, value in ((2019, "15"), (2020, "9.5"), (2021, "12"))
    ],
    MISSING: months("2021-10", ["612", "702", "495"], MISSING),
    ISSUED: months("2021-10", ["70", "98", "107"], ISSUED, table="outturn"),
}


def target(value: str, *measures: str, **more: object) -> Target:
    refs = tuple(MeasureRef(name, "all") for name in measures)
    unit = record([]).registry.measures[measures[0]].unit
    made = Target(
        "made-up",
        refs,
        Decimal(value),
        unit,
        "agreed",
        "annual",
        "including",
        date(2024, 1, 1),
        date(2024, 12, 31),
        "Agreed by Cabinet",
        "Cabinet",
        "Minutes",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def asked(*declared: Target, figures: list[Observation] | None = None) -> list[str]:
    rows = [f for t in declared for ref in t.measures for f in FIGURES.get(ref.measure, [])]
    held = record(rows if figures is None else figures, targets=declared)
    return [f.message for f in targets.check(held)]


@pytest.mark.parametrize(
    ("what", "one", "says"),
    [
        ("a fraction of one", target("0.9", ON_TIME), "did you mean 90%?"),
        ("one percent of what is to be high", target("1", ON_TIME), "did you mean 100%?"),
        ("a stretch too", target("0.95", ON_TIME, kind="stretch"), "did you mean 95%?"),
        ("above all", target("900", ON_TIME), "lies above 100%"),
        ("four for four hundred", target("4", MISSING), "lies far below the row's figures"),
        ("too many noughts", target("400000", MISSING), "lies far above the row's figures"),
        ("nine for ninety", target("9", ON_TIME), "asks for far less than was reached before"),
        ("where less is better", target("40", LATE), "asks for far less than was reached before"),
    ],
)
def test_a_target_in_another_scale_is_questioned(what: str, one: Target, says: str) -> None:
    assert any(says in message and one.label in message for message in asked(one)), what


@pytest.mark.parametrize(
    ("what", "one"),
    [
        ("ninety percent", target("90", ON_TIME)),
        ("less than was reached", target("30", ON_TIME)),
        ("a little less than half, few points", target("10", LATE, start=date(2020, 6, 1))),
        ("six points fewer", target("2", ON_TIME, start=date(2020, 6, 1))),
        ("a low first step", target("5", ON_TIME, start=date(2020, 1, 1))),
        ("under one percent late is an aim", target("0.9", LATE)),
        ("none late", target("0", LATE)),
        ("a tenth of what there are", target("50", MISSING)),
        ("none at all", target("0", MISSING)),
        ("half again", target("150", ISSUED)),
    ],
)
def test_an_aim_far_from_now_is_no_slip(what: str, one: Target) -> None:
    assert not any("scale" in m or "far" in m or "above 100" in m for m in asked(one)), what


def test_a_share_without_figures_is_questioned_too() -> None:
    (message,) = asked(target("0.9", ON_TIME), figures=[])
    assert "did you mean 90%?" in message


def test_a_target_on_a_row_that_holds_none_is_questioned_once() -> None:
    (message,) = asked(target("400", MISSING, ISSUED), figures=[])
    assert "Children missing education (row 1a) and Plans issued, including exceptions" in message
    assert "in no chart and in no verdict" in message


YEAR = {"start": date(2024, 1, 1), "end": date(2024, 12, 31)}
HALF = {"form": "by_date", "end": date(2024, 6, 30)}
CONTRADICTED: list[tuple[str, dict[str, object], bool]] = [
    ("another level", {}, True),
    ("part of the same time", {"start": date(2024, 12, 1), "end": date(2026, 1, 1)}, True),
    ("on one of its rows", {"measures": (MeasureRef(TWIN, "all"),)}, True),
    ("the same level", {"value": Decimal(75)}, False),
    ("the year after", {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}, False),
    ("another form", {"form": "by_date"}, True),
    ("by the end of a later year, more", {"form": "by_date", "end": date(2025, 12, 31)}, False),
    (
        "by the end of a later year, less",
        {"form": "by_date", "end": date(2025, 12, 31), "value": Decimal(70)},
        True,
    ),
    ("by a day within the year, less", {**HALF, "value": Decimal(70)}, False),
    ("by a day within the year, more", HALF, True),
    ("another basis", {"basis": "excluding"}, False),
    ("a basis that is not stated", {"basis": "not_stated"}, True),
    ("a stretch short of what was agreed", {"kind": "stretch", "value": Decimal(70)}, True),
    ("a stretch beyond what was agreed", {"kind": "stretch"}, False),
    ("another row", {"measures": (MeasureRef(LATE, "all"),)}, False),
]


@pytest.mark.parametrize(("what", "fields", "found"), CONTRADICTED)
def test_a_target_that_another_contradicts(
    what: str, fields: dict[str, object], found: bool
) -> None:
    one = target("75", ON_TIME, TWIN)
    fields = {"value": Decimal(80), **fields}
    other = replace(one, id="other", label="Agreed later", **fields)  # type: ignore[arg-type]
    said = [m for m in asked(one, other, figures=[]) if "both in force" in m]
    assert bool(said) is found, what
    if said:
        assert "75%" in said[0]
        assert f"{other.value}%" in said[0]
        assert len(said) == 1


def test_what_is_less_than_reached_but_not_than_other_targets_is_no_slip() -> None:
    lower = target("8", ON_TIME, id="lower", start=date(2020, 1, 1), end=date(2020, 12, 31))
    said = asked(target("9", ON_TIME), lower)
    assert not any("far less" in message for message in said)


@pytest.mark.parametrize(("year", "told"), [(2032, True), (2028, True), (2027, False)])
def test_a_target_for_years_far_ahead_is_questioned(year: int, told: bool) -> None:
    """The newest figures of FIGURES were published in 2022."""
    one = target("90", ON_TIME, start=date(year, 1, 1), end=date(year, 12, 31))
    assert any(f"begins only in {year}" in message for message in asked(one)) is told


def test_an_answer_holds_when_the_next_month_comes() -> None:
    one = target("4", MISSING)
    (first, _) = targets.check(record(FIGURES[MISSING], targets=[one]))
    later = [*FIGURES[MISSING], figure(MISSING, "2022-01", "530")]
    held = record(later, targets=[one])
    judged, _ = checks.judge(targets.check(held), [checks.answer_for(first, "stands", "so it is")])
    assert [j.open for j in judged] == [False, True]


def test_what_the_project_declares_is_in_order(real_record: Record) -> None:
    assert list(targets.check(real_record)) == []


def test_a_wrong_target_in_the_data_folder_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    copied(folder)
    file = folder / OURS / "targets.yaml"
    file.write_text(file.read_text().replace("value: 60", "value: 0.6"))
    store = open_store(f"sqlite:///{tmp_path / 'test.db'}", data=folder)
    found = [j.finding for j in store.record().judged if j.finding.code == "target-scale"]
    registry.load.cache_clear()
    assert ["did you mean 60%?" in f.message for f in found] == [True]


TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2062, 3, 18), "The meeting of 18 March 2062 is 35 years ahead"),
        (date(2027, 12, 18), "is more than a year ahead"),
        (date(2028, 11, 26), "is 2 years ahead"),
        (date(202, 3, 18), "The meeting of 18 March 0202 lies before any report"),
        (date(1922, 3, 18), "lies before any report"),
        (date(2027, 11, 28), "is more than a year ahead"),
        (date(2027, 11, 27), ""),
        (date(2026, 12, 18), ""),
        (date(2021, 9, 17), ""),
    ],
)
def test_a_meeting_that_may_be_mistyped(day: date, says: str) -> None:
    found = list(meetings.doubtful([day, day], TODAY))
    assert [says in f.message for f in found] == ([True] if says else [])
