"""DfE's figures of every area, laid under a council's store: what is held, shown once, and when."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from etl import data_folder, incoming, national_tables, pipeline, registry, tidy
from etl.compare import same
from etl.council_store import open_store
from etl.model import Observation, Reading, SeriesKey, UserError
from etl.national import FOLDER, Known, National, read
from etl.periods import label
from etl.publication import NewRelease
from etl.store import Store
from tests.folders import copied

ROOT = Path(__file__).resolve().parents[2]
ZIP = ROOT / "tests/dfe/education-health-and-care-plans_2025.zip"
SHARE = "ehc_plans_on_time_share_including_exceptions"
NORFOLK, ENGLAND, KENT, LEWISHAM = "E10000020", "E92000001", "E10000016", "E09000023"
DFE = data_folder.national(registry.DATA, FOLDER)
LIMIT = 6_000_000  # bytes of national data in the repository


@pytest.fixture(scope="module")
def national() -> National:
    return National(DFE, registry.load())


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder that a test may change."""
    yield copied(tmp_path / "data")
    registry.load.cache_clear()


def raw(national: National, area: str, measure: str, span: str = "calendar_year") -> dict[str, str]:
    """Each period's printed cell by the release's year and the period's label."""
    found = national.versions(SeriesKey(area, measure, "all", span))  # type: ignore[arg-type]
    return {f"{o.published.year} {label(o.period)}": o.reading.raw for _, o in found}


@pytest.mark.parametrize(
    ("area", "measure", "span", "expected"),
    [
        # Read off DfE's files: area, measure, release and period, cell.
        (KENT, "ehc_requests", "calendar_year", {"2025 2019": "2992", "2025 2024": "4001"}),
        (NORFOLK, "ehc_requests", "calendar_year", {"2025 2019": "1267", "2025 2024": "2562"}),
        (NORFOLK, "ehc_requests_refused_share", "calendar_year", {"2025 2024": "13"}),
        (ENGLAND, "send_appeals", "calendar_year", {"2025 2014": "4,108", "2025 2024": "22,276"}),
        (NORFOLK, "send_appeal_rate", "calendar_year", {"2025 2024": "4.20%"}),
        ("E06000005", "send_appeals", "calendar_year", {"2025 2014": "0", "2025 2015": "2"}),
        (
            NORFOLK,
            "ehc_plans_in_force",
            "academic_year",
            {"2025 school year 2024/25": "12147"},
        ),
        (
            NORFOLK,
            "children_missing_education_census",
            "term",
            {"2026 autumn term 2024": "610", "2026 autumn term 2025": "570"},
        ),
        (NORFOLK, SHARE, "calendar_year", {"2023 2014": "100.0", "2025 2024": "55.7"}),
    ],
)
def test_figures_are_those_of_dfes_files(
    national: National, area: str, measure: str, span: str, expected: dict[str, str]
) -> None:
    found = raw(national, area, measure, span)
    assert {when: found.get(when) for when in expected} == expected


def test_the_codes_of_dfe_are_no_numbers(national: National) -> None:
    key = SeriesKey("E06000017", "children_missing_education_census", "all", "term")
    low = {
        o.reading.status
        for area in national.areas
        for _, o in national.versions(key._replace(authority=area))
        if o.reading.raw == "low"
    }
    assert low == {"withheld"}


def test_the_tables_are_what_an_import_of_the_release_gives(national: National) -> None:
    """Equal to the letter, places included: of the file that stands here whole."""
    found = [o for o in incoming.read(ZIP, registry.load()).observations if "20_week" in o.locator]
    assert len(found) > 9_000
    for figure in found:
        under = [
            o
            for _, o in national.versions(figure.series)
            if (o.period, o.published) == (figure.period, figure.published)
        ]
        assert [tidy.row(o) for o in under] == [tidy.row(figure)]


def test_a_release_is_made_anew_with_the_same_bytes(tmp_path: Path) -> None:
    declared = registry.load()
    (release,) = (r for r in declared.dfe_releases if r.id == "dfe-ehc-plans-2025")
    made = national_tables.made(ZIP, release, declared)
    national_tables.write(made, tmp_path)
    name = "timeliness_20_week.csv.gz"
    held = DFE / release.id / name
    assert (tmp_path / name).read_bytes() == held.read_bytes()


def test_the_national_data_stay_small() -> None:
    files = DFE.rglob("*")
    assert sum(file.stat().st_size for file in files if file.is_file()) < LIMIT


# --- under a store ------------------------------------------------------------------------


def shown(store: Store, area: str, measure: str = SHARE) -> dict[int, str]:
    series = store.record().of(measure, "all", "calendar_year", area)
    return {p.period.end.year: p.shown.reading.raw for p in series.points} if series else {}


def test_any_area_can_be_asked_for_and_no_figure_is_copied(real_store: Store) -> None:
    record = real_store.record()
    # DfE's file of 2025 gives 67 and 94.8; its footnotes of 2026 withdraw the second.
    assert [shown(real_store, LEWISHAM)[year] for year in (2023, 2024)] == ["67", "x"]
    assert not any(key.authority == LEWISHAM for key in record.series)
    assert {o.table for _, o in real_store.figures()}.isdisjoint({"dfe"})
    own, every = list(record.figures()), list(record.figures(None))
    assert own == list(record.shown())
    assert every[: len(own)] == own
    assert {o.authority for o in every} == record.areas > record.compared
    assert {o.authority for o in record.figures([LEWISHAM])} == {*record.compared, LEWISHAM}
    assert len({(o.series, o.period) for o in every}) == len(every)
    versions = list(record.figures(None, versions=True))
    assert set(every) < set(versions)


@pytest.mark.parametrize(
    ("day", "newest"), [("2022-03-18", None), ("2023-06-08", 2022), ("2025-06-25", 2022)]
)
def test_what_came_out_later_was_not_known(real_store: Store, day: str, newest: int | None) -> None:
    record = real_store.record(date.fromisoformat(day))
    series = record.of(SHARE, "all", "calendar_year", ENGLAND)
    assert (max(p.period.end.year for p in series.points) if series else None) == newest
    assert record.of(SHARE, "all", "calendar_year", LEWISHAM) is None


def test_a_release_that_an_officer_imports_is_shown_once(seeded_store: Store) -> None:
    """Of what lies under the store already nothing is stored; what does not, is."""
    before = seeded_store.record()
    prepared = pipeline.prepare([ZIP], seeded_store)
    assert not prepared.to_store
    assert sum(len(p.comparison.held) for p in prepared.publications) > 9_500
    assert seeded_store.record() is before


def unrounded(figure: Observation, value: Decimal) -> Observation:
    return replace(figure, reading=replace(figure.reading, value=value, raw=str(value)))


def test_an_unrounded_figure_confirms_and_a_later_code_withdraws(seeded_store: Store) -> None:
    series = seeded_store.record().of(SHARE, "all", "calendar_year", LEWISHAM)
    assert series is not None
    at, point = [(n, p) for n, p in enumerate(series.points) if p.value is not None][-1]
    assert point.value is not None
    exact = unrounded(point.shown, point.value + Decimal("0.001"))
    assert same(point.shown, exact)
    new = NewRelease(exact.published, exact.source, "dfe", (exact,))
    seeded_store.publish([new], "kim")
    record = seeded_store.record()
    again = record.of(SHARE, "all", "calendar_year", LEWISHAM)
    assert again is not None
    assert [p.shown.reading.raw for p in again.points] == [
        p.shown.reading.raw for p in series.points
    ]
    unit = point.shown.reading.unit
    none = replace(
        point.shown,
        published=date(2026, 6, 25),
        reading=Reading(None, unit, "not_available", raw="x"),
    )
    seeded_store.publish([NewRelease(none.published, "DfE 2026", "dfe", (none,))], "kim")
    later = seeded_store.record().of(SHARE, "all", "calendar_year", LEWISHAM)
    assert later is not None
    withdrawn = later.points[at]
    assert (withdrawn.value, withdrawn.shown.status) == (None, "not_available")
    assert [v.reading.raw for v in withdrawn.versions] == [point.shown.reading.raw, "x"]


def test_a_release_taken_back_in_an_old_store_stays_so(any_seeded_store: Store) -> None:
    """There DfE's releases were loaded from the data folder, under the same ids."""
    some = any_seeded_store.record().of(SHARE, "all", "calendar_year")
    assert some is not None
    figures = tuple(o for p in some.points for o in p.versions if o.published.year == 2025)
    old = NewRelease(
        date(2025, 6, 26), figures[0].source, "dfe", figures, seed="dfe-ehc-plans-2025"
    )
    (number,) = any_seeded_store.publish([old], "seed")
    assert any_seeded_store.record().of(SHARE, "all", "calendar_year") == some
    any_seeded_store.withdraw(number, "kim", "to be looked at again")
    sources = {o.published.year for o in any_seeded_store.record().observations if o.table == "dfe"}
    assert 2025 not in {
        o.published.year
        for o in any_seeded_store.record().observations
        if o.source == figures[0].source
    }
    assert {2023, 2026} <= sources
    any_seeded_store.republish(number, "kim", "it was right")
    assert any_seeded_store.record().of(SHARE, "all", "calendar_year") == some


def test_nothing_lies_under_a_store_that_nothing_was_loaded_into(store: Store) -> None:
    assert store.record().observations == ()
    assert store.record().beneath is None


# --- damage -------------------------------------------------------------------------------


def rewrite(file: Path, change: Callable[[str], str]) -> None:
    text = gzip.decompress(file.read_bytes()).decode()
    file.write_bytes(gzip.compress(change(text).encode()))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: t.replace("E92000001,2019,", "E92000001,2019", 1), "line 2: "),
        (lambda t: t.replace(",2020,Calendar year", ",2020,Week", 1), "'Week' is no period"),
        (lambda t: t + t.splitlines()[1] + "\n", "stands twice for 2019"),
        (lambda t: t.replace("area,", "code,", 1), "line 1: its columns are not area"),
        (lambda t: "", "line 1: its columns"),
    ],
)
def test_a_damaged_table_stops_with_file_and_line(
    data: Path, tmp_path: Path, change: Callable[[str], str], says: str
) -> None:
    name = "dfe-ehc-plans-2025/requests.csv.gz"
    rewrite(data / "england/dfe" / name, change)
    registry.load.cache_clear()
    with pytest.raises(UserError) as caught:
        open_store(f"sqlite:///{tmp_path / 'x.db'}", data=data, seed=False)
    assert f"dfe/{name}" in str(caught.value)
    assert says in str(caught.value)


def test_a_table_cut_off_is_told(tmp_path: Path) -> None:
    file = tmp_path / "requests.csv.gz"
    file.write_bytes(gzip.compress(b"area,time_period,time_identifier,x\n" * 50)[:40])
    with pytest.raises(UserError, match=r"requests\.csv\.gz: is damaged"):
        read(file, "dfe/requests.csv.gz")


def test_known_figures_are_those_of_its_releases(national: National) -> None:
    key = SeriesKey(ENGLAND, SHARE, "all", "calendar_year")
    every = national.versions(key)
    first = min(number for number, _ in every)
    known = Known(national, frozenset({first}))
    assert {number for number, _ in known.versions(key)} == {first}
