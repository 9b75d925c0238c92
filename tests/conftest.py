"""What tests share: stores that are thrown away, a browser, and what to do without one."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

from etl import registry
from etl.council_store import open_store
from etl.model import Registry
from etl.record import Record
from etl.store import Store

# A slow machine is no fault of the code; CI tries the same examples each time, so that what
# fails there fails for everyone.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI", "") not in ("", "0", "false") else "here")

ROOT = Path(__file__).resolve().parent.parent
PAPERS = ROOT.parent / "shared" / "packs"
"""The papers themselves, which no checkout carries; tests marked `papers` compare with them."""


def without(what: str) -> NoReturn:
    """Something a test needs is not here: skipped with the reason, a failure with CI=1."""
    if os.environ.get("CI", "") not in ("", "0", "false"):
        pytest.fail(f"{what}, and CI is set", pytrace=False)
    pytest.skip(what)


SLOWER = (
    "dashboard/charts/test_labels",
    "dashboard/charts/test_places",
    "dashboard/officer/test_corrections",
    "dashboard/officer/test_files",
    "dashboard/officer/test_month",
    "dashboard/officer/test_packs",
    "dashboard/officer/test_publishing",
    "dashboard/officer/test_together",
    "dashboard/officer/test_typed",
    "dashboard/reports/",
    "dashboard/test_validators",
    "etl/checks/test_correct",
    "etl/commands/",
    "etl/layouts/test_scorecards",
    "etl/readers/test_pdf",
    "etl/recognise/test_converters",
    "etl/recognise/test_wrapped",
    "etl/store/test_releases",
    "etl/store/test_restoring",
    "etl/store/test_waiting",
    "etl/test_acts",
    "etl/test_aliases",
    "etl/test_growth",
    "etl/test_national",
    "etl/test_pipeline",
    "etl/test_seed",
    "etl/test_whose_doors",
    "etl/test_withdrawal",
    "stores/",
)
"""Whole journeys, packs and stores made anew for each test: most of the time of all tests. They
run in `.ci/run`, so that the README's command answers within minutes."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is SLOWER, and officers' journeys and commands on PostgreSQL, are slower suites.

    What compares with the papers themselves is left out where those are not.
    """
    for item in items:
        through = {"officer", "commands", "stores"} & set(item.path.parts)
        file = item.path.relative_to(ROOT / "tests").as_posix()
        put_off = file.startswith(SLOWER) and not item.get_closest_marker("slow")
        if put_off:
            item.add_marker(pytest.mark.put_off)
        if put_off or (through and item.get_closest_marker("postgres")):
            item.add_marker(pytest.mark.slow)
    if not PAPERS.is_dir():
        left_out = [item for item in items if item.get_closest_marker("papers")]
        items[:] = [item for item in items if not item.get_closest_marker("papers")]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(autouse=True)
def _never_the_real_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that opens a store without saying which fails, instead of writing data/send.db."""
    monkeypatch.setenv("SEND_DATABASE_URL", "sqlite:////no-such-folder/a-test-names-its-store.db")
    monkeypatch.delenv("SEND_SEED", raising=False)


@pytest.fixture(scope="session")
def declared() -> Registry:
    """The registry of the real data folder."""
    return registry.load()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in SQLite."""
    opened = open_store(f"sqlite:///{tmp_path / 'test.db'}", seed=False)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once in SQLite and once in PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    yield from _postgres_schema()


def _postgres_schema() -> Iterator[str]:
    """A schema of its own in the server at SEND_TEST_POSTGRES, dropped afterwards."""
    server = os.environ.get("SEND_TEST_POSTGRES", "")
    if not server:
        without("SEND_TEST_POSTGRES names no PostgreSQL server")
    import psycopg

    plain = server.replace("postgresql+psycopg://", "postgresql://")
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA "{name}"')
        asked = f"options=-csearch_path%3D{name}&application_name={name}"
        yield f"{server}{'&' if '?' in server else '?'}{asked}"
        # A command leaves its connections to the end of its process, which here goes on.
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s",
            (name,),
        )
        connection.execute(f'DROP SCHEMA "{name}" CASCADE')


@pytest.fixture
def any_store(database_url: str) -> Iterator[Store]:
    """An empty store, once in SQLite and once in PostgreSQL."""
    opened = open_store(database_url, seed=False)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def real_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with everything under data/: for reading only."""
    file = tmp_path_factory.mktemp("real") / "send.db"
    opened = open_store(f"sqlite:///{file}", seed=True)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def seeded_file(real_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with everything under data/, to be copied: quicker than seeding anew."""
    file = tmp_path_factory.mktemp("seeded") / "send.db"
    real_store.backup(file)
    return file


@pytest.fixture
def seeded_store(seeded_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A store with everything under data/ that a test may change."""
    file = tmp_path / "send.db"
    shutil.copyfile(seeded_file, file)
    opened = open_store(f"sqlite:///{file}", seed=False)
    yield opened
    opened.close()


@pytest.fixture
def any_seeded_store(seeded_file: Path, database_url: str, tmp_path: Path) -> Iterator[Store]:
    """As `seeded_store`, once in SQLite and once in PostgreSQL, at `database_url`."""
    sqlite = database_url.startswith("sqlite")
    if sqlite:
        shutil.copyfile(seeded_file, tmp_path / "test.db")
    opened = open_store(database_url, seed=False)
    if not sqlite:
        opened.restore(seeded_file, "test")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def real_record(real_store: Store) -> Record:
    """Everything published under data/."""
    return real_store.record()


@pytest.fixture(params=["shapes", pytest.param("papers", marks=pytest.mark.papers)])
def packs(request: pytest.FixtureRequest) -> Path:
    """The folder of the whole packs: in shape only (tests/packs/whole), and as published."""
    return ROOT / "tests" / "packs" / "whole" if request.param == "shapes" else PAPERS


def browser_path() -> str:
    """The system's Chromium, Chrome or Edge, for the journeys; empty for none."""
    names = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
    found = (shutil.which(name) for name in names)
    return next((path for path in found if path), "")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless browser (playwright); a page is `browser.new_page()`."""
    path = browser_path()
    if not path:
        without("no Chromium, Chrome or Edge is found")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield launched
        launched.close()


@pytest.fixture
def command(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """`python -m etl ...` in this process, on a store of its own without seeds.

    Returns exit code, standard output and standard error; the store is at SEND_DATABASE_URL.
    """
    from etl.commands import main

    monkeypatch.setenv("SEND_DATABASE_URL", database_url)
    monkeypatch.setenv("SEND_SEED", "0")

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as usage:  # argparse
            code = int(usage.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
