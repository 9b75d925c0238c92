"""A measure added by files alone gets every check that its relations allow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from etl import checks, registry
from etl.model import Observation, Period, Reading, Registry
from tests.etl.checks.made_up import record
from tests.folders import copied

COUNT = """\
title: Exclusions
theme: missing
unit: count
better: lower
nature: flow
accumulates: financial_year
counts: Exclusions in the month.
why: A test.
cohorts:
  all: {title: Exclusions in all, serial: 9a, labels: [Exclusions - all]}
  ehcp: {title: Exclusions with a plan, serial: 9b, part_of: {whole: [exclusions, all]}}
"""
SHARE = """\
title: Share of exclusions
theme: missing
unit: percent
decimals: 1
better: none
nature: share
counts: A share.
why: A test.
cohorts:
  ehcp:
    title: Exclusions, share with a plan
    share_of: {part: [exclusions, ehcp], whole: [exclusions, all]}
"""
DAYS = """\
title: Days excluded
theme: missing
unit: days
decimals: 1
better: lower
nature: mean
counts: Days.
why: A test.
cohorts:
  all:
    title: Days excluded on average
    denominator: [exclusions, all]
    same_as: [[days_again, all]]
"""


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    data = tmp_path_factory.mktemp("added") / "data"
    copied(data, "packs")
    for name, text in (
        ("exclusions", COUNT),
        ("exclusions_share", SHARE),
        ("days_excluded", DAYS),
        ("days_again", DAYS.replace("    same_as: [[days_again, all]]\n", "")),
    ):
        (Path(data) / "england" / "measures" / f"{name}.yaml").write_text(text)
    return registry.load(data)


def codes(held: Registry, *cells: str) -> list[str]:
    figures = []
    for cell in cells:
        name, cohort, span, value = cell.split()
        start = {"month": date(2022, 4, 1), "financial_year_to_date": date(2022, 4, 1)}[span]
        unit = held.measures[name].unit
        figures.append(
            Observation(
                held.council.authority,
                name,
                cohort,
                Period(span, start, date(2022, 4, 30)),  # type: ignore[arg-type]
                Reading(Decimal(value), unit, raw=value),
                date(2022, 5, 20),
                "Made up",
                "appendix_1",
                cell,
            )
        )
    findings = checks.run(record(figures, held))
    return [f.code + ("?" if f.severity == "note" else "") for f in findings]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["exclusions all month 40", "exclusions ehcp month 41"], ["part-above-whole"]),
        (
            [
                "exclusions all month 40",
                "exclusions ehcp month 10",
                "exclusions_share ehcp month 24.0",
            ],
            ["share-against-counts"],
        ),
        (
            ["exclusions all month 40", "exclusions all financial_year_to_date 44"],
            ["total-against-parts"],
        ),
        (["exclusions all month 4", "days_excluded all month 5.6"], ["average-not-possible?"]),
        (["exclusions all month 0", "days_excluded all month 5.5"], ["average-of-none"]),
        (["days_excluded all month 5.5", "days_again all month 9.5"], ["tables-differ"]),
        (["exclusions all month -4"], ["below-zero"]),
        (["exclusions_share ehcp month 240"], ["percent-out-of-range"]),
        (["exclusions all month 40", "exclusions ehcp month 10"], []),
    ],
)
def test_its_relations_are_checked(added: Registry, cells: list[str], expected: list[str]) -> None:
    assert codes(added, *cells) == expected


def test_no_check_knows_a_measure_by_its_name() -> None:
    folder = Path(checks.__file__).parent
    source = "\n".join(file.read_text() for file in folder.glob("*.py"))
    assert [name for name in registry.load().measures if f'"{name}"' in source] == []
