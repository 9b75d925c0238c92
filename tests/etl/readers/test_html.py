"""Web pages are read as they show; what only looks like a page, or hides in one, is refused."""

from __future__ import annotations

import contextlib
import zipfile
from datetime import date
from pathlib import Path

import pytest

from etl import incoming, readers, registry
from etl.model import NoTable, Refused, UserError
from tests.etl.recognise.whole_files import CME, REVIEWS

DAY = date(2022, 5, 18)
HEAD = "<tr><th>Serial</th><th>Measure Description</th><th>Feb-22</th><th>Mar-22</th></tr>"
ROW = f"<tr><td>1a</td><td>{CME}</td><td>480</td><td>470</td></tr>"
TABLE = f"<table>{HEAD}{ROW}</table>"


def saved(folder: Path, content: str | bytes, name: str = "page.html") -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def values(file: Path) -> list[str]:
    return [one.reading.raw for one in incoming.read(file, registry.load(), DAY).observations]


PAGES = {
    "plain": TABLE,
    "with all that belongs to one": f"<!DOCTYPE html><html><head><title>t</title></head><body>"
    f"<h1>Appendix 1</h1>{TABLE}</body></html>",
    "xhtml": f"<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html PUBLIC '-//W3C' 'x'>"
    f"<html xmlns='http://www.w3.org/1999/xhtml'><body>{TABLE}</body></html>",
    "a comment first": f"<!-- saved from url=(0014)about:internet -->\n<html>{TABLE}</html>",
    "capitals": TABLE.replace("<t", "<T").replace("</t", "</T"),
    "head and body": TABLE.replace(HEAD, f"<thead>{HEAD}</thead><tbody>").replace(
        "</table>", "</tbody></table>"
    ),
    "cells never closed": TABLE.replace("</td>", "").replace("</tr>", "").replace("</th>", ""),
    "marks of footnotes": TABLE.replace("480", "480<sup>1</sup>").replace("470", "470<sup>a</sup>"),
    "entities": TABLE.replace(CME, CME.replace(" - ", " &#8211; ").replace(" ", "&nbsp;")),
    "broken lines": TABLE.replace("out of education", "out of<br/>\neducation"),
    "a table in a table": f"<table><tr><td><p>Menu</p>{TABLE}</td></tr></table>",
    "a serial merged over rows": TABLE.replace("<td>1a</td>", "<td rowspan='2'>1a</td>"),
    "a hidden row": TABLE.replace(
        "</table>",
        f"<tr style='display: none'><td>1a</td><td>{CME}</td><td>1</td><td>2</td></tr></table>",
    ),
    "a hidden cell": TABLE.replace("<td>480", "<td hidden>7</td><td>480"),
    "a script with a table": f"<script>write('{TABLE.replace('480', '1')}')</script>{TABLE}",
    "Excel's own": f"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>"
    f"<head><!--[if gte mso 9]><xml><x:Name>Sheet1</x:Name></xml><![endif]-->"
    f"<style>td {{color:red}}</style></head>"
    f"<body>{TABLE}</body></html>",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_as_it_shows(name: str, tmp_path: Path) -> None:
    assert values(saved(tmp_path, f"<html>{PAGES[name]}</html>")) == ["480", "470"]
    for other in ("page.htm", "export.xls", "page.xhtml", "page", "page.txt"):
        assert values(saved(tmp_path, PAGES[name], other)) == ["480", "470"]


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "cp1252"])
def test_its_coding_is_told_by_its_bytes(coding: str, tmp_path: Path) -> None:
    text = f"<html><p>Café – naïve</p>{TABLE}</html>"
    assert values(saved(tmp_path, text.encode(coding))) == ["480", "470"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("<td>480</td>", "<td><del>480</del></td>", "struck through"),
        ("<td>480</td><td>470</td>", "<td colspan='2'>480</td>", "merged over several columns"),
        (
            "</table>",
            f"<tr><td>4</td><td>{REVIEWS}</td><td>63%</td></tr></table>".replace(
                "<td>63%", "<td>63%"
            ),
            "3 cells",
        ),
    ],
)
def test_what_is_uncertain_is_told(old: str, new: str, why: str, tmp_path: Path) -> None:
    found = incoming.read(saved(tmp_path, TABLE.replace(old, new)), registry.load(), DAY)
    assert any(why in one.message for one in found.findings if one.severity == "warning")


def test_a_figure_merged_over_rows_belongs_to_one_row(tmp_path: Path) -> None:
    page = TABLE.replace("<td>480</td>", "<td rowspan='2'>480</td>").replace(
        "</table>", f"<tr><td>4</td><td>{REVIEWS}</td><td>64%</td></tr></table>"
    )
    found = incoming.read(saved(tmp_path, page), registry.load(), DAY)
    assert {one.reading.raw for one in found.observations} == {"480", "470", "64%"}
    assert any("merged with the row above" in one.message for one in found.findings)


def test_a_pages_caption_heads_its_table(tmp_path: Path) -> None:
    page = TABLE.replace("<table>", "<table><caption>Table 1: Suffolk</caption>")
    with pytest.raises(Refused, match="Suffolk"):
        incoming.read(saved(tmp_path, page), registry.load(), DAY)


@pytest.mark.parametrize("name", ["pack.md", "pack.txt"])
def test_a_page_s_table_in_a_text_is_read(name: str, tmp_path: Path) -> None:
    second = TABLE.replace("480", "1").replace("470", "2")
    text = f"# Appendix 1\n\nSome words.\n\n{TABLE}\n\nTable 2: Suffolk\n\n{second}\n"
    file = saved(tmp_path, text.replace("</tr>", "</tr>\n"), name)
    found = incoming.read(file, registry.load(), DAY)
    assert [one.reading.raw for one in found.observations] == ["480", "470"]
    assert found.observations[0].locator == "line 5, row 1a, Feb-22"
    assert [one.code for one in found.findings] == ["table-of-another-area"]


OPEN_DOCUMENT = "is in OpenDocument format; save it as .xlsx or .docx"
XML = "<?xml version='1.0'?>"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (f"{XML}<office:document xmlns:office='urn:oasis'>x</office:document>", OPEN_DOCUMENT),
        ("<office:document-content xmlns:office='urn:oasis'>", OPEN_DOCUMENT),
        (
            f"{XML}\n<?mso-application progid='Excel.Sheet'?>\n"
            "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
            "is in Excel's old XML format; save it as .xlsx",
        ),
        (f"{XML}<w:wordDocument xmlns:w='x'>", "is in Word's XML format; save it as .docx"),
        (f"{XML}<pkg:package xmlns:pkg='x'>", "is in Word's XML format; save it as .docx"),
        (f"{XML}<rows><row>1</row></rows>", "is an XML file; save the table as .xlsx or .csv"),
        (
            f"MIME-Version: 1.0\nContent-Type: multipart/related\n\n{TABLE}",
            "kept as one file; save the table as .xlsx or .docx",
        ),
        (
            f"From: <Saved by Blink>\nSnapshot-Content-Location: https://x\nSubject: t\n"
            f"MIME-Version: 1.0\n\n{TABLE}",
            "kept as one file; save the table as .xlsx or .docx",
        ),
        ("<html><frameset><frame src='sheet001.htm'></frameset></html>", "save the workbook as"),
    ],
)
@pytest.mark.parametrize("name", ["a.ods", "a.fods", "a.xls", "a.html", "a.txt", "a.csv", "a.mht"])
def test_another_programs_text_is_refused_by_name(
    content: str, why: str, name: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError) as error:
        readers.read(saved(tmp_path, content, name))
    assert str(error.value).startswith(name)
    assert why in str(error.value)
    assert error.value.exit_code == 2


@pytest.mark.parametrize("name", ["a.ods", "a.xlsx", "a.docx", "a.zip", "a.html", "a.csv", "a"])
@pytest.mark.parametrize("mimetype", [True, False])
def test_an_open_document_is_refused_in_every_disguise(
    name: str, mimetype: bool, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")
        archive.writestr("data.csv", "time_period,geographic_level")
    with pytest.raises(UserError, match="OpenDocument") as error:
        readers.read(tmp_path / name)
    assert error.value.exit_code == 2


def test_a_page_without_a_table_of_ours_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoTable):
        values(
            saved(tmp_path, "<html><p>Nothing here</p><table><tr><td>1</td></tr></table></html>")
        )


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "<table><tr><td>" * 60,
        "<html>" + "<div>" * 50_000 + "</b>" * 50_000,
        "<html><!" + "<!--" * 50_000,
        "<html><a href='" + "x" * 500_000,
        "<html>" + "<td colspan='200'>1" * 3_000,
        "<html><table>" + "<tr>" + "<td rowspan='9999' colspan='9999'>1" * 3_000,
        "<html>" + "&amp" * 100_000,
        "<html>" + "<a b='" * 50_000,
        "<html>" + "<?" * 50_000 + "<![CDATA[" * 50_000,
        "<html>" + "<sup>" * 50_000,
        "<html>" + "<table><tr><td>1</table>" * 20_000,
    ],
    ids=range(11),
)
def test_a_page_made_to_harm_does_none(page: str, tmp_path: Path) -> None:
    with contextlib.suppress(UserError):
        readers.read(saved(tmp_path, page))


def test_a_list_of_children_in_a_page_is_refused(tmp_path: Path) -> None:
    listed = (
        "<table><tr><th>Forename</th><th>Score</th></tr><tr><td>Alex</td><td>1</td></tr></table>"
    )
    born = listed.replace("Forename", "Date of birth").replace("Alex", "2012-03-04")
    with pytest.raises(Refused, match="names"):
        values(saved(tmp_path, listed + TABLE, "export.xls"))
    with pytest.raises(Refused, match="dates of birth"):
        values(saved(tmp_path, born + TABLE))
