"""DfE's files, in each layout they have had, and the real release where it is at hand."""

from __future__ import annotations

import csv
import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from etl import readers, recognise, registry
from etl.dfe import period
from etl.model import NoTable, Observation, UserError
from etl.readers import dfe
from etl.recognise import Recognised

REGISTRY = registry.load()
FILES = Path(__file__).parents[2] / "dfe"
RELEASE = FILES / "education-health-and-care-plans_2025.zip"

AREA = "geographic_level,country_code,country_name,region_code,region_name"
NEW = f"time_period,time_identifier,{AREA},new_la_code,old_la_code,la_name"
NATIONAL = "National,E92000001,England,,,,,"
REGIONAL = "Regional,E92000001,England,E12000006,East of England,,,"
NORFOLK = "Local authority,E92000001,England,E12000006,East of England,E10000020,926,Norfolk"
BOTH = "pc_plans_issued_within_20_weeks,PC_plans_issued_20_weeks_ex"


def recognised(folder: Path, *lines: str, name: str = "timeliness_20_week.csv") -> Recognised:
    file = folder / name
    file.write_text("\ufeff" + "\n".join(lines) + "\n", encoding="utf-8")
    return recognise.recognise(readers.read(file), REGISTRY)


def values(found: Recognised) -> dict[tuple[str, str, int], str]:
    """Area, measure and year of each figure, with its value or status."""
    return {
        (o.authority, o.measure, o.period.start.year): (
            o.status if o.value is None else format(o.value.normalize(), "f")
        )
        for o in found.observations
    }


INCLUDING = "ehc_plans_on_time_share_including_exceptions"
EXCLUDING = "ehc_plans_on_time_share_excluding_exceptions"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        # The release of 2025, its totals named as in 2025 and as in 2026.
        (
            f"{NEW},breakdown_topic,breakdown,{BOTH}",
            f"2021,Calendar year,{NORFOLK},All EHC plans issued,All EHC plans issued,53.6,53.5",
        ),
        (
            f"{NEW},breakdown_topic,breakdown,{BOTH.lower()}",
            f"2021,Calendar year,{NORFOLK},All EHC plans,All EHC plans,53.6,53.5",
        ),
        # Before 2023: other names, no breakdowns.
        (
            f"{NEW},IncExc20weekRate,ExcExc20weekRate",
            f"2021,Calendar year,{NORFOLK},53.600000000000, 53.5",
        ),
        (
            f"{NEW},inc_exc_20_week_rate,exc_exc_20_week_rate",
            f"2021,Calendar year,{NORFOLK},53.6,53.5",
        ),
        # The release of 2024, its indicators in one file with many others.
        (
            f"{NEW},requests,inc_exc_20week_rate,no_exc_20week_rate",
            f"2021,Calendar year,{NORFOLK},2000,53.6,53.5",
        ),
        # The two codes of an authority have changed places.
        (
            f"time_period,time_identifier,{AREA},old_la_code,new_la_code,la_name,{BOTH}",
            f"2021,Calendar year,{NORFOLK},53.6,53.5",
        ),
    ],
    ids=["2025", "2026", "capitals", "underscores", "2024", "codes exchanged"],
)
def test_each_layout_gives_the_same_figures(header: str, row: str, tmp_path: Path) -> None:
    found = recognised(tmp_path, header, row)
    assert values(found) == {
        ("E10000020", INCLUDING, 2021): "53.6",
        ("E10000020", EXCLUDING, 2021): "53.5",
    }
    assert found.findings == ()


def test_the_counts_of_2024_are_of_plans_not_of_statements(tmp_path: Path) -> None:
    """Medway's row for 2014, as that release prints it: 17 of 66 plans, 17 of 39 without
    exceptions; `tot_inc_exc` and `..._26week` count statements as well."""
    names = (
        "inc_exc_20week_ehc,inc_exc_20week_rate,inc_exc_26week,no_exc_20week_ehc,"
        "no_exc_20week_rate,no_exc_26week,tot_inc_exc,tot_inc_exc_ehc,tot_no_exc,tot_no_exc_ehc"
    )
    area = "Local authority,E92000001,England,E12000008,South East,E06000035,887,Medway"
    row = f"2014,Calendar year,{area},17,25.8,97,17,43.6,90,126,66,105,39"
    found = recognised(tmp_path, f"{NEW},{names}", row, name="sen2_mi.csv")
    assert {o.measure: o.reading.raw for o in found.observations} == {
        "ehc_plans_issued": "66",
        "ehc_plans_on_time": "17",
        INCLUDING: "25.8",
        "ehc_plans_issued_excluding_exceptions": "39",
        "ehc_plans_on_time_excluding_exceptions": "17",
        EXCLUDING: "43.6",
    }


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("x", "not_available"),
        ("no data", "not_available"),
        ("No data", "not_available"),
        ("z", "not_applicable"),
        ("c", "withheld"),
        ("low", "withheld"),
    ],
)
def test_codes_keep_why_there_is_no_figure(printed: str, status: str, tmp_path: Path) -> None:
    found = recognised(
        tmp_path, f"{NEW},{BOTH}", f"2022,Calendar year,{NORFOLK},{printed},{printed}"
    )
    assert {(o.status, o.value, o.reading.raw) for o in found.observations} == {
        (status, None, printed)
    }


@pytest.mark.parametrize(
    "printed",
    ["9" * 40, "0." + "9" * 40, "1e3", "NaN", "inf", "٤٥", "..", "-", "~", "45,9", "1,23"],
)
def test_what_is_no_figure_is_no_figure(printed: str, tmp_path: Path) -> None:
    found = recognised(
        tmp_path,
        f"{NEW};{BOTH}".replace(",", ";"),
        f"2022,Calendar year,{NORFOLK}".replace(",", ";") + f";{printed};50",
    )
    assert [o.reading.raw for o in found.observations] == ["50"]
    assert [(f.code, f.severity) for f in found.findings] == [("cell-unreadable", "warning")]


@pytest.mark.parametrize("printed", ["NA", "nan", "null", "None", "N/A", "True", "#N/A"])
def test_no_text_is_taken_for_a_missing_value(printed: str, tmp_path: Path) -> None:
    """pandas takes these for nothing unless it is told not to; they are told with their place."""
    found = recognised(tmp_path, f"{NEW},{BOTH}", f"2022,Calendar year,{NORFOLK},{printed},59.00")
    assert [(o.reading.raw, str(o.value)) for o in found.observations] == [("59.00", "59.00")]
    assert [f.message for f in found.findings] == [
        f"“{printed}” is neither a number nor one of DfE's codes."
    ]


def test_areas_of_every_level_and_only_total_rows(tmp_path: Path) -> None:
    header = f"{NEW},breakdown_topic,breakdown,{BOTH}"
    lines = [
        header,
        f"2024,Calendar year,{NATIONAL},All EHC plans,All EHC plans,45.9,46.4",
        f"2024,Calendar year,{REGIONAL},All EHC plans,All EHC plans,39.3,39.6",
        f"2024,Calendar year,{NORFOLK},All EHC plans,All EHC plans,55.7,56.3",
        f"2024,Calendar year,{NORFOLK},Sex,Male,50,51",
    ]
    found = values(recognised(tmp_path, *lines))
    assert found["E92000001", INCLUDING, 2024] == "45.9"
    assert found["E12000006", EXCLUDING, 2024] == "39.6"
    assert found["E10000020", INCLUDING, 2024] == "55.7"
    assert len(found) == 6
    file = tmp_path / "timeliness_20_week.csv"
    document = dfe.read(file, readers.read(file).source, breakdowns=True)
    cohorts = Counter(o.cohort for o in recognise.recognise(document, REGISTRY).observations)
    assert cohorts == {"all": 6, "sex_male": 2}


def test_what_cannot_be_read_is_said_with_its_place(tmp_path: Path) -> None:
    found = recognised(
        tmp_path,
        f"{NEW},{BOTH}",
        f"2021,Calendar year,{NORFOLK},fifty,53.5",
        f"202122,Week 12,{NORFOLK},1,2",
        "2021,Calendar year,Local authority,E92000001,England,,,,926,Norfolk,1,2",
    )
    assert list(values(found).values()) == ["53.5"]
    said = {(f.code, f.severity, f.places) for f in found.findings}
    place = "timeliness_20_week.csv, Norfolk, 2021, pc_plans_issued_within_20_weeks (line 2)"
    assert said == {
        ("cell-unreadable", "warning", (place,)),
        ("dfe-period", "warning", ("timeliness_20_week.csv, line 3",)),
        ("dfe-area", "warning", ("timeliness_20_week.csv, line 4",)),
    }


@pytest.mark.parametrize(
    ("time", "identifier", "expected"),
    [
        ("2024", "Calendar year", ("calendar_year", "2024-01-01", "2024-12-31")),
        ("2024", "", ("calendar_year", "2024-01-01", "2024-12-31")),
        ("202425", "Academic year", ("academic_year", "2024-09-01", "2025-08-31")),
        ("202425", "Financial year", ("financial_year", "2024-04-01", "2025-03-31")),
        ("202526", "Autumn term", ("term", "2025-09-01", "2025-12-31")),
        ("202526", "Spring term", ("term", "2026-01-01", "2026-03-31")),
        ("202526", "Summer term", ("term", "2026-04-01", "2026-08-31")),
        ("199900", "Academic year", ("academic_year", "1999-09-01", "2000-08-31")),
        ("202426", "Academic year", None),
        ("202425", "Calendar year", None),
        ("2024", "Academic year", None),
        ("2024", "Week 12", None),
    ],
)
def test_a_row_covers_the_kind_of_period_that_it_names(
    time: str, identifier: str, expected: tuple[str, str, str] | None
) -> None:
    covered = period(time, identifier)
    assert (covered and (covered.span, str(covered.start), str(covered.end))) == expected


def test_a_figure_given_twice_with_two_values_is_not_taken(tmp_path: Path) -> None:
    found = recognised(
        tmp_path,
        f"{NEW},{BOTH}",
        f"2021,Calendar year,{NORFOLK},53.6,53.5",
        f"2021,Calendar year,{NORFOLK},54.6,53.5",
    )
    assert values(found) == {("E10000020", EXCLUDING, 2021): "53.5"}
    assert [f.code for f in found.findings] == ["dfe-twice"]


def test_impossible_numbers_beside_the_measures_are_noted(tmp_path: Path) -> None:
    found = recognised(
        tmp_path,
        f"{NEW},review_decision_outstanding,pc_decsion_4weeks,pc_decision_gt_4weeks",
        f"2024,Calendar year,{NORFOLK},-447,52.8,147.2",
        name="annual_reviews.csv",
    )
    assert values(found) == {("E10000020", "ehc_decision_within_4_weeks", 2024): "52.8"}
    assert [(f.code, f.severity, f.places) for f in found.findings] == [
        ("dfe-impossible", "note", ("annual_reviews.csv, Norfolk 2024 (-447)",)),
        ("dfe-impossible", "note", ("annual_reviews.csv, Norfolk 2024 (147.2)",)),
    ]


def test_reviews_in_2026_give_counts_only(tmp_path: Path) -> None:
    """Nothing is worked out of them: a share that nobody printed is no figure of DfE's.

    England's total row of that release.
    """
    found = recognised(
        tmp_path,
        f"{NEW},breakdown_topic,breakdown,review_completed_2025,decision_4_weeks,"
        "decision_over_4_weeks",
        f"2025,Calendar year,{NATIONAL},All reviews of EHC plans,All reviews of EHC plans,"
        "339027,161396,177631",
        f"2025,Calendar year,{NATIONAL},Sex,Female,99329,47660,51669",
        name="annual_reviews.csv",
    )
    assert values(found) == {
        ("E92000001", "ehc_decisions_within_4_weeks", 2025): "161396",
        ("E92000001", "ehc_decisions_after_4_weeks", 2025): "177631",
    }
    assert found.findings == ()


def test_a_column_that_no_measure_knows_is_said(tmp_path: Path) -> None:
    found = recognised(
        tmp_path,
        f"{NEW},decisions_in_4_weeks",
        f"2025,Calendar year,{NORFOLK},10",
        name="annual_reviews.csv",
    )
    assert found.observations == ()
    assert [f.code for f in found.findings] == ["dfe-columns"]


def test_a_cut_off_file_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"line 3 has 4 columns and the header 12"):
        recognised(
            tmp_path,
            f"{NEW},{BOTH}",
            f"2021,Calendar year,{NORFOLK},53.6,53.5",
            "2022,Calendar year,Local authority,E92",
        )


def test_a_zip_of_other_tables_holds_nothing_to_read(tmp_path: Path) -> None:
    file = tmp_path / "other.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "data/pupils.csv", "time_period,geographic_level,pupils\n2024,National,5\n"
        )
    with pytest.raises(NoTable, match=r"other\.zip"):
        readers.read(file)


def test_mean_weeks_and_what_dfe_withholds_of_norfolk_in_2025() -> None:
    file = FILES / "ees2026_timeliness_2025_selected_rows.csv"
    found = values(recognise.recognise(readers.read(file), REGISTRY))
    of = {key[1]: text for key, text in found.items() if key[0] == "E10000020" and key[2] == 2025}
    assert of == {
        "ehc_plans_issued": "1943",
        "ehc_plans_issued_excluding_exceptions": "not_available",
        "ehc_plans_on_time": "1147",
        "ehc_plans_on_time_excluding_exceptions": "not_available",
        INCLUDING: "59",
        EXCLUDING: "not_available",
        "ehc_plans_20_to_52_weeks_share_including_exceptions": "36.3",
        "ehc_plans_20_to_52_weeks_share_excluding_exceptions": "not_available",
        "ehc_plans_over_52_weeks_share_including_exceptions": "4.7",
        "ehc_plans_over_52_weeks_share_excluding_exceptions": "not_available",
        "ehc_plan_mean_weeks_including_exceptions": "26.4",
        "ehc_plan_mean_weeks_excluding_exceptions": "not_available",
    }


@pytest.fixture(scope="module")
def release() -> Recognised:
    return recognise.recognise(readers.read(RELEASE), REGISTRY)


def test_the_real_release_is_read_in_full(release: Recognised) -> None:
    of = [o for o in release.observations if o.measure == INCLUDING]
    areas = {o.authority for o in of if o.period.start.year == 2024}
    kinds = Counter(area[:3] for area in areas)
    assert kinds["E92"] == 1
    assert kinds["E12"] == 9
    assert len(areas) == 153 + 9 + 1
    assert {o.period.start.year for o in of} == set(range(2019, 2025))
    assert len(of) == 970  # its rows "All EHC plans issued"
    assert {o.published for o in release.observations} == {date(2025, 6, 26)}
    # Buckinghamshire stands under its codes before and since 2020; both are kept.
    assert {"E10000002", "E06000060"} <= {o.authority for o in of}
    assert {f.code for f in release.findings} == {"dfe-impossible", "dfe-columns"}
    # The files that no measure wants are told by name.
    (unread,) = (f.message for f in release.findings if f.code == "dfe-columns")
    assert all(f"{name}.csv" in unread for name in ("requests", "caseload", "assessments"))
    assert "timeliness" not in unread


def test_the_real_release_agrees_with_the_figures_held(release: Recognised) -> None:
    """Every share and count of `sen2_within_20_weeks.csv` that is of this release."""
    bases = {
        "including_exceptions": ("ehc_plans_issued", "ehc_plans_on_time", INCLUDING),
        "excluding_exceptions": (
            "ehc_plans_issued_excluding_exceptions",
            "ehc_plans_on_time_excluding_exceptions",
            EXCLUDING,
        ),
    }
    found: dict[tuple[str, str, int], Observation] = {
        (o.authority, o.measure, o.period.start.year): o for o in release.observations
    }
    compared = 0
    with (FILES / "sen2_within_20_weeks.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["dfe_reporting_year"] != "2025":
                continue
            columns = ("plans_issued", "within_20_weeks", "percent_within_20_weeks")
            for measure, column in zip(bases[row["basis"]], columns, strict=True):
                got = found[row["area_code"], measure, int(row["calendar_year"])]
                want = None if row[column] == "x" else Decimal(row[column])
                assert got.value == want, (row, measure)
                compared += 1
    assert compared > 500
