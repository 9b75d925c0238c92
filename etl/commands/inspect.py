"""python -m etl inspect FILE: how each table was taken, and what was left and why."""

from __future__ import annotations

import json
from argparse import Namespace

from etl import readers, registry, tables
from etl.layouts import reading, report


def run(given: Namespace) -> int:
    """Show how each table of a file is taken, and what an import would take. Nothing is stored.
    Exit 0."""
    held = registry.chosen()
    document = readers.read(given.file, declared=held.dfe_columns)
    found = reading.read(reading.tables_of(document, held), held)
    taken = tables.read(document, held)
    findings = [finding.message for finding in taken.findings]
    if given.json:
        said = {
            "file": given.file.name,
            "tables": [report.as_data(one, taken.observations) for one in found],
            "import": {"figures": len(taken.observations), "findings": findings},
        }
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return 0
    for one in found:
        print("\n".join(report.lines(one, taken.observations)))
    layouts = sum(one.taken.layout is not None for one in found)
    print(f"{given.file.name}: {len(found)} tables, {layouts} in a layout")
    print(f"An import takes {len(taken.observations)} figures.")
    told = {finding.message for one in found for finding in one.findings}
    for message in dict.fromkeys(findings):
        if message not in told:
            print(f"  {message}")
    return 0
