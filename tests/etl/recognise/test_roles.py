"""Roles of figures: the cases of roles.md, each in every form of file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from etl import incoming, registry
from etl.model import NoTable
from tests.etl.recognise.drawn import FORMS, Block, drawn

REGISTRY = registry.load()
LABELS = {
    "CME": "Number of children out of education - ALL CME",
    "REV": "Average time taken to produce (final EHC plans and) EHC plan reviews compared with "
    "statutory timescales",
    "CO": 'Number of "Local Outcome" Total Number of complaints about EHC plans and education '
    "provision from NCC complaints process Cumulative - FY (April-March)",
}
MEASURES = {
    "children_missing_education": "CME",
    "ehc_review_on_time": "REV",
    "complaints_local": "CO",
}


@dataclass
class Case:
    name: str
    sheet: str = ""
    blocks: list[Block] = field(default_factory=list)
    actual: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    codes: list[str] = field(default_factory=list)
    forms: tuple[str, ...] = FORMS


def _cases() -> Iterator[Case]:
    text = Path(__file__).with_name("roles.md").read_text(encoding="utf-8")
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        case, above, rows = Case(lines[0]), [], []
        for line in [*lines[1:], ""]:
            if line.startswith("|"):
                rows.append([_cell(cell.strip()) for cell in line.strip("|").split("|")])
                continue
            if rows:
                case.blocks.append((above, rows))
                above, rows = [], []
            first, _, rest = line.partition(" ")
            if first == "=":
                case.actual = _figures(rest)
            elif first == "target":
                case.targets = _figures(rest)
            elif first == "!":
                case.codes = rest.split()
            elif first in ("not:", "only:"):
                forms = rest.split()
                case.forms = tuple(f for f in FORMS if (f in forms) == (first == "only:"))
            elif first == "sheet:":
                case.sheet = rest
            elif line.strip():
                above.append(line)
        yield case


def _cell(text: str) -> str:
    return LABELS.get(text, text)


def _figures(text: str) -> set[str]:
    return {one.strip() for one in text.split(",") if one.strip()}


CASES = list(_cases())
RUN = [(case, form) for case in CASES for form in case.forms]


def _printed(measure: str, end: date, value: object, span: str = "month") -> str:
    """A figure as the cases write it; its span where it is not what its row's always is."""
    usual = span in ("month", "financial_year_to_date")
    return f"{MEASURES[measure]} {end:%b-%y} {value}{'' if usual else f' {span}'}"


@pytest.mark.parametrize(("case", "form"), RUN, ids=[f"{case.name} [{form}]" for case, form in RUN])
def test_a_figure_is_read_as_what_its_heading_says(case: Case, form: str, tmp_path: Path) -> None:
    path = drawn(form, case.blocks, tmp_path, case.sheet)
    try:
        found = incoming.read(path, REGISTRY, date(2022, 7, 1))
    except NoTable:
        assert (case.actual, case.targets, case.codes) == (set(), set(), [])
        return
    actual = {_printed(o.measure, o.period.end, o.value, o.period.span) for o in found.observations}
    targets = {
        _printed(s.measure, s.period.end, s.value)
        for s in found.statements
        if s.kind == "printed_target" and s.period
    }
    assert actual == case.actual
    assert targets == case.targets
    assert {finding.code for finding in found.findings} == set(case.codes)


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("spaced",)])
@pytest.mark.parametrize(
    ("note", "actual", "targets", "codes"),
    [
        ("* is a target", {"CME Apr-22 480"}, {"CME May-22 400"}, {"not-actual"}),
        ("*Forecast", {"CME Apr-22 480"}, set(), {"not-actual"}),
        ("Figures marked * are forecasts.", {"CME Apr-22 480"}, set(), {"not-actual"}),
        ("* Provisional", {"CME Apr-22 480", "CME May-22 400"}, set(), {"provisional"}),
        ("* Children of all ages", {"CME Apr-22 480", "CME May-22 400"}, set(), set()),
    ],
)
def test_a_note_below_explains_a_marked_month(
    note: str, actual: set[str], targets: set[str], codes: set[str], form: str, tmp_path: Path
) -> None:
    rows = [["Serial", "Measure", "Apr-22", "May-22*"], ["1a", LABELS["CME"], "480", "400"]]
    below: Block = ([note], [["Note", "Other"], ["a", "b"]])
    found = incoming.read(drawn(form, [([], rows), below], tmp_path), REGISTRY, date(2022, 7, 1))
    assert {
        _printed(o.measure, o.period.end, o.value, o.period.span) for o in found.observations
    } == actual
    assert {
        _printed(s.measure, s.period.end, s.value)
        for s in found.statements
        if s.kind == "printed_target" and s.period
    } == targets
    assert {finding.code for finding in found.findings} == codes


def test_there_are_enough_of_them() -> None:
    assert len(RUN) >= 150
