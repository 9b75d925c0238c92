"""What stands under `data/` that the store has not seen, loaded when it is opened."""

from __future__ import annotations

import csv
import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import TypeAdapter, ValidationError

from etl import tidy
from etl.compare import compare
from etl.model import Observation, Registry, UserError
from etl.store.releases import NewRelease
from etl.store.rows import Declaration
from etl.store.seeding import Sowing, sown
from etl.store.store import Store

ACTOR = "seed"

log = logging.getLogger(__name__)


class Seed(NamedTuple):
    """A release under the data folder: its path in it, and how to read it."""

    key: str
    read: Callable[[], Iterator[NewRelease]]


def sow(store: Store, data: Path) -> None:
    """Load each release, target, event and answer under `data` that is new to the store.

    All of it in one transaction, by one worker; the others find it done. A release that
    was withdrawn stays so; in a read-only database nothing is loaded. Raises UserError where
    a file under `data` is wrong.
    """
    digest = _digest(data)
    if sown(store, digest):
        return
    if store.read_only():
        log.warning("The database is read-only: what is new under %s is not loaded", data)
        return
    with Sowing(store) as sowing:
        if sowing.digest == digest:
            return  # another worker has done it meanwhile
        sowing.declare(_declarations(store.registry), ACTOR)
        for seed in (*_benchmarks(data), *_packs(data, store.registry)):
            state = _digest(data / seed.key)
            if sowing.seen(seed.key) == state:
                continue
            if not sowing.taken_back(seed.key):
                _publish(sowing, seed)
            sowing.saw(seed.key, state)
        sowing.finish(digest)


def _publish(sowing: Sowing, seed: Seed) -> None:
    """The releases of one seed, without the figures already held as of their date."""
    for release in seed.read():
        found = compare(release.observations, release.published, sowing.figures())
        if found.to_store:
            sowing.publish(replace(release, observations=found.stored, seed=seed.key), ACTOR)
        else:
            sowing.restate(replace(release, seed=seed.key))


def _digest(path: Path) -> str:
    """What names the state of a file, or of the data folder's files."""
    digest = hashlib.sha256()
    files = [path] if path.is_file() else sorted(_files(path))
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.relative_to(path.parent)}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """The files of the data folder that say something: not databases, not caches."""
    for ending in ("yaml", "csv", "txt"):
        yield from folder.rglob(f"*.{ending}")


def _declarations(registry: Registry) -> tuple[Declaration, ...]:
    return (*registry.targets, *registry.events, *registry.answers)


# --- benchmarks --------------------------------------------------------------------


class _Listed(NamedTuple):
    """A release named in `benchmarks/releases.yaml`."""

    file: str
    title: str
    published: date
    covers: str = ""
    date_note: str = ""


def _benchmarks(data: Path) -> Iterator[Seed]:
    listing = data / "benchmarks" / "releases.yaml"
    if not listing.exists():
        return
    try:
        held = yaml.safe_load(listing.read_text(encoding="utf-8"))
        listed = TypeAdapter(list[_Listed]).validate_python(held["releases"])
    except (yaml.YAMLError, KeyError, TypeError, ValidationError) as error:
        raise UserError(f"benchmarks/releases.yaml: {' '.join(str(error).split())}")
    for one in listed:
        file = data / "benchmarks" / one.file
        if not file.exists():
            raise UserError(f"benchmarks/releases.yaml: there is no file {one.file}")
        yield Seed(f"benchmarks/{one.file}", lambda file=file, one=one: _benchmark(file, one))  # type: ignore[misc]


def _benchmark(file: Path, listed: _Listed) -> Iterator[NewRelease]:
    content = file.read_bytes()
    yield NewRelease(
        listed.published,
        listed.title,
        "dfe",
        tuple(_tidy_rows(file)),
        name=file.name,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _tidy_rows(file: Path) -> Iterator[Observation]:
    with file.open(encoding="utf-8", newline="") as text:
        for number, fields in enumerate(csv.DictReader(text), start=2):
            try:
                yield tidy.observation(fields)
            except ValueError as error:
                raise UserError(f"benchmarks/{file.name}, line {number}: {error}")


# --- packs -------------------------------------------------------------------------


def _packs(data: Path, registry: Registry) -> Iterator[Seed]:
    for folder in sorted((data / "packs").glob("*/source.yaml")):
        yield Seed(
            f"packs/{folder.parent.name}",
            lambda folder=folder.parent: _pack(folder, registry),  # type: ignore[misc]
        )


def _pack(folder: Path, registry: Registry) -> Iterator[NewRelease]:
    from etl import incoming

    yield from incoming.releases_of(incoming.read(folder, registry))
