"""The damage test: each heading, label, caption and sheet's name destroyed, one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from etl import readers, registry
from etl.layouts import reading
from etl.layouts.agreement import Figure
from etl.model import Registry, Table
from tests.etl.layouts import councils, damage
from tests.folders import PACKS

ROOT = Path(__file__).resolve().parents[3]
# What nobody could see: a sheet that only its name says to be England's; one of two columns of
# the same month that no longer names it, so that the other one seems to be the only one.
UNSEEN = {
    ("newcastle-workbook", "sheet 'England'"),
    ("cambridgeshire-column-twice", "'Nov-24'"),
}


@pytest.mark.slow
@pytest.mark.parametrize("card", councils.NAMES)
def test_nothing_is_misread_whatever_word_is_destroyed(card: str) -> None:
    held = councils.registry_of(card)
    misread = []
    for what, damaged in damage.documents(councils.document(card)):
        if any(card == name and what.endswith(seen) for name, seen in UNSEEN):
            continue
        found = reading.read(damaged.tables, held)
        misread += [(what, wrong) for wrong in councils.score(card, found, held).wrong]
    assert misread == []


@pytest.mark.slow
def test_norfolk_s_own_tables_lose_figures_and_change_none() -> None:
    held = registry.load()
    document = readers.read(PACKS / "2022-03-18")
    whole = {_at(f, held): f.reading for f in _figures(document.tables, held)}
    for what, damaged in damage.documents(document):
        for figure in _figures(damaged.tables, held):
            assert whole.get(_at(figure, held)) == figure.reading, what


def _at(figure: Figure, held: Registry) -> tuple[str, ...]:
    return *councils.key_of(figure, held), str(figure.cell.place)


def _figures(tables: Iterable[Table], held: Registry) -> list[Figure]:
    found = reading.read(tables, held)
    return [one for one in councils.figures(found) if one.role == "actual"]
