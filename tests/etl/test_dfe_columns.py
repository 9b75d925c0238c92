"""DfE's columns that a measure declares: read, or told by name. Its rounding is no revision."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from etl import incoming, pipeline, registry
from etl.analysis.rounding import confirms
from etl.checks.wording import printed
from etl.council_store import open_store
from etl.model import NoTable, Observation, Period, Reading, Registry
from etl.store import Store
from tests.folders import copied

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2025, 6, 26)
AREA = "geographic_level,country_code,country_name,region_code,region_name"
HEADER = (
    f"time_period,time_identifier,{AREA},new_la_code,old_la_code,la_name,breakdown_topic,"
    "breakdown,requests_received_in_year,requests_decided_not_to_assess"
)
ALL = "All requests for EHC needs assessments"
NORFOLK = "Local authority,E92000001,England,E12000006,East of England,E10000020,926,Norfolk"
ROWS = (
    f"2023,Calendar year,{NORFOLK},{ALL},{ALL},2093,310\n"
    f"2024,Calendar year,{NORFOLK},{ALL},{ALL},2299,x"
)
REQUESTS = f"{HEADER}\n{ROWS}\n"

# All that a maintainer writes: one file, data/england/measures/ehc_requests.yaml.
MEASURE = """\
title: Requests for an EHC needs assessment
short_title: Requests
theme: plans
unit: count
better: none
nature: flow
span: calendar_year
counts: Requests received in the calendar year.
why: They say how many plans may follow.
dfe: {file: requests, columns: [COLUMNS]}
cohorts:
  all: {title: Requests, says: requests were received}
"""


def declared(folder: Path, columns: str = "requests_received_in_year") -> Registry:
    data = folder / "data"
    copied(data, "packs", "ehc_request*")
    text = MEASURE.replace("COLUMNS", columns)
    (data / "england" / "measures" / "ehc_requests.yaml").write_text(text, encoding="utf-8")
    return registry.load(data)


def csv(folder: Path, text: str = REQUESTS, name: str = "dfe_requests.csv") -> Path:
    file = folder / name
    file.write_text("\ufeff" + text, encoding="utf-8")
    return file


def zipped(folder: Path, **texts: str) -> Path:
    file = folder / "release.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in texts.items():
            archive.writestr(f"data/{name}.csv", text)
    return file


TIMES = (
    f"time_period,time_identifier,{AREA},new_la_code,old_la_code,la_name,plans_issued_den,"
    f"pc_plans_issued_within_20_weeks\n2024,Calendar year,{NORFOLK},1909,55.7\n"
)


@pytest.mark.parametrize("name", ["dfe_requests.csv", "requests (1).csv", "download.csv"])
def test_a_declared_column_is_read(tmp_path: Path, name: str) -> None:
    found = incoming.read(csv(tmp_path, name=name), declared(tmp_path), DAY)
    assert [(o.measure, o.period.start.year, o.value) for o in found.observations] == [
        ("ehc_requests", 2023, 2093),
        ("ehc_requests", 2024, 2299),
    ]
    assert (found.findings, found.lacks) == ((), ())


def test_out_of_a_whole_release_too(tmp_path: Path) -> None:
    other = REQUESTS.replace("requests_decided_not_to_assess", "withdrawn").replace("2093", "7")
    release = zipped(tmp_path, requests=REQUESTS, newplans=other, timeliness_20_week=TIMES)
    found = incoming.read(release, declared(tmp_path), DAY)
    values = {(o.measure, o.period.start.year): o.value for o in found.observations}
    # The same column in a file of another name is another column.
    assert values["ehc_requests", 2023] == 2093
    assert values["ehc_plans_issued", 2024] == 1909
    (note,) = found.findings
    assert (note.code, note.severity, note.places) == ("dfe-columns", "note", ("newplans.csv",))


def test_a_file_that_no_measure_wants_is_told_with_its_columns(tmp_path: Path) -> None:
    budgets = REQUESTS.replace("requests_received_in_year", "personal_budget")
    budgets = budgets.replace("requests_decided_not_to_assess", "org_arrangments")
    with pytest.raises(NoTable, match="personal_budget, org_arrangments"):
        incoming.read(csv(tmp_path, budgets, "personal_budgets.csv"), registry.load(), DAY)
    with pytest.raises(NoTable, match=r"budgets\.csv"):
        incoming.read(zipped(tmp_path, budgets=budgets), registry.load(), DAY)


def test_a_declared_column_that_the_file_has_not_is_told(tmp_path: Path) -> None:
    mistyped = declared(tmp_path, "requests_recieved")
    with pytest.raises(NoTable, match="not in it: requests_recieved of requests"):
        incoming.read(csv(tmp_path), mistyped, DAY)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"requests": REQUESTS}, "requests.csv has none of these columns"),
        ({"newplans": REQUESTS}, "it has no such file"),
    ],
)
def test_and_beside_others_that_are_read(tmp_path: Path, files: dict[str, str], says: str) -> None:
    mistyped = declared(tmp_path, "requests_recieved")
    release = zipped(tmp_path, timeliness_20_week=TIMES, **files)
    assert mistyped.measures["ehc_requests"].dfe
    store = open_store(f"sqlite:///{tmp_path / 'send.db'}", data=tmp_path / "data", seed=False)
    prepared = pipeline.prepare([release], store, DAY)
    store.close()
    told = [j.finding for j in prepared.judged if "requests_recieved" in j.finding.message]
    assert [(one.code, one.severity) for one in told] == [("dfe-columns", "note")]
    assert says in told[0].message


def test_a_column_that_came_with_a_later_release_is_no_news() -> None:
    """The mean weeks are in DfE's files since 2026, and declared so."""
    release = ROOT / "tests/dfe/education-health-and-care-plans_2025.zip"
    assert incoming.read(release, registry.load()).lacks == ()


# --- rounding -----------------------------------------------------------------------------


def figure(text: str, published: date = DAY, table: str = "dfe") -> Observation:
    return Observation(
        "E92000001",
        "ehc_plans_on_time_share_including_exceptions",
        "all",
        Period("calendar_year", date(2022, 1, 1), date(2022, 12, 31)),
        Reading(Decimal(text), "percent", raw=text),
        published,
        "DfE",
        table,
        "row",  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("47.7", "47.665", True),
        ("47.665", "47.7", True),
        ("48", "47.665", True),
        ("47.7", "47.65", True),  # half up
        ("47.6", "47.65", False),
        ("53.6", "53.600000000000", True),
        ("47.7", "47.6", False),
        ("47.7", "47.749", True),
        ("47.7", "47.75", False),
        ("50.0", "49.6", False),
        ("0.5", "0.45", True),
    ],
)
def test_fewer_decimals_confirm(one: str, other: str, same: bool) -> None:
    assert confirms(figure(one), figure(other)) is same


def test_only_dfes_figures_are_told_so() -> None:
    for one, other in (("outturn", "outturn"), ("dfe", "outturn"), ("outturn", "dfe")):
        assert not confirms(figure("47.7", table=one), figure("47.665", table=other))


def test_a_long_run_of_zeros_is_not_printed() -> None:
    assert printed(figure("53.600000000000")) == "53.6%"


def test_the_unrounded_file_of_a_release_revises_nothing(
    tmp_path: Path, seeded_store: Store
) -> None:
    """Two rows as DfE's own file of 2023 has them: England 47.665, where 47.7 is held."""
    header = (
        f"time_period,time_identifier,{AREA},new_la_code,old_la_code,la_name,inc_exc_20week_rate"
    )
    england = "2022,Calendar year,National,E92000001,England,,,,,, 47.665"
    prepared = pipeline.prepare(
        [csv(tmp_path, f"{header}\n{england}\n", "dfe_2023.csv")], seeded_store
    )
    (publication,) = prepared.publications
    assert publication.release.published == date(2023, 6, 8)
    found = publication.comparison
    assert (found.new, found.revised, found.unchanged, len(found.held)) == ((), (), (), 1)
    assert not prepared.to_store


def test_in_a_later_release_it_is_shown_and_no_revision(
    tmp_path: Path, seeded_store: Store
) -> None:
    header = (
        f"time_period,time_identifier,{AREA},new_la_code,old_la_code,la_name,inc_exc_20week_rate"
    )
    england = "2022,Calendar year,National,E92000001,England,,,,,, 47.665"
    file = csv(tmp_path, f"{header}\n{england}\n", "dfe.csv")
    prepared = pipeline.prepare([file], seeded_store, date(2027, 6, 24))
    assert not prepared.publications[0].comparison.revised
    assert [j.finding.code for j in prepared.judged] == []
