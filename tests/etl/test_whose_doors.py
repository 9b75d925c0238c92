"""Another council's file comes in by no door: command, draft, upload page, paste, template."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from dashboard.officer import pasting
from dashboard.reports import report, workbook
from etl import incoming, officers_workbook, template, tidy
from etl.draft import entry
from etl.model import Refused, Registry, UserError
from etl.record import Record, assemble
from tests.etl.recognise.whole_files import FORMS, Block, page, pdf, sheet, table, tabs, word

DAY = date(2022, 5, 18)
OURS = table("480", "470", "63", "64")
SUFFOLK: list[Block] = ["Suffolk County Council", "", "Appendix 1", OURS]


def council(record: Record, code: str, name: str, short: str) -> Record:
    """The same record, as another council would hold it."""
    registry = record.registry
    other = replace(registry.council, authority=code, name=name, short_name=short)
    own = registry.council.authority
    moved = [replace(o, authority=code) if o.authority == own else o for o in record.observations]
    observations, series = assemble(enumerate(moved))
    return replace(
        record,
        registry=replace(registry, council=other),
        observations=observations,
        series=series,
        judged=(),
    )


@pytest.fixture(scope="module")
def norfolk(real_record: Record) -> Record:
    """Two measures of the real record: one of Appendix 1, one of DfE's for every area."""
    kept = ("children_missing_education", "ehc_plans_on_time_share_including_exceptions")
    observations, series = assemble(
        enumerate(o for o in real_record.observations if o.measure in kept)
    )
    return replace(real_record, observations=observations, series=series, judged=())


@pytest.fixture(scope="module")
def suffolk(norfolk: Record) -> Record:
    return council(norfolk, "E10000029", "Suffolk County Council", "Suffolk")


# --- every door ---------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_into_a_draft(
    form: Callable[[Path, list[Block]], Path], declared: Registry, tmp_path: Path
) -> None:
    file = form(tmp_path / "next", SUFFOLK)
    with pytest.raises(Refused, match="Suffolk County Council") as error:
        entry.read_bytes(file.name, file.read_bytes(), declared, DAY)
    assert str(error.value).startswith(file.name)


def test_by_command(command: Any, tmp_path: Path) -> None:
    file = tabs(tmp_path / "next", SUFFOLK)
    for dry in ((), ("--dry-run",)):
        code, _, said = command("import", file, "--published", "2022-05-18", *dry)
        assert code == 1
        assert "next.txt, line 1: headed “Suffolk County Council”" in said
    mixed = tabs(
        tmp_path / "two", ["Appendix 1", OURS, "Table 2: Suffolk", table("1", "2", "3", "4")]
    )
    code, told, _ = command("import", mixed, "--published", "2022-05-18")
    assert code == 0
    assert "note: table-of-another-area: line 6: headed “Table 2: Suffolk”" in told
    assert "4 new" in told
    only = tabs(tmp_path / "one", ["England", OURS])
    code, told, said = command("import", only, "--published", "2022-06-18")
    assert code == 1
    assert "warning: table-of-another-area" in told


@pytest.mark.parametrize(
    "heading",
    ["Suffolk County Council", "England", "Statistical neighbours", "Norfolk and Suffolk"],
)
def test_pasted_with_its_heading(heading: str, declared: Registry) -> None:
    text = f"{heading}\nSerial\tMeasure Description\tFeb 22\n1a\tChildren missing education\t512"
    with pytest.raises(UserError, match=f"headed “{heading}”"):
        pasting.spread(text, declared, [date(2022, 2, 28)])
    for own in ("Norfolk County Council", "Appendix 1"):
        kept = pasting.spread(text.replace(heading, own), declared, [date(2022, 2, 28)])
        assert list(kept.cells.values()) == ["512"]


# --- the officers' workbook -----------------------------------------------------------


def test_the_template_is_its_councils(norfolk: Record, suffolk: Record, tmp_path: Path) -> None:
    template.write(norfolk, tmp_path / "ours.xlsx", today=DAY)
    template.write(suffolk, tmp_path / "theirs.xlsx", today=DAY)
    start = openpyxl.load_workbook(tmp_path / "theirs.xlsx")[officers_workbook.START]
    assert start["B3"].value == "Suffolk County Council (E10000029)"
    for file, mine, other in (
        ("ours.xlsx", norfolk, suffolk),
        ("theirs.xlsx", suffolk, norfolk),
    ):
        incoming.read(tmp_path / file, mine.registry, DAY)
        with pytest.raises(Refused, match="the workbook was made for") as error:
            incoming.read(tmp_path / file, other.registry, DAY)
        assert mine.registry.council.name in str(error.value)
        assert "Start here!B3" in str(error.value)


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("Appendix 1", "Suffolk County Council: Appendix 1"),
        ("Appendix 1", "Suffolk"),
        ("Outturn", "London Borough of Barnet"),
    ],
)
def test_a_title_typed_into_the_template(
    where: str, text: str, norfolk: Record, tmp_path: Path
) -> None:
    template.write(norfolk, tmp_path / "t.xlsx", today=DAY)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    book[where].insert_rows(1)
    book[where]["A1"] = text
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(Refused, match="headed “"):
        incoming.read(tmp_path / "t.xlsx", norfolk.registry, DAY)


def test_templates_made_before_it_named_a_council_still_come_in(
    norfolk: Record, tmp_path: Path
) -> None:
    template.write(norfolk, tmp_path / "t.xlsx", today=DAY)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    book[officers_workbook.START].delete_rows(3)
    book.save(tmp_path / "t.xlsx")
    assert incoming.read(tmp_path / "t.xlsx", norfolk.registry, DAY).observations == ()


# --- what other sites give out --------------------------------------------------------


def test_another_sites_table_and_workbook(norfolk: Record, suffolk: Record, tmp_path: Path) -> None:
    (tmp_path / "tidy.csv").write_text(tidy.as_csv(suffolk.shown(), suffolk.flag), encoding="utf-8")
    workbook.write(report.build(suffolk), suffolk, tmp_path / "appendix-1.xlsx")
    for name in ("tidy.csv", "appendix-1.xlsx"):
        with pytest.raises(Refused, match="Suffolk"):
            incoming.read(tmp_path / name, norfolk.registry, DAY)
    (tmp_path / "own.csv").write_text(tidy.as_csv(norfolk.shown(), norfolk.flag), encoding="utf-8")
    kept = incoming.read(tmp_path / "own.csv", norfolk.registry, DAY)
    assert len(kept.observations) == len(list(norfolk.shown()))


def test_the_workbook_holds_the_council_and_whom_it_is_compared_with(
    norfolk: Record, tmp_path: Path
) -> None:
    extra = next(o for o in norfolk.observations if o.authority == "E10000029")
    strange = replace(extra, authority="E08000003")
    observations, series = assemble(enumerate([*norfolk.observations, strange]))
    record = replace(norfolk, observations=observations, series=series)
    workbook.write(report.build(norfolk), record, tmp_path / "w.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "w.xlsx")["Tidy data"].iter_rows(values_only=True)
    codes = {str(row[0]) for row in rows}
    assert {"E10000020", "E92000001", "E12000006", "E10000029"} <= codes
    assert "E08000003" not in codes


# --- headers, footers, properties -----------------------------------------------------

PLAIN: list[Block] = ["Appendix 1", OURS]


def _printed(path: Path, text: str) -> Path:
    file = sheet(path, PLAIN)
    book = openpyxl.load_workbook(file)
    book.active.oddHeader.center.text = text
    book.active.oddHeader.center.font = "Arial,Bold"
    book.active.oddHeader.center.size = 12
    book.active.oddFooter.right.text = "Page &P of &N"
    book.save(file)
    return file


def _worded(path: Path, text: str) -> Path:
    file = word(path, PLAIN)
    document = docx.Document(str(file))
    document.sections[0].header.paragraphs[0].text = text
    document.save(str(file))
    return file


def _paged(path: Path, text: str) -> Path:
    """Its pages bear the text at their feet, but for the first."""
    lines = [f"Line {n} of what the committee was told." for n in range(1, 190)]
    return pdf(path, [*lines[:20], "", *PLAIN, *lines], foot=text)


def _lined(path: Path, text: str) -> Path:
    prose = [f"Line {n} of what the committee was told." for n in range(40)]
    return tabs(path, [*prose, text, "", *PLAIN, f"{text}  2", *prose, f"{text}  3"])


@pytest.mark.parametrize(
    "made", [_printed, _worded, _lined, _paged], ids=["workbook", "word", "text", "pdf"]
)
@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Suffolk County Council", True),
        ("Suffolk County Council – Children's Scrutiny Committee", True),
        ("Norfolk County Council", False),
        ("In confidence", False),
        ("Prepared with Suffolk County Council and others", False),
    ],
)
def test_running_headers(
    text: str, refused: bool, made: Callable[[Path, str], Path], declared: Registry, tmp_path: Path
) -> None:
    file = made(tmp_path / "file", text)
    if refused:
        with pytest.raises(Refused, match="Suffolk County Council"):
            incoming.read(file, declared, DAY)
    else:
        assert len(incoming.read(file, declared, DAY).observations) == 4


@pytest.mark.parametrize(
    ("said", "warned"),
    [
        ({"title": "Suffolk County Council SEND performance"}, True),
        ({"creator": "Suffolk County Council"}, True),
        ({"lastModifiedBy": "Kent CC"}, True),
        ({"title": "Norfolk County Council"}, False),
        ({"creator": "Jane Kent"}, False),
        ({"creator": "J Barnet", "title": "Appendix 1"}, False),
        ({"subject": "Compared with England"}, False),
    ],
)
@pytest.mark.parametrize("made", [sheet, word], ids=["workbook", "word"])
def test_properties_only_warn(
    said: dict[str, str],
    warned: bool,
    made: Callable[[Path, list[Block]], Path],
    declared: Registry,
    tmp_path: Path,
) -> None:
    file = made(tmp_path / "file", PLAIN)
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        for name, text in said.items():
            setattr(book.properties, name, text)
        book.save(file)
    else:
        document = docx.Document(str(file))
        names = {"creator": "author", "lastModifiedBy": "last_modified_by"}
        for name, text in said.items():
            setattr(document.core_properties, names.get(name, name), text)
        document.save(str(file))
    found = incoming.read(file, declared, DAY)
    assert len(found.observations) == 4
    told = [(one.code, one.severity) for one in found.findings if "properties" in one.message]
    assert told == ([("file-of-another-council", "warning")] if warned else [])


def test_the_company_of_a_workbook(declared: Registry, tmp_path: Path) -> None:
    file = sheet(tmp_path / "old", PLAIN)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(tmp_path / "new.xlsx", "w") as new:
        for one in old.infolist():
            data = old.read(one)
            if one.filename == "docProps/app.xml":
                data = data.replace(b"</Properties>", b"<Company>Suffolk</Company></Properties>")
            new.writestr(one, data)
    (told,) = (
        one.message
        for one in incoming.read(tmp_path / "new.xlsx", declared, DAY).findings
        if one.code == "file-of-another-council"
    )
    assert "“Suffolk” as company" in told


def test_a_web_pages_title_is_its_front(declared: Registry, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Essex County Council"):
        incoming.read(page(tmp_path / "p", ["Essex County Council", "SEND", OURS]), declared, DAY)


def test_the_cover_of_a_workbook(declared: Registry, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    book.active["A1"] = "Suffolk County Council"
    book.active["A3"] = "SEND performance, May 2022"
    for row in OURS:
        if book.sheetnames[-1] == "Cover":
            book.create_sheet("Appendix 1")
        book["Appendix 1"].append(row)
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(Refused, match="Suffolk County Council"):
        incoming.read(tmp_path / "b.xlsx", declared, DAY)


@pytest.mark.parametrize("form", [word, page], ids=["word", "page"])
@pytest.mark.parametrize(
    ("text", "refused"), [("Suffolk County Council", True), ("Children's Services", False)]
)
def test_a_heading_laid_out_in_a_table(
    text: str,
    refused: bool,
    form: Callable[[Path, list[Block]], Path],
    declared: Registry,
    tmp_path: Path,
) -> None:
    file = form(tmp_path / "f", [[["", text], ["Date", "18 May 2022"]], "Appendix 1", OURS])
    if refused:
        with pytest.raises(Refused, match=text):
            incoming.read(file, declared, DAY)
    else:
        assert len(incoming.read(file, declared, DAY).observations) == 4


def test_a_title_that_prose_fills_with_another_council_stays_ours(
    declared: Registry, tmp_path: Path
) -> None:
    lines = [f"A visit to Suffolk County Council, no. {n}, was reported." for n in range(5)]
    file = tabs(tmp_path / "f", [*lines, "", *PLAIN])
    (source,) = {one.source for one in incoming.read(file, declared, DAY).observations}
    assert "Suffolk" not in source
