"""What stands under data/ comes into a store once; the store is the truth afterwards."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from etl import registry
from etl.council_store import open_store
from etl.model import UserError
from etl.publication import NewRelease
from etl.record import Record
from etl.store import Store
from tests.folders import OURS, copied

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder that a test may change, of few areas: all of them take a second to load."""
    folder = tmp_path / "data"
    copied(folder)
    yield folder
    registry.load.cache_clear()


@pytest.fixture
def opened(data: Path, database_url: str) -> Callable[[], Store]:
    """Open the store anew, as the next command would."""

    def again() -> Store:
        registry.load.cache_clear()
        return open_store(database_url, data=data, seed=True)

    return again


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_everything_under_data_is_loaded(real_store: Store) -> None:
    published = {release.published: release.kind for release in real_store.releases()}
    assert published == {
        date(2021, 9, 17): "pack",
        date(2022, 3, 18): "pack",
    }
    record = real_store.record()
    tables = Counter((o.published, o.table) for o in record.observations)
    assert tables[date(2021, 9, 17), "appendix_1"] == 123
    assert tables[date(2022, 3, 18), "appendix_1"] == 221
    assert tables[date(2022, 3, 18), "outturn"] == 124
    declared = real_store.registry
    assert set(record.targets) == set(declared.targets)
    assert set(record.events) == set(declared.events)
    assert set(record.answers) == set(declared.answers)


def test_opening_again_changes_nothing(opened: Callable[[], Store]) -> None:
    first = opened()
    version, history = first.version(), first.history.all()
    second = opened()
    assert (second.version(), second.history.all()) == (version, history)


def test_send_seed_0_leaves_it_out(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEND_SEED", "0")
    assert open_store(database_url).releases() == ()
    monkeypatch.setenv("SEND_SEED", "1")
    assert len(open_store(database_url).releases()) == 2


def test_a_new_release_a_changed_target_and_a_lost_answer(
    opened: Callable[[], Store], data: Path
) -> None:
    opened()
    change(data / OURS / "targets.yaml", "value: 60", "value: 65")
    dfe = data / "england" / "dfe"
    shutil.copytree(dfe / "dfe-ehc-plans-2026", dfe / "dfe-2027")
    with (dfe / "releases.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {id: dfe-2027, title: DfE 2027, published: 2027-06-24}\n")
    (data / OURS / "answers.yaml").write_text("[]\n")
    store = opened()
    record = store.record()
    assert "DfE 2027" in [r.title for r in record.releases]
    assert len(record.releases) == 2 + len(store.registry.dfe_releases)
    england = record.of("ehc_plans_issued", "all", "calendar_year", "E92000001")
    assert england is not None
    assert {p.shown.source for p in england.points if p.period.end.year == 2025} == {"DfE 2027"}
    assert [str(t.value) for t in record.targets if t.id == "agreed-60-2021"] == ["65"]
    assert record.answers == ()


def test_an_officers_word_stands_before_a_changed_file(
    opened: Callable[[], Store], data: Path
) -> None:
    store = opened()
    (declared,) = (e for e in store.registry.events if e.id == "timescales-relaxed-2020")
    ours = replace(declared, title="As an officer says it")
    new = NewRelease(date(2022, 4, 1), "Words", "officer", (), declarations=(ours,))
    store.publish([new], "kim")
    change(
        data / "england" / "events.yaml",
        f"title: {declared.title}",
        "title: As the file says it now",
    )
    again = opened()
    assert [e.title for e in again.record().events if e.id == ours.id] == [ours.title]


def test_entries_that_moved_to_the_nations_files_are_neither_doubled_nor_lost(
    opened: Callable[[], Store], data: Path
) -> None:
    """A store filled while law and breaks stood among the council's own."""
    for nation, council in (("law.yaml", "targets.yaml"), ("events.yaml", "events.yaml")):
        file = data / "england" / nation
        own = data / OURS / council
        both = file.read_text(encoding="utf-8") + own.read_text(encoding="utf-8")
        own.write_text(both, encoding="utf-8")
        file.write_text("[]\n", encoding="utf-8")
    first = opened()
    before = (first.record().targets, first.record().events, first.history.all())
    shutil.rmtree(data / "england")
    shutil.copytree(DATA / "england", data / "england")
    for name in ("targets.yaml", "events.yaml"):
        shutil.copy(DATA / OURS / name, data / OURS / name)
    again = opened()
    assert (again.record().targets, again.record().events, again.history.all()) == before


def test_what_was_withdrawn_stays_withdrawn(opened: Callable[[], Store], data: Path) -> None:
    store = opened()
    (pack,) = (r for r in store.releases() if r.published == date(2022, 3, 18))
    store.withdraw(pack.number, "kim", "not ours")
    change(
        data / OURS / "packs" / "2022-03-18" / "source.yaml", "title: Norfolk", "title: The Norfolk"
    )
    change(data / OURS / "packs" / "2022-03-18" / "appendix_1.txt", "\t521\t", "\t520\t")
    again = opened()
    assert [r.number for r in again.releases() if r.withdrawn] == [pack.number]
    assert len(again.releases()) == 2
    assert again.record().of("ehc_plans_issued", "all", "month") is None


def test_a_mended_excerpt_adds_only_what_differs(opened: Callable[[], Store], data: Path) -> None:
    before = opened().record().observations
    change(data / OURS / "packs" / "2022-03-18" / "appendix_1.txt", "\t521\t", "\t520\t")
    store = opened()
    added = set(store.record().observations) - set(before)
    assert [(o.measure, o.reading.raw) for o in added] == [("children_missing_education", "520")]
    assert len(store.releases()) == 3


def test_a_store_seeded_before_the_claims_were_written_gains_them(
    opened: Callable[[], Store], data: Path
) -> None:
    file = data / OURS / "packs" / "2021-09-17" / "claims.yaml"
    text = file.read_text(encoding="utf-8")
    file.unlink()
    before = opened().record()
    file.write_text(text, encoding="utf-8")
    after = opened().record()

    def paragraphs(record: Record) -> set[str]:
        day = date(2021, 9, 17)
        return {s.place.paragraph for s in record.statements if s.published == day}

    assert paragraphs(before) == {""}
    assert paragraphs(after) == {"", "7.2", "2.3 to 2.6", "2.6 to 2.8"}
    assert len(before.observations) == len(after.observations)
    assert len(opened().record().statements) == len(after.statements)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("england/dfe/releases.yaml", "2023-06-08", "June", r"releases\.yaml: "),
        ("councils/norfolk/packs/2022-03-18/appendix_1.txt", "Serial\t", "Sorts\t", "2022-03-18"),
    ],
)
def test_a_mistake_in_a_file_is_told_and_loads_nothing(
    data: Path, database_url: str, file: str, old: str, new: str, says: str
) -> None:
    change(data / file, old, new)
    if "packs" in file:
        for other in (data / OURS / "packs" / "2022-03-18").glob("*.txt"):
            other.write_text("Nothing that is a table.\n")
    with pytest.raises(UserError, match=says):
        open_store(database_url, data=data, seed=True)
    assert open_store(database_url, seed=False).releases() == ()


def test_norfolks_figures_of_dfe(real_store: Store) -> None:
    """Read off DfE's own pages and files (see data/england/dfe)."""
    record = real_store.record()
    share = "ehc_plans_on_time_share_"

    def years(measure: str, area: str = "") -> dict[int, str]:
        series = record.of(measure, "all", "calendar_year", area)
        assert series is not None
        return {p.period.start.year: p.shown.reading.raw for p in series.points}

    norfolk = years(share + "including_exceptions")
    assert norfolk == {
        2014: "100.0",
        2015: "10.5",
        2016: "5.8",
        2017: "9.2",
        2018: "12.4",
        2019: "8.2",
        2020: "20.5",
        2021: "53.6",
        2022: "x",
        2023: "42.2",
        2024: "55.7",
        2025: "59",
    }
    assert years(share + "excluding_exceptions")[2025] == "x"
    england = years(share + "excluding_exceptions", "E92000001")
    assert [england[y] for y in (2014, 2020, 2022, 2025)] == ["64.3", "58", "49.2", "46.1"]
    assert years("ehc_plan_mean_weeks_including_exceptions")[2025] == "26.4"
    assert years("ehc_plans_over_52_weeks_share_including_exceptions")[2023] == "14.1"
    # All neighbours of both lists are held, each under the code it had.
    held = {key.authority for key in record.series}
    lists = [area for n in real_store.registry.council.neighbours for area in n.areas]
    assert set(lists) <= held
