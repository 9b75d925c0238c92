"""Which council's figures a command works with, and whose store it opens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import data_folder, registry
from etl.commands import main
from etl.council_store import open_store
from etl.store import StoreError
from etl.store.opening import database_files
from tests.folders import OURS, copied


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of two councils, named by SEND_DATA; no database is named."""
    folder = copied(tmp_path / "figures", "packs")
    said = (folder / OURS / "council.yaml").read_text(encoding="utf-8")
    said = said.replace("E10000020", "E10000029").replace("Norfolk", "Suffolk")
    other = folder / "councils" / "suffolk" / "council.yaml"
    other.parent.mkdir()
    other.write_text(said.replace("store: send.db", "#"), encoding="utf-8")
    monkeypatch.setenv("SEND_DATA", str(folder))
    monkeypatch.delenv("SEND_DATABASE_URL", raising=False)
    monkeypatch.setenv("SEND_COUNCIL", "")
    yield folder
    registry.load.cache_clear()


def test_with_several_councils_one_is_to_be_chosen(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["releases"]) == 2
    told = capsys.readouterr().err
    assert "several councils: norfolk, suffolk" in told
    assert "--council or SEND_COUNCIL" in told


@pytest.mark.parametrize("name", ["suffolk", "Suffolk", " SUFFOLK "])
def test_each_council_has_a_store_of_its_own(
    data: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("SEND_COUNCIL", name)
    store = open_store()
    assert store.registry.council.authority == "E10000029"
    assert database_files()[0] == data / "stores" / "suffolk.db"
    assert (data / "stores" / "suffolk.db").is_file()
    store.close()
    monkeypatch.setenv("SEND_COUNCIL", "norfolk")
    assert database_files()[0] == data / "send.db"


def test_the_option_stands_before_the_environment(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SEND_COUNCIL", "norfolk")
    assert main(["releases", "--council", "suffolk"]) == 0
    assert (data / "stores" / "suffolk.db").is_file()
    assert not (data / "send.db").exists()


def test_one_council_needs_no_choice(data: Path) -> None:
    shutil.rmtree(data / "councils" / "suffolk")
    assert open_store(seed=False).registry.council.short_name == "Norfolk"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("kent", "There is no council 'kent' in figures/councils; there is norfolk, suffolk"),
        ("../councils/suffolk", "There is no council '../councils/suffolk'"),
    ],
)
def test_an_unknown_council_is_refused_with_those_there_are(
    data: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    monkeypatch.setenv("SEND_COUNCIL", name)
    with pytest.raises(data_folder.NoCouncil) as caught:
        open_store()
    assert told in str(caught.value)


def test_a_folder_without_a_council_says_what_to_do(data: Path) -> None:
    shutil.rmtree(data / "councils")
    with pytest.raises(data_folder.NoCouncil, match="python -m etl init NAME"):
        open_store()
    (data / "council.yaml").write_text("authority: E10000029\n")
    with pytest.raises(data_folder.NoCouncil, match="move it, and the files beside it"):
        open_store()


def test_a_data_folder_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEND_DATA", "/nowhere/at/all")
    with pytest.raises(data_folder.NoCouncil, match="no folder /nowhere/at/all"):
        open_store()


def test_another_councils_store_is_refused_and_left_as_it_is(
    data: Path, database_url: str, tmp_path: Path
) -> None:
    open_store(database_url, council="norfolk", seed=False).close()
    with pytest.raises(StoreError, match="figures of Norfolk, not of Suffolk County Council"):
        open_store(database_url, council="suffolk", seed=False)
    ours = open_store(database_url, council="norfolk", seed=False)
    assert ours.releases() == ()
    ours.close()


def test_a_store_of_before_is_known_by_its_own_figures(data: Path, database_url: str) -> None:
    from etl.store.engine import writing
    from tests.etl.made_up import figure, release

    store = open_store(database_url, council="norfolk", seed=False)
    store.publish([release(figure("495"))], "kim")
    with writing(store.engine) as connection:  # as a version without the column left it
        connection.exec_driver_sql("UPDATE state SET authority = ''")
    store.close()
    with pytest.raises(StoreError, match="figures of Norfolk"):
        open_store(database_url, council="suffolk", seed=False)
    open_store(database_url, council="norfolk", seed=False).close()


def test_a_council_that_followed_another_goes_on_with_its_store(
    data: Path, database_url: str
) -> None:
    """Buckinghamshire, E10000002 until 2020, E06000060 since."""
    file = data / "councils" / "suffolk" / "council.yaml"
    said = file.read_text(encoding="utf-8")
    file.write_text(said.replace("E10000029", "E10000002"), encoding="utf-8")
    open_store(database_url, council="suffolk", seed=False).close()
    registry.load.cache_clear()
    file.write_text(said.replace("E10000029", "E06000060"), encoding="utf-8")
    open_store(database_url, council="suffolk", seed=False).close()
    registry.load.cache_clear()
    file.write_text(said.replace("E10000029", "E10000002"), encoding="utf-8")
    with pytest.raises(StoreError, match="not of"):
        open_store(database_url, council="suffolk", seed=False)


def test_another_councils_backup_is_refused(data: Path, tmp_path: Path) -> None:
    ours = open_store(council="norfolk", seed=False)
    ours.backup(tmp_path / "ours.db")
    theirs = open_store(council="suffolk", seed=False)
    for act in (theirs.compare_backup, lambda file: theirs.restore(file, "kim")):
        with pytest.raises(StoreError, match="a backup of another council's store"):
            act(tmp_path / "ours.db")
    for store in (ours, theirs):
        store.close()
