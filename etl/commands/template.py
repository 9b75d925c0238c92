"""python -m etl template: the workbook that officers fill in."""

from __future__ import annotations

from argparse import Namespace

from etl import atomic_write, template
from etl.commands.outputs import refuse_taken
from etl.council_store import open_store


def run(given: Namespace) -> int:
    """Write the workbook, prefilled with everything published so far."""
    refuse_taken(given.out, replace=given.force)
    made = template.workbook(open_store().record())
    atomic_write.write(given.out, made, replace=given.force)
    print(f"Written: {given.out}")
    return 0
