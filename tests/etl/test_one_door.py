"""Whatever way a file comes in by, the same is read, refused and kept of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from etl import incoming, registry
from etl.draft import entry
from etl.incoming import Incoming
from etl.model import NoDate, NoTable, Refused, UserError

MAY = date(2022, 5, 20)
DFE = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
    "region_name,new_la_code,la_name,old_la_code,breakdown_topic,breakdown,"
    "plans_issued_den,plans_issued_within_20_weeks\n"
    "2024,Calendar year,Local authority,E92000001,England,E12000006,East of England,E10000020,"
    "Norfolk,926,All EHC plans,All EHC plans,1200,600\n"
)


def zipped(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def by_command(folder: Path, name: str, content: bytes, published: date | None) -> Incoming:
    (folder / name).write_bytes(content)
    return incoming.read(folder / name, registry.load(), published)


def by_draft(folder: Path, name: str, content: bytes, published: date | None) -> Incoming:
    return entry.read_bytes(name, content, registry.load(), published)


CSV = b"measure,period,value\nchildren_missing_education,2022-02,512\n"
FILES: list[tuple[str, bytes, type[UserError] | None]] = [
    ("feb.csv", CSV, None),
    ("release.zip", zipped(timeliness_dot_csv=DFE), None),
    ("release.zip", zipped(timeliness_dot_csv=DFE, notes_dot_txt="Reporting year 2025"), None),
    ("names.csv", b"Pupil name,UPN\nA B,A123456789012\n", Refused),
    (
        "names.zip",
        zipped(t_dot_csv=DFE, list_dot_csv="UPN,born\nA123456789012,01/02/2010\n"),
        Refused,
    ),
    ("letter.txt", b"Dear all,\nno table here.\n", NoTable),
]


def outcome(door: Callable[..., Incoming], *given: object) -> object:
    try:
        found = door(*given)
    except UserError as error:
        return type(error)
    return found.observations, found.content


@pytest.mark.parametrize(("name", "content", "refused"), FILES)
def test_both_doors_read_the_same(
    tmp_path: Path, name: str, content: bytes, refused: type[UserError] | None
) -> None:
    told = outcome(by_command, tmp_path, name, content, MAY)
    drafted = outcome(by_draft, tmp_path, name, content, MAY)
    if refused is not None:
        assert (told, drafted) == (refused, refused)
        return
    assert isinstance(told, tuple)
    assert isinstance(drafted, tuple)
    assert [(o.measure, o.value) for o in told[0]] == [(o.measure, o.value) for o in drafted[0]]
    assert told[0]
    assert told[1] == drafted[1] == content


UNSEEN = {
    "a picture": zipped(timeliness_dot_csv=DFE, photo_dot_jpg=b"\xff\xd8"),
    "a workbook": zipped(timeliness_dot_csv=DFE, pupils_dot_xlsx=b"PK\x03\x04"),
    "in a folder": zipped(data__timeliness_dot_csv=DFE, more__list_dot_docx=b"PK\x03\x04"),
}


@pytest.mark.parametrize("published", [MAY, None], ids=["dated", "not dated"])
@pytest.mark.parametrize("what", UNSEEN)
def test_what_nobody_can_look_into_is_kept_by_no_door(
    tmp_path: Path, what: str, published: date | None
) -> None:
    """A draft keeps its files, also without a date: it refuses what a command only reads."""
    with pytest.raises(Refused, match=r"release\.zip: .* cannot be looked into for personal data"):
        by_draft(tmp_path, "release.zip", UNSEEN[what], published)
    try:
        assert by_command(tmp_path, "release.zip", UNSEEN[what], published).content is None
    except NoDate:
        assert published is None
