"""python -m etl national: the totals of one of DfE's releases as the project's own tables."""

from __future__ import annotations

from argparse import Namespace

from etl import data_folder, national, national_tables, registry
from etl.model import UserError


def run(given: Namespace) -> int:
    """Make the tables of a listed release anew from its file; prints each with its size."""
    declared = registry.load()
    listed = {release.id: release for release in declared.dfe_releases}
    release = listed.get(given.release)
    if release is None:
        raise UserError(
            f"{given.release}: no release of that id; add its id, title and date to "
            f"data/england/dfe/releases.yaml first. There are {', '.join(listed)}"
        )
    folder = data_folder.national(registry.DATA, national.FOLDER) / release.id
    tables = national_tables.made(given.file, release, declared)
    sizes = national_tables.write(tables, folder)
    for name, size in sizes.items():
        figures = len(tables[name]) - 1
        print(f"{release.id}/{name}.gz: {figures:,} rows, {size:,} bytes")
    return 0
