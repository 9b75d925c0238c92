"""Every row of examples.md: what the checks find in it, and that they find nothing else."""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from etl import checks
from etl.model import CORRECTION, Finding, Observation, Period, Reading
from tests.etl.checks.made_up import REGISTRY, record

EXAMPLES = Path(__file__).with_name("examples.md")
NAMES = {
    "school": "school_population",
    "statutory": "statutory_age_population",
    "cme": "children_missing_education",
    "cme%": "children_missing_education_share",
    "pupils": "alternative_provision_pupils",
    "apdays": "alternative_provision_days",
    "days": "ehc_plan_days",
    "reviews": "ehc_review_on_time",
    "complaints": "complaints_local",
    "upheld": "complaints_local_upheld",
    "issued": "ehc_plans_issued",
    "ontime": "ehc_plans_on_time",
    "issuedx": "ehc_plans_issued_excluding_exceptions",
    "share": "ehc_plans_on_time_share_including_exceptions",
    "sharex": "ehc_plans_on_time_share_excluding_exceptions",
    "weeks": "ehc_plan_mean_weeks_including_exceptions",
}
FIGURE = re.compile(
    r"(?P<name>\S+)/(?P<cohort>\w+) (?P<when>\d{4}(?:-\w+)?(?: fy| cy)?) = "
    r"(?P<cell>.*?)(?: \[(?P<table>[\w ]+)\])?(?: #(?P<number>\d))?$"
)
PUBLISHED = {"1": date(2022, 3, 18), "2": date(2022, 9, 16), "3": date(2023, 3, 17)}
# `revised?: 391` is a note, `below-zero!: -495` an error, anything else a warning.
MARKS = {"note": "?", "warning": "", "error": "!"}


def rows() -> list[tuple[str, str, str]]:
    lines = EXAMPLES.read_text().splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line in lines
        if line.startswith("| ")
    ]
    return [(why.strip("| "), figures, found.strip("| ")) for why, figures, found in cells[1:]]


def last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def period(text: str) -> Period:
    when, _, kind = text.partition(" ")
    year, _, part = when.partition("-")
    if not part:
        return Period("calendar_year", date(int(year), 1, 1), date(int(year), 12, 31))
    if part.startswith("Q"):
        end = 3 * int(part[1:])
        return Period("quarter", date(int(year), end - 2, 1), last(int(year), end))
    end = last(int(year), int(part))
    if kind == "cy":
        return Period("calendar_year_to_date", date(end.year, 1, 1), end)
    if kind == "fy":
        start = date(end.year if end.month > 3 else end.year - 1, 4, 1)
        return Period("financial_year_to_date", start, end)
    return Period("month", end.replace(day=1), end)


def reading(cell: str, measure: str) -> Reading:
    """The cell as the packs print it; only as much of it as these examples need."""
    unit = REGISTRY.measures[measure].unit
    size = re.search(r"(\d+) LAC in calc", cell)
    cases = int(size.group(1)) if size else None
    if cell.startswith("NA"):
        return Reading(None, unit, "not_applicable", cases, "", cell)
    if cell == "nil":
        return Reading(Decimal(0), unit, "nil", None, "", cell)
    note = re.search(r"[\d.]+ weeks|\d\d/\d\d/\d{4}", cell)
    said = note.group() if note else ""
    value = re.search(r"-?\d+(?:\.\d+)?", cell.replace(said, "") if said else cell)
    assert value, cell
    return Reading(Decimal(value.group()), unit, "reported", cases, said, cell)


def figure(text: str) -> Observation:
    found = FIGURE.fullmatch(text.strip())
    assert found, text
    measure = NAMES[found["name"]]
    number, table = found["number"] or "1", found["table"] or "appendix_1"
    place = f"{table}: {text.strip()}"
    if table.startswith("correct"):
        place = f"{CORRECTION} ({text.strip()})"
        table = {"correct": "officer", "correct outturn": "outturn"}[table]
    return Observation(
        REGISTRY.council.authority,
        measure,
        found["cohort"],
        period(found["when"]),
        reading(found["cell"], measure),
        PUBLISHED[number],
        f"Publication {number}",
        table,  # type: ignore[arg-type]
        place,
    )


def told(finding: Finding) -> str:
    cells = ", ".join(figure.reading.raw for figure in finding.figures)
    return f"{finding.code}{MARKS[finding.severity]}: {cells}".strip()


@pytest.mark.parametrize(("why", "figures", "expected"), rows(), ids=[row[0] for row in rows()])
def test_example(why: str, figures: str, expected: str) -> None:
    findings = checks.run(record([figure(text) for text in figures.split(";")]))
    wanted = [] if expected == "-" else [text.strip() for text in expected.split(";")]
    assert sorted(told(finding) for finding in findings) == sorted(wanted)
    for finding in findings:
        assert finding.places
        assert finding.message.endswith(".")


def test_a_finding_stands_wherever_the_same_is_printed() -> None:
    """In the second and third publication, not in the first, which printed another share."""
    texts = ["cme/all 2021-12 = 495", "cme/lac 2021-12 = 12"]
    texts += [f"cme%/lac 2021-12 = {cell}" for cell in ("2.4%", "7.0% #2", "7.0% #3")]
    (wrong,) = (f for f in checks.run(record(map(figure, texts))) if f.severity != "note")
    places = [place for place in wrong.places if "cme%" in place]
    assert [place[-2:] for place in places] == ["#3", "#2"]


def test_every_code_that_a_figure_can_have_stands_in_an_example() -> None:
    """A check without an example is a check that nobody has seen work."""
    shown = set(re.findall(r"([a-z-]+)[?!]?:", " ".join(found for *_, found in rows())))
    elsewhere = {
        "answer-stale",
        "month-twice",
        "summary-label",
        "summary-differs",
        "year-row-differs",
        "target-not-in-force",
        "claim-differs",
        "heading-of-another-meeting",
        "correction-changes-nothing",
        "dated-back",
        "meeting-date",
        "target-scale",
        "target-not-held",
        "target-contradicts",
        "target-far-ahead",
    }
    assert set(checks.CODES) - elsewhere == shown


def sentences() -> list[tuple[str, str]]:
    lines = EXAMPLES.with_name("sentences.md").read_text().splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    return [(why, sentence) for why, sentence in cells[1:]]


@pytest.mark.parametrize(("why", "sentence"), sentences(), ids=[why for why, _ in sentences()])
def test_sentence(why: str, sentence: str) -> None:
    figures = {example: figures for example, figures, _ in rows()}[why]
    findings = checks.run(record([figure(text) for text in figures.split(";")]))
    assert sentence in [finding.message for finding in findings]


def test_every_code_is_a_note_a_warning_or_an_error() -> None:
    assert {code.severity for code in checks.CODES.values()} == set(MARKS)
