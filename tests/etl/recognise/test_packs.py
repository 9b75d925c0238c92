"""The real packs, whole and as excerpts: every figure, place and printed text."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from etl import readers, registry, tables
from etl.recognise import Recognised
from etl.tidy import row
from tests.conftest import PAPERS
from tests.folders import PACKS

ROOT = Path(__file__).resolve().parents[1].parent.parent
HELD = ("2021-09-17", "2022-03-18")


def read(path: Path) -> Recognised:
    return tables.read(readers.read(path), registry.load())


def expected(day: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "packs" / day / "expected.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def differences(day: str, found: Recognised) -> Counter[tuple[str, ...]]:
    wanted = Counter(tuple(line.values()) for line in expected(day))
    wanted.subtract(tuple(row(observation).values()) for observation in found.observations)
    return Counter({line: count for line, count in wanted.items() if count})


@pytest.mark.parametrize("day", HELD)
def test_every_figure_of_the_excerpt_arrives(day: str) -> None:
    found = read(PACKS / day)
    assert not differences(day, found)
    assert found.findings == ()


@pytest.mark.parametrize("day", HELD)
def test_every_figure_of_the_whole_pack_arrives_at_the_same_place(day: str, packs: Path) -> None:
    found = read(packs / f"{day}.txt")
    assert not differences(day, found)
    assert found.findings == ()
    assert found.statements == read(PACKS / day).statements


def test_the_tables_hold_as_many_figures_as_were_counted_by_hand() -> None:
    counts = {day: Counter(line["table"] for line in expected(day)) for day in HELD}
    assert counts["2021-09-17"] == {"appendix_1": 123}
    assert counts["2022-03-18"] == {"appendix_1": 221, "outturn": 124}


@pytest.mark.parametrize("day", ["2017-09-04", "2020-07-17", "2023-05-19"])
def test_not_one_figure_comes_out_of_the_other_packs(day: str, packs: Path) -> None:
    assert read(packs / f"{day}.txt") == Recognised()


@pytest.mark.papers
@pytest.mark.parametrize("day", HELD)
def test_an_excerpt_is_a_part_of_the_pack_that_its_source_names(day: str) -> None:
    folder = PACKS / day
    said = yaml.safe_load((folder / "source.yaml").read_text(encoding="utf-8"))
    pack = (PAPERS / said["file"]).read_bytes()
    assert hashlib.sha256(pack).hexdigest() == said["sha256"]
    lines = pack.decode("utf-8").split("\n")
    for excerpt in said["excerpts"]:
        printed = (folder / excerpt["file"]).read_text(encoding="utf-8").splitlines()
        begin = excerpt["line"] - 1
        assert lines[begin : begin + len(printed)] == printed, excerpt["file"]


@pytest.mark.parametrize("day", HELD)
def test_the_pack_says_when_it_met_and_what_it_is(day: str, packs: Path) -> None:
    whole = readers.read(packs / f"{day}.txt").source
    excerpt = readers.read(PACKS / day).source
    assert whole.published == excerpt.published == date.fromisoformat(day)
    assert whole.title == excerpt.title


def test_the_summary_yearly_and_target_rows_are_statements() -> None:
    found = read(PACKS / "2022-03-18").statements
    assert Counter(statement.kind for statement in found) == {
        "summary_table": 12,
        "yearly_row": 4,
        "printed_target": 1,
    }
    target = next(statement for statement in found if statement.kind == "printed_target")
    assert target.measure == "ehc_plans_on_time_share_including_exceptions"
    assert (target.value, target.unit, str(target.place)) == (
        Decimal("90.0"),
        "percent",
        "line 380",
    )
    year = {s.measure: s.value for s in found if s.kind == "yearly_row"}
    assert year == {
        "ehc_plans_issued": 1025,
        "ehc_plans_on_time": 546,
        "ehc_plans_on_time_share_including_exceptions": Decimal("53.3"),
        "ehc_plans_on_time_share_excluding_exceptions": Decimal("54.2"),
    }


def test_the_wrapped_summary_table_keeps_its_misprinted_month() -> None:
    found = read(PACKS / "2021-09-17").statements
    pupils = [s for s in found if (s.measure, s.cohort) == ("school_population", "all")]
    assert [(s.period.start.isoformat() if s.period else "", s.value) for s in pupils] == [
        ("2020-07-01", 116617),
        ("2020-03-01", 117596),
    ]
