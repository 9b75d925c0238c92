"""Seeds: what stands under `data/` that the store has not seen, loaded when it is opened.

A seed is known by the `id` inside its file, never by where the file stands: a folder may be
renamed or moved, and what was taken back stays so.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from etl import data_folder
from etl.compare import compare
from etl.model import Registry, UserError
from etl.publication import Declaration, NewRelease
from etl.store.seeding import Sowing, sown
from etl.store.store import Store

ACTOR = "seed"

log = logging.getLogger(__name__)

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class Seed(NamedTuple):
    """A release under the data folder: its id, where it stands, and how to read it.

    `where` names the file that holds the id, for messages; `files` is all that the seed is
    made of, a file or a folder.
    """

    id: str
    published: date
    where: str
    files: Path
    read: Callable[[], Iterator[NewRelease]]


def sow(store: Store, data: Path, council: Path) -> None:
    """Load each release, target, event and answer of `council`, a folder of `data`, and each of
    DfE's releases under `data`, that is new to the store.

    All of it in one transaction, by one worker; the others find it done. A release that
    was withdrawn stays so; in a read-only database nothing is loaded. Raises UserError where
    a file under `data` is wrong.
    """
    digest = _digest(*data_folder.parts(data, council))
    if sown(store, digest):
        return
    if store.read_only():
        log.warning("The database is read-only: what is new under %s is not loaded", data)
        return
    with Sowing(store) as sowing:
        if sowing.digest == digest:
            return  # another worker has done it meanwhile
        sowing.declare(_declarations(store.registry), ACTOR)
        for seed in _once(tuple(_packs(council, store.registry))):
            state = _digest(seed.files)
            if sowing.seen(seed.id) == state or sowing.taken_back(seed.id):
                continue
            _publish(sowing, seed)
            sowing.saw(seed.id, state)
        sowing.finish(digest)


def _publish(sowing: Sowing, seed: Seed) -> None:
    """The releases of one seed, without the figures already held as of their date.

    Figures that were withdrawn as a release of another name stay withdrawn, too.
    """
    for release in seed.read():
        new = replace(release, seed=seed.id)
        found = compare(new.observations, new.published, sowing.figures(), sowing.withdrawn())
        if found.to_store and found.withdrawn is not None:
            continue
        if found.to_store:
            bare = replace(
                new, observations=found.stored, statements=(), findings=(), counts=found.counts
            )
            sowing.publish(bare, ACTOR)
        sowing.restate(new)


def _digest(*paths: Path) -> str:
    """What names the state of files, or of folders' files; a folder's own name is no part."""
    digest = hashlib.sha256()
    for path in paths:
        for file in [path] if path.is_file() else sorted(_files(path)):
            content = file.read_bytes()
            digest.update(f"{file.relative_to(path).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """The files of the data folder that say something: not databases, not caches."""
    for ending in ("yaml", "csv", "txt"):
        yield from folder.rglob(f"*.{ending}")


def _declarations(registry: Registry) -> tuple[Declaration, ...]:
    return (*registry.targets, *registry.events, *registry.answers)


def _once(seeds: Sequence[Seed]) -> list[Seed]:
    """The seeds in their order. UserError names each id that is missing or repeated."""
    problems = []
    known: dict[str, Seed] = {}
    for seed in seeds:
        if not _ID.fullmatch(seed.id):
            problems.append(
                f"{seed.where}: needs an `id` of its own, such as {seed.published}: letters, "
                "digits, dots and dashes. It stays when the file is renamed or moved"
            )
        elif seed.id in known:
            problems.append(
                f"{seed.where}: the id {seed.id} is also that of {known[seed.id].where}; "
                "give a copy an id of its own, or remove it"
            )
        known.setdefault(seed.id, seed)
    if problems:
        raise UserError("\n".join(problems))
    return list(known.values())


def _packs(council: Path, registry: Registry) -> Iterator[Seed]:
    from etl.readers import excerpt  # where all is loaded already, no reader is needed

    packs = [(excerpt.about(file), file) for file in council.rglob(excerpt.NAME)]
    for about, file in sorted(packs, key=lambda pack: (pack[0].meeting, pack[0].id, pack[1])):
        yield Seed(
            about.id,
            about.meeting,
            file.relative_to(council).as_posix(),
            file.parent,
            lambda folder=file.parent: _pack(folder, registry),  # type: ignore[misc]
        )


def _pack(folder: Path, registry: Registry) -> Iterator[NewRelease]:
    from etl import incoming

    yield from incoming.releases_of(incoming.read(folder, registry))
