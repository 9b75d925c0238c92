"""A meeting's date that may be mistyped is questioned by every door."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from etl import officers_workbook as form
from etl import set_time, template
from etl.store import Store
from tests.dashboard.officer.signed_in import Officer, add

pytestmark = pytest.mark.slow

FAR = set_time.today() + timedelta(days=500)  # plausible enough to be typed, too far to be meant
CELL = "c:children_missing_education/all@2022-02"
CSV = b"measure,cohort,period,value\nchildren_missing_education,all,2022-02,512\n"
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def anna(seeded_store: Store) -> Officer:
    add(seeded_store, "anna")
    return Officer(seeded_store, "anna")


def dated(store: Store, day: date) -> bytes:
    """The officers' workbook with one figure and this day of the meeting."""
    book = openpyxl.load_workbook(io.BytesIO(template.workbook(store.record())))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == form.MEETING:
                    sheet.cell(cell.row, cell.column + 1).value = day
    sheet = book["Appendix 1"]
    header = next(r for r in sheet.iter_rows(max_row=5) if any(c.value == "Feb-22" for c in r))
    column = next(c.column for c in header if c.value == "Feb-22")
    at = next(c.row for r in sheet.iter_rows() for c in r if c.value == "ehc_plan_days/all")
    sheet.cell(at, column).value = "201 days"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def by_upload(store: Store, anna: Officer) -> None:
    anna.open("/officer/upload").send("upload", {"f.csv": CSV}, meeting=FAR.isoformat())


def by_workbook(store: Store, anna: Officer) -> None:
    anna.open("/officer/upload").send("upload", {"month.xlsx": dated(store, FAR)})


def by_grid(store: Store, anna: Officer) -> None:
    where = anna.open("/officer/drafts/new").send("new", meeting=FAR.isoformat()).at
    anna.open(f"{where}/grid").send("/grid", go="review", **{CELL: "512"})


def by_a_word_alone(store: Store, anna: Officer) -> None:
    where = anna.open("/officer/drafts/new").send("new", meeting=FAR.isoformat()).at
    anna.open(f"{where}/add/explanation")
    anna.send("/add/explanation", row="ehc_plan_days/all", text="Why it is so")


@pytest.mark.parametrize("way", [by_upload, by_workbook, by_grid, by_a_word_alone])
def test_a_meeting_more_than_a_year_away_wants_a_reason(
    seeded_store: Store, anna: Officer, way: Callable[[Store, Officer], None]
) -> None:
    held = len(seeded_store.releases())
    way(seeded_store, anna)
    assert "A date of a meeting that may be mistyped" in anna.words
    assert "more than a year ahead: is its date right?" in anna.words
    where = anna.at
    anna.publish(where)
    assert "Answer each warning, or give one reason" in anna.words
    assert len(seeded_store.releases()) == held
    anna.open(where).publish(where, accept="agreed in the calendar")
    assert anna.at == "/officer/releases"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2062-03-18", "years ahead: is its date right?"),
        ("0202-03-18", "The meeting of 18 March 0202 lies before any report"),
        ("1922-03-18", "lies before any report: is its year right?"),
        ("18/3/2022", "Give the meeting as a date"),
        ("2022-02-30", "Give the meeting as a date"),
    ],
)
def test_a_year_that_cannot_be_meant_is_not_taken(anna: Officer, typed: str, says: str) -> None:
    where = anna.open("/officer/drafts/new").send("new", meeting="2022-05-20").at
    for page, ending in (("/officer/drafts/new", "new"), (where, "/meeting")):
        anna.open(page).send(ending, meeting=typed)
        assert (anna.status, says in anna.words) == (400, True), (page, anna.words)
    anna.open("/officer/upload").send("upload", {"f.csv": CSV}, meeting=typed)
    assert (anna.status, says in anna.words) == (400, True)


@pytest.mark.parametrize("year", ["2062", "0202"])
def test_the_command_asks_too(command: Command, tmp_path: Path, year: str) -> None:
    file = tmp_path / "f.csv"
    file.write_bytes(CSV)
    days = ("--published", f"{year}-03-18")
    code, out, said = command("import", file, *days)
    assert (code, "meeting-date" in out) == (1, True), out + said
    code, out, said = command("explain", "ehc_plan_days", "Why", *days)
    assert (code, "meeting-date" in out, "1 warning not accepted" in said) == (1, True, True)
    accepted = ("--accept-warnings", "so it is")
    assert command("explain", "ehc_plan_days", "Why", *days, *accepted)[0] == 0


def test_the_workbooks_own_date_is_asked_about(
    command: Command, seeded_store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "month.xlsx"
    file.write_bytes(dated(seeded_store, date(2062, 3, 18)))
    code, out, _ = command("import", file)
    assert (code, "The meeting of 18 March 2062 is 35 years ahead" in out) == (1, True), out
