"""Whose a table is, by what heads it, in every form in which files come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from etl import incoming, registry
from etl.model import Refused
from etl.recognise.ownership import Owners
from tests.etl.recognise.whole_files import FORMS, Block, commas, sheet, strokes, table, tabs

PUBLISHED = date(2022, 5, 18)
OWNERS = Owners(registry.load())


def _examples() -> list[tuple[str, str, str]]:
    lines = Path(__file__).with_name("headings.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line[:2] == "| "]
    return [(heading, whose, named) for heading, whose, named in rows[1:]]


@pytest.mark.parametrize(("heading", "whose", "named"), _examples())
def test_a_heading_says_whose_table_it_is(heading: str, whose: str, named: str) -> None:
    found = OWNERS.of(heading)
    assert (found.verdict or "nobody", found.named) == (whose, named)


OURS, THEIRS = table("480", "470", "63", "64"), table("210", "215", "48", "49")


def of_suffolk(rows: list[list[str]]) -> list[list[str]]:
    return [[cell.replace("Description", "Description (Suffolk)") for cell in row] for row in rows]


READ = {"480", "470", "63", "64"}
NOTHING: set[str] = set()
PLAIN = "The committee looked at the figures below and asked for them at every meeting."

# What stands in the file, the figures that are read, and what is told: a refusal or findings.
FILES: dict[str, tuple[list[Block], set[str], str]] = {
    "another council's front page": (
        [
            "Suffolk County Council",
            "People and Communities Select Committee",
            "Date: 18 May 2022",
            "",
            OURS,
        ],
        NOTHING,
        "refused: Suffolk County Council",
    ),
    "another council and its committee on one line": (
        ["London Borough of Barnet Children's Scrutiny Committee", "", PLAIN, "", OURS],
        NOTHING,
        "refused: London Borough of Barnet",
    ),
    "a unitary council without a kind": (
        ["Medway Council", "", "Appendix 1", OURS],
        NOTHING,
        "refused: Medway Council",
    ),
    "only a place's name in the caption": (
        ["Appendix 1 – Kent", OURS],
        NOTHING,
        "refused: Kent",
    ),
    "two tables of another council, the second without a name": (
        ["Appendix 1: Essex County Council", OURS, "", "Appendix 2", THEIRS],
        NOTHING,
        "refused: Essex County Council",
    ),
    "England's below ours": (
        [
            "Norfolk County Council",
            "",
            "Table 1: Norfolk",
            OURS,
            "",
            "Table 2: England average",
            THEIRS,
        ],
        READ,
        "note: table-of-another-area: England average",
    ),
    "another council's below ours": (
        ["Appendix 1", OURS, "", "Table 2: Suffolk", THEIRS],
        READ,
        "note: table-of-another-area: Suffolk",
    ),
    "another council's above ours": (
        ["Table 1: Suffolk", THEIRS, "", "Table 2: Norfolk", OURS],
        READ,
        "note: table-of-another-area: Suffolk",
    ),
    "the neighbours' below ours": (
        ["Appendix 1", OURS, "", "Statistical neighbours", THEIRS],
        READ,
        "note: table-of-another-area: Statistical neighbours",
    ),
    "the region's below ours": (
        ["Norfolk", OURS, "", "East of England", THEIRS],
        READ,
        "note: table-of-another-area: East of England",
    ),
    "a comparison below ours": (
        ["Appendix 1", OURS, "", "Compared with Suffolk County Council", THEIRS],
        READ,
        "warning: table-of-another-area: Compared with Suffolk County Council",
    ),
    "ours and England's in one caption": (
        ["Appendix 1", OURS, "", "Table 2: Norfolk and England", THEIRS],
        READ,
        "warning: table-of-another-area: Norfolk and England",
    ),
    "nothing but England's": (
        ["National average", OURS],
        NOTHING,
        "warning: table-of-another-area: National average",
    ),
    "a caption of two lines": (
        ["Appendix 1", OURS, "", "Table 2: Children out of education in", "England", THEIRS],
        READ,
        "note: table-of-another-area: England",
    ),
    "a heading, then a sentence": (
        [
            "Appendix 1",
            OURS,
            "",
            "England",
            "",
            "These figures are published by the department every year.",
            "",
            THEIRS,
        ],
        READ,
        "note: table-of-another-area: England",
    ),
    "three tables, ours last": (
        [
            "Table 1: England",
            THEIRS,
            "",
            "Table 2: Suffolk",
            table("1", "2", "3", "4"),
            "",
            "Table 3: Norfolk",
            OURS,
        ],
        READ,
        "note: table-of-another-area: England",
    ),
    "ours": (
        [
            "Norfolk County Council",
            "People and Communities Select Committee",
            "",
            "Appendix 1",
            OURS,
        ],
        READ,
        "",
    ),
    "ours, nobody named": (["Appendix 1", OURS], READ, ""),
    "another council in a sentence": (
        [
            "The Council, along with Suffolk County Council and the Integrated Care Board, has "
            "awarded a new contract.",
            "",
            "Appendix 1",
            OURS,
        ],
        READ,
        "",
    ),
    "another council among those who came": (
        [
            "Norfolk County Council",
            "Present:",
            "Cllr A Other, Suffolk County Council",
            "Mr B Else, Essex County Council",
            "",
            "Appendix 1",
            OURS,
        ],
        READ,
        "",
    ),
    "a trust and a road": (
        ["Norfolk and Suffolk NHS Foundation Trust", "Suffolk Road School", "", "Appendix 1", OURS],
        READ,
        "",
    ),
    "pupils of one council in the schools of another": (
        ["Norfolk County Council", "", OURS, "", "Thurrock pupils in Norfolk schools", THEIRS],
        READ,
        "warning: table-of-another-area: Thurrock",
    ),
    "a name run together": (["SuffolkCC", "", OURS], NOTHING, "refused: Suffolk's"),
    "the address of a site": (["www.suffolk.gov.uk", "", OURS], NOTHING, "refused: Suffolk's"),
    "letters set apart": (["S U F F O L K", "", OURS], NOTHING, "refused: Suffolk's"),
    "beside the word over the labels": ([of_suffolk(OURS)], NOTHING, "refused: Suffolk's"),
    "ours, then another's beside the word over the labels": (
        ["Appendix 1", OURS, "", "Appendix 2", of_suffolk(THEIRS)],
        READ,
        "note: table-of-another-area: Suffolk",
    ),
    "another council below the table": (
        ["Appendix 1", OURS, "", "Suffolk County Council"],
        READ,
        "warning: file-of-another-council: Suffolk County Council",
    ),
    "another council as the source of a table": (
        ["Appendix 1", OURS, "Source: Suffolk County Council"],
        READ,
        "warning: file-of-another-council: Source: Suffolk County Council",
    ),
    "another council as its maker": (
        ["Appendix 1", OURS, "", "Produced by Suffolk County Council"],
        READ,
        "warning: file-of-another-council: Produced by Suffolk County Council",
    ),
    "the department as the source of a table": (
        ["Appendix 1", OURS, "Source: DfE, England"],
        READ,
        "",
    ),
    "ourselves as the source of a table": (
        ["Appendix 1", OURS, "Source: Norfolk County Council"],
        READ,
        "",
    ),
}


def test_a_name_beside_the_table_is_told(tmp_path: Path) -> None:
    file = sheet(tmp_path / "f", ["Appendix 1", OURS])
    for place in ("H1", "H2", "H4"):
        book = openpyxl.load_workbook(file)
        book.active[place] = "Suffolk County Council"
        book.save(tmp_path / "beside.xlsx")
        found = incoming.read(tmp_path / "beside.xlsx", OWNERS.registry, PUBLISHED)
        assert len(found.observations) == 4
        (told,) = found.findings
        assert (told.code, told.severity) == ("file-of-another-council", "warning")
        assert told.places == (f"Sheet!{place}",)


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ("suffolk_send_2022", "Suffolk"),
        ("Kent CC - Appendix 1", "Kent CC"),
        ("2022-05 westsussex send", "West Sussex"),
        ("norfolk_send_2022", ""),
        ("norfolk_and_suffolk", ""),
        ("reading_ages", ""),
        ("send report", ""),
        ("clark kent", ""),
    ],
)
def test_a_files_name_only_warns(name: str, warned: str, tmp_path: Path) -> None:
    file = tabs(tmp_path / name, ["Appendix 1", OURS])
    found = incoming.read(file, OWNERS.registry, PUBLISHED)
    assert len(found.observations) == 4
    told = [(one.code, one.severity) for one in found.findings]
    assert told == ([("file-of-another-council", "warning")] if warned else [])
    assert all(f"name says {warned}." in one.message for one in found.findings)


@pytest.mark.parametrize("name", ["SuffolkCC", "www.suffolk.gov.uk", "suffolk", "S U F F O L K"])
def test_a_sheets_name_is_told_by_its_sheet(name: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(sheet(tmp_path / "f", [OURS]))
    book.active.title = name
    book.save(tmp_path / "named.xlsx")
    with pytest.raises(Refused, match=f"sheet {name}: headed as Suffolk's"):
        incoming.read(tmp_path / "named.xlsx", OWNERS.registry, PUBLISHED)


@pytest.mark.parametrize(
    ("form", "place"),
    [(tabs, "line 3"), (strokes, "line 3"), (sheet, "Sheet!A3"), (commas, "row 3, column 1")],
)
def test_the_refusal_names_the_headings_place(
    form: Callable[[Path, list[Block]], Path], place: str, tmp_path: Path
) -> None:
    file = form(tmp_path / "f", ["Appendix 1", "", "Table 1: SUFFOLK'S figures", "", OURS])
    with pytest.raises(Refused, match=rf"{place}: headed as Suffolk's"):
        incoming.read(file, OWNERS.registry, PUBLISHED)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@pytest.mark.parametrize("name", FILES)
def test_whose_a_file_and_its_tables_are(
    name: str, form: Callable[[Path, list[Block]], Path], tmp_path: Path
) -> None:
    blocks, values, said = FILES[name]
    file = form(tmp_path / "file", blocks)
    if said.startswith("refused: "):
        with pytest.raises(Refused) as error:
            incoming.read(file, OWNERS.registry, PUBLISHED)
        assert said.removeprefix("refused: ") in str(error.value)
        assert file.name in str(error.value)
        assert error.value.exit_code == 1
        return
    found = incoming.read(file, OWNERS.registry, PUBLISHED)
    assert {str(one.value) for one in found.observations} == values
    told = [one for one in found.findings if one.code.endswith(("another-area", "another-council"))]
    if not said:
        assert not [one for one in found.findings if one.severity != "note"]
        assert not told
        return
    severity, code, named = said.split(": ", 2)
    assert {(one.severity, one.code) for one in told} == {(severity, code)}
    assert len(told) == name.count("three") + 1
    assert named in told[0].message
    assert told[0].places
