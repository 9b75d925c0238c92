"""`python -m etl init COUNCIL`: a council's folder and site from national data alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.web.app import create_app
from etl import data_folder, new_council, registry
from etl.commands import main
from etl.council_store import open_store
from tests.folders import OURS, copied

# asked for, its code, its name in full, its folder
NAMED = [
    ("suffolk", "E10000029", "Suffolk County Council", "suffolk"),
    ("Kent County Council", "E10000016", "Kent County Council", "kent"),
    ("E10000016", "E10000016", "Kent County Council", "kent"),
    ("886", "E10000016", "Kent County Council", "kent"),
    ("KENT", "E10000016", "Kent County Council", "kent"),
    ("bristol", "E06000023", "Bristol City Council", "bristol"),
    ("Herefordshire", "E06000019", "Herefordshire Council", "herefordshire"),
    ("LB Barnet", "E09000003", "London Borough of Barnet", "barnet"),
    (
        "Royal Borough of Kensington and Chelsea",
        "E09000020",
        "Royal Borough of Kensington and Chelsea",
        "kensington-and-chelsea",
    ),
    ("City of London", "E09000001", "City of London", "city-of-london"),
    ("St Helens", "E08000013", "St. Helens Council", "st-helens"),
    ("Bury", "E08000002", "Bury Council", "bury"),
    ("Richmond", "E09000027", "London Borough of Richmond upon Thames", "richmond-upon-thames"),
    ("Dorset", "E06000059", "Dorset Council", "dorset"),
    ("Somerset", "E06000066", "Somerset Council", "somerset"),
]
REFUSED = [
    ("suffok", "'suffok' is no council of England that is known here. Did you mean Suffolk?"),
    ("Sussex", "Did you mean East Sussex or West Sussex?"),
    ("", "'' is no council of England"),
    ("Northamptonshire", "ended on 31 March 2021; North Northamptonshire (E06000061) and West"),
    ("E10000027", "Somerset (E10000027) ended on 31 March 2023; Somerset (E06000066) followed it"),
    ("East of England", "East of England is a region, not a council"),
    ("England", "England is a country, not a council"),
    ("Kent and Devon", "names several councils: Kent (E10000016) or Devon (E10000008)"),
    ("North Norfolk", "'North Norfolk' is no council"),
    ("norfolk", "councils/norfolk is there already; nothing was changed"),
]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder named by SEND_DATA, without packs; no database is named."""
    folder = copied(tmp_path / "data", "packs")
    monkeypatch.setenv("SEND_DATA", str(folder))
    monkeypatch.setenv("SEND_COUNCIL", "")
    monkeypatch.delenv("SEND_DATABASE_URL", raising=False)
    yield folder
    registry.load.cache_clear()


@pytest.mark.parametrize(("asked", "code", "name", "folder"), NAMED)
def test_a_council_is_known_by_any_name(
    data: Path, asked: str, code: str, name: str, folder: str
) -> None:
    made = new_council.begin(data, asked, registry.areas(data))
    held = registry.load(data, folder).council
    assert (held.authority, held.name, made.folder.name) == (code, name, folder)
    assert [len(known.areas) for known in held.neighbours] == [10, 10]
    assert set(held.neighbours[-1].areas) <= set(held.areas)


@pytest.mark.parametrize(("asked", "told"), REFUSED)
def test_what_is_no_council_changes_nothing_and_is_told(
    data: Path, capsys: pytest.CaptureFixture[str], asked: str, told: str
) -> None:
    before = sorted(data.rglob("*"))
    assert main(["init", asked]) == 2
    assert told in capsys.readouterr().err
    assert sorted(data.rglob("*")) == before


def test_every_authority_can_begin(tmp_path: Path) -> None:
    known = registry.areas()
    today = [area for area in known if area.authority and area.end is None]
    assert len(today) == 153
    folders = [new_council.begin(tmp_path, area.code, known).folder.name for area in today]
    assert len(set(folders)) == 153
    named = [new_council.authority(area.name, known) for area in today]
    assert named == today, "each by its name"


def test_its_site_stands_at_once(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """DfE, 2025: 16.5% in Suffolk (436 of 2,639), 45.5% in England."""
    shutil.rmtree(data / OURS)
    assert main(["init", "Suffolk"]) == 0
    told = capsys.readouterr().out
    assert "Region: East of England." in told
    assert "python -m dashboard\n" in told, "the only council needs no choice"
    store = open_store(seed=True)
    client = create_app(store).test_client()
    for address in ("/", "/about", "/quality", "/measure/children_missing_education"):
        page = client.get(address).get_data(as_text=True)
        assert "Suffolk" in page
        for word in ("Norfolk", "Ombudsman asked", "reported to its ,"):
            assert word not in page, (address, word)
    front = client.get("/").get_data(as_text=True)
    assert "16.5% of EHC plans were issued within 20 weeks in 2025, against 45.5% in England" in (
        " ".join(front.split())
    )
    store.close()


def test_a_folder_is_made_whole_or_not_at_all(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = data / "england" / "new_council" / "targets.yaml"
    broken.write_bytes(b"\xff\xfe")
    with pytest.raises(UnicodeDecodeError):
        new_council.begin(data, "Kent", registry.areas(data))
    assert data_folder.councils(data) == ["norfolk"]
    assert not (data / "councils" / "kent").exists()


# A table of another council's, with a title that is known, and what it proposes.
PAPER = """\
Key indicators
Indicator\tMar 24\tJul 24
Children missing education\t295\t280
Pupils absent from school who have an EHC plan, of all those at a mainstream school\t16.2%\t16.1%
Pupils absent from school who have an EHC plan, of all those at a special school\t9%\t8.5%
First-time entrants to the youth justice system\t0.28\t0.37
Plans issued\t41\t52
Comment: all in hand\t\t
"""
PROPOSED = {
    "pupils_absent_from_school_who_have_an_ehc_plan_of_all_those": ("percent", 1),
    "pupils_absent_from_school_who_have_an_ehc_plan_of_all_those_2": ("percent", 1),
    "first_time_entrants_to_the_youth_justice_system": ("rate_per_100", 2),
    "plans_issued": ("count", 0),
}


def test_a_paper_proposes_measures_for_its_unknown_rows(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "kpis.txt"
    paper.write_text(PAPER, encoding="utf-8")
    assert main(["init", "Suffolk", "--from", str(paper)]) == 0
    assert "kpis.txt: 1 rows known, 4 proposed as new measures." in capsys.readouterr().out
    measures = registry.load(data, "suffolk").measures
    assert {name: (measures[name].unit, measures[name].decimals) for name in PROPOSED} == PROPOSED
    assert main(["check", "--council", "suffolk"]) == 0
    told = capsys.readouterr().out
    assert told.count("to do: measures/plans_issued.yaml, line") == 3
    assert "line 1: check unit, better (higher, lower), nature and theme. From line 7." in told


def test_its_figures_are_read_as_proposed(data: Path, tmp_path: Path) -> None:
    paper = tmp_path / "kpis.txt"
    paper.write_text(PAPER, encoding="utf-8")
    assert main(["init", "Suffolk", "--from", str(paper)]) == 0
    arguments = ["import", "--council", "suffolk", "--published", "2024-09-18", str(paper)]
    assert main([*arguments, "--accept-warnings", "a first look"]) == 0
    store = open_store(council="suffolk")
    held = {
        (one.measure, one.period.end.isoformat(), one.reading.raw)
        for one in store.record().observations
        if one.table == "appendix_1"
    }
    assert ("children_missing_education", "2024-03-31", "295") in held
    assert ("plans_issued", "2024-07-31", "52") in held
    assert ("first_time_entrants_to_the_youth_justice_system", "2024-03-31", "0.28") in held
    store.close()


@pytest.mark.parametrize(
    ("text", "told"), [("", "the file is empty"), ("Pupil,Date of birth\nA,1 May 2012\n", "")]
)
def test_a_paper_that_cannot_be_used_begins_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    paper = tmp_path / "kpis.csv"
    paper.write_text(text, encoding="utf-8")
    assert main(["init", "Suffolk", "--from", str(paper)]) in (1, 2)
    assert told in capsys.readouterr().err
    assert data_folder.councils(data) == ["norfolk"]
