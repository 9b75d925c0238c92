"""DfE's files in the forms that offices save them in, and what else lies in the zip."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from etl import incoming, readers, registry
from etl.model import Finding, Observation, Refused, UserError

REGISTRY = registry.load()
HEADER = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
    "region_name,new_la_code,old_la_code,la_name,breakdown_topic,breakdown,"
    "plans_issued_den,pc_plans_issued_within_20_weeks"
)
WHERE = "Local authority,E92000001,England,E12000006,East of England,E10000020,926,Norfolk"
TOTAL = f"2024,Calendar year,{WHERE},All EHC plans,All EHC plans,1909,55.7"
BOYS = f"2024,Calendar year,{WHERE},Sex,Male,1300,54.1"
REVIEWS = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
    "region_name,new_la_code,old_la_code,la_name,pc_decsion_4weeks\n"
    f"2024,Calendar year,{WHERE},44.4\n"
)
DAY = date(2025, 6, 26)
COUNT, SHARE = "ehc_plans_issued", "ehc_plans_on_time_share_including_exceptions"


def csv(*lines: str) -> str:
    return "\n".join([HEADER, *lines]) + "\n"


def zipped(folder: Path, **entries: str | bytes) -> Path:
    """A zip; `__` in a name stands for a folder, `_csv` and the like for an ending."""
    file = folder / "release.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return file


def figures(found: tuple[Observation, ...]) -> dict[str, str]:
    return {f"{o.measure}/{o.cohort}": o.reading.raw for o in found}


def codes(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in found]


WHOLE = {f"{COUNT}/all": "1909", f"{SHARE}/all": "55.7"}


@pytest.mark.parametrize("sign", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("quoted", [False, True], ids=["bare", "quoted"])
def test_every_form_of_csv(tmp_path: Path, sign: str, coding: str, quoted: bool) -> None:
    lines = [line.split(",") for line in csv(TOTAL, BOYS).splitlines()]
    text = "\r\n".join(
        sign.join(f'"{field}"' if quoted else field for field in line) for line in lines
    )
    file = tmp_path / "timeliness (1).csv"
    file.write_bytes(text.encode(coding))
    assert figures(incoming.read(file, REGISTRY, DAY).observations) == WHOLE
    archive = zipped(tmp_path, data__x_DOT_csv=text.encode(coding))
    assert figures(incoming.read(archive, REGISTRY, DAY).observations) == WHOLE


def test_a_file_that_stands_twice_in_the_zip_counts_once(tmp_path: Path) -> None:
    twice = zipped(
        tmp_path, data__t_DOT_csv=csv(TOTAL), copy__t_DOT_csv=csv(TOTAL), r_DOT_csv=REVIEWS
    )
    found = incoming.read(twice, REGISTRY, DAY)
    assert figures(found.observations) == {**WHOLE, "ehc_decision_within_4_weeks/all": "44.4"}
    assert found.findings == ()
    other = csv(TOTAL.replace("55.7", "57.5"))
    found = incoming.read(
        zipped(tmp_path, data__t_DOT_csv=csv(TOTAL), copy__t_DOT_csv=other), REGISTRY, DAY
    )
    assert figures(found.observations) == {f"{COUNT}/all": "1909"}
    assert codes(found.findings) == [("printed-twice", "error")]


def test_a_filter_that_a_release_gains_makes_no_total_of_its_rows(tmp_path: Path) -> None:
    lines = [line.split(",") for line in csv(TOTAL, TOTAL, BOYS).splitlines()]
    lines[2][-1] = "41.2"
    for line, text in zip(lines, ("send_phase", "Total", "Secondary", "Total"), strict=True):
        line.insert(12, text)
    file = tmp_path / "timeliness_20_week.csv"
    file.write_text("\n".join(map(",".join, lines)), "utf-8")
    assert figures(incoming.read(file, REGISTRY, DAY).observations) == WHOLE
    asked = incoming.read(file, REGISTRY, DAY, breakdowns=True).observations
    assert figures(asked) == {
        **WHOLE,
        f"{COUNT}/send_phase_secondary": "1909",
        f"{SHARE}/send_phase_secondary": "41.2",
        f"{COUNT}/sex_male": "1300",
        f"{SHARE}/sex_male": "54.1",
    }


def test_a_file_of_breakdowns_alone_says_how_to_have_them(tmp_path: Path) -> None:
    file = tmp_path / "timeliness_20_week.csv"
    file.write_text(csv(BOYS), "utf-8")
    found = incoming.read(file, REGISTRY, DAY)
    assert found.observations == ()
    (finding,) = found.findings
    assert (finding.code, finding.severity) == ("dfe-breakdowns", "note")
    assert "--breakdowns" in finding.message


def test_a_column_that_stands_twice_with_other_figures_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "timeliness_20_week.csv"
    lines = csv(TOTAL).splitlines()
    file.write_text(f"{lines[0]},plans_issued_den\n{lines[1]},7\n", "utf-8")
    found = incoming.read(file, REGISTRY, DAY)
    assert figures(found.observations) == {f"{SHARE}/all": "55.7"}
    assert codes(found.findings) == [("dfe-columns", "warning")]
    file.write_text(f"{lines[0]},plans_issued_den\n{lines[1]},1909\n", "utf-8")
    assert figures(incoming.read(file, REGISTRY, DAY).observations) == WHOLE


@pytest.mark.parametrize(
    ("beside", "said"),
    [
        ("Surname,Year group\nPerson,7\n", r"names.*children\.csv!column 1 \(Surname\)"),
        ("ref;UPN\n1;A123456789012\n", r"pupil numbers.*children\.csv!column 2 \(UPN\)"),
        ("No,Seen\n1,2010-02-03\n2,A123456789012\n", r"pupil numbers.*children\.csv!column 2"),
    ],
    ids=["names", "pupil numbers", "a number among others"],
)
def test_a_list_of_children_in_the_zip_is_refused(tmp_path: Path, beside: str, said: str) -> None:
    file = zipped(tmp_path, t_DOT_csv=csv(TOTAL), work__children_DOT_csv=beside)
    with pytest.raises(Refused, match=said):
        incoming.read(file, REGISTRY, DAY)


def test_a_pupil_number_far_down_a_file_of_figures_is_seen(tmp_path: Path) -> None:
    rows = [TOTAL.replace("1909", str(n)) for n in range(400)]
    rows[300] = rows[300].replace("Norfolk", "A123456789012")
    file = zipped(tmp_path, t_DOT_csv=csv(*rows))
    with pytest.raises(Refused, match=r"pupil numbers.*t\.csv!column 10 \(la_name\)"):
        incoming.read(file, REGISTRY, DAY)


def test_a_zip_with_what_nobody_looked_into_is_read_and_not_kept(tmp_path: Path) -> None:
    file = zipped(tmp_path, t_DOT_csv=csv(TOTAL), notes_DOT_xlsx=b"PK\x03\x04...")
    found = incoming.read(file, REGISTRY, DAY)
    assert figures(found.observations) == WHOLE
    assert found.content is None
    assert codes(found.findings) == [("file-not-kept", "note")]
    plain = zipped(tmp_path, t_DOT_csv=csv(TOTAL))
    assert incoming.read(plain, REGISTRY, DAY).content == plain.read_bytes()


@pytest.mark.parametrize("left", [3, 2, 40, 400])
def test_a_zip_cut_off_is_named(tmp_path: Path, left: int) -> None:
    file = zipped(tmp_path, t_DOT_csv=csv(TOTAL), r_DOT_csv=REVIEWS)
    content = file.read_bytes()
    file.write_bytes(content[: max(4, len(content) - left)])
    with pytest.raises(UserError, match=r"release\.zip: damaged or cut off"):
        readers.read(file)
