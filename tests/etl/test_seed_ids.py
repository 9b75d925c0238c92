"""A seed is known by the id inside its file: wherever that stands, what was taken back stays so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl import registry
from etl.council_store import open_store
from etl.model import Observation, UserError
from etl.store import Store
from tests.folders import OURS, copied
from tests.stores.load import load

Opened = Callable[[], Store]
PACK = OURS / "packs/2022-03-18"
EARLIER = OURS / "packs/2021-09-17"


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a data folder and the store that was seeded from it."""
    folder = tmp_path_factory.mktemp("seeded")
    copied(folder / "data")
    open_store(f"sqlite:///{folder / 'send.db'}", data=folder / "data", seed=True).close()
    registry.load.cache_clear()
    return folder


@pytest.fixture
def data(seeded: Path, tmp_path: Path) -> Iterator[Path]:
    """A data folder that a test may change."""
    shutil.copytree(seeded / "data", tmp_path / "data")
    yield tmp_path / "data"
    registry.load.cache_clear()


@pytest.fixture
def opened(seeded: Path, data: Path, tmp_path: Path) -> Opened:
    """Open the seeded store anew, as the next command would."""
    shutil.copy(seeded / "send.db", tmp_path / "send.db")

    def again() -> Store:
        registry.load.cache_clear()
        return open_store(f"sqlite:///{tmp_path / 'send.db'}", data=data, seed=True)

    return again


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def own(store: Store) -> list[Observation]:
    """What the store itself shows, without the national figures under it."""
    return [o for o in store.record().observations if o.table != "dfe"]


def moved(data: Path, old: str | Path, new: str | Path) -> None:
    (data / new).parent.mkdir(parents=True, exist_ok=True)
    (data / old).rename(data / new)


def renamed_pack(data: Path) -> None:
    moved(data, PACK, OURS / "packs/march")


def moved_packs(data: Path) -> None:
    moved(data, OURS / "packs", OURS / "papers/of/old")


def moved_everything(data: Path) -> None:
    moved(data, OURS, "councils/broads")


def renamed_excerpt(data: Path) -> None:
    moved(data, PACK / "summary.txt", PACK / "before.txt")
    change(data / OURS / "packs/2022-03-18/source.yaml", "file: summary.txt", "file: before.txt")


def copied_under_another_id(data: Path) -> None:
    shutil.copytree(data / PACK, data / OURS / "packs/copy")
    change(data / OURS / "packs/copy/source.yaml", "id: norfolk-2022-03-18", "id: a-copy")


def another_title(data: Path) -> None:
    change(data / PACK / "source.yaml", "title: Norfolk", "title: The Norfolk")


CHANGES = [
    renamed_pack,
    moved_packs,
    moved_everything,
    renamed_excerpt,
    copied_under_another_id,
    another_title,
]


@pytest.mark.parametrize("changed", CHANGES)
def test_where_a_seed_stands_changes_nothing(
    opened: Opened,
    data: Path,
    changed: Callable[[Path], None],
) -> None:
    store = opened()
    before, history, releases = store.record(), store.history.all(), store.releases()
    changed(data)
    for _ in range(2):
        again = opened()
        assert again.record().observations == before.observations
        assert (again.history.all(), again.releases()) == (history, releases)


@pytest.mark.parametrize("changed", CHANGES)
def test_a_seed_that_was_taken_back_stays_so(
    opened: Opened,
    data: Path,
    changed: Callable[[Path], None],
) -> None:
    store = opened()
    for release in store.releases():
        store.withdraw(release.number, "kim", "not ours")
    changed(data)
    assert own(opened()) == []
    assert len(opened().releases()) == 2
    if (data / PACK).exists():  # and when its content changes afterwards
        change(data / PACK / "appendix_1.txt", "\t521\t", "\t520\t")
    assert own(opened()) == []


def earlier_store_follows(url: str, data: Path, changed: Callable[[Path], None]) -> None:
    """There the pack of September 2021 was taken back, as `packs/2021-09-17`."""
    load("d41778e", url)
    then = open_store(url, seed=False)
    norfolk = [o for o in then.record().observations if o.table in ("appendix_1", "outturn")]
    releases, history = then.releases(), then.history.all()
    then.close()
    changed(data)
    if (data / EARLIER).exists():
        moved(data, EARLIER, OURS / "packs/another-name")
    registry.load.cache_clear()
    now = open_store(url, data=data, seed=True)
    found = [o for o in now.record().observations if o.table in ("appendix_1", "outturn")]
    assert found == norfolk
    assert (now.releases(), now.history.all()) == (releases, history)
    now.close()


@pytest.mark.parametrize("changed", CHANGES)
def test_so_it_is_in_a_store_of_the_version_that_went_by_paths(
    tmp_path: Path, data: Path, changed: Callable[[Path], None]
) -> None:
    earlier_store_follows(f"sqlite:///{tmp_path / 'send.db'}", data, changed)


@pytest.mark.postgres
def test_so_it_is_in_postgresql(database_url: str, data: Path) -> None:
    earlier_store_follows(database_url, data, moved_packs)


def test_a_seed_comes_again_when_its_release_does(opened: Opened, data: Path) -> None:
    store = opened()
    (pack,) = (r for r in store.releases() if r.published.isoformat() == "2022-03-18")
    store.withdraw(pack.number, "kim", "not ours")
    change(data / PACK / "appendix_1.txt", "\t521\t", "\t520\t")
    assert len(opened().releases()) == 2
    opened().republish(pack.number, "kim", "it was right")
    assert len(opened().releases()) == 3  # with what its file says by now


WRONG = [
    (r"id: norfolk-2022-03-18\n", "", "packs/2022-03-18/source.yaml: needs an `id` of its own"),
    (r"id: norfolk-2022-03-18", "id:", "packs/2022-03-18/source.yaml: needs an `id` of its own"),
    (r"id: norfolk-2022-03-18", "id: ''", "packs/2022-03-18/source.yaml: needs an `id`"),
    (r"id: norfolk-2022-03-18", "id: [a, b]", "packs/2022-03-18/source.yaml: needs an `id`"),
    (r"id: norfolk-2022-03-18", "id: packs/x", "packs/2022-03-18/source.yaml: needs an `id`"),
    (
        r"id: norfolk-2022-03-18",
        "id: norfolk-2021-09-17",
        "packs/2022-03-18/source.yaml: the id norfolk-2021-09-17 is also that of "
        "packs/2021-09-17/source.yaml",
    ),
]


@pytest.mark.parametrize(("old", "new", "says"), WRONG)
def test_a_pack_without_an_id_of_its_own_is_refused(
    tmp_path: Path,
    data: Path,
    old: str,
    new: str,
    says: str,
) -> None:
    file = data / PACK / "source.yaml"
    file.write_text(re.sub(old, new, file.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(UserError, match=re.escape(says)):
        open_store(f"sqlite:///{tmp_path / 'new.db'}", data=data, seed=True)
    assert open_store(f"sqlite:///{tmp_path / 'new.db'}", seed=False).releases() == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: dfe-ehc-plans-2025", "id: ../2025", "the id '../2025' is none"),
        ("id: dfe-ehc-plans-2025", "id: dfe-ehc-plans-2023", "dfe-ehc-plans-2023' stands twice"),
        ("id: dfe-ehc-plans-2025", "ids: x", "releases.yaml: releases.1.ids"),
    ],
)
def test_a_release_without_an_id_of_its_own_is_refused(
    tmp_path: Path,
    data: Path,
    old: str,
    new: str,
    says: str,
) -> None:
    change(data / "england/dfe/releases.yaml", old, new)
    with pytest.raises(UserError, match=re.escape(says)):
        open_store(f"sqlite:///{tmp_path / 'new.db'}", data=data, seed=True)
    assert open_store(f"sqlite:///{tmp_path / 'new.db'}", seed=False).releases() == ()


def test_a_copied_folder_is_refused_by_both_names(
    opened: Opened,
    data: Path,
) -> None:
    opened()
    shutil.copytree(data / PACK, data / OURS / "packs/copy")
    with pytest.raises(UserError, match=r"packs/copy/source\.yaml") as caught:
        opened()
    assert "packs/2022-03-18/source.yaml" in str(caught.value)


@pytest.mark.parametrize("name", ["packs/2021-09-17", "packs/2022-03-18", "benchmarks"])
def test_every_seed_of_the_project_had_a_path_before(name: str) -> None:
    """The stores of d41778e know each of them by it."""
    old = {alias.old for alias in registry.load().aliases if alias.kind == "seed"}
    assert any(path.startswith(name) for path in old)
