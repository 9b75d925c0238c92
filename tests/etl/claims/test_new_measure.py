"""A measure that is only a file gets its claims found: nothing in code knows its name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from etl import claims, periods
from etl.judge import CHECKS
from etl.model import Cohort, Measure, Observation, Place, Reading, Statement
from etl.record import Record, assemble
from tests.etl.claims import claim_tables

TUTORS = Measure(
    id="home_tuition_pupils",
    title="Pupils taught at home",
    theme="alternative",
    unit="count",
    better="none",
    nature="stock",
    counts="Pupils who were taught at home.",
    why="A test.",
    cohorts={
        "all": Cohort("Pupils taught at home", prose=("home tuition | taught at home",)),
        "ehcp": Cohort("With a plan", prose=("EHC plan",)),
    },
)


def record() -> Record:
    registry = claim_tables.record().registry
    known = replace(registry, measures={**registry.measures, TUTORS.id: TUTORS})
    figures = [
        Observation(
            registry.council.authority,
            TUTORS.id,
            cohort,
            periods.for_span("month", 2021, month),
            Reading(Decimal(value), "count", raw=str(value)),
            claim_tables.PUBLISHED,
            "test",
            "appendix_1",
            "",
        )
        for cohort, month, value in (("all", 11, 31), ("all", 12, 44), ("ehcp", 12, 17))
    ]
    observations, series = assemble((1, one) for one in figures)
    return Record(known, series, observations, judge=CHECKS)


def test_its_claims_are_found_and_held() -> None:
    held = record()
    report = claim_tables.document(
        "In December 2021, 44 pupils were taught at home, up from 31 in November. "
        "In December 2021, 18 pupils with an EHC plan had home tuition."
    )
    found = claims.hold_against(claims.find(report, held.registry), held)
    assert [(s.raw, s.cohort, s.verdict) for s in found] == [
        ("44", "all", "supported"),
        ("31", "all", "supported"),
        ("18", "ehcp", "differs"),
    ]


def test_a_share_kept_of_a_part_that_no_file_declares_is_left_unchecked() -> None:
    """A claim kept from before its measure's file changed; the site goes on."""
    kept = Statement(
        "sentence",
        Decimal(39),
        "percent",
        Place(line=1),
        TUTORS.id,
        "ehcp",
        periods.for_span("month", 2021, 12),
        "39%",
        about="rate",
    )
    (held,) = claims.hold_against([kept], record())
    assert (held.verdict, held.explanation) == (
        "unchecked",
        "No measure says of what it is a share.",
    )
