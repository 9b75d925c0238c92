"""python -m etl template: the workbook that officers fill in."""

from __future__ import annotations

from argparse import Namespace

from etl import template, whole
from etl.store import open_store


def run(given: Namespace) -> int:
    """Write the workbook, prefilled with everything published so far."""
    whole.write(given.out, template.workbook(open_store().record()))
    print(f"Written: {given.out}")
    return 0
