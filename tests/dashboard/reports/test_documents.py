"""The report's words, captions and briefing, held against the packs by eye."""

from __future__ import annotations

import csv
import re
import shutil
import time
from base64 import b64decode
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from dashboard.reports import briefing, captions, outline, pack, pictures
from dashboard.reports.report import AppendixTable, Report, build
from etl.model import UserError
from etl.record import Record
from etl.store import Store


def test_the_bullets_hold_the_packs_figures(report: Report) -> None:
    """Row 1a: 521 in July 2020, 387 at the report of September 2021, 495 in December 2021."""
    text = next(bullet.text for bullet in report.bullets if bullet.lead.startswith("1a "))
    assert "495" in text
    assert "December 2021" in text
    assert "100 fewer than in December 2020 (595)" in text
    assert "387" in text
    assert "521" in text


def test_a_flagged_figure_is_left_out_and_said_so(report: Report) -> None:
    """7.0% is printed where 12 of 495 is 2.4%."""
    assert any("7.0%" in text for text in report.left_out)
    assert not any("7.0%" in bullet.text for bullet in report.bullets)
    assert "7.0%" not in report.summary


def test_pictures_are_named_so_that_they_sort_and_can_be_found(report: Report) -> None:
    stems = [planned.stem for planned in report.pictures]
    assert "2022-03-18_1a_children-missing-education" in stems
    assert len(set(stems)) == len(stems)
    assert all(re.fullmatch(r"2022-03-18_[a-z0-9_-]+", stem) for stem in stems)


def test_an_older_meeting_sees_only_what_was_published_then(real_store: Store) -> None:
    older = build(real_store.record(date(2021, 9, 17)))
    assert older.appendix.columns[-1] == "Jul-21"
    assert "Appendix" not in older.title
    assert all(planned.stem.startswith("2021-09-17_") for planned in older.pictures)


def test_nothing_held_is_said_plainly(real_store: Store) -> None:
    with pytest.raises(UserError, match="No figures are held by 1 January 2019"):
        build(real_store.record(date(2019, 1, 1)))


def test_an_unknown_measure_is_named(record: Record) -> None:
    with pytest.raises(UserError, match=r"no measure nope\..*children_missing_education"):
        build(record, ["nope"])


def test_every_picture_has_a_short_text_of_its_own(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "captions.csv"
    captions.write(report.pictures, "png", file)
    rows = list(csv.DictReader(file.open(encoding="utf-8-sig")))
    assert len(rows) == len(report.pictures)
    for row in rows:
        assert 0 < len(row["alt"]) <= captions.ALT_LENGTH
        assert row["alt"] != row["title"]
        assert row["source"]


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Short.", "Short."),
        (
            "One sentence that is long enough to be kept whole. " * 6,
            ("One sentence that is long enough to be kept whole. " * 4).strip(),
        ),
        ("word " * 100, "word " * 42 + "word…"),
    ],
)
def test_a_long_text_ends_with_a_sentence_or_a_word(long: str, short: str) -> None:
    assert captions.short_alt(long) == short


def test_the_briefing_needs_no_server_and_runs_nothing(report: Report) -> None:
    drawings = {p.stem: pictures.drawing(p.view.chart, "half") for p in report.pictures}
    page = briefing.page(report, drawings)
    assert "<script" not in page
    assert not re.search(r'(src|href)="(?!data:)', page)
    shown = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)" alt="([^"]+)">', page)
    assert [b64decode(svg).decode() for svg, _ in shown] == list(drawings.values())
    assert [unescape(alt) for _, alt in shown] == [p.view.chart.alt for p in report.pictures]


def test_a_long_appendix_stands_in_several_tables_of_the_briefing(report: Report) -> None:
    months = tuple(f"Month {at}" for at in range(30))
    row = ("1a", "A row", *map(str, range(30)))
    page = briefing.page(
        replace(report, appendix=AppendixTable(("Serial", "Measure", *months), (row,))), {}
    )
    assert "Month 0 to Month 9 (table 1 of 3)" in page
    assert [page.count(f">{month}</th>") for month in months] == [1] * 30
    names = re.findall(r'role="region" aria-label="(Appendix 1[^"]*)"', page)
    assert len(set(names)) == 3


def test_text_never_becomes_markup(report: Report) -> None:
    page = briefing.page(replace(report, headline="<b>5 & 6</b>"), {})
    assert "<h1>&lt;b&gt;5 &amp; 6&lt;/b&gt;</h1>" in page


@pytest.mark.slow
def test_the_same_record_gives_the_same_bytes(
    report: Report,
    record: Record,
    drawn: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also elsewhere and at another time: zips carry a time of writing, in local time."""
    drawings = {p.stem: pictures.drawing(p.view.chart, "half") for p in report.pictures}
    for name, zone, now in (("one", "Europe/London", 1_700_000_000), ("two", "Asia/Tokyo", 1.8e9)):
        (tmp_path / name).mkdir()
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        monkeypatch.setattr(time, "time", lambda now=now: now)
        for file in drawn.values():
            shutil.copy(file, tmp_path / name)
        pack.write_documents(report, record, tmp_path / name, drawings)
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


@pytest.mark.parametrize(
    ("months", "tables"),
    [(1, [1]), (13, [13]), (14, [7, 7]), (30, [10, 10, 10]), (60, [12] * 5), (0, [])],
)
def test_an_appendix_is_parted_evenly(months: int, tables: list[int]) -> None:
    columns = ("Serial", "Measure", *map(str, range(months)))
    parts = list(outline.appendix(AppendixTable(columns, (columns,))))
    assert [len(part.columns) - 2 for part in parts] == tables
    assert [column for part in parts for column in part.columns[2:]] == list(columns[2:])
