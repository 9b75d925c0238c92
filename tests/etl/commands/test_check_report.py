"""python -m etl check-report: what it prints, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from etl import commands
from tests.etl.claims import claim_tables


class Store:
    """A store that only gives a record."""

    registry = claim_tables.record().registry

    def record(self) -> object:
        return claim_tables.record()


@pytest.fixture(autouse=True)
def _store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.commands.check_report.open_store", Store)


def check(tmp_path: Path, text: str) -> int:
    file = tmp_path / "report.txt"
    file.write_text(f"Date of meeting: 18 March 2022\n\n{text}\n", encoding="utf-8")
    return commands.main(["check-report", str(file)])


def test_nothing_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, "At the end of December 2021, 495 children were missing education.") == 0
    said = capsys.readouterr().out
    assert "495 children were missing education." in said
    assert "supported: 495 (Children missing education, Dec 2021)" in said
    assert said.endswith("1 claims: 1 supported, 0 differ, 0 cannot be checked\n")


def test_a_difference_names_the_month_that_it_is_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "- The average time to a final EHC plan was 208 days in December 2021."
    assert check(tmp_path, text) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "line 3 | The average" in said
    assert "the record has 183 days: the report says 25 days more." in said
    assert "208 days is the figure of the month after, Jan 2022." in said


def test_the_figures_alone_without_the_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.txt"
    said = "At the end of December 2021, 495 children were missing education."
    file.write_text(f"Date of meeting: 18 March 2022\n\n{said}\n", encoding="utf-8")
    assert commands.main(["check-report", str(file), "--yaml"]) == 0
    (claim,) = yaml.safe_load(capsys.readouterr().out)
    assert claim == {
        "kind": "sentence",
        "value": "495",
        "unit": "count",
        "place": {"line": 3},
        "measure": "children_missing_education",
        "cohort": "all",
        "period": ["month", "2021-12-01", "2021-12-31"],
        "raw": "495",
    }


def test_no_claims_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, "The minutes of the last meeting were agreed.") == 3
    assert capsys.readouterr().err.startswith("report.txt: read to the end;")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert commands.main(["check-report", str(tmp_path / "none.docx")]) == 2
