"""A table that is not read is told with its own reason, and with no other that is untrue."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl import incoming
from etl.model import Registry

ROWS = {
    "1a": ("Number of children out of education - ALL CME", "470", "455"),
    "1b": ("Number of children out of education - EHCP", "58", "55"),
    "1c": ("Percentage - EHCP in cohort of all CME", "12.3%", "12.1%"),
    "1d": ("Number of children out of education - LAC", "12", "13"),
    "4": (
        "Average time taken to produce (final EHC plans and) EHC plan reviews compared with "
        "statutory timescales",
        "63%",
        "65%",
    ),
}


@pytest.mark.parametrize(
    ("above", "first", "codes"),
    [
        ("Trajectory for 2022", "", ["not-actual"]),
        ("Comparison with last year", "", ["not-actual"]),
        ("Milestones agreed with the DfE", "", ["not-actual"]),
        ("East of England average", "", ["table-of-another-area"]),
        ("Norfolk and England", "", ["table-of-another-area"]),
        ("Appendix 1", "Suffolk\t", ["comparator-left-out"]),
    ],
)
def test_one_reason_is_told(
    above: str, first: str, codes: list[str], declared: Registry, tmp_path: Path
) -> None:
    lines = [above, f"{'LA' + chr(9) if first else ''}Serial\tMeasure Description\tFeb-22\tMar-22"]
    lines += [first + "\t".join((serial, *cells)) for serial, cells in ROWS.items()]
    file = tmp_path / "pack.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    found = incoming.read(file, declared, date(2022, 5, 20))
    assert found.observations == ()
    assert [(one.code, one.severity) for one in found.findings] == [
        (code, "warning") for code in codes
    ]
