"""A figure that a report or minutes give only in words, with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from etl import set_time
from etl.draft import entry, typed
from etl.draft.contents import Contents, Stated
from etl.draft.rows import row_of
from etl.model import Registry, UserError
from etl.record import Record

_FIELDS = {
    "value-missing": "value",
    "cell-unreadable": "value",
    "place-missing": "place",
    "period-unreadable": "period",
    "cohort-unknown": "row",
    "measure-unknown": "row",
}


def faults(one: Stated, registry: Registry) -> dict[str, str]:
    """What is wrong with it, by field: read by the very door it will come in."""
    found = {}
    if not one.value:
        found["value"] = "Give the figure"
    if not one.place:
        found["place"] = "Say where the sentence stands"
    if not one.period:
        found["period"] = "Give the period"
    if found:
        return found
    try:
        (read,) = entry.typed(Contents(stated=(one,)), registry, set_time.today())
    except UserError as error:
        return {"value": str(error)}
    return {
        _FIELDS.get(finding.code, "value"): finding.message.partition(": ")[2] or finding.message
        for finding in read.findings
        if finding.severity != "note"
    }


def stated(
    form: Mapping[str, str], held: Contents, record: Record
) -> tuple[Contents, dict[str, str]]:
    """The contents with a figure given in words (row, period, value, place), or what is wrong."""
    row = row_of(form.get("row", ""), record.registry)
    if row is None:
        return held, {"row": "Choose a measure"}
    wrong: dict[str, str] = {}
    said = {n: typed.line(form, n, wrong, 300) for n in ("period", "value", "place")}
    one = Stated(*row, **said)
    wrong = wrong or faults(one, record.registry)
    return (held, wrong) if wrong else (replace(held, stated=(*held.stated, one)), {})
