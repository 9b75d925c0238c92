"""The text reader: lines, tables and paragraphs of any text file, and files that are none."""

from __future__ import annotations

import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from etl import readers, registry
from etl.model import Document, UserError
from etl.readers import markup
from etl.recognise import Recognised, recognise
from tests.folders import PACKS

TABLE = PACKS / "2022-03-18" / "appendix_1.txt"


def read(folder: Path, content: str | bytes, name: str = "pack.txt") -> Document:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return readers.read(file)


def recognised(document: Document) -> Recognised:
    return recognise(document, registry.load())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\0\0\0\rIHDR" + bytes(range(256)) * 40, "not a text file"),
        (bytes(range(1, 32)) * 500, "not a text file"),
    ],
)
def test_a_file_that_is_no_text_is_named_as_such(
    tmp_path: Path, content: bytes, words: str
) -> None:
    with pytest.raises(UserError, match=words) as caught:
        read(tmp_path, content)
    assert "pack.txt" in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_file_that_is_not_there_is_a_plain_message(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.txt: cannot be opened"):
        readers.read(tmp_path / "none.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_and_line_end_gives_the_same_figures(
    tmp_path: Path, encoding: str, end: str
) -> None:
    printed = TABLE.read_text(encoding="utf-8").replace("Number of ", "Number of\u00a0")
    wanted = recognised(read(tmp_path, printed, "plain.txt"))
    found = recognised(read(tmp_path, printed.replace("\n", end).encode(encoding)))
    assert [(o.locator, o.reading) for o in found.observations] == [
        (o.locator, o.reading) for o in wanted.observations
    ]
    assert len(found.observations) == 221


def test_tags_entities_and_emphasis_are_no_part_of_a_cell() -> None:
    assert markup.cell("<b>School</b> Numbers &amp; <i>more</i>") == "School Numbers & more"
    assert markup.cell("**117,933**") == "117,933"
    assert markup.cell("12&nbsp;days") == "12 days"
    assert markup.cell("&lt;5") == "<5"
    assert markup.cell("<5") == "<5"
    assert markup.cell("line<br/>break") == "line break"
    assert markup.cell('"Number of ""Local Outcome"""') == 'Number of "Local Outcome"'


def test_a_footnote_s_mark_is_no_digit_of_the_figure() -> None:
    assert markup.cell("18.5<sup>1</sup>") == "18.5"
    assert markup.cell("1<sup>st</sup>") == "1st"


@pytest.mark.parametrize(
    ("front", "day"),
    [
        ("Date: **18 March 2022**\n\nTime: **10am**\n", date(2022, 3, 18)),
        ("Date: \nTime: \nVenue: \n\n17 September 2021 \n10am \n", date(2021, 9, 17)),
        ("Report\n\nDate of meeting: 6 February 2023\n", date(2023, 2, 6)),
        ("Date of meeting: 6 February 2023\n\nDate of meeting: 7 May 2023\n", None),
        ("Minutes of 21 January 2022\n", None),
        ("Date: 31 February 2022\n", None),
    ],
)
def test_the_meeting_s_date_where_the_file_says_it(
    tmp_path: Path, front: str, day: date | None
) -> None:
    assert read(tmp_path, front + "\nWords.\n").source.published == day


def test_paragraphs_are_joined_and_carry_the_number_printed_before_them(tmp_path: Path) -> None:
    document = read(
        tmp_path, "2.7 The outturn\nis this:\n\n- 2019 = 8%\n- **2021 = 54%**\n\n# Next\n\nWords\n"
    )
    assert [(p.text, p.place.line, p.place.paragraph) for p in document.paragraphs] == [
        ("The outturn is this:", 1, "2.7"),
        ("\u2022 2019 = 8%", 4, "2.7"),
        ("\u2022 2021 = 54%", 5, "2.7"),
        ("Next", 7, ""),
        ("Words", 9, ""),
    ]


@pytest.mark.slow
def test_a_large_file_without_a_table_is_read_through_in_little_memory(
    tmp_path: Path,
) -> None:
    file = tmp_path / "long.txt"
    line = b"In July 2021 the committee met, and in 2022 there were 41 words on 12 days in time.\n"
    with file.open("wb") as out:
        for _ in range(20):
            out.write(line * 10_000)
    tracemalloc.start()
    found = recognised(readers.read(file))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == Recognised()
    assert peak < 5_000_000


@pytest.mark.slow
def test_a_table_in_a_long_file_keeps_its_lines(tmp_path: Path) -> None:
    printed = TABLE.read_text(encoding="utf-8")
    before = "Words without a table.\n" * 400_000
    found = recognised(read(tmp_path, before + printed + before))
    assert len(found.observations) == 221
    assert found.observations[0].locator.startswith("line 400002, ")


def test_one_endless_line_is_no_table(tmp_path: Path) -> None:
    assert recognised(read(tmp_path, b"words and 12 days " * 1_000_000)) == Recognised()
