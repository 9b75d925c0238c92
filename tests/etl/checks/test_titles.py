"""Headings that name the month of another meeting."""

from __future__ import annotations

from datetime import date

import pytest

from etl.checks import titles
from etl.model import Document, Place, Source, Table

APPENDIX = "People & Communities Select Committee {} : SEND Performance Framework Appendix 1"


@pytest.mark.parametrize(
    ("title", "named"),
    [
        (APPENDIX.format("November 21"), ["November 2021"]),
        (APPENDIX.format("March 22"), []),
        (APPENDIX.format("Mar-2022"), []),
        (APPENDIX.format(""), []),
        ("Appendix 1 - January Data Set for EHCP Performance", []),
        ("Minutes of the committee of 21 January 2022", []),
    ],
)
def test_a_heading(title: str, named: list[str]) -> None:
    tables = (Table((), title, Place(line=462)), Table((), title, Place(line=481)))
    source = Source("pack.txt", "", "text", date(2022, 3, 18), "A pack")
    findings = titles.of_another_meeting(Document(source, tables))
    assert [finding.severity for finding in findings] == ["note" for _ in named]
    for finding, month in zip(findings, named, strict=True):
        assert month in finding.message
        assert finding.places == ("A pack: line 462", "A pack: line 481")


def test_without_a_date_nothing_is_said() -> None:
    document = Document(
        Source("pack.txt", "", "text"), (Table((), APPENDIX.format("November 21")),)
    )
    assert titles.of_another_meeting(document) == ()
