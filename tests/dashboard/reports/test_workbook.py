"""appendix-1.xlsx: accessible, and its figures come back exactly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

from dashboard.reports import workbook
from dashboard.reports.report import Report
from etl import pipeline
from etl.council_store import open_store
from etl.record import Record
from etl.store import Store

MARCH = date(2022, 3, 18)


def test_importing_the_workbook_gives_the_figures_back(
    report: Report, record: Record, seeded_store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "appendix-1.xlsx"
    workbook.write(report, record, file)
    prepared = pipeline.prepare([file], seeded_store, MARCH)
    (publication,) = prepared.publications
    assert not publication.comparison.new
    assert not publication.comparison.revised
    assert len(publication.comparison.held) >= 221


def test_the_workbook_has_a_cover_and_no_merged_cells(
    report: Report, record: Record, tmp_path: Path
) -> None:
    file = tmp_path / "appendix-1.xlsx"
    workbook.write(report, record, file)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Cover", "Appendix 1", "Tidy data", "Notes", "Sources"]
    assert not any(sheet.merged_cells.ranges for sheet in book)
    appendix = book["Appendix 1"]
    row = next(row for row in appendix.iter_rows(values_only=True) if row[0] == "1a")
    assert row[2] == 521  # July 2020
    for sheet in book:
        assert sheet["A1"].value, "each sheet has its title first"
        assert len(sheet.tables) == (sheet.title != "Cover")
    links = {c.value: c.hyperlink.location for c in book["Cover"]["A"] if c.hyperlink}
    assert list(links) == book.sheetnames[1:]
    assert links["Tidy data"] == "'Tidy data'!A1"


def test_the_workbook_alone_says_which_meeting_it_is_of(
    report: Report, record: Record, seeded_store: Store, tmp_path: Path
) -> None:
    """Without the tidy sheet, nothing but the cover has a date."""
    file = tmp_path / "appendix-1.xlsx"
    workbook.write(report, record, file)
    book = openpyxl.load_workbook(file)
    del book["Tidy data"]
    book.save(file)
    (publication,) = pipeline.prepare([file], seeded_store).publications
    assert publication.release.published == MARCH
    assert not publication.comparison.new
    assert not publication.comparison.revised


def test_the_workbook_gives_an_empty_store_the_same_figures(
    report: Report, record: Record, tmp_path: Path
) -> None:
    file, empty = (
        tmp_path / "appendix-1.xlsx",
        open_store(f"sqlite:///{tmp_path / 's.db'}", seed=False),
    )
    workbook.write(report, record, file)
    pipeline.publish(empty, pipeline.prepare([file], empty), "test", accept_reason="a test")
    assert sorted(map(repr, empty.record().shown())) == sorted(map(repr, record.shown()))
