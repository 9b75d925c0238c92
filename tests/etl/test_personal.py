"""No file with columns about single children comes in; no table of figures is kept out."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from etl import incoming, readers, recognise, registry, tidy
from etl.model import Cell, Document, Place, Refused, Source, Table
from etl.personal import refuse


def document(*rows: list[str], form: str = "excel", hidden: bool = False) -> Document:
    cells = tuple(
        tuple(
            Cell(text, Place(sheet="Data", cell=f"{'ABCDEFGH'[c]}{r}"))
            for c, text in enumerate(row)
        )
        for r, row in enumerate(rows, 1)
    )
    return Document(Source("list.xlsx", "", form), (Table(cells, hidden=hidden),))  # type: ignore[arg-type]


PERSONAL = [
    ("Forename", "Alex"),
    ("SURNAME", "Example"),
    ("Pupil name", "Alex Example"),
    ("PupilForename", "Alex"),
    ("pupil_surname", "Example"),
    ("Child's name", "A. Example"),
    ("Full Name", "Alex Example"),
    ("First name(s)", "Alex"),
    ("Name of child", "Alex"),
    ("Name", "Example, Alex"),
    ("Child", "Alex Example"),
    ("DOB", "2012-03-04"),
    ("D.O.B.", "04/03/2012"),
    ("Date of birth", "2012-03-04"),
    ("dateOfBirth", "2012-03-04"),
    ("Birth date", "2012-03-04"),
    ("Birthdate (dd/mm/yyyy)", "04/03/2012"),
    ("Child's DOB", "4 March 2012"),
    ("Pupil date of birth", "not known"),
    ("Birthday", "04-Mar-12"),
    ("Born", "4.3.2012"),
    ("Born on", "2012-03-04 00:00:00"),
    ("Date of birth checked against register", "2012-03-04"),
    ("geboren", "04.03.2012"),
    ("UPN", "A123456789012"),
    ("Unique pupil number", "A123456789012"),
    ("Former UPN", "A12345678901B"),
    ("Reference", "A123456789012"),
    ("Pupil ID", "100234"),
    ("NHS number", "9434765919"),
]


@pytest.mark.parametrize(("heading", "below"), PERSONAL)
@pytest.mark.parametrize("hidden", [False, True])
def test_a_column_about_single_children_is_refused_by_name(
    heading: str, below: str, hidden: bool
) -> None:
    found = document(["Title"], ["School", heading], ["A school", below], hidden=hidden)
    with pytest.raises(Refused, match="Nothing of the file was kept") as error:
        refuse(found)
    assert f"Data!B2 ({heading})" in str(error.value)
    assert below not in str(error.value)
    assert error.value.exit_code == 1


OURS = [
    ["la_name", "Norfolk"],
    ["region_name", "East of England"],
    ["country_name", "England"],
    ["Measure Description", "Number of children out of education - ALL CME"],
    ["Serial", "1a", "1b", "1c"],
    ["Jul-20", "521", "66", "9.4%"],
    ["2020-07-01", "521"],
    ["Name", "Norfolk", "Suffolk", "East Sussex"],
    ["Pupils", "521", "702"],
    ["Number of pupils", "521"],
    ["Pupil numbers", "521", "116617"],
    ["Children", "521"],
    ["Average number of days to issue Final", "226"],
    ["School name", "A School"],
    ["Children born in year", ""],
    ["New-born hearing screening", "98.4%", "97.9%"],
    ["Newborn blood spot screening", "98.4%"],
    ["Newborn", "12"],
    ["Born in 2012", "521"],
    ["Children born abroad", "66"],
    ["Birth rate", "9.4"],
    ["Births", "8121"],
    ["Live births per month", "702"],
    ["Birthday of the service", "1st", "2nd"],
    ["Records without a date of birth", "3", "0"],
    ["First born children", "12"],
    ["Low birth weight", "6.9%"],
    ["Osborne", "12"],
    ["Surname", ""],
    ["source", "People and Communities Select Committee"],
    *([name, "text"] for name in tidy.NAMES),
]


@pytest.mark.parametrize("column", OURS, ids=lambda column: column[0])
def test_a_table_of_figures_is_no_list_of_children(column: list[str]) -> None:
    refuse(document(["Appendix 1"], *([text] for text in column)))


def test_nothing_of_a_workbook_with_a_hidden_list_comes_in(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Serial", "Measure Description", "Jul-20", "Aug-20"])
    book.active.append(["1a", "Number of children out of education - ALL CME", 2, 3])
    listed = book.create_sheet("Source list")
    listed.append(["Unique ref", "Pupil surname", "Date of birth"])
    listed.append([1, "Example", date(2012, 3, 4)])
    listed.sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Refused) as error:
        incoming.read(tmp_path / "a.xlsx", registry.load(), date(2022, 3, 18))
    assert "Source list!B1 (Pupil surname); Source list!C1 (Date of birth)" in str(error.value)


NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PIVOT = (
    f"<pivotCacheDefinition {NS}><cacheFields>"
    '<cacheField name="Year"><sharedItems><n v="2021"/></sharedItems></cacheField>'
    '<cacheField name="%s"><sharedItems>%s</sharedItems></cacheField>'
    "</cacheFields></pivotCacheDefinition>"
)
LINK = (
    f"<externalLink {NS}><externalBook><sheetDataSet><sheetData>"
    '<row r="1"><cell r="B1" t="str"><v>%s</v></cell></row>'
    '<row r="2"><cell r="B2" t="str"><v>%s</v></cell></row>'
    "</sheetData></sheetDataSet></externalBook></externalLink>"
)


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("pivotCache/pivotCacheDefinition1.xml", PIVOT % ("UPN", ""), "the list of pivot table 1"),
        (
            "pivotCache/pivotCacheDefinition2.xml",
            PIVOT % ("Ref", '<s v="A123456789012"/>'),
            "the list of pivot table 2",
        ),
        (
            "pivotCache/pivotCacheDefinition1.xml",
            PIVOT % ("Name", '<s v="Ann Other"/><s v="Jo Bloggs"/>'),
            "the list of pivot table 1",
        ),
        ("externalLinks/externalLink1.xml", LINK % ("Surname", "Other"), "linked workbook 1"),
        ("pivotCache/pivotCacheDefinition1.xml", PIVOT % ("Area", '<s v="North"/>'), ""),
        ("externalLinks/externalLink1.xml", LINK % ("Pupil numbers", "521"), ""),
    ],
    ids=["a pivot's numbers", "among values", "a pivot's names", "a link", "areas", "counts"],
)
def test_lists_that_a_workbook_only_remembers_count(
    tmp_path: Path, part: str, content: str, said: str
) -> None:
    """A pivot table takes its list along, and a link the cells it last saw."""
    book = openpyxl.Workbook()
    book.active.append(["Serial", "Measure Description", "Jul-20"])
    book.active.append(["1a", "Number of children out of education - ALL CME", 521])
    file = tmp_path / "working.xlsx"
    book.save(file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(f"xl/{part}", content)
    document = readers.read(file)
    if said:
        with pytest.raises(Refused, match=f"working.xlsx: .*{said}"):
            refuse(document)
    else:
        refuse(document)
        assert len(recognise.recognise(document, registry.load()).observations) == 1


def test_names_in_a_public_paper_are_let_through_and_birthdays_are_not() -> None:
    rows = (["Surname"], ["Example"])
    refuse(document(*rows, form="pdf"))
    with pytest.raises(Refused, match="dates of birth"):
        refuse(document(["DOB"], ["2012-03-04"], form="pdf"))
