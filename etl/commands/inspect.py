"""python -m etl inspect FILE: how each table was taken, and what was left and why."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter

from etl import readers, registry
from etl.layouts import reading, report


def run(given: Namespace) -> int:
    """Show each table of a file as layouts take it. Nothing is stored. Exit 0."""
    held = registry.chosen()
    document = readers.read(given.file, declared=held.dfe_columns)
    found = list(reading.read(reading.tables_of(document, held), held))
    if given.json:
        said = [report.as_data(one) for one in found]
        print(json.dumps({"file": given.file.name, "tables": said}, ensure_ascii=False, indent=2))
        return 0
    for one in found:
        print("\n".join(report.lines(one)))
    roles = Counter(figure.role for one in found for figure in one.figures)
    taken = sum(one.taken.layout is not None for one in found)
    print(f"{given.file.name}: {len(found)} tables, {taken} in a layout, {roles['actual']} figures")
    return 0
